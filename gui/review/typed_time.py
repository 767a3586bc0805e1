"""Wall-clock times as people write and read them; pure functions. Times are aware; the zone is the one for display."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from PyQt6.QtCore import QCoreApplication

_DATE = re.compile(r"(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.(\d{1,2})\.(\d{4})?)[ T,]*")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6}))?)?$")
_OFFSET = re.compile(r"([+\-−])(?:(?:(\d+):)?(\d+):)?(\d+(?:[.,]\d+)?)$")


def clock_text(when: datetime, zone: tzinfo) -> str:
    """"2026-11-24 08:14:03.480" in the zone."""
    return when.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]


def short_text(when: datetime, zone: tzinfo) -> str:
    """"08:14:03.480" in the zone."""
    return clock_text(when, zone)[11:]


def zone_text(when: datetime, zone: tzinfo) -> str:
    """The zone as it is called at that time: "CET", "UTC+01:00"."""
    return when.astimezone(zone).strftime("%Z")


def duration_text(seconds: float) -> str:
    """"12.48 s", "3:12.480", "1:03:12"."""
    if seconds < 60:
        return f"{seconds:.2f} s"
    minutes, rest = divmod(seconds, 60)
    if minutes < 60:
        return f"{int(minutes)}:{rest:06.3f}"
    return f"{int(minutes // 60)}:{int(minutes % 60):02d}:{int(rest):02d}"


def parsed(text: str, now: datetime, zone: tzinfo) -> datetime:
    """The time that was typed, in UTC; raises ValueError with a sentence for the user.

    Allowed: a time of day (of the day that `now` is in), a date and a time, or seconds from `now` with a sign.
    """
    typed = text.strip()
    offset = _OFFSET.match(typed)
    if offset is not None:
        return now + _offset(*offset.groups(default="0"))
    when = _DATE.match(typed)
    clock = _CLOCK.match(typed[when.end():] if when is not None else typed)
    if clock is None:
        raise ValueError(_refusal(text))
    try:
        day = _day(when, now.astimezone(zone).date()) if when is not None else now.astimezone(zone).date()
        hour, minute, second = (int(part or 0) for part in clock.groups()[:3])
        of_day = time(hour, minute, second, int((clock[4] or "0").ljust(6, "0")))
    except ValueError as error:
        raise ValueError(_refusal(text)) from error
    return _existing(datetime.combine(day, of_day, zone), text)


def _offset(sign: str, hours: str, minutes: str, seconds: str) -> timedelta:
    length = timedelta(hours=int(hours), minutes=int(minutes), seconds=float(seconds.replace(",", ".")))
    return length if sign == "+" else -length


def _day(found: re.Match[str], today: date) -> date:
    if found[1]:
        return date(int(found[1]), int(found[2]), int(found[3]))
    return date(int(found[6] or today.year), int(found[5]), int(found[4]))


def _existing(local: datetime, text: str) -> datetime:
    """In UTC, if the clocks of the zone ever show this time."""
    utc = local.astimezone(UTC)
    if utc.astimezone(local.tzinfo).replace(tzinfo=None) != local.replace(tzinfo=None):
        sentence = QCoreApplication.translate("review", "{} does not exist: the clocks were put forward over it.")
        raise ValueError(sentence.format(text.strip()))
    return utc


def _refusal(text: str) -> str:
    sentence = QCoreApplication.translate(
        "review", "“{}” is not a time; type for example 14:05:30, 2026-11-24 14:05:30 or +10 for ten seconds later.")
    return sentence.format(text.strip())
