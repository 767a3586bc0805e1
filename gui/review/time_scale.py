"""Which time lies at which pixel of the time line. Times are seconds since 1970 (UTC) as float64: exact to 0.24 µs until 2106."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Coordinate = TypeVar("Coordinate", float, NDArray[np.float64])

SHORTEST = 0.2
"""Seconds across the whole width at the closest look: five frames of a usual camera."""
LONGEST_MARGIN = 1.1
"""How much longer than the footage the widest view is."""


@dataclass(frozen=True)
class TimeLimits:
    """What may be looked at: from `start` to `end`, seconds since 1970."""

    start: float
    end: float

    @property
    def longest(self) -> float:
        """Seconds of the widest view."""
        return max((self.end - self.start) * LONGEST_MARGIN, 10 * SHORTEST)


@dataclass(frozen=True)
class TimeScale:
    """start: time at the left edge. seconds: length of what is visible, above 0. width: pixels, above 0."""

    start: float
    seconds: float
    width: float

    @property
    def end(self) -> float:
        """Time at the right edge."""
        return self.start + self.seconds

    @property
    def pixel(self) -> float:
        """Seconds that a pixel covers."""
        return self.seconds / self.width

    def x(self, when: Coordinate) -> Coordinate:
        """Pixels from the left edge, of one time or of an array."""
        return (when - self.start) * (self.width / self.seconds)

    def time(self, x: Coordinate) -> Coordinate:
        """The time at so many pixels from the left edge."""
        return self.start + x * (self.seconds / self.width)

    def edges(self, columns: int) -> NDArray[np.float64]:
        """Times of the columns + 1 edges of so many equal columns across the width, float64."""
        return np.linspace(self.start, self.end, columns + 1, dtype=np.float64)

    def shows(self, when: float) -> bool:
        """Whether a time is visible."""
        return self.start <= when < self.end

    def resized(self, width: float) -> TimeScale:
        """As many seconds on another width."""
        return replace(self, width=max(1.0, width))

    def zoomed(self, factor: float, x: float, limits: TimeLimits) -> TimeScale:
        """Seen closer by `factor` (below 1: from further away); the time at `x` stays where it is, as far as the limits allow."""
        seconds = min(max(self.seconds / factor, SHORTEST), limits.longest)
        start = self.time(x) - x * (seconds / self.width)
        return replace(self, start=start, seconds=seconds).within(limits)

    def moved(self, pixels: float, limits: TimeLimits) -> TimeScale:
        """What lay so many pixels further right comes to the left edge; negative: further left."""
        return replace(self, start=self.start + pixels * self.pixel).within(limits)

    def showing(self, start: float, end: float, limits: TimeLimits, margin: float = 0.04) -> TimeScale:
        """A stretch across the whole width, with a margin (share of the width) at both sides."""
        seconds = min(max((end - start) / (1 - 2 * margin), SHORTEST), limits.longest)
        return replace(self, start=(start + end - seconds) / 2, seconds=seconds).within(limits)

    def within(self, limits: TimeLimits) -> TimeScale:
        """Moved so that the footage is never out of sight: its ends reach the middle of the view at most."""
        half = self.seconds / 2
        return replace(self, start=min(max(self.start, limits.start - half), limits.end - half))


def seconds_of(when: datetime) -> float:
    """An aware datetime as seconds since 1970."""
    return when.timestamp()


def datetime_of(seconds: float) -> datetime:
    """Seconds since 1970 as an aware datetime in UTC, rounded to microseconds."""
    return datetime.fromtimestamp(seconds, UTC)
