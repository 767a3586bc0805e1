"""The journal behind --resume: what counts after it was cut off or damaged anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings, strategies as st

from dehazer.errors import OutputError, UsageError
from dehazer.files.journal import COMMIT, MARK, Journal, Progress, Record, committed

HEADER = {"input": "a.mp4"}
SEGMENTS = [[b"one", b""], [b"two" * 50], [b"three", b"four", bytes(300)]]


def progress(number: int) -> Progress:
    return Progress(10 * number, 400 * number, ("out.partial-1a2b3c4d.mp4",), (5, 1 << 40), b"\n state \0" * number)


def written(path: Path) -> list[int]:
    """A journal of three commits and a record that does not count; the file's size after header and commits."""
    journal = Journal.create(path, HEADER)
    ends = [path.stat().st_size]
    for number, packets in enumerate(SEGMENTS):
        for packet in packets:
            journal.append(b"P", packet)
        journal.commit(progress(number))
        ends.append(path.stat().st_size)
    journal.append(b"P", b"not committed")
    journal.close()
    return ends


def records(count: int) -> list[Record]:
    """What the first `count` segments consist of."""
    return [record for number, packets in enumerate(SEGMENTS[:count])
            for record in (*((b"P", packet) for packet in packets), (COMMIT, progress(number).packed()))]


def check(path: Path, count: int) -> None:
    """Exactly the first `count` segments are in the journal, and it can be gone on with."""
    journal = Journal.open(path)
    assert journal.header == HEADER
    assert next(journal.records(), None) == next(iter(records(count)), None)  # a look at the first does not move anything
    assert list(journal.records()) == records(count)
    assert journal.progress == (progress(count - 1) if count else Progress())
    journal.append(b"P", b"more")
    journal.commit(Progress(99))
    journal.close()
    again = Journal.open(path)
    assert list(again.records()) == [*records(count), (b"P", b"more"), (COMMIT, Progress(99).packed())]
    again.close()


def test_all_commits_count_and_nothing_behind_them(tmp_path: Path) -> None:
    written(tmp_path / "j")
    check(tmp_path / "j", 3)


@given(share=st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_cut_off_anywhere_the_last_whole_commit_counts(share: float) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "j"
        ends = written(path)
        length = round(share * path.stat().st_size)
        os.truncate(path, length)
        if length < ends[0]:
            with pytest.raises(UsageError, match="no journal"):
                Journal.open(path)
        else:
            check(path, sum(end <= length for end in ends[1:]))


@given(share=st.floats(0, 1, exclude_max=True), change=st.integers(1, 255))
@settings(max_examples=120, deadline=None)
def test_damaged_anywhere_only_what_stands_before_counts(share: float, change: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "j"
        ends = written(path)
        data = bytearray(path.read_bytes())
        place = int(share * len(data))
        data[place] ^= change
        path.write_bytes(data)
        if place < ends[0]:
            with pytest.raises(UsageError, match="no journal"):
                Journal.open(path)
        else:
            check(path, sum(end <= place for end in ends[1:]))


@given(content=st.binary(max_size=200))
def test_any_other_file_is_refused_and_left_alone(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "j"
        path.write_bytes(content)
        with pytest.raises(UsageError, match="no journal") as caught:
            Journal.open(path)
        assert "\n" not in str(caught.value)
        assert path.read_bytes() == content


def test_one_that_is_there_is_never_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "j").write_bytes(MARK)
    with pytest.raises(OutputError, match="cannot be created"):
        Journal.create(tmp_path / "j", HEADER)
    with pytest.raises(OutputError, match="cannot be opened"):
        Journal.open(tmp_path / "missing")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows locks open files by itself")
def test_two_runs_cannot_use_it_at_once(tmp_path: Path) -> None:
    journal = Journal.create(tmp_path / "j", HEADER)
    code = "import sys, pathlib\nfrom dehazer.files.journal import Journal\nJournal.open(pathlib.Path(sys.argv[1]))"
    other = subprocess.run([sys.executable, "-c", code, tmp_path / "j"], capture_output=True, text=True, check=False,
                           cwd=Path(__file__).parents[2])
    assert "used by another run" in other.stderr
    journal.commit(Progress())
    journal.remove()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    with Path("/dev/full").open("r+b", buffering=0) as file:
        journal = Journal(tmp_path / "j", file, {})  # type: ignore[arg-type]
        with pytest.raises(OutputError, match="cannot be written: no space left"):
            journal.append(b"P", b"data")


def test_what_is_committed_is_read_no_further_than_it_is_asked_for(tmp_path: Path) -> None:
    written(tmp_path / "j")
    counting = [record for record in records(3) if record[0] != COMMIT]
    assert [record for record in committed(tmp_path / "j") if record[0] == b"P"] == counting
    begun = committed(tmp_path / "j")
    assert next(record for record in begun if record[0] == b"P") == counting[0]
    begun.close()
