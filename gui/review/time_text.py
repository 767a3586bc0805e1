"""Wall-clock times as the review room writes them: ISO 8601 order where figures stand alone, weekdays in the user's language."""

from __future__ import annotations

from datetime import datetime, tzinfo

from PyQt6.QtCore import QDate, QLocale

from gui.review.time_scale import datetime_of
from gui.review.time_ticks import Tick, Unit, zone_name


def tick_text(tick: Tick, zone: tzinfo) -> str:
    """The label of a tick, as short as its unit allows."""
    local = datetime_of(tick.when).astimezone(zone)
    if tick.unit in ("minute", "second", "millisecond"):
        return clock_text(local, tick.unit)
    return date_text(local, {"day": "ddd d", "month": "MMM", "year": "yyyy"}[tick.unit])


def context_text(when: float, unit: Unit, zone: tzinfo) -> str:
    """What the labels of a ruler leave out: the day of clock times, the month of days, the year of months; "" for years."""
    local = datetime_of(when).astimezone(zone)
    if unit in ("minute", "second", "millisecond"):
        return f"{date_text(local, 'ddd d MMM yyyy')} · {zone_name(when, zone)}"
    return "" if unit == "year" else date_text(local, "MMMM yyyy" if unit == "day" else "yyyy")


def clock_text(local: datetime, unit: Unit = "second") -> str:
    """Hours and minutes, down to a unit."""
    text = f"{local:%H:%M}" if unit == "minute" else f"{local:%H:%M:%S}"
    return f"{text}.{local.microsecond // 1000:03d}" if unit == "millisecond" else text


def moment_text(when: float, zone: tzinfo, pixel: float) -> str:
    """A time in full, to the millisecond where a pixel covers less than a tenth of a second."""
    local = datetime_of(when).astimezone(zone)
    clock = clock_text(local, "millisecond" if pixel < 0.1 else "second")
    return f"{date_text(local, 'ddd')} {local:%Y-%m-%d} {clock} {zone_name(when, zone)}"


def length_text(seconds: float) -> str:
    """How long something lasts: "0.480 s", "12 s", "4 min 05 s", "3 h 20 min", "2 d 4 h"."""
    if seconds < 59.5:
        return f"{seconds:.3f} s" if seconds < 10 and seconds != round(seconds) else f"{seconds:.0f} s"
    whole = round(seconds)
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    if whole < 86400:
        return f"{whole // 3600} h {whole // 60 % 60:02d} min"
    return f"{whole // 86400} d {whole // 3600 % 24} h"


def date_text(local: datetime, pattern: str) -> str:
    """A date in a pattern of Qt's, names in the user's language."""
    return QLocale().toString(QDate(local.year, local.month, local.day), pattern)
