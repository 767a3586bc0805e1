"""Thumbnails of recordings: the right picture, from the newest request, kept, and never in the recording's way."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from dehazer import Thumbnail, Thumbnails
from dehazer.errors import DamagedInputError
from dehazer.review import Recording
from dehazer.sources.key_picture import key_picture
from tests.media import Film, write_film, write_moving_texture
from tests.waiting import until


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four seconds that grow brighter, a key frame in every second."""
    path = tmp_path_factory.mktemp("films") / "film.mp4"
    return write_film(path, Film(width=128, height=96, frames=100, options={"g": "25", "preset": "ultrafast"}))


def recording_of(path: Path, **more: object) -> Recording:
    facts = path.stat()
    return Recording(path, "Gate", datetime(2026, 11, 16, tzinfo=UTC), 4.0, "name", facts.st_size, facts.st_mtime_ns, **more)  # type: ignore[arg-type]


@pytest.fixture
def ready() -> list[Thumbnail]:
    return []


@pytest.fixture
def thumbnails(tmp_path: Path, ready: list[Thumbnail]) -> Iterator[Thumbnails]:
    made = Thumbnails(tmp_path / "cache", ready.append)
    yield made
    assert made.stop()


@pytest.mark.parametrize(("seconds", "key"), [(0.0, 0), (0.9, 0), (1.0, 1), (2.7, 2), (3.99, 3), (50.0, 3), (-1, 0)])
def test_the_picture_is_that_of_the_key_frame_before(film: Path, seconds: float, key: float) -> None:
    found, pixels = key_picture(film, seconds, 4.0, (64, 48))
    assert found == pytest.approx(key)
    assert pixels.shape == (48, 64, 3)
    assert pixels.dtype == np.uint8


def test_pictures_of_different_moments_differ(film: Path) -> None:
    first, last = (key_picture(film, s, 4.0, (64, 48))[1].astype(int) for s in (0, 3))
    assert np.abs(first - last).mean() > 5


@pytest.mark.parametrize("start", [0.0, 1000.0])
def test_the_first_picture_is_zero_whatever_the_file_counts_from(tmp_path: Path, start: float) -> None:
    path = write_film(tmp_path / "film.mkv", Film(frames=50, start=start, options={"g": "25", "preset": "ultrafast"}))
    assert key_picture(path, 1.5, 2.0, (64, 48))[0] == pytest.approx(1.0, abs=0.002)


def test_a_turned_picture_stands_upright(tmp_path: Path) -> None:
    upright = write_film(tmp_path / "upright.mp4", Film(width=128, height=64))
    turned = write_film(tmp_path / "turned.mp4", Film(width=128, height=64, rotation=90.0))
    plain, found = key_picture(upright, 0, 0.8, (64, 64))[1], key_picture(turned, 0, 0.8, (64, 64))[1]
    assert plain.shape == (32, 64, 3)
    assert found.shape == (64, 32, 3)
    assert np.abs(np.rot90(plain, 1).astype(int) - found).mean() < 12


def test_pixels_that_are_not_square_are_made_so(tmp_path: Path) -> None:
    path = write_film(tmp_path / "wide.mkv", Film(width=64, height=64, aspect=Fraction(2)))
    assert key_picture(path, 0, 0.8, (100, 100))[1].shape == (50, 100, 3)


def test_a_raw_stream_shows_the_next_key_frame_behind(tmp_path: Path) -> None:
    path = write_film(tmp_path / "film.h264", Film(frames=60))  # a key frame in every tenth picture
    assert key_picture(path, 0, 2.4, (64, 48))[0] == pytest.approx(0)
    assert key_picture(path, 0.9, 2.4, (64, 48))[0] == pytest.approx(1.2)


def test_a_file_without_pictures_is_told(tmp_path: Path, film: Path) -> None:
    path = tmp_path / "damaged.mp4"
    data = film.read_bytes()
    start = data.index(b"mdat") + 4
    path.write_bytes(data[:start] + bytes(len(data[start:data.index(b"moov")]) - 4) + data[data.index(b"moov") - 4:])
    with pytest.raises(DamagedInputError, match=r"damaged\.mp4"):
        key_picture(path, 1.0, 4.0, (64, 48))


def test_a_request_is_answered_in_the_background_and_then_from_memory(film: Path, thumbnails: Thumbnails,
                                                                      ready: list[Thumbnail]) -> None:
    recording = recording_of(film)
    assert thumbnails.request(recording, 2.3) is None
    until(lambda: ready)
    assert (ready[0].film, ready[0].seconds) == (recording, 2.0)
    assert thumbnails.request(recording, 2.9) is ready[0]
    assert len(ready) == 1


