"""From the time of day that a name states to UTC, also in the hours that a change of daylight saving time repeats or skips."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple

_NEAR = timedelta(minutes=30)
"""A file is closed at most so long after its last picture, if its modification time is to tell which of two hours is meant."""


class ResolvedTime(NamedTuple):
    """start: UTC. note: a sentence where the stated time has two meanings or none, else ""."""

    start: datetime
    note: str


def resolved(stated: datetime, zone: tzinfo, duration: float, modified: datetime) -> ResolvedTime:
    """The UTC time of a recording's first picture.

    stated: as in the name, with or without a zone of its own; without, `zone` is meant. duration: seconds. modified: modification
    time of the file, aware. An hour that is repeated in autumn is decided by the modification time where that lies near one of
    the two ends, else the first is taken. An hour that is skipped in spring is read as if the clock were not put forward yet.
    """
    if stated.tzinfo is not None:
        return ResolvedTime(stated.astimezone(UTC), "")
    first, second = (stated.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    shift = (first.utcoffset() or timedelta(0)) - (second.utcoffset() or timedelta(0))
    if shift == timedelta(0):
        return ResolvedTime(first.astimezone(UTC), "")
    if shift < timedelta(0):
        note = f"{stated:%Y-%m-%d %H:%M} was skipped when the clocks in {zone} were put forward; it is read as if they were not."
        return ResolvedTime(first.astimezone(UTC), note)
    return _repeated(stated, zone, (first.astimezone(UTC), second.astimezone(UTC)), modified - timedelta(seconds=duration))


def _repeated(stated: datetime, zone: tzinfo, meanings: tuple[datetime, datetime], start: datetime) -> ResolvedTime:
    """Which of two meanings is the nearest to where the recording starts by its modification time."""
    distances = [abs(start - meaning) for meaning in meanings]
    decided = min(distances) <= _NEAR
    later = decided and distances[1] < distances[0]
    why = "by the file's modification time" if decided else "because nothing tells which"
    which = "second" if later else "first"
    note = f"{stated:%Y-%m-%d %H:%M} came twice when the clocks in {zone} were put back; the {which} is taken, {why}."
    return ResolvedTime(meanings[later], note)
