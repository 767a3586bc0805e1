"""How recorders name their files, in one explicit list, and what a path says by it.

A new convention is one line in CONVENTIONS. The first that fits a path is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC
from pathlib import PurePath

from dehazer.review.name_pattern import NamePattern, NameReading

CONVENTIONS: tuple[NamePattern, ...] = (
    # Frigate keeps UTC in folders and file names since 0.12; exports are named in local time and read by the general pattern
    NamePattern("{year}-{month}-{day}/{hour}/{camera}/{minute}.{second}", UTC, "Frigate recordings"),
    NamePattern("{year}-{month}/{day}/{hour}/{camera}/{minute}.{second}", UTC, "Frigate recordings before 0.12"),
    NamePattern("{camera}-{epoch}.{number}-*", UTC, "Frigate event clips"),
    # monitor number, date, event number; the time of day stands in its database only. The deep scheme has it in folders.
    NamePattern("{channel}/{yy}/{month}/{day}/{hour}/{minute}/{second}/*", None, "ZoneMinder, deep storage"),
    NamePattern("{channel}/{year}-{month}-{day}/{number}/*", None, "ZoneMinder, medium storage"),
    # Dahua's cameras and recorders: serial number, date, channel, "dav", hour, then start and end with flags in brackets
    NamePattern("{camera}/{year}-{month}-{day}/{channel}/dav/{number}/{hour}.{minute}.{second}-*", None, "Dahua storage"),
    # Hikvision's iVMS-4200 and web export: channel, serial number of the clip that differs in every file, start, end
    NamePattern("{camera}_{serial}_{year}{month}{day}{hour}{minute}{second}{fraction}*", None, "Hikvision export"),
    # motion: the number of the event, then the time; the camera is known from the folder alone
    NamePattern("{number}-{year}{month}{day}{hour}{minute}{second}{fraction}*", None, "motion"),
    NamePattern("{camera}/{year}-{month}-{day}T{hour}-{minute}-{second}", None, "Shinobi"),
    # what Dahua, Hikvision, Reolink, Frigate and Blue Iris exports and most others have in common
    NamePattern("{camera}{gap}{year}{gap}{month}{gap}{day}T{hour}{gap}{minute}{gap}{second}{fraction}{zone}*", None,
                "ISO 8601 with a time zone"),
    NamePattern("{camera}{gap}{year}{gap}{month}{gap}{day}{gap}{hour}{gap}{minute}{gap}{second}{fraction}*", None,
                "camera, date, time"),
    NamePattern("{year}-{month}-{day}*/{camera}{gap}{hour}{gap}{minute}{gap}{second}{fraction}*", None,
                "folder of a day, time in the name"),
    NamePattern("{year}{month}{day}*/{camera}{gap}{hour}{gap}{minute}{gap}{second}{fraction}*", None,
                "folder of a day, time in the name"),
    NamePattern("{camera}{gap}{milliseconds}*", UTC, "milliseconds since 1970"),
    NamePattern("{camera}{gap}{epoch}*", UTC, "seconds since 1970"),
)

_NO_CAMERA = re.compile(r"[\d\s._:T-]*|dav|jpg|videos?|record(ing)?s?|clips?|exports?|events?|main|sub", re.IGNORECASE)


def read_name(path: PurePath, patterns: Iterable[NamePattern] = ()) -> NameReading:
    """Camera and start of a recording, as far as names of the file and its folders tell. patterns: tried before CONVENTIONS."""
    name = path.with_suffix("").as_posix()
    for pattern in (*patterns, *CONVENTIONS):
        reading = pattern.read_name(name)
        if reading is not None:
            return reading
    return NameReading(None, None)


def camera_by_folder(path: PurePath, root: PurePath) -> str:
    """The camera where the name does not tell: the nearest folder up to the library's `root` that is no date and no such word
    as "recordings"; else the name of the root.
    """
    above = path.parent
    while above not in (root, above.parent):
        if not _NO_CAMERA.fullmatch(above.name):
            return above.name
        above = above.parent
    return root.name or "recordings"
