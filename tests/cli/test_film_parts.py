"""A film worked on in parts: the same packets as in one run, however often the work is cut off."""

from __future__ import annotations

from contextlib import closing
from fractions import Fraction
from pathlib import Path

import pytest

from dehazer.cli.film_parts import (
    FilmPart,
    find_states,
    is_begun,
    join_parts,
    make_part,
    part_path,
    planned,
    remove_foreign_parts,
    state_path,
)
from dehazer.cli.jobs import Job
from dehazer.cli.one_file import RunOptions
from dehazer.cli.ray_film import FilmTasks
from dehazer.cli.video import main, read_flags, read_run_options
from dehazer.files.journal import Journal, Progress
from dehazer.frames.frame import PIXEL_FORMATS, Frame, VideoInfo
from dehazer.sinks.video import VideoSink
from dehazer.sources import open_source
from tests.media import Film, Sound, parcels_of, times_of, write_film

PLAIN = ["--device", "cpu", "--backend", "torch", "--precision", "fp32", "--progress", "none", "-q"]
FILM = Film(frames=85, rate=Fraction(1), sounds=(Sound(seconds=9),))  # a frame a second: a segment has ten frames


def prepared(folder: Path, name: str, *options: str) -> tuple[Job, RunOptions, tuple[FilmPart, ...]]:
    source = write_film(folder / "in.mp4", FILM)
    run_options = read_run_options(read_flags([*PLAIN, *options, str(source), str(folder / name)]))
    with open_source(source) as opened:
        parts = planned(opened.info, 2)
    return run_options.jobs[0], run_options, parts


@pytest.mark.parametrize("length", [0, 59, 60, 61, 85, 1000])
def test_parts_are_whole_segments_and_cover_the_film(length: int) -> None:
    info = VideoInfo(64, 48, PIXEL_FORMATS["yuv420p"], rate=Fraction(1), frames=length)
    parts = planned(info, 3)
    if length < 51:
        assert parts == ()
        return
    assert parts[0].first == 0
    assert parts[-1].last is None
    assert [part.last for part in parts[:-1]] == [part.first for part in parts[1:]]
    assert all(part.first % 10 == 0 and part.first < length for part in parts)
    assert planned(info, 1) == ()


@pytest.mark.parametrize(("name", "options"), [("out.mkv", ("--codec", "ffv1")), ("out.mp4", ())])
def test_joined_parts_are_the_film_of_one_run(random_weights: object, tmp_path: Path, name: str,
                                               options: tuple[str, ...]) -> None:
    job, run_options, parts = prepared(tmp_path, name, *options)
    assert len(parts) == 4
    find_states(job, run_options, parts)
    assert not is_begun(job, parts[0])
    for part in parts:
        make_part(job, run_options, part, parts[0])
        assert is_begun(job, parts[0])
    join_parts(job, parts)
    assert main([*PLAIN, *options, "--resume", str(tmp_path / "in.mp4"), str(tmp_path / name)]) == 0
    assert main([*PLAIN, *options, "--resume", str(tmp_path / "in.mp4"), str(tmp_path / f"whole-{name}")]) == 0
    joined, whole = tmp_path / name, tmp_path / f"whole-{name}"
    assert times_of(joined) == times_of(whole)
    assert parcels_of(joined, "audio") == parcels_of(whole, "audio") != []
    if name == "out.mkv":  # lossless
        assert parcels_of(joined, "video") == parcels_of(whole, "video")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["in.mp4", name, f"whole-{name}"])


def test_a_film_with_fewer_frames_than_it_says_is_made_to_its_end(random_weights: object, tmp_path: Path) -> None:
    job, run_options, _ = prepared(tmp_path, "out.mkv", "--codec", "ffv1")
    parts = planned(VideoInfo(64, 48, PIXEL_FORMATS["yuv420p"], rate=Fraction(1), frames=240), 2)
    film = FilmTasks(job, run_options, parts, lambda _attempt, step, *arguments: (step, arguments[-1]))
    for task in list(film.running):
        if task[0] == "states":
            find_states(job, run_options, task[1])
            film.ended(task, None)
    while parts := [task[1] for task in film.running if task[0] == "part"]:
        for part in parts:
            make_part(job, run_options, *part)
            film.ended(("part", part), None)
    (task,) = film.running
    assert task[0] == "join"
    join_parts(job, task[1])
    assert main([*PLAIN, "--codec", "ffv1", "--resume", str(tmp_path / "in.mp4"), str(tmp_path / "out.mkv")]) == 0
    assert len(times_of(tmp_path / "out.mkv")) == FILM.frames
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.mp4", "out.mkv"]


def test_what_was_cut_off_goes_on(random_weights: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options = ("--codec", "ffv1")
    job, run_options, parts = prepared(tmp_path, "out.mkv", *options)
    find_states(job, run_options, parts)
    kept = state_path(job, parts[1]).read_bytes()
    state_path(job, parts[2]).unlink()
    find_states(job, run_options, parts)
    assert state_path(job, parts[1]).read_bytes() == kept
    write, frames = VideoSink.write, []

    def failing(self: VideoSink, frame: Frame) -> None:
        frames.append(frame.index)
        if frame.index in (13, 57) and frames.count(frame.index) == 1:
            raise ZeroDivisionError
        write(self, frame)

    monkeypatch.setattr(VideoSink, "write", failing)
    for part in parts:
        for _ in range(2 if part.number in (0, 2) else 1):
            try:
                make_part(job, run_options, part, parts[0])
            except ZeroDivisionError:
                continue
    assert frames.count(0) == 1  # a segment that was done is not done again
    assert frames.count(12) == 2
    join_parts(job, parts)
    assert main([*PLAIN, *options, "--resume", str(tmp_path / "in.mp4"), str(tmp_path / "out.mkv")]) == 0
    assert main([*PLAIN, *options, "--resume", str(tmp_path / "in.mp4"), str(tmp_path / "whole.mkv")]) == 0
    assert parcels_of(tmp_path / "out.mkv", "video") == parcels_of(tmp_path / "whole.mkv", "video") != []


def test_parts_of_other_options_are_removed_when_the_film_is_there(tmp_path: Path) -> None:
    job, _, _ = prepared(tmp_path, "out.mkv", "--codec", "ffv1")
    old = FilmPart(1, 10, None, "0123456789ab")
    state_path(job, old).write_bytes(b"state")
    Journal.create(part_path(job, old), {}).close()
    (tmp_path / "out.mkv.resume.part-of-mine").write_bytes(b"no part")
    used = Journal.create(part_path(job, FilmPart(0, 0, 10, "0123456789ab")), {})
    used.commit(Progress())
    with closing(used):
        remove_foreign_parts(job)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["in.mp4", "out.mkv.resume.part-0123456789ab-0-10",
                                                                    "out.mkv.resume.part-of-mine"]
    used.close()
