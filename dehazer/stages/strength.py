"""How much of the haze goes: strength, and the eased bypass of clear frames."""

from __future__ import annotations

import math

import numpy as np

from dehazer.errors import UsageError
from dehazer.field.haze_field import MAX_STRENGTH, HazeField
from dehazer.stages.base import FrameContext, State

EASE_SECONDS = 0.5
"""Time constant of the transition between bypass and full strength."""
SNAP = 0.01
"""Below this share the bypass is complete and pixels are bit-exact; above 1 − SNAP it is fully off."""
USUAL_STEP = 1 / 25


class StrengthStage:
    """Applies less or more of the field, by a constant in [0, 1.5]; may be changed between frames. Raises UsageError outside."""

    untouched = False

    def __init__(self, strength: float) -> None:
        self.update(strength)

    def update(self, value: float) -> None:
        """value: strength in [0, 1.5]."""
        if not 0.0 <= value <= MAX_STRENGTH:
            raise UsageError(f"Strength must lie between 0 and {MAX_STRENGTH}, got {value}.")
        self.strength = value

    def __call__(self, field: HazeField, view: FrameContext) -> HazeField:
        return field.strengthened(self.strength)

    def reset(self) -> None:
        """Nothing is remembered."""

    def state(self) -> State:
        """Nothing."""
        return {}

    def restore(self, state: State) -> None:
        """Nothing."""


class BypassStage:
    """Clear frames pass untouched, bit for bit; the change is eased over half a second, so nothing pops.

    threshold: haze (1 − mean transmission) in [0, 1] below which a frame counts as clear; 0 never bypasses. Leaving
    the bypass needs a quarter more haze than entering it, so that a scene at the threshold does not toggle.
    """

    def __init__(self, threshold: float) -> None:
        self.update(threshold)
        self.reset()

    def update(self, value: float) -> None:
        """value: threshold in [0, 1]."""
        if not 0.0 <= value <= 1.0:
            raise UsageError(f"The bypass threshold must lie between 0 and 1, got {value}.")
        self.threshold = value

    def reset(self) -> None:
        """Forget the past: the next frame decides at once."""
        self._share: float | None = None
        self._clear = False
        self._seconds: float | None = None

    def state(self) -> State:
        """The share of the field that the last frame got, whether it was clear, and its time; NaN stands for None."""
        values = (self._share, float(self._clear), self._seconds)
        return {"values": np.array([math.nan if value is None else value for value in values])}

    def restore(self, state: State) -> None:
        """Go on behind the frame of which `state` tells."""
        share, clear, seconds = (None if math.isnan(value) else value for value in state["values"].tolist())
        self._share, self._clear, self._seconds = share, bool(clear), seconds

    @property
    def untouched(self) -> bool:
        """Whether the last frame went through untouched."""
        return self._share == 0.0

    def __call__(self, field: HazeField, view: FrameContext) -> HazeField:
        if self.threshold <= 0:
            self.reset()  # nothing is bypassed any more
            return field
        limit = self.threshold * (1.25 if self._clear else 1.0)
        self._clear = field.meter().haze < limit
        self._share = self._eased(0.0 if self._clear else 1.0, view.seconds)
        return field.strengthened(self._share)

    def _eased(self, target: float, seconds: float | None) -> float:
        known = seconds is not None and self._seconds is not None
        step = seconds - self._seconds if known else USUAL_STEP  # type: ignore[operator]
        self._seconds = seconds
        if self._share is None or step < 0:
            return target
        share = target + (self._share - target) * math.exp(-step / EASE_SECONDS)
        return target if abs(share - target) < SNAP else share
