"""Haze over wall-clock time, as measured at single pictures of a camera's recordings, and what is looked for in it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dehazer.errors import UsageError
from dehazer.review.span import Span, merged

FOGGY = 0.25
"""Haze from which a stretch is called foggy, unless the user says otherwise."""
CHANGE = 0.15
"""Difference of haze that is called a change."""
_TOGETHER = timedelta(minutes=1)
"""Foggy stretches that are not further apart are one."""
_CLEAR_AGAIN = 0.8
"""A foggy stretch ends below this share of its level, so that a scene at the level makes one stretch."""
_MEASURED = 0.9
"""Part of a stretch of which haze must be known."""
Times = NDArray[np.float64]
Values = NDArray[np.float32]


def _no_times() -> Times:
    return np.empty(0, np.float64)


def _no_values() -> Values:
    return np.empty(0, np.float32)


@dataclass(frozen=True, eq=False)
class HazeCurve:
    """times: (n,) float64, seconds since 1970 (UTC), ascending. haze: (n,) float32, share of veil, 0 (clear) to 1.

    visibility: (n,) float32, transmission of the haziest tenth of the picture, (0, 1]. reach: seconds; between two measurements
    further apart than this, haze is unknown (NaN) but for half of it around each.
    """

    times: Times = field(default_factory=_no_times)
    haze: Values = field(default_factory=_no_values)
    visibility: Values = field(default_factory=_no_values)
    reach: float = 60.0

    def __post_init__(self) -> None:
        if not len(self.times) == len(self.haze) == len(self.visibility):
            raise UsageError(f"A haze curve needs as many values as times, got {len(self.times)} times, {len(self.haze)} of haze "
                             f"and {len(self.visibility)} of visibility.")
        if np.any(np.diff(self.times) < 0):
            raise UsageError("The times of a haze curve must ascend; sort them first.")

    def __len__(self) -> int:
        return len(self.times)

    def at(self, when: datetime) -> float:
        """Haze at an instant, between the two measurements around it; NaN where it is unknown."""
        return float(self._between(np.array([when.timestamp()]))[0])

    def resampled(self, span: Span, count: int) -> Values:
        """(count,) float32: mean haze of as many equal parts of `span`, NaN where it is unknown."""
        if count < 1:
            raise UsageError(f"A haze curve is divided into at least one part, got {count}.")
        edges = np.linspace(span.start.timestamp(), span.end.timestamp(), count + 1)
        places = np.searchsorted(self.times, edges)
        sums, counts = np.diff(self._sums[places]), np.diff(places)
        centres = self._between((edges[:-1] + edges[1:]) / 2)
        return np.where(counts > 0, sums / np.maximum(counts, 1), centres).astype(np.float32)

    def foggiest(self, length: timedelta) -> Span | None:
        """The stretch of that length with most haze on average; None where nothing was measured."""
        return self._extreme(length, 1.0)

    def clearest(self, length: timedelta) -> Span | None:
        """The stretch of that length with least haze on average; None where nothing was measured."""
        return self._extreme(length, -1.0)

    def stretches(self, level: float = FOGGY) -> tuple[Span, ...]:
        """Where haze is at `level` or above; each ends where it falls well below, or where it is unknown."""
        found: list[Span] = []
        start: float | None = None
        last = 0.0
        for when, haze in zip(self.times.tolist(), self.haze.tolist(), strict=True):
            if start is not None and (haze < level * _CLEAR_AGAIN or when - last > self.reach):
                found.append(Span(_time(start), _time(when if when - last <= self.reach else last + self.reach / 2)))
                start = None
            if start is None and haze >= level:
                start = when
            last = when
        if start is not None:
            found.append(Span(_time(start), _time(last + self.reach / 2)))
        return merged(found, _TOGETHER)

    def next_foggy(self, after: datetime, level: float = FOGGY) -> Span | None:
        """The first foggy stretch that begins after an instant; None where there is none."""
        return next((stretch for stretch in self.stretches(level) if stretch.start > after), None)

    def next_change(self, after: datetime, by: float = CHANGE) -> datetime | None:
        """When haze first differs by at least `by` from what it is at `after` (or at the first measurement behind it)."""
        place = int(np.searchsorted(self.times, after.timestamp(), side="right"))
        before = self.at(after)
        reference = float(self.haze[place]) if np.isnan(before) and place < len(self) else before
        differs = np.flatnonzero(np.abs(self.haze[place:] - np.float32(reference)) >= by)
        return _time(float(self.times[place + differs[0]])) if differs.size else None

    @cached_property
    def _sums(self) -> Times:
        return np.concatenate([[0.0], np.cumsum(self.haze, dtype=np.float64)])

    def _between(self, when: Times) -> Values:
        """Haze at times (seconds since 1970): linear between two measurements, NaN where they are too far apart."""
        if not len(self):
            return np.full(len(when), np.nan, np.float32)
        right = np.searchsorted(self.times, when)
        before, behind = np.clip(right - 1, 0, len(self) - 1), np.clip(right, 0, len(self) - 1)
        distance = np.minimum(np.abs(when - self.times[before]), np.abs(when - self.times[behind]))
        joined = (self.times[behind] - self.times[before] <= self.reach) & (right > 0) & (right < len(self))
        nearest = np.where(np.abs(when - self.times[before]) <= np.abs(when - self.times[behind]), before, behind)
        value = np.where(joined, np.interp(when, self.times, self.haze), self.haze[nearest])
        return np.where(joined | (distance <= self.reach / 2), value, np.nan).astype(np.float32)

    def _extreme(self, length: timedelta, sign: float) -> Span | None:
        """Of all stretches that start at a measurement, the best of those that are measured all along, or longest."""
        if not len(self):
            return None
        seconds = length.total_seconds()
        ends = np.searchsorted(self.times, self.times + seconds)
        counts = ends - np.arange(len(self))
        means = (self._sums[ends] - self._sums[:-1]) / counts
        enough = min(int(counts.max()), math.ceil(_MEASURED * seconds / self._step()))
        best = int(np.argmax(np.where(counts >= enough, sign * means, -np.inf)))
        return Span(_time(float(self.times[best])), _time(float(self.times[best]) + seconds))

    def _step(self) -> float:
        """Usual time between two measurements, seconds."""
        return float(np.median(np.diff(self.times))) or 1.0 if len(self) > 1 else self.reach


def _time(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
