"""Every picture that is sought, stepped to or gone back to equals the one that decoding from the beginning gives."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings, strategies as st

from dehazer.errors import Cancelled, InputError, UsageError
from dehazer.frames.frame import Frame
from dehazer.review.frame_reader import FrameReader
from dehazer.sources.file import FileSource
from tests.media import Film, write_film
from tests.review.films import B_FRAMES, DAMAGED, FILMS, Picture, blank, make_film, straight

ALL = [*FILMS, *DAMAGED]
SMALL_CACHE = 8 * 64 * 48 * 3 // 2
"""Eight pictures: fewer than any group of pictures here."""


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("films")


_KNOWN: dict[Path, list[Picture]] = {}


def truth(path: Path) -> list[Picture]:
    """The straight decode, once for each film; times of AVI are those of a source that reads it from the beginning."""
    if path not in _KNOWN:
        pictures = straight(path)
        if path.suffix == ".avi":
            with FileSource(path) as source:
                pictures = [replace(p, pts=f.pts) for f, p in zip(source, pictures, strict=True)]
        _KNOWN[path] = pictures
    return _KNOWN[path]


def same(frame: Frame | None, picture: Picture | None) -> bool:
    if frame is None or picture is None:
        return frame is None and picture is None
    equal = all(np.array_equal(a, b) for a, b in zip(frame.planes, picture.planes, strict=True))
    return frame.pts == picture.pts and (equal or not picture.whole)


def seconds_of(path: Path, index: int, base: Fraction) -> float:
    pictures = truth(path)
    return float(((pictures[index].pts or 0) - (pictures[0].pts or 0)) * base)


@pytest.mark.parametrize("name", ALL)
def test_stepping_forward_and_back_gives_the_pictures_of_the_straight_decode(films: Path, name: str) -> None:
    path = make_film(films, name)
    pictures = truth(path)
    with FrameReader(path) as reader:
        assert same(reader.at(0), pictures[0])
        for picture in pictures[1:]:
            assert same(reader.next(), picture)
        assert reader.next() is None
        for picture in reversed(pictures[:-1]):
            assert same(reader.previous(), picture)
        assert reader.previous() is None


@pytest.mark.parametrize("name", ALL)
def test_going_back_from_the_end_with_a_cache_smaller_than_a_group_of_pictures(films: Path, name: str) -> None:
    path = make_film(films, name)
    pictures = truth(path)
    with FrameReader(path, SMALL_CACHE) as reader:
        assert same(reader.at(1e6), pictures[-1])
        for picture in reversed(pictures[:-1]):
            assert same(reader.previous(), picture)
            assert reader.cache.bytes <= SMALL_CACHE


Walk = st.lists(st.one_of(
    st.tuples(st.just("seek"), st.floats(0, 1)), st.tuples(st.just("key"), st.floats(0, 1)),
    st.tuples(st.just("next"), st.integers(1, 5)), st.tuples(st.just("previous"), st.integers(1, 5)),
    st.tuples(st.just("prepare"), st.integers(-1, 1))), min_size=1, max_size=12)


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=Walk, cache=st.sampled_from([SMALL_CACHE, 10**7]))
@example(walk=[("seek", 0.40625), ("prepare", 0), ("seek", 0.375), ("previous", 1)], cache=SMALL_CACHE)
def test_random_walks_meet_only_pictures_of_the_straight_decode(films: Path, name: str, walk: list[tuple[str, float]],
                                                               cache: int) -> None:
    path = make_film(films, name)
    pictures = truth(path)
    times = [(p.pts or 0) - (pictures[0].pts or 0) for p in pictures]
    with FrameReader(path, cache) as reader:
        base, place = reader.info.time_base, 0
        reader.at(0)
        for kind, value in walk:
            if kind == "seek":
                seconds = value * float((times[-1] + 10) * base)
                frame: Frame | None = reader.at(seconds)
                place = bisect_right(times, (Fraction(seconds) + Fraction(1, 10**6)) // base) - 1
            elif kind == "key":
                frame = reader.at(value * float(times[-1] * base), exact=False)
                place = times.index((frame.pts or 0) - (pictures[0].pts or 0))
            elif kind == "prepare":
                for _ in range(7):
                    reader.prepare(int(value))
                frame = reader.current
            else:
                for _ in range(int(value)):
                    frame = reader.next() if kind == "next" else reader.previous()
                    moved = place + (1 if kind == "next" else -1)
                    assert (frame is None) == (not 0 <= moved < len(pictures))
                    place = moved if frame is not None else place
                frame = reader.current
            assert same(frame, pictures[place]), (kind, value)
            assert reader.cache.bytes <= cache


@pytest.mark.parametrize("name", ["b-frames.mp4", "uneven.mp4", "open-gop.ts"])
def test_a_moment_shows_the_last_picture_that_begins_at_or_before_it(films: Path, name: str) -> None:
    path = make_film(films, name)
    with FrameReader(path) as reader:
        base = reader.info.time_base
        for index in (0, 7, 21, 22, 47):
            start, end = seconds_of(path, index, base), seconds_of(path, index + 1, base)
            for moment in (start, start - 4e-7, (start + end) / 2, end - 2e-5):
                assert same(reader.at(moment), truth(path)[index])
        assert same(reader.at(-5.0), truth(path)[0])


def test_the_key_picture_comes_at_once_and_says_that_it_is_not_the_exact_one(films: Path) -> None:
    path = make_film(films, "b-frames.mp4")
    with FrameReader(path) as reader:
        reader.at(0)
        moment = seconds_of(path, 31, reader.info.time_base)
        assert same(reader.at(moment, exact=False), truth(path)[24])
        assert not reader.is_exact(moment)
        assert same(reader.at(moment), truth(path)[31])
        assert reader.is_exact(moment)


@pytest.mark.parametrize("name", ALL)
def test_frame_numbers_are_positions_in_the_film(films: Path, name: str) -> None:
    path = make_film(films, name)
    pictures = truth(path)
    whole = name in FILMS
    with FrameReader(path) as reader:
        numbers = []
        while reader.count():
            pass
        frame: Frame | None = reader.at(0)
        while frame is not None:
            numbers.append(reader.number(frame))
            frame = reader.next()
        assert numbers == sorted(set(numbers))
        if whole:
            assert numbers == list(range(len(pictures)))
            assert same(reader.at_number(17), pictures[17])
        with pytest.raises(UsageError, match="There is no frame 9999"):
            reader.at_number(9999)


def test_pictures_that_cannot_be_decoded_keep_their_number(films: Path) -> None:
    path = write_film(films / "holes.mkv", Film(codec="mjpeg", pix_fmt="yuvj420p", color=(2, 2, 2, 2), frames=10))
    blank(path, (3, 6))
    with FrameReader(path) as reader:
        while reader.count():
            pass
        frames = [reader.at(0), *iter(reader.next, None)]
        assert [reader.number(f) for f in frames if f] == [0, 1, 2, 4, 5, 7, 8, 9]


def test_work_in_advance_makes_both_neighbours_ready_and_ends(films: Path) -> None:
    path = make_film(films, "long-gop.mp4")
    with FrameReader(path) as reader:
        reader.at(seconds_of(path, 70, reader.info.time_base))
        while reader.prepare():
            pass
        read = reader.decoded
        for _ in range(6):
            reader.next()
        for _ in range(18):
            assert reader.previous() is not None
        assert reader.decoded == read
        assert same(reader.current, truth(path)[58])


def test_a_search_that_is_interrupted_leaves_the_playhead_where_it_was(films: Path) -> None:
    path = make_film(films, "long-gop.mp4")
    answers: Iterator[bool] = iter([False] * 10 + [True] + [False] * 1000)
    reader = FrameReader(path, interrupted=lambda: next(answers))
    first = reader.at(0)
    with pytest.raises(Cancelled):
        reader.at(seconds_of(path, 100, reader.info.time_base))
    assert reader.current is first
    assert same(reader.at(seconds_of(path, 100, reader.info.time_base)), truth(path)[100])
    reader.close()


def test_a_growing_file_goes_on_where_it_ended(tmp_path: Path) -> None:
    whole = write_film(tmp_path / "whole.ts", B_FRAMES)
    data, pictures = whole.read_bytes(), straight(whole)
    growing = tmp_path / "growing.ts"
    growing.write_bytes(data[: len(data) // 2 // 188 * 188])
    with FrameReader(growing) as reader:
        reader.at(1e6)
        assert reader.next() is None
        there = [p.pts for p in pictures].index(reader.current.pts if reader.current else None)
        growing.write_bytes(data)
        for picture in pictures[there + 1 :]:
            assert same(reader.next(), picture)
        assert reader.next() is None


def test_a_clock_that_jumps_is_followed_from_the_beginning(tmp_path: Path) -> None:
    first = write_film(tmp_path / "a.ts", Film(frames=60, smooth=False))
    second = write_film(tmp_path / "b.ts", Film(frames=40, start=500.0, smooth=False))
    path = tmp_path / "both.ts"
    path.write_bytes(first.read_bytes() + second.read_bytes())
    with FileSource(path) as source:
        pictures = [Picture(f.pts, tuple(p.copy() for p in f.planes)) for f in source]
    with FrameReader(path) as reader:
        reader.at(0)
        for index in (80, 20, 62, 59, 60, 5):
            moment = float(((pictures[index].pts or 0) - (pictures[0].pts or 0)) * reader.info.time_base)
            assert same(reader.at(moment), pictures[index])
        assert same(reader.previous(), pictures[4])


def test_wrong_files_are_sentences(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        FrameReader(tmp_path / "none.mp4")
    (tmp_path / "text.mp4").write_text("no video")
    with pytest.raises(InputError, match="is not a video"):
        FrameReader(tmp_path / "text.mp4")


def test_a_step_needs_a_picture_to_step_from(films: Path) -> None:
    with FrameReader(make_film(films, "b-frames.mp4")) as reader, pytest.raises(UsageError, match="go to a moment first"):
        reader.next()
