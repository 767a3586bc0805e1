"""The video that is measured with: the packaged foggy drive, enlarged to any size, with a little grain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np

from dehazer.config import DecodeOptions, EncodeOptions
from dehazer.files.sample import SAMPLE_CLIP
from dehazer.frames.frame import PIXEL_FORMATS, Frame, VideoInfo
from dehazer.sinks import open_sink
from dehazer.sources import open_source
from dehazer.sources.base import Source

GRAIN = 1.5
"""Standard deviation in code values: an enlarged rendering alone would be easier to code than what a camera sends."""


def make_clip(folder: Path, height: int, width: int, frames: int) -> Path:
    """An H.264 file (x264 veryfast, yuv420p) of that size in `folder`; made once."""
    path = folder / f"{width}x{height}-{frames}.mp4"
    if path.exists():
        return path
    info = VideoInfo(width, height, PIXEL_FORMATS["yuv420p"], time_base=Fraction(1, 25), rate=Fraction(25), frames=frames)
    with open_source(SAMPLE_CLIP) as source, open_sink(path, info, EncodeOptions("libx264", 23, "veryfast")) as sink:
        for frame in LoopedSource(source, SAMPLE_CLIP, frames):
            sink.write(_enlarged(frame, height, width))
        sink.finish()
    return path


def _enlarged(frame: Frame, height: int, width: int) -> Frame:
    shapes = frame.format.plane_shapes(height, width)
    planes = [cv2.resize(p, (s[1], s[0]), interpolation=cv2.INTER_CUBIC) for p, s in zip(frame.planes, shapes, strict=True)]
    noise = np.random.default_rng(frame.index).normal(0, GRAIN, (shapes[0][0] // 4 + 1, shapes[0][1])).astype(np.float32)
    planes[0] = cv2.add(planes[0], np.tile(noise, (4, 1))[: shapes[0][0]], dtype=cv2.CV_8U)
    return replace(frame, planes=tuple(planes), height=height, width=width)


class LoopedSource(Source):
    """A video from its beginning again and again, until `frames` have been given; times run on."""

    def __init__(self, first: Source, path: Path, frames: int) -> None:
        self.info, self._path, self._frames = first.info, path, frames
        self._closed = False

    def __iter__(self) -> Iterator[Frame]:
        index = 0
        while index < self._frames and not self._closed:
            with open_source(self._path, DecodeOptions()) as source:
                for frame in source:
                    if index >= self._frames or self._closed:
                        return
                    yield replace(frame, index=index, pts=index, time_base=Fraction(1, 25))
                    index += 1

    def close(self) -> None:
        self._closed = True


def load_frames(path: Path, frames: int) -> list[Frame]:
    """The first frames of a file, in memory and on their own (decoders reuse their buffers)."""
    with open_source(path) as source:
        kept = [frame for frame, _ in zip(source, range(frames), strict=False)]
    return [frame.with_planes(tuple(np.ascontiguousarray(p) for p in frame.planes)) for frame in kept]
