"""The videos that files and folders stand for."""

from __future__ import annotations

from pathlib import Path

import pytest

from dehazer.errors import InputError
from dehazer.files import video_list
from dehazer.files.video_list import list_videos
from dehazer.sources.readable import video_problem


def make(folder: Path, *names: str) -> list[Path]:
    found = [folder / name for name in names]
    for path in found:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return found


def test_a_folder_stands_for_its_videos_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    wanted = make(tmp_path, "day2/clip1.mp4", "day2/clip10.MKV", "day10/a.mov", "film 2.avi", "film 10.avi")
    make(tmp_path, "notes.txt", ".hidden.mp4", ".trash/old.mp4", "cover.jpg", "film.partial-1a2b3c4d.mp4")
    assert list_videos([tmp_path]) == wanted


def test_files_keep_their_order_and_stand_for_themselves_once(tmp_path: Path) -> None:
    b, a = make(tmp_path, "b.mp4", "a.xyz")
    assert list_videos([b, a, b]) == [b, a]
    assert list_videos([b, tmp_path]) == [b]


def test_nothing_to_play_is_one_sentence(tmp_path: Path) -> None:
    make(tmp_path, "notes.txt")
    with pytest.raises(InputError, match=r"There is no video in .*; known are files that end in"):
        list_videos([tmp_path])
    with pytest.raises(InputError, match="does not exist; check the name"):
        list_videos([tmp_path / "gone"])


def test_too_many_are_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(video_list, "MAX_VIDEOS", 2)
    make(tmp_path, "1.mp4", "2.mp4", "3.mp4")
    with pytest.raises(InputError, match="There are 3 videos, which are too many for a list"):
        list_videos([tmp_path])


def test_a_file_says_why_it_cannot_be_played(tmp_path: Path, film: Path) -> None:
    broken, = make(tmp_path, "broken.mp4")
    empty = tmp_path / "empty.mp4"
    empty.touch()
    assert video_problem(film) == ""
    assert "broken.mp4" in video_problem(broken)
    assert "is empty" in video_problem(empty)
    assert "does not exist" in video_problem(tmp_path / "gone.mp4")