def test_only_the_newest_of_many_requests_is_answered(film: Path, tmp_path: Path) -> None:
    ready: list[Thumbnail] = []
    go_on, begun = threading.Event(), threading.Event()

    def hold(thumbnail: Thumbnail) -> None:
        ready.append(thumbnail)
        begun.set()
        go_on.wait(20)

    thumbnails = Thumbnails(tmp_path, hold)
    thumbnails.request(recording_of(film), 0)
    assert begun.wait(20)
    for seconds in (1, 2, 3):
        thumbnails.request(recording_of(film), seconds)
    go_on.set()
    until(lambda: len(ready) == 2)
    assert [t.seconds for t in ready] == [0, 3]
    assert thumbnails.stop()


def test_the_cache_folder_answers_for_a_file_that_is_gone(film: Path, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(film.read_bytes())
    recording, folder = recording_of(path), tmp_path / "cache"
    first, second = ask(folder, recording), ask_without_file(folder, recording)
    assert first.pixels is not None
    assert second.pixels is not None
    assert np.abs(first.pixels.astype(int) - second.pixels).mean() < 4  # JPEG
    assert [f.suffix for f in folder.iterdir()] == [".jpg"]


def test_another_size_of_the_file_is_another_picture(film: Path, tmp_path: Path) -> None:
    path = write_film(tmp_path / "film.mp4", Film())
    first = ask(tmp_path / "cache", recording_of(path))
    path.write_bytes(film.read_bytes())
    second = ask(tmp_path / "cache", recording_of(path))
    assert first.pixels is not None
    assert second.pixels is not None
    assert not np.array_equal(first.pixels, second.pixels)


@pytest.mark.parametrize("spoil", [lambda f: f.write_bytes(b"no picture"), lambda f: f.write_bytes(f.read_bytes()[:200])])
def test_a_damaged_picture_in_the_cache_is_made_anew(film: Path, tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    folder = tmp_path / "cache"
    first = ask(folder, recording_of(film))
    (file,) = folder.iterdir()
    spoil(file)
    second = ask(folder, recording_of(film))
    assert np.array_equal(np.asarray(first.pixels), np.asarray(second.pixels))


def test_without_a_cache_folder_it_works_from_memory(film: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert ask(tmp_path / "file", recording_of(film)).pixels is not None


def test_what_cannot_be_read_is_told_in_a_sentence(tmp_path: Path, thumbnails: Thumbnails, ready: list[Thumbnail]) -> None:
    path = tmp_path / "gone.mp4"
    path.write_text("")
    recording = recording_of(path)
    path.unlink()
    thumbnails.request(recording, 0)
    until(lambda: ready)
    assert ready[0].pixels is None
    assert "gone.mp4" in ready[0].fault


def test_a_file_known_to_be_unreadable_is_not_opened(tmp_path: Path, thumbnails: Thumbnails, ready: list[Thumbnail]) -> None:
    path = tmp_path / "bad.mp4"
    path.write_text("x")
    thumbnails.request(recording_of(path, fault="It holds no video."), 0)
    until(lambda: ready)
    assert ready[0].fault == "It holds no video."


def test_a_growing_file_fills_no_cache(tmp_path: Path) -> None:
    path = write_moving_texture(tmp_path / "film.mkv")
    ask(tmp_path / "cache", recording_of(path, growing=True))
    assert not (tmp_path / "cache").exists()


def test_the_oldest_pictures_leave_a_large_folder(film: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dehazer.sources.thumbnails.LARGEST_FOLDER", 2500)
    for number in range(4):
        file = tmp_path / f"{number}.jpg"
        file.write_bytes(bytes(1000))
        os.utime(file, (1_000_000 + number, 1_000_000 + number))
    ask(tmp_path, recording_of(film))
    assert {"2.jpg", "3.jpg"} <= {f.name for f in tmp_path.iterdir()}
    assert not {"0.jpg", "1.jpg"} & {f.name for f in tmp_path.iterdir()}


def ask(folder: Path, recording: Recording) -> Thumbnail:
    """One thumbnail from a service of its own."""
    ready: list[Thumbnail] = []
    thumbnails = Thumbnails(folder, ready.append)
    assert thumbnails.request(recording, 0) is None
    until(lambda: ready)
    assert thumbnails.stop()
    return ready[0]


def ask_without_file(folder: Path, recording: Recording) -> Thumbnail:
    recording.path.unlink()
    return ask(folder, recording)
