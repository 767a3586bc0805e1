"""Pictures of a film shown at the pace of its own clock; live ones come when it is time."""

from __future__ import annotations

import time

from dehazer.frames.frame import Frame

_LONGEST_WAIT = 1.0
"""Seconds that one picture waits at most: a gap in the clock of a film must not stop everything."""


class Pace:
    """The clock of one showing, which begins with `first`."""

    def __init__(self, first: Frame) -> None:
        self._first, self._began = seconds_of(first), time.monotonic()

    def elapsed(self, frame: Frame) -> float:
        """Seconds from the first picture to this one."""
        return seconds_of(frame) - self._first

    def wait_for(self, frame: Frame) -> None:
        """Return when it is time for this picture."""
        if frame.captured is None:
            time.sleep(min(max(0.0, self._began + self.elapsed(frame) - time.monotonic()), _LONGEST_WAIT))


def seconds_of(frame: Frame) -> float:
    """On the clock of its capture, or of its film."""
    return frame.captured if frame.captured is not None else float(frame.seconds or 0.0)
