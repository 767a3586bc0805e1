"""Time zones by name, and the zone of this computer."""

from __future__ import annotations

import os
from datetime import datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dehazer.errors import UsageError

_LOCAL = Path("/etc/localtime")


def zone_named(name: str) -> tzinfo:
    """The zone of that name, such as Europe/Berlin; raises UsageError for an unknown one."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: a folder of zones
        raise UsageError(f"There is no time zone {name!r}; give one such as Europe/Berlin, America/New_York or UTC.") from error


def local_zone(clock: Path = _LOCAL) -> tzinfo:
    """The zone of this computer with its daylight saving time; where the system does not name it, its offset of today.

    clock: the file by which Unix systems say where they are.
    """
    linked = os.path.realpath(clock).partition("zoneinfo/")[2]
    for name in (os.environ.get("TZ", "").lstrip(":"), linked):
        try:
            if name:
                return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue  # a rule in TZ, or a link to elsewhere
    offset = datetime.now().astimezone().tzinfo
    assert offset is not None
    return offset
