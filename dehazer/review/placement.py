"""Where a file belongs on the wall clock, and whose it is: from its names, its metadata, its modification time, in this order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from dehazer.review.folders import FoundFile
from dehazer.review.library_options import LibraryOptions
from dehazer.review.local_time import resolved
from dehazer.review.probe import FileFacts
from dehazer.review.recording import Recording, TimeSource
from dehazer.review.recording_names import camera_by_folder, read_name

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def placed(file: FoundFile, facts: FileFacts, growing: bool, options: LibraryOptions) -> Recording:
    """The recording that a file is. growing: it is still being written."""
    path = Path(file.key.path)
    reading = read_name(path, options.patterns)
    camera = reading.camera or camera_by_folder(path, file.root)
    start, source, note = _start(reading.when, facts, file.key.modified_ns, options)
    if offset := options.offsets.get(camera):
        start, source = start + offset, "user"
    return Recording(path, camera, start, facts.duration, source, file.key.size, file.key.modified_ns, facts.width, facts.height,
                     facts.rate, facts.codec, facts.has_sound, _fault(path, facts, growing), growing, note)


def _start(stated: datetime | None, facts: FileFacts, modified_ns: int,
           options: LibraryOptions) -> tuple[datetime, TimeSource, str]:
    """Start in UTC, where it is from, and a note where it could be another."""
    modified = _modified(modified_ns)
    if stated is not None:
        found = resolved(stated, options.zone, facts.duration, modified)
        return found.start, "name", found.note
    if facts.created is not None:
        return facts.created, "metadata", ""
    start = max(_EPOCH, modified - timedelta(seconds=facts.duration))
    return start, "modified", "The time is that of the last change of the file."


def _modified(modified_ns: int) -> datetime:
    """Modification time in UTC; the beginning of 1970 where no calendar has it."""
    try:
        return _EPOCH + timedelta(microseconds=modified_ns // 1000)
    except OverflowError:
        return _EPOCH


def _fault(path: Path, facts: FileFacts, growing: bool) -> str | None:
    if facts.fault is not None and growing and not facts.passing:
        return f"{path} cannot be read yet: it was changed moments ago and may still be written; it is looked at again."
    return facts.fault
