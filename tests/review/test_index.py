"""The index remembers, is safe to delete, and survives damage, newer versions and folders it may not write to."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dehazer.errors import UsageError
from dehazer.review import index as index_module
from dehazer.review.index import VERSION, FileKey, HazeSamples, Index
from dehazer.review.probe import FileFacts
from tests.waiting import PATIENCE

KEY = FileKey("/x/a.mp4", 1000, 1_700_000_000_123_456_789)
FACTS = FileFacts(61.25, 1920, 1080, Fraction(30000, 1001), "hevc", True, datetime(2024, 3, 10, 12, tzinfo=UTC))
HAZE = HazeSamples(20.0, np.array([[0, 0.1, 0.9], [10, 0.5, 0.25]], np.float32))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the index is, in a folder that is not there yet."""
    return tmp_path / "data" / "index.sqlite3"


def test_what_is_stored_is_there_the_next_time(file: Path) -> None:
    bad = FileFacts(fault="/x/b.mp4 is empty.")
    with Index(file) as index:
        index.store([(KEY, FACTS), (FileKey("/x/b.mp4", 0, 5), bad)])
        index.store_haze(KEY, "field", HAZE)
    with Index(file) as index:
        assert index.facts() == {KEY.path: (KEY, FACTS), "/x/b.mp4": (FileKey("/x/b.mp4", 0, 5), bad)}
        key, found = index.haze("field")[KEY.path]
        assert (key, found.reached) == (KEY, 20.0)
        assert np.array_equal(found.samples, HAZE.samples)
        assert index.notes == ()


def test_haze_is_of_one_method_and_the_last_content(file: Path) -> None:
    longer = FileKey(KEY.path, 2000, KEY.modified_ns + 1)
    with Index(file) as index:
        index.store_haze(KEY, "field", HAZE)
        index.store_haze(longer, "field", HAZE)
        assert index.haze("other") == {}
        assert [key for key, _ in index.haze("field").values()] == [longer]


def test_a_deleted_index_is_empty_and_works(file: Path) -> None:
    with Index(file) as index:
        index.store([(KEY, FACTS)])
    file.unlink()
    with Index(file) as index:
        assert index.facts() == {}
        assert index.notes == ()


@pytest.mark.parametrize("damage", [b"this is no database" * 100, b"SQLite format 3\0" + bytes(5000)], ids=["text", "zeros"])
def test_a_damaged_index_is_built_anew_and_says_so(file: Path, damage: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dehazer.review.index.default_index", lambda: file)
    file.parent.mkdir()
    file.write_bytes(damage)
    with Index(file) as index:
        assert "was damaged and is built anew" in index.notes[0]
        index.store([(KEY, FACTS)])
    with Index(file) as index:
        assert list(index.facts()) == [KEY.path]


def test_a_film_named_as_the_index_is_refused_and_left_alone(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"\0\0\0\x20ftypisom" + bytes(5000))
    before = film.read_bytes()
    with pytest.raises(UsageError, match="is no index of recordings"):
        Index(film)
    assert film.read_bytes() == before


def test_an_index_that_is_damaged_while_open_is_built_anew(file: Path) -> None:
    with Index(file) as index:
        index.store([(FileKey(f"/x/{k}.mp4", k, k), FACTS) for k in range(2000)])
    with Index(file) as index:
        index.store([(KEY, FACTS)])
        content = bytearray(file.read_bytes())
        content[24:28] = b"\xff" * 4  # the count of changes: what was read before is not taken from memory
        content[100:] = bytes(len(content) - 100)
        file.write_bytes(content)
        index.store([(FileKey("/y", 1, 1), FACTS)])
        assert "was damaged and is built anew" in index.notes[0]
        assert list(index.facts()) == ["/y"]


def test_a_newer_index_is_refused_and_left_alone(file: Path) -> None:
    with Index(file) as index:
        index.store([(KEY, FACTS)])
    with sqlite3.connect(file) as database:
        database.execute(f"PRAGMA user_version = {VERSION + 1}")
    database.close()
    before = file.read_bytes()
    with pytest.raises(UsageError, match="written by a newer version"):
        Index(file)
    assert file.read_bytes() == before


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "their.db") as database:
        database.execute("CREATE TABLE recordings (mine)")
    database.close()
    with pytest.raises(UsageError, match="or by another one"):
        Index(tmp_path / "their.db")


