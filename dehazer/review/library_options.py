"""How a library of recordings is read, and how far that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, timedelta, tzinfo

from dehazer.errors import UsageError
from dehazer.review.name_pattern import NamePattern

_LARGEST = timedelta(days=36525)


@dataclass(frozen=True)
class LibraryOptions:
    """zone: of times in names that state none, and for display. patterns: tried before the known conventions, in order.

    offsets: camera → what is added to its times, for clocks that are wrong. follow: seconds between two looks at the folders
    while the library is open, for new and growing files; 0 looks once.
    """

    zone: tzinfo = UTC
    patterns: tuple[NamePattern, ...] = ()
    offsets: Mapping[str, timedelta] = field(default_factory=dict)
    follow: float = 5.0

    def __post_init__(self) -> None:
        for camera, offset in self.offsets.items():
            if abs(offset) > _LARGEST:
                raise UsageError(f"The clock of {camera} cannot be wrong by {offset.days} days; give at most a century.")


@dataclass(frozen=True)
class ScanProgress:
    """found: video files seen so far. read: of these, known by now. unreadable: of those read. running: not at the end yet.

    trouble: sentences on folders that could not be read, and on an index that was built anew.
    """

    found: int = 0
    read: int = 0
    unreadable: int = 0
    running: bool = False
    trouble: tuple[str, ...] = ()
