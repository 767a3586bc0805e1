"""The library finds recordings, places them on the wall clock, follows growing ones, and survives what folders do."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import dehazer.review.library as library_module
from dehazer.errors import UsageError
from dehazer.review import Index, Library, LibraryOptions, NamePattern, Span
from dehazer.review.folders import FoundFile
from dehazer.review.index import FileKey
from dehazer.review.placement import placed
from dehazer.review.probe import FileFacts
from tests.media import Film, write_film
from tests.review.conftest import SECONDS, Opened, Record, times
from tests.waiting import threads_of_the_program, until

NOON = datetime(2024, 3, 10, 12, tzinfo=UTC)


def test_cameras_times_gaps_and_overlaps(record: Record, opened: Opened) -> None:
    for stamp in (*times(NOON, 3), *times(NOON + timedelta(hours=1), 2)):
        record(f"gate_{stamp}.mp4")
    for stamp in ("20240310_120000", "20240311_000000", "20240311_000000_copy"):
        record(f"yard/yard_{stamp}.mp4")
    library = opened()
    assert library.cameras == ("gate", "yard")
    assert [r.start for r in library.of("gate")[:3]] == [NOON + timedelta(seconds=SECONDS * k) for k in range(3)]
    assert {r.time_source for r in library.recordings} == {"name"}
    assert library.gaps("gate") == (Span(NOON + timedelta(seconds=6), NOON + timedelta(hours=1)),)
    assert library.overlaps("gate") == ()
    assert library.days() == {date(2024, 3, 10), date(2024, 3, 11)}
    assert library.span == Span(NOON, datetime(2024, 3, 11, 0, 0, 2, tzinfo=UTC))
    assert (library.progress.found, library.progress.read, library.progress.unreadable) == (8, 8, 0)


def test_the_recording_of_an_instant(record: Record, opened: Opened) -> None:
    for stamp in times(NOON, 3):
        record(f"gate_{stamp}.mp4")
    library = opened()
    for k in range(3):
        shown = library.at("gate", NOON + timedelta(seconds=2 * k + 1.9))
        assert shown is not None
        assert shown.start == NOON + timedelta(seconds=2 * k)
    assert library.at("gate", NOON - timedelta(seconds=0.1)) is None
    assert library.at("gate", NOON + timedelta(seconds=6)) is None
    assert library.at("other", NOON) is None


def test_the_same_time_twice_is_an_overlap_and_the_later_one_is_shown(clip: Path, store: Path, opened: Opened) -> None:
    write_film(store / "gate_20240310_120000.mp4", Film(frames=250))
    shutil.copyfile(clip, store / "gate_20240310_120004.mp4")  # the clock of the camera was put back by six seconds
    library = opened()
    overlap = Span(NOON + timedelta(seconds=4), NOON + timedelta(seconds=6))
    assert library.overlaps("gate") == ()  # up to two seconds are a seam between two files
    shutil.copyfile(store / "gate_20240310_120000.mp4", store / "gate_20240310_120004.mp4")
    library.refresh()
    until(lambda: library.overlaps("gate") == (Span(overlap.start, NOON + timedelta(seconds=10)),))
    for seconds, started in ((3, 0), (5, 4), (12, 4)):
        shown = library.at("gate", NOON + timedelta(seconds=seconds))
        assert shown is not None
        assert shown.start == NOON + timedelta(seconds=started)


def test_duplicate_names_in_two_folders_are_both_there(record: Record, opened: Opened) -> None:
    paths = {record(f"{drive}/gate_20240310_120000.mp4") for drive in ("first", "second")}
    library = opened()
    assert {r.path for r in library.of("gate")} == paths
    first, again = (library.at("gate", NOON + timedelta(seconds=1)) for _ in range(2))
    assert first is again is not None


def test_without_a_name_the_metadata_tell_then_the_modification_time(store: Path, clip: Path, opened: Opened) -> None:
    write_film(store / "a.mp4", Film(frames=50, tags={"creation_time": "2024-03-10T12:00:00Z"}))
    shutil.copyfile(clip, store / "b.mp4")
    os.utime(store / "b.mp4", (NOON.timestamp(),) * 2)
    library = opened()
    by_name = {r.path.name: r for r in library.recordings}
    assert (by_name["a.mp4"].time_source, by_name["a.mp4"].start) == ("metadata", NOON)
    assert (by_name["b.mp4"].time_source, by_name["b.mp4"].end) == ("modified", NOON)
    assert "last change of the file" in by_name["b.mp4"].note
    assert library.cameras == ("store",)


def test_zone_patterns_and_offsets_of_the_user(record: Record, opened: Opened) -> None:
    record("north 12h00 10.03.24.mp4")
    record("gate_20240310_120000.mp4")
    library = opened()
    assert library.cameras == ("gate", "store")
    pattern = NamePattern("{camera} {hour}h{minute} {day}.{month}.{yy}")
    library.configure(LibraryOptions(ZoneInfo("Europe/Berlin"), (pattern,), {"gate": timedelta(minutes=5)}, follow=0))
    until(lambda: library.cameras == ("gate", "north"))
    (gate,), (north,) = library.of("gate"), library.of("north")
    assert (north.start, north.time_source) == (NOON - timedelta(hours=1), "name")
    assert (gate.start, gate.time_source) == (NOON - timedelta(minutes=55), "user")


def test_days_are_those_of_the_zone(record: Record, opened: Opened) -> None:
    record("gate_20240310T233000Z.mp4")
    assert opened(options=LibraryOptions(ZoneInfo("Europe/Berlin"), follow=0)).days() == {date(2024, 3, 11)}


def test_unreadable_files_are_listed_with_the_reason(record: Record, store: Path, opened: Opened) -> None:
    record("gate_20240310_120000.mp4")
    (store / "empty_20240310_120000.mp4").touch()
    (store / "text_20240310_120000.mkv").write_bytes(b"no video" * 1000)
    for path in store.glob("*_2024*"):
        os.utime(path, (NOON.timestamp(),) * 2)
    library = opened()
    assert [r.camera for r in library.recordings] == ["gate"]
    faults = {r.camera: r.fault or "" for r in library.unreadable}
    assert "is empty" in faults["empty"]
    assert "is not a video" in faults["text"]
    assert library.progress.unreadable == 2


def test_a_file_may_be_a_library_and_hidden_and_unfinished_ones_are_none(record: Record, opened: Opened) -> None:
    alone = record("gate_20240310_120000.mp4")
    record(".hidden_20240310_120000.mp4")
    record("gate_20240310_130000.partial-0123abcd.mp4")
    record(".trash/gate_20240310_140000.mp4")
    assert [r.path for r in opened(alone).recordings] == [alone]
    assert [r.path for r in opened().recordings] == [alone]


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_links_are_followed_and_circles_are_not(record: Record, store: Path, opened: Opened) -> None:
    path = record("real/gate_20240310_120000.mp4")
    (store / "real" / "round").symlink_to(store)
    (store / "nowhere").symlink_to(store / "missing")
    assert [r.path.name for r in opened(store, path.parent).recordings] == [path.name]


def test_known_files_are_not_read_again(record: Record, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    for stamp in times(NOON, 5):
        record(f"gate_{stamp}.mp4")
    first = opened()
    first.stop()

    def not_again(path: Path) -> None:
        raise AssertionError(f"{path} is read again")

    monkeypatch.setattr(library_module, "probe", not_again)
    assert opened().recordings == first.recordings


def test_a_changed_file_is_read_again(record: Record, store: Path, opened: Opened) -> None:
    path = record("gate_20240310_120000.mp4")
    library = opened()
    write_film(path, Film(frames=100))
    library.refresh()
    until(lambda: library.recordings[0].duration == pytest.approx(4.0))


def test_new_and_growing_files_are_followed(record: Record, store: Path, tmp_path: Path) -> None:
    whole = write_film(tmp_path / "whole.ts", Film(frames=200, smooth=False)).read_bytes()
    path = store / "gate_20240310_120000.ts"
    path.write_bytes(whole[: len(whole) // 3])
    clock = [path.stat().st_mtime + 1]
    seen: list[float] = []
    with Index(tmp_path / "index.sqlite3") as index:
        library = Library([store], index, LibraryOptions(follow=0.02), lambda: seen.append(1.0), lambda: clock[0])
        library.start()
        try:
            until(lambda: library.recordings)
            assert library.recordings[0].growing
            before = library.recordings[0].duration
            path.write_bytes(whole)
            until(lambda: library.recordings[0].duration > 2 * before)
            assert library.recordings[0].growing
            record("gate_20240310_130000.mp4")
            until(lambda: len(library.recordings) == 2)
            clock[0] += 3600
            until(lambda: not any(r.growing for r in library.recordings))
            path.unlink()
            until(lambda: [r.path.name for r in library.recordings] == ["gate_20240310_130000.mp4"])
        finally:
            library.stop()
    assert seen
    assert threads_of_the_program() == []


def test_an_mp4_without_its_index_is_still_being_written(store: Path, tmp_path: Path, opened: Opened) -> None:
    whole = write_film(tmp_path / "whole.mp4", Film(frames=200, smooth=False)).read_bytes()
    path = store / "gate_20240310_120000.mp4"
    path.write_bytes(whole[: len(whole) // 2])
    library = opened()
    (recording,) = library.unreadable
    assert recording.growing
    assert "may still be written" in (recording.fault or "")
    path.write_bytes(whole)
    library.refresh()
    until(lambda: library.recordings and not library.unreadable)


def test_a_folder_that_vanishes_keeps_its_recordings_and_comes_back(record: Record, store: Path, opened: Opened) -> None:
    record("gate_20240310_120000.mp4")
    library = opened()
    away = store.with_name("away")
    store.rename(away)
    library.refresh()
    until(lambda: library.progress.trouble)
    assert "does not exist" in library.progress.trouble[0]
    assert "listed as they were" in library.progress.trouble[0]
    assert len(library.recordings) == 1
    away.rename(store)
    library.refresh()
    until(lambda: not library.progress.trouble)
    assert len(library.recordings) == 1


def test_an_empty_mount_point_is_told(record: Record, store: Path, opened: Opened) -> None:
    record("gate_20240310_120000.mp4")
    library = opened()
    store.rename(store.with_name("away"))
    store.mkdir()
    library.refresh()
    until(lambda: library.progress.trouble)
    assert "holds none of the 1 recordings that were there; is its drive mounted?" in library.progress.trouble[0]


def test_a_folder_unmounted_while_it_is_read(record: Record, store: Path, opened: Opened,
                                             monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that cannot be read because the folder is away are read when it is back: the fault is not remembered."""
    for stamp in times(NOON, 6):
        record(f"gate_{stamp}.mp4")
    real, count = library_module.probe, iter(range(100))

    def unmounting(path: Path) -> object:
        if next(count) == 2:
            store.rename(store.with_name("away"))
        return real(path)

    monkeypatch.setattr(library_module, "probe", unmounting)
    library = opened()
    assert len(library.recordings) + len(library.unreadable) == 6
    assert library.unreadable
    store.with_name("away").rename(store)
    monkeypatch.setattr(library_module, "probe", real)
    library.refresh()
    until(lambda: len(library.recordings) == 6)


