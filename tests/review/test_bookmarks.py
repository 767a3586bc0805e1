"""Bookmarks: changes that can be undone, search, files both ways without loss, and nothing a spreadsheet would compute."""

from __future__ import annotations

import csv
import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from dehazer.errors import InputError, OutputError, UsageError
from dehazer.review.bookmark import BOOKMARK_COLORS, Bookmark
from dehazer.review.bookmark_files import csv_text, plain_cell, read_csv, read_json, safe_cell, write_csv, write_json
from dehazer.review.bookmarks import Bookmarks
from dehazer.review.span import Span

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


def span(start: float, end: float | None = None) -> Span:
    """Seconds after noon."""
    return Span(NOON + timedelta(seconds=start), NOON + timedelta(seconds=start if end is None else end))


@pytest.fixture
def marks(tmp_path: Path) -> Bookmarks:
    found = Bookmarks(tmp_path / "data" / "bookmarks.json")
    found.add("Gate", span(60, 90), "Lorry without lights", "red")
    found.add("Yard", span(10), "Fog from the river")
    found.add("Gate", span(30), "Übergabe\nzweite Zeile", "blue")
    return found


def test_they_are_in_order_of_time(marks: Bookmarks) -> None:
    assert [mark.span.start for mark in marks.all] == [span(s).start for s in (10, 30, 60)]
    assert [mark.title for mark in marks.of("Gate")] == ["Übergabe", "Lorry without lights"]


def test_they_are_there_when_the_program_starts_again(marks: Bookmarks, tmp_path: Path) -> None:
    assert Bookmarks(tmp_path / "data" / "bookmarks.json").all == marks.all


@pytest.mark.parametrize(("text", "count"), [("", 3), ("GATE", 2), ("übergabe", 1), ("gate red", 1), ("river gate", 0),
                                             ("2026-01-31 12:01", 1)])
def test_search_finds_every_word_in_any_order(marks: Bookmarks, text: str, count: int) -> None:
    assert len(marks.search(text)) == count


def test_every_change_can_be_undone_and_done_again(marks: Bookmarks, tmp_path: Path) -> None:
    states = [marks.all]
    first = marks.all[0]
    marks.change(replace(first, note="River", color="green"))
    states.append(marks.all)
    marks.remove(first.id, marks.all[1].id)
    states.append(marks.all)
    marks.note(marks.all[0].id, "Seen again")
    states.append(marks.all)
    assert [marks.undo() for _ in range(3)] == ["Change bookmark", "Remove 2 bookmarks", "Change bookmark"]
    assert marks.all == states[0]
    for state in states[1:]:
        assert marks.redo() is not None
        assert marks.all == state
    assert marks.redo() is None
    assert Bookmarks(tmp_path / "data" / "bookmarks.json").all == states[-1]


def test_a_new_change_forgets_what_was_undone(marks: Bookmarks) -> None:
    marks.undo()
    assert marks.redo_title == "Add bookmark"
    marks.add("Gate", span(5))
    assert marks.redo_title is None
    assert marks.redo() is None


def test_undo_of_nothing_is_nothing() -> None:
    assert Bookmarks().undo() is None


def test_the_owner_hears_of_every_change(tmp_path: Path) -> None:
    heard: list[int] = []
    marks = Bookmarks(None, lambda: heard.append(len(heard)))
    mark = marks.add("Gate", span(1))
    marks.remove(mark.id)
    marks.undo()
    assert len(heard) == 3


def test_what_is_gone_cannot_be_changed(marks: Bookmarks) -> None:
    mark = marks.all[0]
    marks.remove(mark.id)
    with pytest.raises(UsageError, match="removed meanwhile"):
        marks.change(mark)
    with pytest.raises(UsageError, match="removed meanwhile"):
        marks.remove(mark.id)


@pytest.mark.parametrize(("values", "sentence"), [
    ({"color": "pink"}, "choose one of: yellow"), ({"camera": " "}, "name of a camera"),
    ({"note": "x" * 10_001}, "at most 10000")])