def test_where_nothing_can_be_written_it_lives_in_memory_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with Index(tmp_path / "file" / "index.sqlite3") as index:
        assert "nothing is remembered for the next time" in index.notes[0]
        index.store([(KEY, FACTS)])
        assert list(index.facts()) == [KEY.path]


def test_a_full_disk_costs_the_memory_of_the_next_time_and_no_more(file: Path) -> None:
    with Index(file) as index:
        index.store([(KEY, FACTS)])
        index._use(lambda database: database.execute("PRAGMA max_page_count = 8"))  # what SQLite meets on a full disk
        many = [(FileKey(f"/x/{k}.mp4", k, k), FACTS) for k in range(2000)]
        index.store(many)
        assert "is full" in index.notes[0]
        assert "nothing is remembered for the next time" in index.notes[0]
        assert len(index.facts()) == 2000
    with Index(file) as index:
        assert list(index.facts()) == [KEY.path]  # nothing half-written


def test_many_programs_start_at_once(file: Path) -> None:
    file.parent.mkdir()
    code = ("import sys; from pathlib import Path; from dehazer.review import Index; from dehazer.review.index import FileKey\n"
            "from dehazer.review.probe import FileFacts\n"
            "with Index(Path(sys.argv[1])) as index:\n"
            "    index.store([(FileKey(sys.argv[2], 1, 1), FileFacts())]); assert not index.notes, index.notes")
    programs = [subprocess.Popen([sys.executable, "-c", code, str(file), f"/{k}"]) for k in range(4)]
    assert [program.wait(60) for program in programs] == [0] * 4
    with Index(file) as index:
        assert sorted(index.facts()) == [f"/{k}" for k in range(4)]


def test_two_programs_use_one_index(file: Path) -> None:
    with Index(file) as one, Index(file) as other:
        one.store([(KEY, FACTS)])
        other.store([(FileKey("/y", 1, 1), FACTS)])
        assert sorted(one.facts()) == sorted(other.facts()) == sorted(["/y", KEY.path])
        assert one.notes == other.notes == ()


def test_files_not_seen_for_half_a_year_are_forgotten(file: Path) -> None:
    with Index(file) as index:
        index.store([(KEY, FACTS), (FileKey("/old", 1, 1), FACTS), (FileKey("/away", 1, 1), FACTS)])
        index.store_haze(FileKey("/old", 1, 1), "field", HAZE)
    with sqlite3.connect(file) as database:
        database.execute("UPDATE recordings SET seen = seen - 200 * 86400 WHERE path = CAST('/old' AS BLOB)")
        database.execute("UPDATE recordings SET seen = seen - 100 * 86400 WHERE path = CAST('/away' AS BLOB)")
    database.close()
    with Index(file) as index:
        index.mark_seen([KEY.path])
        assert sorted(index.facts()) == ["/away", KEY.path]
        assert index.haze("field") == {}


def test_an_index_that_another_program_begins_at_the_same_moment_is_not_taken_for_a_foreign_file(
        file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = threading.Thread(target=lambda: Index(file).close())

    class Interrupted(sqlite3.Connection):
        def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
            if "sqlite_master" in statement and other.ident is None:
                other.start()
                other.join(0.5)  # it makes its tables now, or waits until this one has looked
            return super().execute(statement, *values)

    kinds = [sqlite3.Connection, Interrupted]  # taken from the end
    monkeypatch.setattr(index_module, "_connect", lambda path: sqlite3.connect(path, timeout=10, check_same_thread=False,
                                                                               factory=kinds.pop()))
    with Index(file) as index:
        other.join(PATIENCE)
        assert index.notes == ()


def test_many_threads_use_one_index(file: Path) -> None:
    with Index(file) as index:
        threads = [threading.Thread(target=lambda k=k: [index.store([(FileKey(f"/{k}/{n}", n, n), FACTS)]) for n in range(20)])
                   for k in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(index.facts()) == 80


def test_a_closed_index_is_a_fault_of_the_caller_not_of_the_file(file: Path) -> None:
    with Index(file) as index:
        index.store([(KEY, FACTS)])
    with pytest.raises(sqlite3.ProgrammingError):
        index.facts()
    with Index(file) as again:
        assert list(again.facts()) == [KEY.path]
