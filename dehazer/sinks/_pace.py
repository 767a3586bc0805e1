"""Pictures of a film shown at the pace of its own clock; live ones come when it is time."""

from __future__ import annotations

import time
from fractions import Fraction

from dehazer.frames.frame import Frame

_JUMP = 10.0
"""Seconds between two pictures from which the clock of a film has jumped, unless its pictures stand longer by themselves."""
_WAIT_AT_JUMP = 1.0
"""Seconds that are waited then: a gap in the clock of a film must not stop everything."""


class Pace:
    """The clock of one showing, which begins with `first`. rate: pictures per second of the film, None if unknown."""

    def __init__(self, first: Frame, rate: Fraction | float | None = None) -> None:
        self._first = self._last = seconds_of(first)
        self._began = time.monotonic()
        self._jump = max(_JUMP, float(2 / rate) if rate else 0.0)

    def elapsed(self, frame: Frame) -> float:
        """Seconds from the first picture to this one."""
        return seconds_of(frame) - self._first

    def go_on_with(self, frame: Frame) -> None:
        """This picture is shown now, and all others count from it."""
        self._began = time.monotonic() - self.elapsed(frame)

    def wait_for(self, frame: Frame) -> None:
        """Return when it is time for this picture."""
        if frame.captured is None:
            time.sleep(self.seconds_until(frame, time.monotonic()))

    def seconds_until(self, frame: Frame, now: float) -> float:
        """How long to wait for the next picture of the film. now: as of `time.monotonic`."""
        seconds = seconds_of(frame)
        step, self._last = seconds - self._last, seconds
        if not 0 <= step <= self._jump:
            wait = _WAIT_AT_JUMP if step > 0 else 0.0
            self._began = now + wait - self.elapsed(frame)
            return wait
        return max(0.0, self._began + self.elapsed(frame) - now)


def seconds_of(frame: Frame) -> float:
    """On the clock of its capture, or of its film."""
    return frame.captured if frame.captured is not None else float(frame.seconds or 0.0)
