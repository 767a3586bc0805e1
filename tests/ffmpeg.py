"""Inputs that only FFmpeg's own programs make, and what these say of a file. They skip without it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

needs_ffmpeg = pytest.mark.skipif(not (shutil.which("ffmpeg") and shutil.which("ffprobe")),
                                  reason="the program ffmpeg is not installed (Debian package ffmpeg)")
TEST_PICTURES = "testsrc2=size=64x48:rate=25"


def ffmpeg(*arguments: object) -> None:
    """Run ffmpeg; its words are in the error if it fails."""
    done = subprocess.run(["ffmpeg", "-v", "error", "-y", *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def ffmpeg_output(*arguments: object) -> bytes:
    """Run ffmpeg; what it writes to standard output."""
    done = subprocess.run(["ffmpeg", "-v", "error", *map(str, arguments)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def make(path: Path, *options: object, frames: int = 10, pictures: str = TEST_PICTURES, sound: bool = False) -> Path:
    """Encode test pictures (25 a second), and with them a tone, with the given options into `path`."""
    if sound:  # -frames:v would end the tone with the last picture
        span = ("-t", frames / 25, "-f", "lavfi", "-i")
        ffmpeg(*span, pictures, *span, "sine", *options, path)
    else:
        ffmpeg("-f", "lavfi", "-i", pictures, "-frames:v", frames, *options, path)
    return path


def probe(path: Path, *wanted: str) -> dict[str, Any]:
    """What ffprobe says: -show_streams and more."""
    done = subprocess.run(["ffprobe", "-v", "error", "-of", "json", *(wanted or ("-show_streams",)), str(path)],
                          capture_output=True, text=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def film_stream(path: Path) -> dict[str, Any]:
    """What ffprobe says of the first picture stream."""
    answer: dict[str, Any] = next(s for s in probe(path)["streams"] if s["codec_type"] == "video")
    return answer


def decoded(path: Path, pix_fmt: str) -> bytes:
    """All pictures as raw samples of one layout, decoded by the program ffmpeg, none dropped or doubled."""
    return ffmpeg_output("-i", path, "-map", "0:v:0", "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", pix_fmt, "-")
