"""The contract of `Source`, run over every entry of SOURCES that needs no network or camera."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dehazer.config import DecodeOptions
from dehazer.errors import UsageError
from dehazer.frames.frame import Frame
from dehazer.sources import SOURCES, open_source
from tests.media import Film, write_film

COUNT = 12


def film(folder: Path) -> str:
    return str(write_film(folder / "ein Film.mp4", Film(frames=COUNT)))


def folder_of_pictures(folder: Path) -> str:
    for number in range(COUNT):
        pixels = np.full((40 + number, 60, 3), 15 * number, np.uint8)
        Image.fromarray(pixels).save(folder / f"Bild {number}.png")
    return str(folder)


def numbered_pictures(folder: Path) -> str:
    folder_of_pictures(folder)
    return str(folder / "Bild %d.png")


def one_picture(folder: Path) -> str:
    Image.fromarray(np.arange(48 * 64 * 3, dtype=np.uint8).reshape(48, 64, 3)).save(folder / "Bild.png")
    return str(folder / "Bild.png")


def animation(folder: Path) -> str:
    first, *rest = [Image.fromarray(np.full((48, 64, 3), 15 * number, np.uint8)) for number in range(COUNT)]
    first.save(folder / "Tanz.webp", save_all=True, append_images=rest, duration=40, lossless=True)
    return str(folder / "Tanz.webp")


def scene(folder: Path) -> str:
    return f"synthetic:width=64,height=48,frames={COUNT},fine=1"


SAMPLES: dict[str, Callable[[Path], str]] = {"file": film, "folder": folder_of_pictures, "numbered": numbered_pictures,
                                              "image": one_picture, "pages": animation, "synthetic": scene}
LIVE = {"camera", "stream", "paced"}
"""Sources without an end have a contract test of their own."""
PIPES = {"pipe"}
"""Standard input, which a process has once, is tested with other programs on both sides (tests/cli/test_pipes.py)."""

sources = pytest.mark.parametrize("name", SAMPLES)


def test_every_registered_source_is_tested_once() -> None:
    names = [kind.name for kind in SOURCES]
    assert len(names) == len(set(names))
    assert set(names) - LIVE - PIPES == set(SAMPLES), "add a sample for the new source here"


@sources
def test_info_is_known_before_the_first_frame_and_true(name: str, tmp_path: Path) -> None:
    where = SAMPLES[name](tmp_path)
    assert next(kind for kind in SOURCES if kind.matches(where)).name == name
    with open_source(where) as source:
        info = source.info
        first = next(iter(source))
    assert (info.width, info.height, info.format, info.color, info.time_base) == (
        first.width, first.height, first.format, first.color, first.time_base)
    assert not info.live
    assert info.frames == (1 if name == "image" else COUNT)


@sources
def test_every_frame_comes_once_in_order_and_then_the_end(name: str, tmp_path: Path) -> None:
    with open_source(SAMPLES[name](tmp_path)) as source:
        frames = list(source)
        assert list(source) == []
        assert len(frames) == source.info.frames
        assert [f.index for f in frames] == list(range(len(frames)))
        times = [f.seconds for f in frames]
        assert all(a is not None and b is not None and a < b for a, b in itertools.pairwise(times))
        assert source.warnings == ()


@sources
def test_frames_stay_what_they_were(name: str, tmp_path: Path) -> None:
    """No buffer is used again under a frame that somebody still holds, not even after the source is closed."""
    kept: list[tuple[Frame, list[np.ndarray]]] = []
    with open_source(SAMPLES[name](tmp_path)) as source:
        for frame in source:
            kept.append((frame, [plane.copy() for plane in frame.planes]))
    assert all(np.array_equal(a, b) for frame, copies in kept for a, b in zip(frame.planes, copies, strict=True))


@sources
def test_the_same_input_gives_the_same_frames(name: str, tmp_path: Path) -> None:
    where = SAMPLES[name](tmp_path)
    with open_source(where) as one, open_source(where) as two:
        for a, b in zip(one, two, strict=True):
            assert (a.pts, a.time_base, a.height) == (b.pts, b.time_base, b.height)
            assert all(np.array_equal(p, q) for p, q in zip(a.planes, b.planes, strict=True))


@sources
def test_closing_twice_is_harmless_and_ends_the_iteration(name: str, tmp_path: Path) -> None:
    source = open_source(SAMPLES[name](tmp_path))
    frames = iter(source)
    next(frames)
    source.close()
    source.close()
    assert list(frames) == []
    assert list(source) == []


@sources
def test_another_thread_may_close(name: str, tmp_path: Path) -> None:
    before = threading.active_count()
    source = open_source(SAMPLES[name](tmp_path))
    started, failed = threading.Event(), []

    def read() -> None:
        try:
            for _ in source:
                started.set()
                time.sleep(0.01)
        except BaseException as error:  # noqa: BLE001  handed to the test's own thread
            failed.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    assert started.wait(10)
    source.close()
    reader.join(10)
    assert not reader.is_alive()
    assert failed == []
    assert threading.active_count() == before


@sources
def test_seek_continues_with_the_frame_shown_then(name: str, tmp_path: Path) -> None:
    with open_source(SAMPLES[name](tmp_path)) as source:
        frames = list(source)
        for seconds in (0.25, 0.0, 0.4, 0.041, 99.0):
            shown = [f for f in frames if f.seconds - frames[0].seconds <= seconds + 1e-9][-1]
            source.seek(seconds)
            again = next(iter(source))
            assert again.pts == shown.pts
            assert all(np.array_equal(p, q) for p, q in zip(again.planes, shown.planes, strict=True))
        rest = list(source)
        assert rest == []


@pytest.mark.parametrize("name", [n for n in SAMPLES if n != "image"])
def test_a_span_selects_by_time(name: str, tmp_path: Path) -> None:
    where = SAMPLES[name](tmp_path)
    with open_source(where) as source:
        wanted = [f.pts for f in source if 0.12 <= f.seconds < 0.32]
    with open_source(where, DecodeOptions(start=0.12, end=0.32)) as source:
        assert [f.pts for f in source] == wanted
        assert len(wanted) == 5


@sources
def test_a_start_behind_the_end_is_an_error_with_a_sentence(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"start .*behind"):
        open_source(SAMPLES[name](tmp_path), DecodeOptions(start=1000.0))
