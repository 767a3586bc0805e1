"""Small real files, and dehazer-video run in this process and in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import numpy as np
import pytest
from av.video.stream import VideoStream
from PIL import Image

from dehazer.cli.video import main
from dehazer.files.output_paths import is_partial
from tests.pictures import rgb_picture

Run = Callable[..., int]
ROOT = Path(__file__).parents[2]


def write_clip(path: Path, frames: int = 8, height: int = 64, width: int = 96, codec: str = "libx264") -> Path:
    """A short clip of moving waves at 25 fps."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as container:
        stream = cast(VideoStream, container.add_stream(codec, rate=25))
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for index in range(frames):
            frame = av.VideoFrame.from_ndarray(np.roll(rgb_picture(height, width), index, axis=1), format="rgb24")
            frame.pts, frame.time_base = index, Fraction(1, 25)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def write_picture(path: Path, height: int = 64, width: int = 96) -> Path:
    """A picture of waves."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(rgb_picture(height, width)).save(path)
    return path


def frame_count(path: Path) -> int:
    """How many pictures a file decodes to."""
    with av.open(str(path)) as container:
        return sum(1 for _ in container.decode(video=0))


def partial_in(folder: Path) -> Path:
    """The one file in `folder` that holds unfinished work."""
    (found,) = [path for path in folder.iterdir() if is_partial(path)]
    return found


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """A clip called "foggy day.mp4", with a space."""
    return write_clip(tmp_path / "foggy day.mp4")


@pytest.fixture
def run(random_weights: object) -> Run:
    """dehazer-video in this process, on the CPU with random weights; returns the exit code."""
    def call(*arguments: object) -> int:
        return main(["--device", "cpu", "--backend", "torch", "--progress", "none", *map(str, arguments)])
    return call


HEED = "import signal; hasattr(signal, 'SIGHUP') and signal.signal(signal.SIGHUP, signal.SIG_DFL)\n"
"""First line of spawned programs: a parent that ignores SIGHUP (nohup) is forgotten."""


ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def command(weights: Path, *arguments: object) -> list[str]:
    """What starts dehazer-video as a program of its own, with the weights of that folder."""
    code = (f"{HEED}import pathlib, sys, dehazer.models.weights as w; w.FOLDER = pathlib.Path(sys.argv[1]); "
            "from dehazer.cli.video import main; del sys.argv[1]; sys.exit(main())")
    return [sys.executable, "-c", code, str(weights), "--device", "cpu", "--backend", "torch", *map(str, arguments)]


def spawn(weights: Path, *arguments: object, **more: object) -> subprocess.Popen[str]:
    """dehazer-video as a process of its own, with the weights of that folder."""
    options = {"stderr": subprocess.PIPE, **more}
    return subprocess.Popen(command(weights, *arguments), env=ENVIRONMENT, text=True, **options)  # type: ignore[call-overload,no-any-return]
