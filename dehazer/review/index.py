"""What is remembered of recordings between two runs: facts of files and their haze, in one SQLite file.

The file may be deleted at any time; everything in it is read from the recordings again.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from dehazer.errors import UsageError
from dehazer.redact import module_logger
from dehazer.review.probe import FileFacts

_OWNER = 0x64687A72
"""Marks the file as this program's, for SQLite and for the program `file`."""
VERSION = 2
"""Of the tables; a file of a newer program is refused, one of an older is built anew."""
_KEPT = 180 * 86400
"""Seconds that files are remembered after they were last seen: drives are unmounted and come back."""
_SCHEMA = (
    "DROP TABLE IF EXISTS recordings", "DROP TABLE IF EXISTS haze",
    """CREATE TABLE recordings (path BLOB PRIMARY KEY, size INTEGER, modified_ns INTEGER, duration REAL, width INTEGER,
    height INTEGER, rate TEXT, codec TEXT, has_sound INTEGER, created TEXT, fault BLOB, seen REAL) WITHOUT ROWID""",
    """CREATE TABLE haze (path BLOB, method TEXT, size INTEGER, modified_ns INTEGER, reached REAL, samples BLOB,
    PRIMARY KEY (path, method)) WITHOUT ROWID""",
    f"PRAGMA application_id = {_OWNER}", f"PRAGMA user_version = {VERSION}",
)
Answer = TypeVar("Answer")
log = module_logger(__name__)


@dataclass(frozen=True)
class FileKey:
    """A file as it was: another size or modification time (nanoseconds since 1970) means another content."""

    path: str
    size: int
    modified_ns: int


@dataclass(frozen=True, eq=False)
class HazeSamples:
    """samples: (n, 3) float32, seconds from the first picture, haze and visibility of each. reached: seconds measured so far."""

    reached: float
    samples: NDArray[np.float32]


