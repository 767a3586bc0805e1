"""The contract of `Sink`, run over every entry of SINKS and the sinks made by hand."""

from __future__ import annotations

import threading
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from dehazer.files.output_paths import is_partial
from dehazer.files.pictures import numbered_pictures
from dehazer.frames.frame import PIXEL_FORMATS, ColorTags, Frame, VideoInfo
from dehazer.sinks import SINKS, Sink, open_sink
from tests.virtual_cameras import DEVICE, memory_camera

INFO = VideoInfo(64, 48, PIXEL_FORMATS["yuv420p"], ColorTags(1, 1, 1, 1), Fraction(1, 25), Fraction(25), 1)
TARGETS = {"video": "ein Film.mp4", "image": "Bild.png", "folder": "Bilder", "numbered": "Bild %d.png", "null": "null:",
           "publish": "udp://127.0.0.1:9", "virtual camera": f"virtualcam:{DEVICE}",
           "pipe": "-", "gif": "ein Tanz.gif"}
NOWHERE = ("null", "pipe", "publish", "virtual camera")


def frame(index: int = 0) -> Frame:
    ramp = (np.arange(64)[None] + np.arange(48)[:, None] + 9 * index).astype(np.uint8)
    chroma = np.full((24, 32), 128, np.uint8)
    return Frame((ramp, chroma, chroma), INFO.format, 48, 64, INFO.color, index, Fraction(1, 25), index)


def opener(name: str, folder: Path) -> Callable[[], Sink]:
    if name == "virtual camera":
        memory_camera()
    if name in NOWHERE:
        return lambda: open_sink(TARGETS[name], INFO)
    return lambda: open_sink(folder / TARGETS[name], INFO)


sinks = pytest.mark.parametrize("name", TARGETS)


def left_in(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.rglob("*"))


def is_there(path: Path) -> bool:
    return path.exists() or bool(numbered_pictures(path))


def test_every_registered_sink_is_tested_once() -> None:
    names = [kind.name for kind in SINKS]
    assert len(names) == len(set(names))
    assert set(names) == set(TARGETS), "add a target for the new sink here"


@sinks
def test_finish_gives_the_final_name_and_nothing_else(name: str, tmp_path: Path) -> None:
    with opener(name, tmp_path)() as sink:
        assert isinstance(sink.warnings, tuple)
        sink.write(frame())
        result = sink.finish()
    assert (result.frames, result.complete) == (1, True)
    if result.path is not None:
        assert result.path == tmp_path / TARGETS[name]
        assert is_there(result.path)
        assert not any(is_partial(p) for p in tmp_path.iterdir())


@sinks
def test_leaving_without_finish_leaves_nothing(name: str, tmp_path: Path) -> None:
    with opener(name, tmp_path)() as sink:
        sink.write(frame())
    assert left_in(tmp_path) == []


@sinks
def test_an_error_on_the_way_leaves_nothing_and_comes_out_unchanged(name: str, tmp_path: Path) -> None:
    def failing() -> None:
        with opener(name, tmp_path)() as sink:
            sink.write(frame())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert left_in(tmp_path) == []


@sinks
def test_opened_and_left_at_once_leaves_nothing(name: str, tmp_path: Path) -> None:
    with opener(name, tmp_path)():
        pass
    assert left_in(tmp_path) == []


@sinks
def test_stop_keeps_the_work_but_never_the_final_name(name: str, tmp_path: Path) -> None:
    with opener(name, tmp_path)() as sink:
        sink.write(frame())
        result = sink.stop()
    assert (result.frames, result.complete) == (1, False)
    if name not in NOWHERE:
        assert is_partial(result.path)
        assert result.path.name.startswith(Path(TARGETS[name]).stem)
        assert result.path.exists()
        assert not (tmp_path / TARGETS[name]).exists()


@sinks
def test_no_frame_no_file(name: str, tmp_path: Path) -> None:
    for end in ("finish", "stop"):
        with opener(name, tmp_path)() as sink:
            result = getattr(sink, end)()
        assert (result.path, result.frames) == (None, 0)
        assert left_in(tmp_path) == []


@sinks
def test_discard_may_come_twice_and_not_after_finish(name: str, tmp_path: Path) -> None:
    sink = opener(name, tmp_path)()
    sink.write(frame())
    sink.discard()
    sink.discard()
    assert left_in(tmp_path) == []
    other = opener(name, tmp_path)()
    other.write(frame())
    result = other.finish()
    other.discard()
    assert result.path is None or is_there(result.path)


@sinks
def test_no_thread_outlives_a_sink(name: str, tmp_path: Path) -> None:
    before = threading.active_count()
    with opener(name, tmp_path)() as sink:
        sink.write(frame())
        sink.finish()
    assert threading.active_count() == before


@pytest.mark.parametrize("name", ["video", "folder", "null", "pipe", "gif"])
def test_many_frames_are_counted(name: str, tmp_path: Path) -> None:
    with opener(name, tmp_path)() as sink:
        for index in range(7):
            sink.write(frame(index))
        assert sink.finish().frames == 7
