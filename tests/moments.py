"""Moments without a network."""

from __future__ import annotations

from dehazer.field.haze_field import HazeMeter
from dehazer.frames.frame import Frame
from dehazer.moment import DehazedPicture, Moment


def moment_of(original: Frame, result: Frame, meter: HazeMeter | None = None, luma: tuple[float, float] = (0.0, 0.0),
              bypassed: bool = False) -> Moment:
    """A moment whose result is there already, without a field."""
    return Moment(original, DehazedPicture(original, None, result), None, meter, luma, bypassed)
