"""A rendered drive through fog with exact ground truth: the project's own scene, from numpy and a seed alone.

Fog follows I = J·t + A·(1 − t) with t = exp(−β·d) per pixel (Koschmieder 1924; Narasimhan & Nayar 2002, eq. 1).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from dehazer.config import DecodeOptions
from dehazer.errors import UsageError
from dehazer.frames.frame import PIXEL_FORMATS, ColorTags, Frame, VideoInfo, frame_from_rgb
from dehazer.sources.base import Source
from dehazer.synthetic.scene import Scene

_REFERENCE_BETA = 0.01
_TAGS = ColorTags(matrix=0, range=2, primaries=1, transfer=13)


@dataclass(frozen=True)
class SceneOptions:
    """What is rendered. beta: fog per metre (0.01 hides what is beyond about 300 m). swing: how much beta rises and falls.

    swing is a fraction of beta, with a period of 5 s; 0 is steady. airlight: colour of the fog, in [0, 1]. fine: samples
    per pixel along each axis (2 is smooth, 1 is quick).
    """

    width: int = 640
    height: int = 360
    frames: int = 100
    rate: int = 25
    seed: int = 7
    beta: float = 0.014
    swing: float = 0.0
    fine: int = 2
    airlight: tuple[float, float, float] = (0.80, 0.82, 0.84)

    def __post_init__(self) -> None:
        if min(self.width, self.height) < 16 or min(self.frames, self.rate, self.fine) < 1:
            raise UsageError("A synthetic scene needs at least 16×16 pixels, one frame, one frame per second and fine=1.")
        if self.beta < 0 or not 0 <= self.swing <= 1:
            raise UsageError(f"beta must not be negative and swing must lie in 0 to 1, got {self.beta:g} and {self.swing:g}.")


@dataclass(frozen=True, eq=False)
class Truth:
    """What is behind the fog of one frame. Travels in `Frame.transfer`.

    clear: (H, W, 3) uint8. transmission: (H, W) float32 in [0, 1]. depth: (H, W) float32, metres, with
    transmission = exp(−beta · depth). airlight: (3,) float32 in [0, 1].
    """

    clear: NDArray[np.uint8]
    transmission: NDArray[np.float32]
    depth: NDArray[np.float32]
    airlight: NDArray[np.float32]
    beta: float


class SyntheticSource(Source):
    """A drive along a road; `Frame.transfer` is its `Truth`. The same options give the same pictures, frame by frame."""

    def __init__(self, options: SceneOptions | None = None, span: DecodeOptions | None = None) -> None:
        self.options = options or SceneOptions()
        span = span or DecodeOptions()
        self._scene = Scene(self.options.seed)
        self._next = self._index_at(span.start or 0.0)
        self._end = self.options.frames if span.end is None else min(self.options.frames, self._index_at(span.end))
        self._closed, self._count = False, 0
        if self._next >= self.options.frames:
            raise UsageError(f"The start ({span.start or 0:g} s) lies behind the end of the synthetic scene.")
        one = self.options
        self.info = VideoInfo(one.width, one.height, PIXEL_FORMATS["rgb24"], _TAGS, Fraction(1, one.rate), Fraction(one.rate),
                              one.frames, one.frames / one.rate, name="synthetic scene")

    @classmethod
    def from_text(cls, text: str, span: DecodeOptions | None = None) -> SyntheticSource:
        """From "synthetic:width=640,height=360,beta=0.02"; raises UsageError naming what is possible."""
        values: dict[str, int | float] = {}
        kinds = {f.name: float if f.name in ("beta", "swing") else int for f in fields(SceneOptions) if f.name != "airlight"}
        for part in filter(None, text.partition(":")[2].split(",")):
            name, _, value = part.partition("=")
            try:
                values[name] = kinds[name](value)
            except (KeyError, ValueError) as error:
                names = ", ".join(kinds)
                raise UsageError(f"{part} says nothing about a synthetic scene; use name=number with: {names}.") from error
        return cls(SceneOptions(**values), span)  # type: ignore[arg-type]

    def _index_at(self, seconds: float) -> int:
        return math.ceil(Fraction(round(seconds * 1000), 1000) * self.options.rate)

    def truth(self, index: int) -> Truth:
        """Ground truth of frame `index`; exact: the foggy picture is made from it."""
        one, clock = self.options, index / self.options.rate
        colour, depth = self._scene.render(one.width * one.fine, one.height * one.fine, clock)
        clear = (_pooled(colour, one.fine) * 255).round().astype(np.uint8)
        distance = -np.log(np.maximum(_pooled(np.exp(-_REFERENCE_BETA * depth), one.fine), 1e-20)) / np.float32(_REFERENCE_BETA)
        beta = one.beta * (1 + one.swing * math.sin(2 * math.pi * clock / 5))
        depth = np.asarray(distance, np.float32)
        return Truth(clear, np.exp(-np.float32(beta) * depth), depth, np.array(one.airlight, np.float32), beta)

    def frame(self, index: int) -> Frame:
        """Frame `index` in fog, rgb24, with its Truth in `transfer`."""
        truth = self.truth(index)
        t = truth.transmission[..., None]
        hazy = truth.clear * t + 255 * truth.airlight * (1 - t)
        made = frame_from_rgb(hazy.round().clip(0, 255).astype(np.uint8), self._count, index, Fraction(1, self.options.rate))
        return replace(made, color=_TAGS, transfer=truth)

    def __iter__(self) -> Iterator[Frame]:
        while not self._closed and self._next < self._end:
            frame = self.frame(self._next)
            self._next += 1
            self._count += 1
            yield frame

    def seek(self, seconds: float) -> None:
        """Continue with the frame shown at `seconds`."""
        self._next = min(max(0, math.floor(Fraction(round(seconds * 1000), 1000) * self.options.rate)), self.options.frames - 1)

    def close(self) -> None:
        """End the iteration."""
        self._closed = True


def _pooled(values: NDArray[np.float32], fine: int) -> NDArray[np.float32]:
    """Mean over fine × fine samples."""
    high, wide = values.shape[0] // fine, values.shape[1] // fine
    pooled = values.reshape(high, fine, wide, fine, -1).mean((1, 3), dtype=np.float32)
    return np.asarray(pooled.reshape(high, wide, *values.shape[2:]), np.float32)
