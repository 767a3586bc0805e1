"""Haze over wall-clock time, as measured at single pictures of a camera's recordings."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from dehazer.errors import UsageError
from dehazer.review.span import Span

Times = NDArray[np.float64]
Values = NDArray[np.float32]


def _none() -> Times:
    return np.empty(0, np.float64)


def _nothing() -> Values:
    return np.empty(0, np.float32)


@dataclass(frozen=True, eq=False)
class HazeCurve:
    """times: (n,) float64, seconds since 1970 (UTC), ascending. haze: (n,) float32, share of veil, 0 (clear) to 1.

    visibility: (n,) float32, transmission of the haziest tenth of the picture, (0, 1]. reach: seconds; between two measurements
    further apart than this, and further away from the nearest one, haze is unknown (NaN).
    """

    times: Times = field(default_factory=_none)
    haze: Values = field(default_factory=_nothing)
    visibility: Values = field(default_factory=_nothing)
    reach: float = 60.0

    def __post_init__(self) -> None:
        if not len(self.times) == len(self.haze) == len(self.visibility):
            raise UsageError(f"A haze curve needs as many values as times, got {len(self.times)} times, {len(self.haze)} of haze "
                             f"and {len(self.visibility)} of visibility.")
        if np.any(np.diff(self.times) < 0):
            raise UsageError("The times of a haze curve must ascend; sort them first.")

    def __len__(self) -> int:
        return len(self.times)

    def resampled(self, span: Span, count: int) -> Values:
        """(count,) float32: haze of so many equal parts of a span, the mean of what was measured in each; NaN where unknown.

        A part in which nothing was measured has the value at its middle, on the line between its neighbours.
        """
        edges = np.linspace(span.start.timestamp(), span.end.timestamp(), count + 1)
        places = np.searchsorted(self.times, edges)
        sums = np.concatenate([[0.0], np.cumsum(self.haze, dtype=np.float64)])
        measured = np.diff(places)
        with np.errstate(invalid="ignore", divide="ignore"):
            means = np.diff(sums[places]) / measured
        return np.where(measured > 0, means, self._between((edges[:-1] + edges[1:]) / 2)).astype(np.float32)

    def _between(self, times: Times) -> Times:
        """Haze at times, on the line between two measurements that are near enough to each other or to it; else NaN."""
        if not len(self.times):
            return np.full(len(times), np.nan)
        after = np.clip(np.searchsorted(self.times, times), 0, len(self.times) - 1)
        before = np.maximum(after - 1, 0)
        nearest = np.minimum(np.abs(self.times[after] - times), np.abs(times - self.times[before]))
        inside = (self.times[before] <= times) & (times <= self.times[after])
        known = np.where(inside, self.times[after] - self.times[before] <= self.reach, False) | (nearest <= self.reach)
        return np.where(known, np.interp(times, self.times, self.haze), np.nan)
