"""Packets in, pictures out, without the source around it: order, times, damage, and moments found exactly."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import av
import pytest
from av.container import InputContainer
from av.video.stream import VideoStream

from dehazer.sources._decoder import Decoder, _counted, promised_end
from tests.media import Film, stamps_of, write_film


class Opener:
    """Opens a film for a decoder. times: how often."""

    def __init__(self, path: Path) -> None:
        self.path, self.times = path, 0

    def __call__(self) -> tuple[InputContainer, VideoStream]:
        self.times += 1
        container = av.open(str(self.path))
        return container, container.streams.video[0]


def pictures(decoder: Decoder) -> list[av.VideoFrame]:
    return list(iter(decoder.read, None))


@pytest.fixture(scope="module")
def b_frames(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds with B-frames and a keyframe every ten pictures."""
    film = Film(frames=50, time_base=Fraction(1, 1000), options={"bf": "3", "preset": "medium", "g": "10"})
    return write_film(tmp_path_factory.mktemp("films") / "b.mp4", film)


@pytest.fixture
def decoder(b_frames: Path) -> Iterator[Decoder]:
    decoder = Decoder(Opener(b_frames))
    yield decoder
    decoder.close()


def test_every_picture_comes_once_in_order_and_then_nothing(decoder: Decoder, b_frames: Path) -> None:
    base, stamps = stamps_of(b_frames)
    assert decoder.time_base == base
    assert [p.pts for p in pictures(decoder)] == stamps
    assert decoder.read() is None
    assert decoder.warnings == ()


def test_restarting_opens_the_file_anew_and_begins_with_the_first_picture(b_frames: Path) -> None:
    opener = Opener(b_frames)
    decoder = Decoder(opener)
    first = decoder.read()
    pictures(decoder)
    decoder.restart()
    again = decoder.read()
    assert first is not None
    assert again is not None
    assert (again.pts, opener.times) == (first.pts, 2)
    decoder.close()


def test_closing_twice_is_harmless(b_frames: Path) -> None:
    decoder = Decoder(Opener(b_frames))
    decoder.close()
    decoder.close()


@pytest.mark.parametrize("index", [0, 1, 9, 10, 11, 27, 48])
def test_the_pictures_around_a_moment_are_neighbours(decoder: Decoder, b_frames: Path, index: int) -> None:
    stamps = stamps_of(b_frames)[1]
    for offset, wanted in ((0, (index, index + 1)), (1, (index, index + 1)), (-1, (index - 1, index))):
        before, after = decoder.around(stamps[index] + offset)
        found = [None if p is None else stamps.index(p.pts or 0) for p in (before, after)]
        assert found == [None if i < 0 else i for i in wanted]
        following = decoder.read()
        assert (following and stamps.index(following.pts or 0)) == (None if wanted[1] + 1 >= len(stamps) else wanted[1] + 1)


def test_behind_the_end_there_is_only_a_picture_before(decoder: Decoder, b_frames: Path) -> None:
    stamps = stamps_of(b_frames)[1]
    before, after = decoder.around(stamps[-1] + 10_000)
    assert before is not None
    assert (before.pts, after) == (stamps[-1], None)


@pytest.mark.parametrize(("name", "film"), [
    ("b.avi", Film(codec="mpeg4", frames=40, options={"bf": "2", "g": "10"}, smooth=False)),
    ("open.ts", Film(codec="mpeg2video", frames=40, options={"bf": "2", "g": "10"}, smooth=False)),
    ("open.mp4", Film(frames=40, options={"bf": "3", "preset": "medium", "x264-params": "open-gop=1:keyint=10:scenecut=0"},
                      smooth=False)),
])
def test_pictures_found_by_a_search_are_those_of_decoding_from_the_beginning(tmp_path: Path, name: str, film: Film) -> None:
    path = write_film(tmp_path / name, film)
    decoder = Decoder(Opener(path))
    whole = {p.pts: p.to_ndarray() for p in pictures(decoder)}
    assert len(whole) == 40
    for pts in list(whole)[::-3]:
        found = decoder.around(pts or 0)[0]
        assert found is not None
        assert found.pts == pts
        assert (found.to_ndarray() == whole[pts]).all()
    decoder.close()


