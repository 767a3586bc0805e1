"""Instants for tests, without a network."""

from __future__ import annotations

from dehazer.field.haze_field import HazeMeter
from dehazer.moment import Moment
from tests.moments import moment_of
from tests.pictures import random_frame


def moment(captured: float | None = None, luma: float = 100, haze: float = 0.4) -> Moment:
    frame = random_frame("yuv420p", 24, 32, captured=captured)
    return moment_of(frame, frame, HazeMeter(1 - haze, 0.5), (luma, luma + 10))
