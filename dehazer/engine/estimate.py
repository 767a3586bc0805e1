"""From what a network answers to the haze field of a frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from dehazer.engine.backend import Array, Backend, Numbers
from dehazer.engine.fallback import not_finite
from dehazer.field.from_network import field_from_network
from dehazer.field.haze_field import HazeField
from dehazer.field.planes import luma_weights
from dehazer.field.pyramid import Pyramid
from dehazer.frames.frame import Frame


@dataclass(frozen=True)
class Estimate:
    """A field and what it was estimated from: small is (3, 2h, 2w) float32 RGB in [0, 1]."""

    field: HazeField
    small: Numbers


@dataclass(frozen=True)
class Begun:
    """An estimate that is being computed beside others. frame: whose."""

    frame: Frame
    _pyramid: Pyramid
    _backend: Backend
    _answer: Callable[[], tuple[Array, Array]]

    def wait(self) -> Estimate:
        """The estimate; may be asked for once. Raises DeviceError and ModelError."""
        return estimates(self._backend, [self.frame], [self._pyramid.extent], self._pyramid.small, self._answer())[0]


def begin(backend: Backend, frame: Frame, pyramid: Pyramid) -> Begun:
    """Start on the field of a frame. Raises DeviceError."""
    return Begun(frame, pyramid, backend, backend.begin(pyramid.small, pyramid.stats))


def estimates(backend: Backend, frames: Sequence[Frame], extents: Sequence[tuple[float, float]], small: Array,
              answer: tuple[Array, Array]) -> list[Estimate]:
    """Estimates of frames of one grid from what the network saw, `small`, and its answer, in main memory.

    Raises ModelError for numbers that are not finite.
    """
    numbers = backend.on_host(*answer, small)  # the wait for the device
    if not all(np.isfinite(values).all() for values in numbers[:2]):
        raise not_finite()
    return [_estimate(frame, extent, *values)
            for frame, extent, values in zip(frames, extents, zip(*numbers, strict=True), strict=True)]


def _estimate(frame: Frame, extent: tuple[float, float], gain: Numbers, offset: Numbers, small: Numbers) -> Estimate:
    return Estimate(field_from_network(gain, offset, small, extent, luma_weights(frame)), small)
