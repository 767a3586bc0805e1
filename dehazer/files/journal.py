"""A journal: records appended to one file, of which the readable ones up to the last commit count, whatever cut it off.

File: the mark `MARK`, then records of

    kind      1 byte      what the record is, a letter
    length    4 bytes     of the content, little endian
    check     4 bytes     CRC-32 of kind, length and content
    content   length bytes

The first record (kind HEADER) is JSON and says what the journal belongs to. A record of kind COMMIT makes all before it
count. What stands behind the last readable commit (a record that was cut off, or not committed) is cut away when something
is appended.
"""

from __future__ import annotations

import json
import os
import struct
import sys
import zlib
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from dehazer.errors import OutputError, UsageError
from dehazer.files.output_paths import is_partial, reason

MARK = b"dehazer journal 1\n"
HEADER, COMMIT = b"H", b"C"
_HEAD = struct.Struct("<cII")

Record = tuple[bytes, bytes]
"""Kind and content."""


@dataclass(frozen=True)
class Progress:
    """How far a film had come at a commit.

    frames: of the source, from its first, that are in the records. last: pts of the last of them, in the encoder's time base.
    partials: names of the unfinished files beside the output that runs with this journal made. complete: inode number and size of
    the one that holds the whole film and only lacks its name, (0, 0) if none does. state: of the enhancer.
    """

    frames: int = 0
    last: int | None = None
    partials: tuple[str, ...] = ()
    complete: tuple[int, int] = (0, 0)
    state: bytes = b""

    def packed(self) -> bytes:
        """As the content of a commit."""
        facts = {"frames": self.frames, "last": self.last, "partials": self.partials, "complete": self.complete}
        return json.dumps(facts).encode() + b"\n" + self.state

    @classmethod
    def unpacked(cls, content: bytes) -> Progress:
        """Of the content of a commit."""
        facts, _, state = content.partition(b"\n")
        known = json.loads(facts)
        inode, size = known["complete"]
        return cls(known["frames"], known["last"], tuple(known["partials"]), (inode, size), state)


class Journal:
    """A journal that is open for reading what counts and appending to it. One process at a time has it open.

    header: what it belongs to. progress: that of the last commit.
    """

    def __init__(self, path: Path, file: BinaryIO, header: dict[str, Any]) -> None:
        self.path, self.header = path, header
        self.progress = Progress()
        self._file, self._cut = file, True

    @classmethod
    def create(cls, path: Path, header: dict[str, Any]) -> Journal:
        """Begin a journal; `path` must not exist. Raises OutputError."""
        try:
            file = path.open("x+b")
        except OSError as error:
            raise OutputError(f"The journal {path} cannot be created: {reason(error)}.", str(error)) from error
        journal = cls(path, file, header)
        journal._lock()
        try:
            file.write(MARK)
            journal.append(HEADER, json.dumps(header).encode())
            journal._store()
        except BaseException:
            journal.remove()
            raise
        return journal

    @classmethod
    def open(cls, path: Path) -> Journal:
        """Open a journal that is there; what stands behind its last commit does not count.

        Raises UsageError if it is none, is damaged in its header, or is in use; OutputError if it may not be written.
        """
        try:
            file = path.open("r+b")
        except OSError as error:
            raise OutputError(f"The journal {path} cannot be opened: {reason(error)}.", str(error)) from error
        journal = cls(path, file, {})
        try:
            journal._lock()
            journal._read_in()
        except BaseException:
            file.close()
            raise
        return journal

    def _lock(self) -> None:
        """Keep other processes from using the same journal; the lock ends with the process."""
        if sys.platform == "win32":
            return  # a file that is open there cannot be removed or replaced, which keeps the worst away
        import fcntl

        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UsageError(f"{self.path} is used by another run at this moment; wait for it, or choose another output.",
                             str(error)) from error
        except OSError:
            pass  # a file system without locks

    def _read_in(self) -> None:
        foreign = f"{self.path} is no journal of dehazer-video, or its beginning is damaged; move it away to begin anew."
        if self._file.read(len(MARK)) != MARK:
            raise UsageError(foreign)
        first = _record(self._file)
        if first is None or first[0] != HEADER:
            raise UsageError(foreign)
        self.header = json.loads(first[1])
        end = self._file.tell()
        while (record := _record(self._file)) is not None:
            if record[0] == COMMIT:
                self.progress, end = Progress.unpacked(record[1]), self._file.tell()
        self._file.seek(end)
        self._cut = False

    def records(self) -> Iterator[Record]:
        """All records so far, without the header, in their order."""
        self._file.flush()
        end = self._file.tell()
        with self.path.open("rb") as file:
            file.seek(len(MARK))
            _record(file)
            while file.tell() < end and (record := _record(file)) is not None:
                yield record

    def append(self, kind: bytes, content: bytes) -> None:
        """Add a record; it counts from the next commit on. Raises OutputError, such as on a full disk."""
        try:
            if not self._cut:
                self._file.truncate()
                self._cut = True
            self._file.write(_HEAD.pack(kind, len(content), _check(kind, content)))
            self._file.write(content)
        except OSError as error:
            raise self._failure(error) from error

    def commit(self, progress: Progress) -> None:
        """Make everything that was appended count; it is on the disk when this returns. Raises OutputError."""
        self.append(COMMIT, progress.packed())
        self._store()
        self.progress = progress

    def _store(self) -> None:
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise self._failure(error) from error

    def _failure(self, error: OSError) -> OutputError:
        return OutputError(f"The journal {self.path} cannot be written: {reason(error)}.", str(error))

    def remove_partials(self, but: Path | None = None) -> None:
        """Delete the unfinished files that runs with this journal made, save one."""
        for name in self.progress.partials:
            partial = self.path.with_name(name)
            if partial != but and is_partial(partial):
                partial.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the file and keep it. May be called twice."""
        with suppress(OSError):  # what was committed is on the disk; the rest does not count
            self._file.close()

    def remove(self) -> None:
        """Close and delete it: what it was for is done."""
        self.close()
        self.path.unlink(missing_ok=True)


def committed(path: Path) -> Generator[Record, None, None]:
    """The records that count at this moment, without commits; another process may be appending. None where it is no journal.

    It reads no further than it is asked for, so that looking for a record at the beginning of gigabytes costs nothing.
    """
    waiting = list[Record]()
    with path.open("rb") as file:
        if file.read(len(MARK)) != MARK:
            return
        while (record := _record(file)) is not None:
            if record[0] != COMMIT:
                waiting.append(record)
                continue
            yield from waiting
            waiting = []


def _check(kind: bytes, content: bytes) -> int:
    return zlib.crc32(content, zlib.crc32(kind + len(content).to_bytes(4, "little")))


def _record(file: BinaryIO) -> Record | None:
    """The record at the file's position; None at the end, and where it is cut off or damaged."""
    head = file.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, length, check = _HEAD.unpack(head)
    if length > _rest(file):
        return None
    content = file.read(length)
    return (kind, content) if check == _check(kind, content) else None


def _rest(file: BinaryIO) -> int:
    """Bytes behind the position: a damaged length must not make anyone ask for gigabytes."""
    return os.fstat(file.fileno()).st_size - file.tell()
