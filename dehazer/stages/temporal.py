"""Steady fields: an exponential average whose rate adapts to what has changed, and that starts anew at a cut.

Two memories in one. A cell whose picture looks as it did when its field was learnt has had no change of haze either (the same
colours behind other haze would be another scene), so what the network says about it now follows from something elsewhere in
the picture, a pedestrian before the fog for example: there the past is kept long. A cell that looks different from then, but as
in the last frame, is averaged over a shorter time. A cell that moves takes the new field.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from dehazer.errors import UsageError
from dehazer.field.haze_field import HazeField, cell_means
from dehazer.redact import module_logger
from dehazer.stages.base import FrameContext, State

log = module_logger(__name__)

MEMORY = 2.0
"""Time constant in seconds at smoothing 1; it falls with the square of the smoothing."""
STILL_MEMORY = 16.0
"""The same for cells that look as they did when their field was learnt; 8 s at the default smoothing of 0.7."""
MOTION, DRIFT = 0.06, 0.04
"""Change of a cell's colour ([0, 1] units) since the last frame, and since it was learnt, at which it is alike by a third."""
CUT_CHANGE, CUT_LIKENESS = 0.08, 0.7
"""A cut is a large change between two small pictures that are also unlike in pattern (a flash is alike)."""
USUAL_STEP = 1 / 25
LONGEST_STEP = 1.0
Small = NDArray[np.float32]


def is_cut(before: Small, now: Small) -> bool:
    """Whether two small pictures (3, H, W) in [0, 1] belong to different scenes."""
    if before.shape != now.shape:
        return True
    if cv2.norm(before.ravel(), now.ravel(), cv2.NORM_L1) <= CUT_CHANGE * now.size:
        return False
    a, b = before - before.mean(), now - now.mean()
    likeness = (a * b).mean() / max(math.sqrt((a * a).mean() * (b * b).mean()), 1e-8)
    return bool(likeness < CUT_LIKENESS)


class TemporalStage:
    """field ← past + k·(field − past); k per cell, from the time since the last frame and from the cell's own changes.

    smoothing: 0 (off) to 1 (time constants of two seconds, and of sixteen where nothing has changed). Raises UsageError outside.
    """

    untouched = False

    def __init__(self, smoothing: float) -> None:
        self.update(smoothing)
        self.reset()

    def update(self, value: float) -> None:
        """value: smoothing in [0, 1]."""
        if not 0.0 <= value <= 1.0:
            raise UsageError(f"Temporal smoothing must lie between 0 and 1, got {value}.")
        self.memory, self.still_memory = MEMORY * value**2, STILL_MEMORY * value**2

    def reset(self) -> None:
        """Forget the past."""
        self._past: HazeField | None = None
        self._view: FrameContext | None = None
        self._learnt: Small | None = None  # the picture that the past belongs to, averaged as the field is

    def state(self) -> State:
        """The last field and the small pictures it belongs to."""
        if self._past is None or self._view is None or self._learnt is None:
            return {}
        seconds = math.nan if self._view.seconds is None else self._view.seconds
        return {**self._past.arrays(), "small": self._view.small, "learnt": self._learnt, "seconds": np.array(seconds)}

    def restore(self, state: State) -> None:
        """Go on behind the field of which `state` tells."""
        self.reset()
        if state:
            seconds = float(state["seconds"])
            self._past, self._learnt = HazeField.from_arrays(state), state["learnt"]
            self._view = FrameContext(state["small"], None if math.isnan(seconds) else seconds)

    def __call__(self, field: HazeField, view: FrameContext) -> HazeField:
        past, seen, learnt = self._past, self._view, self._learnt
        if self.memory > 0 and past is not None and seen is not None and learnt is not None and self._continues(field, view):
            rate = self._rate(learnt, seen, view)
            field = past.blended(field, rate)
            learnt = learnt + _doubled(rate) * (view.small - learnt)
        else:
            learnt = view.small
        self._past, self._view, self._learnt = field, view, learnt
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

    def _rate(self, learnt: Small, before: FrameContext, now: FrameContext) -> NDArray[np.float32]:
        """(1, h, w) weight of the new field in (0, 1]."""
        memory = self.memory + (self.still_memory - self.memory) * alike(learnt, now.small, DRIFT)
        return np.asarray(1 - np.exp(-_step(before, now) / memory) * alike(before.small, now.small, MOTION), np.float32)


def _doubled(cells: NDArray[np.float32]) -> NDArray[np.float32]:
    """(1, h, w) → (1, 2h, 2w), every number four times."""
    _, rows, columns = cells.shape
    wide = cv2.resize(cells[0], (2 * columns, 2 * rows), interpolation=cv2.INTER_NEAREST)
    return np.asarray(wide, np.float32).reshape(1, 2 * rows, 2 * columns)


def alike(one: Small, other: Small, scale: float) -> NDArray[np.float32]:
    """(1, h, w) in (0, 1] for two small pictures (3, 2h, 2w): 1 where the colours of a cell are the same,
    a third where they differ by `scale`."""
    change = np.asarray(cv2.absdiff(one.reshape(-1, one.shape[2]), other.reshape(-1, one.shape[2])), np.float32)
    red, green, blue = change.reshape(one.shape)
    cells = cell_means(red + green + blue)
    return np.asarray(np.exp(-((cells / np.float32(3 * scale)) ** 2)), np.float32)


def _step(before: FrameContext, now: FrameContext) -> float:
    if before.seconds is None or now.seconds is None:
        return USUAL_STEP
    return now.seconds - before.seconds
