"""What live tests share: a quick real engine, a short film, and a watch over threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from dehazer.config import EngineOptions
from dehazer.engine.engine import Engine


@pytest.fixture
def engine(random_weights: Path) -> Engine:
    return Engine(EngineOptions("field", device="cpu", backend="torch"))


@pytest.fixture(autouse=True)
def _no_thread_stays() -> Iterator[None]:
    """Every live test leaves as it came: threads of the program are gone within a second."""
    yield
    deadline = time.monotonic() + 1.0
    while (left := ours()) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not left, f"threads left behind: {left}"


def ours() -> list[str]:
    return [t.name for t in threading.enumerate() if t.name.startswith("dehazer-")]


def write_film(path: Path, frames: int = 25, size: tuple[int, int] = (96, 128), rate: int = 25) -> Path:
    """A moving texture, losslessly; mean luma rises frame by frame, so that every frame is known by it."""
    height, width = size
    texture = np.random.default_rng(3).integers(0, 40, (height, width, 3), np.uint8)
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=rate, options={"qp": "0", "preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for index in range(frames):
            grey = np.roll(texture, index, axis=1) + np.uint8(60 + 100 * index // max(1, frames - 1))
            file.mux(stream.encode(av.VideoFrame.from_ndarray(grey, format="rgb24")))
        file.mux(stream.encode(None))
    return path


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """One second at 25 frames per second."""
    return write_film(tmp_path / "film.mp4")


def until(condition: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait for something that must come true."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)
