"""The public door: what it takes, what it refuses with a sentence, and what it leaves behind (nothing)."""

from __future__ import annotations

import os
import pickle
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import dehazer
from dehazer import MODELS, Dehazer, DehazerError, HazeField, Report
from dehazer.errors import ConfigError, UsageError, WeightsError
from tests.cli.conftest import frame_count, write_clip
from tests.media import planes_of
from tests.pictures import rgb_picture

PICTURE = rgb_picture(40, 60)


@pytest.fixture
def clear(random_weights: Path) -> Dehazer:
    return Dehazer(device="cpu", backend="torch")


def views() -> dict[str, np.ndarray]:
    locked = PICTURE.copy()
    locked.flags.writeable = False
    return {"read-only": locked, "flipped": PICTURE[:, ::-1], "BGR": PICTURE[..., ::-1], "every other": PICTURE[::2, ::3],
            "Fortran": np.asfortranarray(PICTURE), "turned": PICTURE.transpose(1, 0, 2), "one pixel": PICTURE[:1, :1]}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", views())
def test_any_array_of_pixels_is_as_good_as_a_plain_one(clear: Dehazer, name: str) -> None:
    given = views()[name]
    before = given.copy()
    result = clear.image(given)
    assert (result.shape, result.dtype) == (given.shape, np.uint8)
    assert np.array_equal(result, clear.image(np.ascontiguousarray(given)))
    assert np.array_equal(given, before)
    assert result.flags.writeable
    assert not np.shares_memory(result, given)


@pytest.mark.parametrize("given", [
    PICTURE.astype(np.float32), PICTURE.astype(np.uint16), PICTURE[..., 0], PICTURE[None], PICTURE.transpose(2, 0, 1),
    PICTURE[:0], PICTURE[:, :0], PICTURE > 3, PICTURE.tolist(), None, "photo.jpg",
], ids=lambda given: f"{type(given).__name__}{getattr(given, 'shape', '')}")
def test_what_is_no_picture_is_refused(clear: Dehazer, given: Any) -> None:
    for door in (clear.image, clear.field):
        with pytest.raises(UsageError, match="uint8") as caught:
            door(given)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("wish", "error"), [
    ({"strength": 80}, UsageError), ({"strength": -0.1}, UsageError), ({"strength": float("nan")}, UsageError),
    ({"strength": "1"}, UsageError), ({"model": "magic"}, ConfigError), ({"model": None}, ConfigError),
    ({"device": 0}, ConfigError), ({"device": "cuda:x"}, ConfigError), ({"precision": 16}, ConfigError),
    ({"weights": 5}, ConfigError), ({"weights": "none.safetensors"}, WeightsError), ({"backend": "tpu"}, ConfigError),
])
def test_wrong_wishes_are_one_sentence(random_weights: Path, wish: dict[str, Any], error: type[DehazerError]) -> None:
    with pytest.raises(error) as caught:
        Dehazer(**wish)
    assert "\n" not in str(caught.value)


def test_weights_may_be_a_path(random_weights: Path) -> None:
    assert Dehazer(device="cpu", backend="torch", weights=random_weights / "field-its.safetensors").engine.card.name == "its"


def test_strength_zero_changes_nothing(random_weights: Path) -> None:
    assert np.array_equal(Dehazer(device="cpu", backend="torch", strength=0).image(PICTURE), PICTURE)


@pytest.mark.parametrize("name", ["field", "student"])
def test_strength_is_checked_when_it_changes(random_weights: Path, name: str) -> None:
    clear = Dehazer(name, device="cpu", backend="torch")
    with pytest.raises(UsageError, match="between 0 and 1"):
        clear.strength = 5
    assert clear.strength == 1.0


def test_the_field_says_what_the_image_is(clear: Dehazer) -> None:
    from dehazer.frames.frame import frame_from_rgb

    field = clear.field(PICTURE)
    assert isinstance(field, HazeField)
    assert np.array_equal(field.apply(frame_from_rgb(PICTURE)).planes[0], clear.image(PICTURE))
    assert "field" in MODELS
    assert set(dehazer.__all__) >= {"Dehazer", "HazeField", "MODELS", "Report", "DehazerError"}


def test_fields_need_a_field_network(random_weights: Path) -> None:
    with pytest.raises(UsageError, match="model='field'"):
        Dehazer("student", device="cpu", backend="torch").field(PICTURE)


def test_a_video_gives_a_report(clear: Dehazer, tmp_path: Path) -> None:
    seen: list[int] = []
    report = clear.video(write_clip(tmp_path / "in.mp4"), tmp_path / "out.mp4", lambda moment: seen.append(moment.original.index),
                         compare="side", crf=30, temporal=None)
    assert isinstance(report, Report)
    assert (report.frames, report.complete, report.output, seen) == (8, True, str(tmp_path / "out.mp4"), list(range(8)))
    assert frame_count(tmp_path / "out.mp4") == 8


