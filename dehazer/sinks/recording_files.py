"""What all files of recordings share: containers that survive being killed, facts of each file, the mark of what is missing."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

CONTAINERS = {
    ".mkv": ("matroska", {"cluster_time_limit": "500", "flush_packets": "1", "max_interleave_delta": "500000",
                          "write_crc32": "0"}),
    ".mp4": ("mp4", {"movflags": "frag_keyframe+empty_moov+default_base_moof+delay_moov", "frag_duration": "1000000",
                     "flush_packets": "1", "max_interleave_delta": "500000"}),
}
"""Suffix → FFmpeg's container and the options that make it safe. Pictures never wait longer than half a second for sound. Without
checksums the count of what is missing can be changed in place. A description that is written with the first fragment
knows when each track begins; one that is written before it lets them all begin at 0.
"""
_MARK = "Missing pictures: "
_DIGITS = 9
_HEAD = 1 << 16
"""Bytes at the beginning of a file within which its description lies."""


@dataclass
class Segment:
    """One file of a recording, as far as it was written. began: wall clock of its first picture, UTC. seconds: how long it is.

    pictures, sound: pictures and packets of sound written. missing: pictures that came and could not be kept. damaged: packets
    that are known not to be whole; they are kept. notes: sentences on what differs from the source, gaps before it among them.
    complete: it was ended in order.
    """

    path: Path
    began: datetime
    seconds: float = 0.0
    pictures: int = 0
    sound: int = 0
    missing: int = 0
    damaged: int = 0
    notes: list[str] = field(default_factory=list)
    complete: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The same for a report."""
        return {"file": self.path.name, "began": self.began.isoformat(timespec="milliseconds"), "seconds": round(self.seconds, 3),
                "pictures": self.pictures, "sound_packets": self.sound, "missing": self.missing, "damaged": self.damaged,
                "notes": list(self.notes), "complete": self.complete}


def wall_time(moment: float) -> datetime:
    """What time of day (UTC) a time.monotonic() was, by the system's clock of now."""
    return datetime.now(UTC) - timedelta(seconds=time.monotonic() - moment)


def missing_mark(pictures: int) -> str:
    """The comment in a file's description that says how many pictures are missing; always of the same length."""
    return f"{_MARK}{min(pictures, 10**_DIGITS - 1):0{_DIGITS}d}"


def remove_if_empty(path: Path) -> None:
    """Remove a file that was made to keep its name and never became a recording."""
    with suppress(OSError):  # whatever is wrong with it has been said
        if path.stat().st_size == 0:
            path.unlink()


def mark_missing(path: Path, pictures: int) -> bool:
    """Replace the mark in a file by another count; whether that could be done."""
    try:
        with path.open("r+b") as file:
            place = file.read(_HEAD).find(_MARK.encode())
            if place >= 0:
                file.seek(place)
                file.write(missing_mark(pictures).encode())
            return place >= 0
    except OSError:
        return False
