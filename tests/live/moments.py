"""Instants for tests, without a network."""

from __future__ import annotations

from dehazer.enhance import Moment
from dehazer.field.haze_field import HazeMeter
from tests.pictures import random_frame


def moment(captured: float | None = None, luma: float = 100, haze: float = 0.4) -> Moment:
    frame = random_frame("yuv420p", 24, 32, captured=captured)
    return Moment(frame, frame, frame, None, HazeMeter(1 - haze, 0.5), (luma, luma + 10))