@pytest.mark.parametrize("wish", [
    {"foo": 1}, {"strength": 50}, {"temporal": "high"}, {"crf": "20"}, {"start": "0:00:01"}, {"start": -1}, {"codec": 5},
    {"compare": "both"}, {"overwrite": "no"}, {"end": 0}, {"start": float("inf")}, {"end": float("nan")},
], ids=str)
def test_wrong_options_of_a_video_are_one_sentence(clear: Dehazer, tmp_path: Path, wish: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as caught:
        clear.video(write_clip(tmp_path / "in.mp4"), tmp_path / "out.mp4", **wish)
    assert next(iter(wish)) in str(caught.value).replace("-", "_")
    assert [p.name for p in tmp_path.iterdir()] == ["in.mp4"]


@pytest.mark.parametrize(("source", "target", "words"), [
    ("", "out.mp4", "empty"), ("in.mp4", "", "empty"), ("in.mp4", ".", "folder"), ("none.mp4", "out.mp4", "does not exist"),
    ("in.mp4", "none/out.mp4", "does not exist"), ("in.mp4", "in.mp4", "overwrite the input"),
])
def test_wrong_places_are_one_sentence(clear: Dehazer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, target: str,
                                       words: str) -> None:
    monkeypatch.chdir(tmp_path)
    write_clip(Path("in.mp4"))
    with pytest.raises(DehazerError, match=words):
        clear.video(source, target)
    assert [p.name for p in tmp_path.iterdir()] == ["in.mp4"]


def test_pictures_into_the_folder_one_stands_in(clear: Dehazer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clip = write_clip(tmp_path / "in.mp4", frames=2)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert clear.video(clip, ".").frames == 2
    assert sorted(p.name for p in Path().iterdir()) == ["000001.png", "000002.png"]


@pytest.fixture
def heard() -> Iterator[None]:
    """Ctrl+C raises KeyboardInterrupt; a shell that started the tests in the background would have it ignored."""
    old = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, old)


def test_an_interrupt_leaves_no_thread_and_no_file(clear: Dehazer, tmp_path: Path, heard: None) -> None:
    """Ctrl+C in a notebook: a KeyboardInterrupt, raised wherever the main thread is."""
    clip = write_clip(tmp_path / "in.mp4", frames=400)

    def interrupt(moment: object) -> None:
        if not interrupted.is_set():
            interrupted.set()
            os.kill(os.getpid(), signal.SIGINT)

    interrupted = threading.Event()
    with pytest.raises(KeyboardInterrupt):
        clear.video(clip, tmp_path / "out.mp4", interrupt)
    assert [t.name for t in threading.enumerate() if t.name in ("dehazer-reader", "dehazer-compute", "dehazer-writer")] == []
    assert [p.name for p in tmp_path.iterdir()] == ["in.mp4"]


def test_nothing_is_left_open_after_many_videos(clear: Dehazer, tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "in.mp4")
    clear.video(clip, tmp_path / "out.mp4")
    threads, files = threading.active_count(), len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0
    for _ in range(5):
        clear.video(clip, tmp_path / "out.mp4", overwrite=True)
    assert threading.active_count() == threads
    assert not files or len(os.listdir("/proc/self/fd")) == files


@pytest.mark.parametrize("backend", ["torch", "openvino"])
def test_eight_threads_get_what_one_gets(random_weights: Path, backend: str) -> None:
    """Of pictures of several sizes, so that networks are compiled while others compute."""
    one = Dehazer(device="cpu", backend=backend, precision="fp32")
    pictures = [rgb_picture(48 + 16 * (index % 3), 64 + 16 * (index % 2)) for index in range(24)]
    expected = [one.image(picture) for picture in pictures]
    shared = Dehazer(device="cpu", backend=backend, precision="fp32")
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(shared.image, pictures))
    assert all(np.array_equal(answer, wanted) for answer, wanted in zip(answers, expected, strict=True))
    assert shared.engine.warnings == ()


def test_two_films_at_once(random_weights: Path, tmp_path: Path) -> None:
    clips = [write_clip(tmp_path / f"{index}.mp4") for index in range(2)]
    clear = Dehazer(device="cpu", backend="openvino", precision="fp32")
    with ThreadPoolExecutor(2) as threads:
        reports = list(threads.map(lambda clip: clear.video(clip, clip.with_suffix(".mkv"), codec="ffv1"), clips))
    assert [report.frames for report in reports] == [8, 8]
    assert clips[0].with_suffix(".mkv").read_bytes() != b""
    assert decoded_pictures(clips[0].with_suffix(".mkv")) == decoded_pictures(clips[1].with_suffix(".mkv"))


def decoded_pictures(path: Path) -> list[bytes]:
    return [plane.tobytes() for planes in planes_of(path) for plane in planes]


def test_it_can_be_pickled_by_its_options(random_weights: Path) -> None:
    given = Dehazer(device="cpu", backend="torch", weights="its", strength=0.5, precision="fp32")
    kept = pickle.dumps(given)
    assert len(kept) < 2000  # the options, not the network
    again: Dehazer = pickle.loads(kept)
    assert (again.strength, again.engine.card.name) == (0.5, "its")
    assert np.array_equal(again.image(PICTURE), given.image(PICTURE))
