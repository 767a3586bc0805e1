"""A stretch of wall-clock time, and sets of such stretches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from dehazer.errors import UsageError


@dataclass(frozen=True, order=True)
class Span:
    """From `start` to `end`, both aware datetimes, `end` exclusive. Raises UsageError for times without a zone or in reverse."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        for when in (self.start, self.end):
            if when.utcoffset() is None:
                raise UsageError(f"A span needs times with a time zone, got {when.isoformat()}; add one, UTC for instance.")
        if self.end < self.start:
            raise UsageError(f"A span must not end ({self.end.isoformat()}) before it starts ({self.start.isoformat()}).")

    @property
    def duration(self) -> float:
        """Seconds, 0 or more."""
        return (self.end - self.start).total_seconds()

    def __contains__(self, when: datetime) -> bool:
        return self.start <= when < self.end

    def intersection(self, other: Span) -> Span | None:
        """What both cover; None where that is nothing."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Span(start, end) if start < end else None


def merged(spans: Iterable[Span], tolerance: timedelta = timedelta(0)) -> tuple[Span, ...]:
    """The same time as few spans, sorted; spans at most `tolerance` apart become one."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start - result[-1].end <= tolerance:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return tuple(result)


def gaps_between(spans: Iterable[Span], tolerance: timedelta = timedelta(0)) -> tuple[Span, ...]:
    """What lies between the first start and the last end and is covered by none; stretches up to `tolerance` do not count."""
    joined = merged(spans, tolerance)
    return tuple(Span(before.end, after.start) for before, after in pairwise(joined))


def overlaps_of(spans: Iterable[Span], tolerance: timedelta = timedelta(0)) -> tuple[Span, ...]:
    """What at least two spans cover, if longer than `tolerance`, as few spans."""
    found: list[Span] = []
    reach: datetime | None = None
    for span in sorted(spans):
        if reach is not None and min(reach, span.end) - span.start > tolerance:
            found.append(Span(span.start, min(reach, span.end)))
        reach = span.end if reach is None else max(reach, span.end)
    return merged(found)
