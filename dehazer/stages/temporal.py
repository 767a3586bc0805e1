"""Steady fields: an exponential average whose rate adapts to motion, and that starts anew at a cut."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from dehazer.errors import UsageError
from dehazer.field.haze_field import HazeField
from dehazer.redact import module_logger
from dehazer.stages.base import FrameContext

log = module_logger(__name__)

MEMORY = 2.0
"""Time constant in seconds at smoothing 1; it falls with the square of the smoothing."""
MOTION = 0.06
"""Change of a cell's colour ([0, 1] units) at which its past counts for a third."""
CUT_CHANGE, CUT_LIKENESS = 0.08, 0.7
"""A cut is a large change between two small pictures that are also unlike in pattern (a flash is alike)."""
USUAL_STEP = 1 / 25
LONGEST_STEP = 1.0
Small = NDArray[np.float32]


def is_cut(before: Small, now: Small) -> bool:
    """Whether two small pictures (3, H, W) in [0, 1] belong to different scenes."""
    if before.shape != now.shape:
        return True
    if np.abs(before - now).mean() <= CUT_CHANGE:
        return False
    a, b = before - before.mean(), now - now.mean()
    likeness = (a * b).mean() / max(math.sqrt((a * a).mean() * (b * b).mean()), 1e-8)
    return bool(likeness < CUT_LIKENESS)


class TemporalStage:
    """field ← past + k·(field − past); k per cell, from the time since the last frame and from the cell's own motion.

    smoothing: 0 (off) to 1 (time constant of two seconds). Raises UsageError outside.
    """

    untouched = False

    def __init__(self, smoothing: float) -> None:
        self.update(smoothing)
        self.reset()

    def update(self, value: float) -> None:
        """value: smoothing in [0, 1]."""
        if not 0.0 <= value <= 1.0:
            raise UsageError(f"Temporal smoothing must lie between 0 and 1, got {value}.")
        self.memory = MEMORY * value**2

    def reset(self) -> None:
        """Forget the past."""
        self._past: HazeField | None = None
        self._view: FrameContext | None = None

    def __call__(self, field: HazeField, view: FrameContext) -> HazeField:
        past, seen = self._past, self._view
        if self.memory > 0 and past is not None and seen is not None and self._continues(field, view):
            field = past.blended(field, self._rate(seen, view))
        self._past, self._view = field, view
        return field

    def _continues(self, field: HazeField, view: FrameContext) -> bool:
        """Same grid, a plausible step forward in time, no cut: otherwise the past says nothing about this frame."""
        past, seen = self._past, self._view
        if past is None or seen is None or past.grid != field.grid or past.extent != field.extent:
            return False
        step = _step(seen, view)
        goes_on = 0 < step <= LONGEST_STEP and not is_cut(seen.small, view.small)
        if not goes_on:
            log.debug("Cut or gap before the frame at %s s: temporal smoothing starts anew", view.seconds)
        return goes_on

    def _rate(self, before: FrameContext, now: FrameContext) -> NDArray[np.float32]:
        """(1, h, w) weight of the new field in (0, 1]."""
        still = math.exp(-_step(before, now) / self.memory)
        change = np.abs(before.small - now.small).mean(axis=0)
        rows, columns = change.shape[0] // 2, change.shape[1] // 2
        motion = change.reshape(rows, 2, columns, 2).mean(axis=(1, 3))[None]
        return np.asarray(1 - np.float32(still) * np.exp(-((motion / np.float32(MOTION)) ** 2)), np.float32)


def _step(before: FrameContext, now: FrameContext) -> float:
    if before.seconds is None or now.seconds is None:
        return USUAL_STEP
    return now.seconds - before.seconds
