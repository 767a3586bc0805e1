"""The time of day of a film's first picture, as SMPTE ST 12 writes it: HH:MM:SS:FF, a semicolon where numbers are dropped."""

from __future__ import annotations

import re
from fractions import Fraction

_PARTS = re.compile(r"(\d\d):(\d\d):(\d\d)([:;.])(\d\d)")


def later(timecode: str, seconds: Fraction, rate: Fraction | None) -> str:
    """The timecode `seconds` after `timecode`, at `rate` frames per second; unchanged if it is none or the rate is unknown."""
    parts = _PARTS.fullmatch(timecode)
    if parts is None or not rate:
        return timecode
    hours, minutes, whole, frame = (int(parts[k]) for k in (1, 2, 3, 5))
    nominal = round(rate)
    dropped = nominal // 15 if parts[4] != ":" else 0  # two numbers a minute at 29.97, four at 59.94, none every tenth minute
    total = hours * 60 + minutes
    number = (total * 60 + whole) * nominal + frame - dropped * (total - total // 10)
    return _written(number + round(seconds * rate), nominal, dropped, parts[4])


def _written(number: int, nominal: int, dropped: int, mark: str) -> str:
    tens, rest = divmod(number, nominal * 600 - 9 * dropped)
    number += 9 * dropped * tens
    if dropped and rest >= dropped:
        number += dropped * ((rest - dropped) // (nominal * 60 - dropped))
    seconds, frame = divmod(number, nominal)
    minutes, second = divmod(seconds, 60)
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}:{second:02d}{mark}{frame:02d}"
