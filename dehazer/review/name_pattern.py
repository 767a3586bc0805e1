"""Patterns of file and folder names that tell the camera and the time of a recording."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import PurePath

from dehazer.errors import UsageError

FIELDS: dict[str, str] = {
    "camera": r"(?P<camera>[^/]*?)",
    "channel": r"(?P<channel>\d+)",
    "year": r"(?<!\d)(?P<year>(?:19|20)\d\d)",
    "yy": r"(?<!\d)(?P<yy>\d\d)",
    "month": r"(?P<month>\d\d)",
    "day": r"(?P<day>\d\d)",
    "hour": r"(?P<hour>\d\d)",
    "minute": r"(?P<minute>\d\d)",
    "second": r"(?P<second>\d\d)",
    "fraction": r"(?:[.,]?(?P<fraction>\d{3}(?:\d{3})?))?(?!\d)",
    "epoch": r"(?<!\d)(?P<epoch>[12]\d{9})(?!\d)",
    "milliseconds": r"(?<!\d)(?P<milliseconds>[12]\d{12})(?!\d)",
    "zone": r"(?P<zone>Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)(?!\d)",
    "gap": r"(?:(?<=\d)T|[-_.: ]{0,3})",
    "number": r"\d+",
    "serial": r"\d{15,}",
}
"""What a pattern may hold in braces. channel: number of an input of a recorder. yy: two digits of the year. fraction: three or
six digits behind the second, or none. epoch, milliseconds: since 1970. zone: Z or +01:00. gap: separators, or none. number:
digits that mean nothing. serial: at least fifteen of them. A star stands for any text inside one name."""
_MOST_STARS = 2
"""In one name: the time to find out that a name does not fit rises with its length to the power of their number."""
_WITHOUT_VALUE = ("gap", "number", "serial")


@dataclass(frozen=True)
class NameReading:
    """What a name says. camera: None where it does not. when: None where it holds no full time; aware where it states a zone."""

    camera: str | None
    when: datetime | None


@dataclass(frozen=True)
class NamePattern:
    """A pattern such as "{camera}_{year}{month}{day}_{hour}{minute}{second}" for names without their suffix.

    Slashes reach into the folders above: "{year}-{month}-{day}/{hour}/{camera}/{minute}.{second}". Capital and small letters
    count as the same. zone: of the times, None takes that of the library. title: whose convention this is. Raises UsageError for
    unknown fields and for a pattern without any.
    """

    text: str
    zone: tzinfo | None = None
    title: str = ""
    _regex: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_regex", _compiled(self.text))

    @staticmethod
    def field_names() -> tuple[str, ...]:
        """What a pattern may hold in braces."""
        return tuple(FIELDS)

    def read(self, path: PurePath) -> NameReading | None:
        """What the names of a file and of its folders say; None where they do not fit."""
        return self.read_name(path.with_suffix("").as_posix() if path.name else "")

    def read_name(self, name: str) -> NameReading | None:
        """As `read`, for a path with forward slashes and without its suffix (quicker for many)."""
        found = self._regex.search(name)
        if found is None:
            return None
        values = found.groupdict()
        try:
            when = _time_of(values, self.zone)
        except (ValueError, OverflowError):  # month 13, second 60: these digits are no time
            return None
        return NameReading(_camera_of(values), when)

    def preview(self, paths: Iterable[PurePath]) -> tuple[tuple[PurePath, NameReading | None], ...]:
        """Every path with what this pattern reads in it, for a look before it is used."""
        return tuple((path, self.read(path)) for path in paths)


def _compiled(text: str) -> re.Pattern[str]:
    pieces = re.split(r"(\{[^{}]*\}|\*)", text)
    names = [piece[1:-1] for piece in pieces[1::2] if piece != "*"]
    for name in names:
        if name not in FIELDS:
            raise UsageError(f"The name pattern holds {{{name}}}, which is not known; known are: {_known()}.")
        if name not in _WITHOUT_VALUE and names.count(name) > 1:
            raise UsageError(f"The name pattern holds {{{name}}} twice; write a star where the value repeats.")
    if any(part.count("*") > _MOST_STARS for part in text.split("/")):
        raise UsageError(f"The name pattern {text!r} holds more than {_MOST_STARS} stars in one name; one stands for any text.")
    if not names:
        raise UsageError(f"The name pattern {text!r} holds no field; write at least one of: {_known()}.")
    regex = "".join(re.escape(piece) if i % 2 == 0 else r"[^/]*?" if piece == "*" else FIELDS[piece[1:-1]]
                    for i, piece in enumerate(pieces))
    return re.compile(rf"(?:^|/){regex}$", re.IGNORECASE)


def _known() -> str:
    return ", ".join(f"{{{name}}}" for name in FIELDS)


def _camera_of(values: dict[str, str | None]) -> str | None:
    """Camera and channel as one name; None where there is neither."""
    channel = values.get("channel")
    parts = ((values.get("camera") or "").strip(" -_.@"), f"channel {int(channel)}" if channel else "")
    return " ".join(part for part in parts if part) or None


def _time_of(values: dict[str, str | None], zone: tzinfo | None) -> datetime | None:
    """The time in the fields; None where they hold none. Raises ValueError or OverflowError where the digits are no time."""
    if epoch := values.get("epoch"):
        return datetime.fromtimestamp(int(epoch), UTC) + _fraction(values)
    if milliseconds := values.get("milliseconds"):
        return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=int(milliseconds))
    year = values.get("year") or (f"20{values['yy']}" if values.get("yy") else None)
    parts = [year, *(values.get(name) for name in ("month", "day", "hour", "minute"))]
    given = [int(part) for part in parts if part is not None]
    if len(given) < len(parts):
        return None
    whole = datetime(given[0], given[1], given[2], given[3], given[4], int(values.get("second") or 0))
    return whole.replace(tzinfo=_zone(values.get("zone")) or zone) + _fraction(values)


def _fraction(values: dict[str, str | None]) -> timedelta:
    digits = values.get("fraction")
    return timedelta(seconds=float(f"0.{digits}")) if digits else timedelta(0)


def _zone(text: str | None) -> tzinfo | None:
    if text is None:
        return None
    if text in "Zz":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)
