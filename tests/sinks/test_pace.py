"""The pace at which a film is shown: that of its own clock, however long its pictures stand."""

from __future__ import annotations

import time
from fractions import Fraction

import numpy as np
import pytest

from dehazer.frames.frame import PIXEL_FORMATS, ColorTags, Frame
from dehazer.sinks._pace import Pace


def at(seconds: float) -> Frame:
    plane = np.zeros((2, 2), np.uint8)
    return Frame((plane,), PIXEL_FORMATS["gray"], 2, 2, ColorTags(), round(seconds * 1000), Fraction(1, 1000))


def waits(times: list[float], rate: Fraction | None) -> list[float]:
    """Seconds between the pictures as they are shown, by a clock that stands still but for the waiting."""
    pace, found = Pace(at(times[0]), rate), []
    pace.go_on_with(at(times[0]))
    now = time.monotonic()
    for seconds in times[1:]:
        found.append(pace.seconds_until(at(seconds), now))
        now += found[-1]
    return found


@pytest.mark.parametrize(("times", "rate", "wanted"), [
    ([0, 4, 8, 12], Fraction(1, 4), [4, 4, 4]),
    ([0, 30, 60], Fraction(1, 30), [30, 30]),
    ([0, 0.5, 3000, 3000.5], Fraction(2), [0.5, 1, 0.5]),  # the clock jumps
    ([0, 0.5, 0.25, 0.75], None, [0.5, 0, 0.5]),
])
def test_pictures_wait_as_long_as_those_before_them_stand(times: list[float], rate: Fraction | None, wanted: list[float]) -> None:
    assert waits(times, rate) == pytest.approx(wanted, abs=0.2)