def default_index() -> Path:
    """Where the index is kept: the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("dehazer") / "review" / "index.sqlite3"


_MAGIC = b"SQLite format 3\0"
"""How every SQLite file begins."""


class Index:
    """The open index. From any thread. notes: sentences on what went wrong with the file and what was done.

    Raises UsageError when the file was written by a newer version or is none of this program. A damaged file is replaced by an
    empty one, and where nothing can be written the index lives in memory; both are noted.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or default_index()
        self.notes: tuple[str, ...] = ()
        self._lock = threading.RLock()
        self._database = self._opened()

    def _opened(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            return self._prepared(_connect(self.path))
        except (sqlite3.DatabaseError, OSError) as error:
            return self._replaced(error)

    def _prepared(self, database: sqlite3.Connection) -> sqlite3.Connection:
        database.execute("BEGIN")  # another program may be making the tables at this moment: all of them are seen, or none
        (version,), (owner,) = (database.execute(f"PRAGMA {name}").fetchone() for name in ("user_version", "application_id"))
        tables = database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        database.commit()
        if (tables and owner != _OWNER) or version > VERSION:
            database.close()
            raise UsageError(f"The index {self.path} was written by a newer version of this program, or by another one; delete "
                             "the file, which is then built anew, or name another.")
        if version < VERSION:
            _make_tables(database)
        database.execute("SELECT count(*), sum(size) FROM recordings").fetchone()  # a damaged file is noticed now
        return database

    def _replaced(self, error: Exception) -> sqlite3.Connection:
        """An empty index in the place of a damaged one; in memory where the file cannot be used for another reason."""
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            self._refuse_other_files()
            self._note(f"The index {self.path} was damaged and is built anew; nothing but time is lost.", error)
            try:
                self.path.unlink()
                return self._prepared(_connect(self.path))
            except (sqlite3.DatabaseError, OSError) as again:
                error = again
        self._note(f"The index {self.path} cannot be written ({error}); nothing is remembered for the next time.", error)
        return self._prepared(_connect(None))

    def _refuse_other_files(self) -> None:
        """A file that was named by mistake, such as a film, is no damaged index: it must not be replaced."""
        with suppress(OSError), self.path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC and self.path != default_index():
                raise UsageError(f"{self.path} is no index of recordings; name another file, or one that is not there yet.")

    def _note(self, sentence: str, error: Exception) -> None:
        self.notes = (*self.notes, sentence)
        log.warning("%s (%s)", sentence, error)

    def _use(self, work: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """The answer of `work` in one transaction; on a new index where the file turns out to be damaged, locked or full."""
        with self._lock:
            try:
                with self._database:
                    return work(self._database)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.ProgrammingError):  # closed: a fault of the caller
                    raise
                self._database.close()
                self._database = self._replaced(error)
            with self._database:
                return work(self._database)

    def facts(self) -> dict[str, tuple[FileKey, FileFacts]]:
        """Everything known of files, by path."""
        rows = self._use(lambda database: database.execute("SELECT * FROM recordings").fetchall())
        return {key.path: (key, _facts_of(row[3:11])) for row in rows for key in [_key_of(row)]}

    def store(self, found: Iterable[tuple[FileKey, FileFacts]]) -> None:
        """Remember the facts of files, in the place of what was known of these paths."""
        now = time.time()
        rows = [(*_row_of_key(key), *_row_of(facts), now) for key, facts in found]
        self._use(lambda database: database.executemany(f"REPLACE INTO recordings VALUES ({', '.join('?' * 12)})", rows))

    def mark_seen(self, paths: Sequence[str]) -> None:
        """Note that these files are there, and forget those that were not seen for half a year."""
        now = time.time()

        def work(database: sqlite3.Connection) -> None:
            database.executemany("UPDATE recordings SET seen = ? WHERE path = ? AND seen < ?",
                                 [(now, os.fsencode(path), now - 86400) for path in paths])
            database.execute("DELETE FROM recordings WHERE seen < ?", (now - _KEPT,))
            database.execute("DELETE FROM haze WHERE path NOT IN (SELECT path FROM recordings)")

        self._use(work)

    def haze(self, method: str) -> dict[str, tuple[FileKey, HazeSamples]]:
        """Everything measured by a method, by path."""
        query = "SELECT path, size, modified_ns, reached, samples FROM haze WHERE method = ?"
        rows = self._use(lambda database: database.execute(query, (method,)).fetchall())
        return {key.path: (key, HazeSamples(row[3], np.frombuffer(row[4], np.float32).reshape(-1, 3)))
                for row in rows for key in [_key_of(row)]}

    def store_haze(self, key: FileKey, method: str, found: HazeSamples) -> None:
        """Remember what was measured of a file, in the place of what was known."""
        samples = found.samples.astype(np.float32).tobytes()
        row = (os.fsencode(key.path), method, key.size, key.modified_ns, found.reached, samples)
        self._use(lambda database: database.execute("REPLACE INTO haze VALUES (?, ?, ?, ?, ?, ?)", row))

    def close(self) -> None:
        """Close the file. May be called twice."""
        with self._lock, closing(self._database):
            pass

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _make_tables(database: sqlite3.Connection) -> None:
    """New tables in the place of older ones, unless another program has made them since."""
    database.execute("BEGIN IMMEDIATE")
    if database.execute("PRAGMA user_version").fetchone()[0] < VERSION:
        for statement in _SCHEMA:
            database.execute(statement)
    database.commit()


def _connect(path: Path | None) -> sqlite3.Connection:
    return sqlite3.connect(path or ":memory:", timeout=10, check_same_thread=False)


def _row_of_key(key: FileKey) -> tuple[bytes, int, int]:
    """Names are stored as the system has them: on Unix they need not be text."""
    return os.fsencode(key.path), key.size, key.modified_ns


def _key_of(row: Sequence[Any]) -> FileKey:
    return FileKey(os.fsdecode(row[0]), row[1], row[2])


def _row_of(facts: FileFacts) -> tuple[object, ...]:
    return (facts.duration, facts.width, facts.height, None if facts.rate is None else str(facts.rate), facts.codec,
            int(facts.has_sound), None if facts.created is None else facts.created.isoformat(),
            None if facts.fault is None else os.fsencode(facts.fault))


def _facts_of(row: Sequence[Any]) -> FileFacts:
    duration, width, height, rate, codec, has_sound, created, fault = row
    return FileFacts(duration, width, height, rate and Fraction(rate), codec, bool(has_sound),
                     created and datetime.fromisoformat(created).astimezone(UTC),
                     None if fault is None else os.fsdecode(fault))