def test_damaged_packets_are_counted_and_skipped(tmp_path: Path) -> None:
    path = write_film(tmp_path / "in.mkv", Film(codec="mjpeg", pix_fmt="yuvj420p", color=(2, 2, 2, 2), frames=10))
    data = bytearray(path.read_bytes())
    with av.open(str(path)) as file:
        spots = [(p.pos, p.size) for p in file.demux(video=0) if p.size]
    for position, size in (spots[3], spots[6]):
        data[position + 6 : position + size] = bytes(size - 6)
    path.write_bytes(data)
    decoder = Decoder(Opener(path))
    assert len(pictures(decoder)) == 8
    assert decoder.damaged == 2
    assert decoder.warnings == ("2 damaged packets could not be decoded and were skipped.",)
    decoder.close()


@pytest.mark.parametrize(("number", "wanted"), [(1, "1 packet was, 1 picture, 1 time"),
                                                 (2, "2 packets were, 2 pictures, 2 times")])
def test_one_is_said_as_one(number: int, wanted: str) -> None:
    assert _counted("{n} {packet} {was}, {n} {picture}, {n} {time}", number) == wanted


def test_a_file_cut_off_says_how_much_of_it_is_there(tmp_path: Path) -> None:
    path = write_film(tmp_path / "in.mp4", Film(frames=50, smooth=False), movflags="faststart")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    decoder = Decoder(Opener(path))
    seconds = len(pictures(decoder)) / 25
    assert any(w == f"The file ends early: {seconds:.1f} of 2.0 seconds are there." for w in decoder.warnings)
    decoder.close()


class Failing:
    """A container whose packets fail to be read, so many times in a row after each one."""

    def __init__(self, container: InputContainer, failures: int) -> None:
        self._container, self._failures, self.format = container, failures, container.format
        self._packets, self._left = container.demux(video=0), 0

    def demux(self, stream: VideoStream) -> Iterator[object]:
        while True:
            if self._left:
                self._left -= 1
                raise av.error.OSError(5, "Input/output error")
            packet = next(self._packets, None)
            if packet is None:
                return
            self._left = self._failures
            yield packet

    def close(self) -> None:
        self._container.close()


@pytest.mark.parametrize(("failures", "count"), [(1, 50), (19, 50), (20, 1)])
def test_failed_reads_are_survived_until_too_many_come_in_a_row(b_frames: Path, failures: int, count: int) -> None:
    def opened() -> tuple[Any, VideoStream]:
        container = av.open(str(b_frames))
        return Failing(container, failures), container.streams.video[0]

    decoder = Decoder(opened)
    seen = len(pictures(decoder))
    assert seen == 50 if count == 50 else seen <= 1
    assert decoder.unread >= failures
    decoder.close()


def test_pictures_without_a_time_are_placed_at_the_constant_rate(tmp_path: Path) -> None:
    decoder = Decoder(Opener(write_film(tmp_path / "raw.h264", Film(frames=12))))
    found = pictures(decoder)
    steps = {(b.pts or 0) - (a.pts or 0) for a, b in itertools.pairwise(found)}
    assert len(found) == 12
    assert len(steps) == 1
    assert Fraction(steps.pop()) * decoder.time_base == Fraction(1, 25)
    decoder.close()


@pytest.mark.parametrize(("name", "duration", "tag", "seconds"), [
    ("mov,mp4", 500, None, 6), ("matroska,webm", None, "00:01:02.500000000", 62.5), ("matroska,webm", 7, "01:00:00", 3600),
    ("matroska,webm", 7, None, None), ("mov,mp4", None, None, None), ("matroska,webm", None, "soon", None),
])
def test_where_a_film_ends_by_its_header(name: str, duration: int | None, tag: str | None, seconds: float | None) -> None:
    container = SimpleNamespace(format=SimpleNamespace(name=name))
    stream = SimpleNamespace(time_base=Fraction(1, 100), metadata={} if tag is None else {"DURATION": tag}, duration=duration,
                             start_time=100, container=container)
    end = promised_end(cast(VideoStream, stream))
    assert end == (None if seconds is None else Fraction(seconds) * 100)