def test_a_bookmark_says_what_is_wrong_with_it(values: dict[str, str], sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        Bookmark(**{"camera": "Gate", "span": span(1), **values})  # type: ignore[arg-type]


def test_chapters_are_cut_to_the_span(marks: Bookmarks) -> None:
    chapters = marks.chapters(span(30, 70), ["Gate"])
    assert [(c.title, c.span) for c in chapters] == [("Übergabe", span(30)), ("Lorry without lights", span(60, 70))]
    assert [c.title for c in marks.chapters(span(0, 31))] == ["Fog from the river", "Übergabe"]
    assert marks.chapters(span(90, 100)) == ()


TEXTS = st.one_of(st.text(max_size=40), st.sampled_from([
    "=1+1", "'=1", "''", "+49 30 1", "-", "@x", "\t=1", "\r\n", "\n", "a;b,\"c\"", "＝1", "日本語 \U0001f32b", " =1"]))
MARKS = st.builds(
    Bookmark, camera=TEXTS.filter(str.strip), note=TEXTS, color=st.sampled_from(BOOKMARK_COLORS),
    span=st.tuples(st.integers(-10**9, 10**9), st.integers(0, 10**6)).map(lambda t: span(t[0] / 1000, t[0] / 1000 + t[1] / 1000)))


def encodable(mark: Bookmark) -> bool:
    """Lone surrogates are no text that a UTF-8 file can hold, and a window does not let them in."""
    return not any("\ud800" <= letter <= "\udfff" for letter in mark.camera + mark.note)


@settings(max_examples=150, deadline=None)
@given(st.lists(MARKS.filter(encodable), max_size=4, unique_by=lambda mark: mark.id))
def test_files_give_back_what_was_written(tmp_path_factory: pytest.TempPathFactory, marks: list[Bookmark]) -> None:
    folder = tmp_path_factory.mktemp("marks")
    for write, read, name in ((write_csv, read_csv, "marks.csv"), (write_json, read_json, "marks.json")):
        write(folder / name, marks)
        assert list(read(folder / name)) == marks


@settings(max_examples=300)
@given(TEXTS)
def test_no_cell_is_computed_by_a_spreadsheet(text: str) -> None:
    assert not safe_cell(text).startswith(tuple("=+-@\t\r\n＝＋－＠"))
    assert plain_cell(safe_cell(text)) == text


def test_a_formula_in_a_note_is_text_in_the_file(tmp_path: Path) -> None:
    marks = Bookmarks()
    marks.add("Gate", span(1), '=HYPERLINK("http://example.com","click")')
    marks.to_csv(tmp_path / "marks.csv")
    row = next(csv.DictReader((tmp_path / "marks.csv").read_text("utf-8-sig").splitlines()))
    assert row["note"].startswith("'=")
    assert (tmp_path / "marks.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_import_is_one_change(marks: Bookmarks, tmp_path: Path) -> None:
    marks.to_json(tmp_path / "out.json")
    before = marks.all
    marks.remove(*(mark.id for mark in marks.all))
    assert marks.from_json(tmp_path / "out.json") == 3
    assert marks.all == before
    assert marks.from_json(tmp_path / "out.json") == 0
    assert marks.undo() == "Import 3 bookmarks"
    assert marks.all == ()


@pytest.mark.parametrize("text", [
    'camera;start;end;note\r\nGate;2026-01-31T13:00:00+01:00;2026-01-31T13:00:05+01:00;"a; b"\r\n',
    'camera,start,end,note\nGate,2026-01-31T12:00:00Z,2026-01-31T12:00:05Z,a; b\n',
    "camera\tstart\tend\tnote\nGate\t2026-01-31 12:00:00Z\t2026-01-31 12:00:05Z\ta; b\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_a_spreadsheet_saves_is_read(tmp_path: Path, text: str, encoding: str) -> None:
    (tmp_path / "marks.csv").write_bytes(text.encode(encoding))
    (mark,) = read_csv(tmp_path / "marks.csv")
    assert (mark.camera, mark.span, mark.note, mark.color) == ("Gate", span(0, 5), "a; b", "yellow")


@pytest.mark.parametrize(("text", "sentence"), [
    ("", "does not name the column 'camera'"),
    ("camera,begin\nGate,1", "does not name the column 'start'"),
    ("camera,start\nGate,yesterday", r"line 2 .*'yesterday' is no date"),
    ("camera,start\nGate,2026-01-31T12:00:00", "no time zone"),
    ("camera,start,end\nGate,2026-01-31T12:00:00Z,2026-01-31T11:00:00Z", "must not end"),
    ("camera,start,color\nGate,2026-01-31T12:00:00Z,pink", "cannot be 'pink'"),
    ('camera,start,note\nGate,2026-01-31T12:00:00Z,"open', "damaged"),
    ("camera,start\nGate,2026-01-31T12:00:00Z\n,2026-01-31T12:00:00Z", "line 3")])
def test_a_bad_csv_file_is_one_sentence_and_changes_nothing(marks: Bookmarks, tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "bad.csv").write_text(text, "utf-8")
    before = marks.all
    with pytest.raises(InputError, match=sentence):
        marks.from_csv(tmp_path / "bad.csv")
    assert marks.all == before


@pytest.mark.parametrize(("text", "sentence"), [
    ("{", "damaged"), ("[]", "no list of bookmarks"), ('{"version": 2, "bookmarks": []}', "newer version"),
    ('{"version": 1, "bookmarks": [7]}', "entry 1"), ("[" * 100_000, "damaged"),
    ('{"version": 1, "bookmarks": [{"camera": "Gate", "start": 5}]}', "entry 1")])
def test_a_bad_list_is_one_sentence_and_stays_as_it_is(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "bookmarks.json"
    path.write_text(text)
    with pytest.raises(InputError, match=sentence):
        Bookmarks(path)
    assert path.read_text() == text


def test_other_encodings_are_named(tmp_path: Path) -> None:
    (tmp_path / "marks.csv").write_bytes("camera,start\nTür,2026-01-31T12:00:00Z".encode("latin-1"))
    with pytest.raises(InputError, match="UTF-8"):
        read_csv(tmp_path / "marks.csv")


@pytest.mark.skipif(os.name != "posix", reason="a folder without write permission is made with POSIX modes")
def test_a_change_that_cannot_be_saved_is_not_made(tmp_path: Path) -> None:
    marks = Bookmarks(tmp_path / "file" / "bookmarks.json")
    mark = marks.add("Gate", span(1))
    marks_file = (tmp_path / "file" / "bookmarks.json")
    (tmp_path / "file").rename(tmp_path / "moved")
    (tmp_path / "file").write_text("a file where the folder was")
    for change in (lambda: marks.add("Yard", span(2)), lambda: marks.remove(mark.id), marks.undo):
        with pytest.raises(OutputError, match="cannot be saved"):
            change()
    assert marks.all == (mark,)
    assert not marks_file.exists()


def test_json_says_what_it_is(marks: Bookmarks, tmp_path: Path) -> None:
    content = json.loads((tmp_path / "data" / "bookmarks.json").read_text("utf-8"))
    assert (content["format"], content["version"], len(content["bookmarks"])) == ("dehazer bookmarks", 1, 3)
    assert csv_text(marks.all).count("\r\n") == 4