def test_a_library_of_nothing_is_empty(tmp_path: Path, opened: Opened) -> None:
    library = opened(tmp_path / "missing")
    assert (library.recordings, library.cameras, library.span, library.days()) == ((), (), None, frozenset())
    assert "does not exist" in library.progress.trouble[0]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is locked for this user")
def test_a_locked_folder_is_told(record: Record, store: Path, opened: Opened) -> None:
    record("gate_20240310_120000.mp4")
    record("locked/gate_20240310_130000.mp4")
    (store / "locked").chmod(0)
    try:
        library = opened()
        assert len(library.recordings) == 1
        assert "cannot be listed" in library.progress.trouble[0]
    finally:
        (store / "locked").chmod(0o700)


def test_stopping_while_files_are_read_ends_soon(record: Record, store: Path, tmp_path: Path) -> None:
    for stamp in times(NOON, 40):
        record(f"gate_{stamp}.mp4")
    with Index(tmp_path / "index.sqlite3") as index:
        library = Library([store], index)
        library.start()
        library.stop()
        assert not library.progress.running
    assert threads_of_the_program() == []


@pytest.mark.skipif(os.name != "posix", reason="names are text on Windows")
def test_a_name_that_is_no_text_is_a_recording_like_any_other(clip: Path, store: Path, opened: Opened) -> None:
    path = os.fsencode(store) + b"/gate_20240310_120000_\xff.mp4"
    try:
        shutil.copyfile(clip, path)
    except OSError:
        pytest.skip("this file system takes names of text only")
    shutil.copyfile(clip, os.fsencode(store) + b"/gate_\xff\xfe.mkv")
    (store / os.fsdecode(b"empty_\xff.mp4")).touch()
    first = opened()
    assert [r.start for r in first.of("gate") if r.time_source == "name"] == [NOON]
    assert len(first.recordings) == 2
    assert "is empty" in (first.unreadable[0].fault or "") or "may still be written" in (first.unreadable[0].fault or "")
    first.stop()
    assert opened().recordings == first.recordings


def test_times_that_no_calendar_has_do_not_end_the_library(store: Path, clip: Path, opened: Opened) -> None:
    shutil.copyfile(clip, store / "a.mp4")
    write_film(store / "b.mkv", Film(frames=2, time_base=Fraction(1, 1000), times=(0, 10**13)))
    library = opened()
    assert library.progress.read == 2
    assert [r.path.name for r in library.recordings] == ["a.mp4"]
    assert "days long" in (library.unreadable[0].fault or "") or "may still be written" in (library.unreadable[0].fault or "")


@pytest.mark.parametrize("seconds", [2**40, -(2**40)])
def test_a_modification_time_that_no_calendar_has_is_not_believed(store: Path, seconds: int) -> None:
    file = FoundFile(FileKey(str(store / "a.mp4"), 1000, seconds * 10**9), store)
    recording = placed(file, FileFacts(2.0), False, LibraryOptions())
    assert recording.start.year == 1970
    assert recording.time_source == "modified"


def test_an_offset_beyond_a_century_is_refused() -> None:
    with pytest.raises(UsageError, match="gate"):
        LibraryOptions(offsets={"gate": timedelta(days=400_000)})
