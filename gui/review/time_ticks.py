"""Where the ruler of the time line has its ticks, from years to milliseconds, on the wall clock of a time zone."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Literal

from gui.review.time_scale import TimeScale, datetime_of

Unit = Literal["millisecond", "second", "minute", "day", "month", "year"]

DAY, MONTH, YEAR = 86_400_000, 30 * 86_400_000, 365 * 86_400_000
"""Milliseconds; months and years only to tell their size."""
_CLOCK_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
                900_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000)
STEPS = (*_CLOCK_STEPS, DAY, 7 * DAY, MONTH, 3 * MONTH, YEAR, 10 * YEAR)
"""Distances of ticks in milliseconds."""
_LABEL_WIDTHS: dict[Unit, float] = {"millisecond": 104, "second": 76, "minute": 56, "day": 64, "month": 48, "year": 56}
"""Pixels that a label of each kind needs."""
MINOR_DISTANCE = 7.0
"""Pixels between two ticks without a label, at least."""
_PROBE = 6 * 3600.0
"""Seconds between two looks for a change of the clock; no zone changes twice within this time."""


@dataclass(frozen=True)
class Tick:
    """when: seconds since 1970. unit: what a label must tell. is_major: has a label."""

    when: float
    unit: Unit
    is_major: bool


@dataclass(frozen=True)
class ClockChange:
    """The wall clock jumps, to summer time or back. when: seconds since 1970. before, after: zone names; forward: seconds."""

    when: float
    before: str
    after: str
    forward: float


def unit_of(step: int) -> Unit:
    """What labels at this distance have to tell."""
    limits: tuple[tuple[int, Unit], ...] = ((1000, "millisecond"), (60_000, "second"), (DAY, "minute"), (MONTH, "day"),
                                            (YEAR, "month"))
    return next((unit for limit, unit in limits if step < limit), "year")


def major_step(scale: TimeScale) -> int:
    """The smallest distance at which labels do not touch."""
    pixels = 1 / (scale.pixel * 1000)
    return next((step for step in STEPS if step * pixels >= _LABEL_WIDTHS[unit_of(step)]), STEPS[-1])


def minor_step(scale: TimeScale, major: int) -> int:
    """The smallest distance that divides `major` and does not look crowded; `major` itself where there is none."""
    pixels = 1 / (scale.pixel * 1000)
    parts = (step for step in STEPS if step < major and _divides(step, major) and step * pixels >= MINOR_DISTANCE)
    return next(parts, major)


def _divides(step: int, major: int) -> bool:
    return step in (DAY, MONTH, YEAR) if major > 7 * DAY else major % step == 0


def ticks(scale: TimeScale, zone: tzinfo) -> tuple[Tick, ...]:
    """All ticks in view (and one on either side), ascending; the ones with a label lie on round times of the wall clock."""
    major = major_step(scale)
    minor = minor_step(scale, major)
    labelled = {t.when: t for t in _at_step(scale, major, zone, is_major=True)}
    others = _at_step(scale, minor, zone, is_major=False) if minor != major else iter(())
    return tuple(sorted([*labelled.values(), *(t for t in others if t.when not in labelled)], key=lambda t: t.when))


def _at_step(scale: TimeScale, step: int, zone: tzinfo, is_major: bool) -> Iterator[Tick]:
    unit = unit_of(step)
    times = _calendar_times(scale, step, zone) if step >= DAY else _clock_times(scale, step, zone)
    for when in times:
        yield Tick(when, unit, is_major)


def _clock_times(scale: TimeScale, step: int, zone: tzinfo) -> Iterator[float]:
    """Multiples of a step on the wall clock. Between two changes of the clock it runs evenly, apart from an offset."""
    start, end = scale.start - step / 1000, scale.end + step / 1000
    borders = [start, *(c.when for c in clock_changes(start, end, zone)), end]
    for begin, until in pairwise(borders):
        offset = round(_offset(begin + (until - begin) / 2, zone) * 1000)
        first = math.ceil((begin * 1000 + offset) / step - 1e-6)
        last = math.ceil((until * 1000 + offset) / step - 1e-6)
        for number in range(first, last):
            yield (number * step - offset) / 1000


def _calendar_times(scale: TimeScale, step: int, zone: tzinfo) -> Iterator[float]:
    """First moments of days, weeks (Mondays), months, years. A midnight that the clock skips is the moment of the change."""
    first = datetime_of(scale.start).astimezone(zone).date()
    last = datetime_of(scale.end).astimezone(zone).date() + timedelta(days=1)
    seen = -math.inf
    for day in _dates(first, last, step):
        when = datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()
        if when > seen:
            yield when
        seen = when


def _dates(first: date, last: date, step: int) -> Iterator[date]:
    if step < MONTH:
        days = step // DAY
        day = first - timedelta(days=first.weekday() if days > 1 else 0)
        while day <= last:
            yield day
            day += timedelta(days=days)
        return
    months = 12 * (step // YEAR) if step >= YEAR else step // MONTH
    number = (first.year * 12 + first.month - 1) // months * months
    while number <= last.year * 12 + last.month - 1:
        yield date(number // 12, number % 12 + 1, 1)
        number += months


def labels_at(scale: TimeScale, step: int, zone: tzinfo) -> tuple[float, ...]:
    """First moments of the days, months or years (step: DAY, MONTH, YEAR) in view, beginning with one before the left edge."""
    return tuple(_calendar_times(scale, step, zone))


def clock_changes(start: float, end: float, zone: tzinfo) -> tuple[ClockChange, ...]:
    """Where the wall clock jumps between two times, exact to a second."""
    count = max(1, math.ceil((end - start) / _PROBE))
    times = [start + (end - start) * n / count for n in range(count + 1)]
    offsets = [_offset(when, zone) for when in times]
    return tuple(_change_between(times[n], times[n + 1], zone) for n in range(count) if offsets[n] != offsets[n + 1])


def _change_between(low: float, high: float, zone: tzinfo) -> ClockChange:
    before = _offset(low, zone)
    while high - low > 0.5:
        middle = (low + high) / 2
        low, high = (middle, high) if _offset(middle, zone) == before else (low, middle)
    when = float(round(high))
    return ClockChange(when, zone_name(when - 1, zone), zone_name(when + 1, zone), _offset(when + 1, zone) - before)


def zone_name(when: float, zone: tzinfo) -> str:
    """The short name of a zone at a time, "CET" or "UTC+05:30" for instance."""
    name = datetime_of(when).astimezone(zone).tzname() or ""
    return name if name[:1].isalpha() else f"UTC{offset_text(_offset(when, zone))}"


def offset_text(seconds: float) -> str:
    """"+02:00" or "-03:30"."""
    minutes = round(abs(seconds) / 60)
    return f"{'-' if seconds < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}"


def _offset(when: float, zone: tzinfo) -> float:
    offset = datetime_of(when).astimezone(zone).utcoffset()
    return offset.total_seconds() if offset is not None else 0.0
