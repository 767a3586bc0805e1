"""The recordings of one camera as arrays, so that ten thousand of them are summed up per pixel in well under a millisecond."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dehazer.review import Recording

Times = NDArray[np.float64]
Shares = NDArray[np.float64]
SHORTEST_RECORDING = 0.04
"""Seconds: what has no known length, such as a file that cannot be read, is still drawn."""


@dataclass(frozen=True, eq=False)
class RunningTotal:
    """How many seconds of something there were until a time: linear between points. points, totals: (n,) float64, ascending."""

    points: Times
    totals: Times

    @classmethod
    def of(cls, starts: Times, ends: Times, at_least: int) -> RunningTotal:
        """Of the time that at least so many of the stretches cover."""
        if not len(starts):
            return cls(np.zeros(1), np.zeros(1))
        points = np.concatenate([starts, ends])
        order = np.argsort(points, kind="stable")
        points = points[order]
        active = np.cumsum(np.repeat([1, -1], [len(starts), len(ends)])[order])
        covered = np.where(active[:-1] >= at_least, np.diff(points), 0.0)
        return cls(points, np.concatenate([[0.0], np.cumsum(covered)]))

    def shares(self, edges: Times) -> Shares:
        """(n + 1,) edges of columns, ascending → (n,) share of each column that is covered, 0 to 1."""
        totals = np.interp(edges, self.points, self.totals)
        return np.clip(np.diff(totals) / np.diff(edges), 0.0, 1.0)


@dataclass(frozen=True, eq=False)
class Footage:
    """recordings: sorted by start. starts, ends, reach: (n,) float64, seconds since 1970; reach: the latest end so far."""

    recordings: tuple[Recording, ...]
    starts: Times
    ends: Times
    reach: Times
    covered: RunningTotal
    overlapped: RunningTotal
    unreadable: RunningTotal

    @classmethod
    def of(cls, recordings: Iterable[Recording]) -> Footage:
        """The footage of one camera, in any order."""
        ordered = tuple(sorted(recordings, key=lambda r: r.start))
        starts = np.array([r.start.timestamp() for r in ordered], np.float64)
        ends = starts + np.array([max(r.duration, SHORTEST_RECORDING) for r in ordered], np.float64)
        bad = np.array([r.fault is not None for r in ordered], bool)
        return cls(ordered, starts, ends, np.maximum.accumulate(ends), RunningTotal.of(starts, ends, 1),
                   RunningTotal.of(starts, ends, 2), RunningTotal.of(starts[bad], ends[bad], 1))

    def between(self, start: float, end: float) -> range:
        """Numbers of the recordings that may be seen between two times, ascending."""
        first = int(np.searchsorted(self.reach, start, "right"))
        return range(first, int(np.searchsorted(self.starts, end, "left")))

    def at(self, when: float) -> Recording | None:
        """The recording that covers a time; the one that began last where several do. None in a gap."""
        last = int(np.searchsorted(self.starts, when, "right")) - 1
        first = int(np.searchsorted(self.reach, when, "right"))
        return next((self.recordings[n] for n in range(last, first - 1, -1) if when < self.ends[n]), None)

    def gap_at(self, when: float) -> tuple[float | None, float | None]:
        """End of the footage before a time in a gap, and begin of the next; None where there is none."""
        after = int(np.searchsorted(self.starts, when, "right"))
        before = float(self.reach[after - 1]) if after else None
        return before, float(self.starts[after]) if after < len(self.starts) else None
