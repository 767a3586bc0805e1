"""Cameras: OpenCV's capture is real and reads a film in place of a device; FFmpeg's words are real exceptions."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import av.error
import cv2
import numpy as np
import pytest

from dehazer.errors import AccessError, DehazerError, LinkError
from dehazer.frames.color import frame_to_rgb
from dehazer.sources import camera
from dehazer.sources.camera import CameraSource, camera_trouble, device_of
from dehazer.sources.camera_names import find_cameras
from dehazer.sources.request import SourceRequest
from tests.media import write_moving_texture
from tests.waiting import until


def opened(film: Path, **more: float) -> CameraSource:
    return CameraSource(SourceRequest("camera:0", **more), str(film))  # type: ignore[arg-type]


def test_pictures_arrive_newest_first_with_the_clock_on_them(film: Path) -> None:
    began = time.monotonic()
    with opened(film) as source:
        frame = next(iter(source))
        assert source.info.live
        assert (frame.height, frame.width, frame.format.name) == (96, 128, "yuv420p")
        assert began < (frame.captured or 0) < time.monotonic()
        assert frame.seconds == pytest.approx(frame.captured)


def test_colours_survive_the_way_through_opencv(film: Path) -> None:
    with opened(film) as source:
        frame = next(iter(source))
        rgb = (frame_to_rgb(frame) * 255).numpy()
    assert abs(float(rgb.mean()) - 80) < 20  # the film's grey
    assert float(np.abs(rgb[0] - rgb[2]).mean()) < 25


def test_odd_sizes_stay_rgb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    film = write_moving_texture(tmp_path / "even.mp4")
    with opened(film) as source:
        frame = source._frame(1.0, np.zeros((95, 127, 3), np.uint8))
    assert frame.format.name == "rgb24"
    assert (frame.height, frame.width) == (95, 127)


def test_a_camera_that_is_unplugged_is_a_link_error(film: Path) -> None:
    with opened(film) as source, pytest.raises(LinkError, match="unplugged"):
        list(source)  # the film's end looks like a cable that was pulled


def test_a_camera_that_hangs_is_noticed_at_the_deadline(film: Path) -> None:
    with opened(film, deadline=0.3) as source:
        next(iter(source))
        source._capture = Hanging(source._capture)
        with pytest.raises(LinkError, match=r"gave no picture for 0\.3 seconds"):
            list(source)
        source._capture.released.set()


class Hanging:
    """A driver that does not return from grabbing."""

    def __init__(self, real: object) -> None:
        self.released, self._real = threading.Event(), real

    def grab(self) -> bool:
        self.released.wait(5)
        return False

    def retrieve(self) -> tuple[bool, None]:
        return False, None

    def release(self) -> None:
        self._real.release()  # type: ignore[attr-defined]


class Raising(Hanging):
    """A driver that raises where others answer False."""

    def grab(self) -> bool:
        return True

    def retrieve(self) -> tuple[bool, None]:
        raise cv2.error("the cable is loose")


def test_a_driver_that_raises_counts_as_unplugged(film: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera, "_MISSES", 3)
    with opened(film, deadline=120.0) as source:
        next(iter(source))
        real, source._capture = source._capture, Raising(source._capture)
        with pytest.raises(LinkError, match="unplugged"):
            list(source)
        assert not real.isOpened()


class Counting(Hanging):
    """A driver whose grabbed pictures are counted."""

    def __init__(self, real: object) -> None:
        super().__init__(real)
        self.grabs = 0

    def grab(self) -> bool:
        self.grabs += 1
        return bool(self._real.grab())  # type: ignore[attr-defined]

    def retrieve(self) -> tuple[bool, np.ndarray]:
        return self._real.retrieve()  # type: ignore[attr-defined,no-any-return]


def test_a_paused_camera_grabs_but_gives_nothing(tmp_path: Path) -> None:
    long = write_moving_texture(tmp_path / "long.mp4", frames=2000, size=(32, 32))
    with opened(long) as source:
        next(iter(source))
        source.pause()
        source._capture = driver = Counting(source._capture)
        until(lambda: driver.grabs >= 2)  # what was under way when the pause began is over
        source._newest = None
        seen = driver.grabs
        until(lambda: driver.grabs >= seen + 5)
        assert source._newest is None
        source.end()
        assert list(source) == []


def test_there_is_no_camera(tmp_path: Path) -> None:
    with pytest.raises(LinkError, match="no camera"):
        CameraSource(SourceRequest("camera:0"), str(tmp_path / "nothing"))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names of cameras come from Linux's /sys")
def test_names_come_from_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, (name, index) in enumerate([("HD Webcam", "0"), ("HD Webcam", "1"), ("HD Webcam", "0"), ("Microscope", "0")]):
        node = tmp_path / f"video{number}"
        node.mkdir()
        (node / "name").write_text(name + "\n")
        (node / "index").write_text(index + "\n")
    monkeypatch.setattr("dehazer.sources.camera_names.VIDEO4LINUX", tmp_path)
    assert find_cameras() == {"HD Webcam": "/dev/video0", "HD Webcam (2)": "/dev/video2", "Microscope": "/dev/video3"}
    assert device_of("Microscope") == "/dev/video3"
    assert device_of("7") == "/dev/video7"
    with pytest.raises(LinkError, match="HD Webcam, HD Webcam \\(2\\), Microscope"):
        device_of("Telescope")


@pytest.mark.parametrize(("error", "kind", "words"), [
    (av.error.PermissionError(13, "Permission denied"), AccessError, "may not be used"),
    (av.error.OSError(16, "Device or resource busy"), LinkError, "in use by another program"),
    (av.error.FileNotFoundError(2, "No such file"), LinkError, "no camera at"),
    (av.error.OSError(19, "No such device"), LinkError, "no camera at"),
    (av.error.OSError(5, "Input/output error"), LinkError, "cannot be read"),
])
def test_what_the_system_says_becomes_a_sentence(error: BaseException, kind: type[DehazerError], words: str) -> None:
    trouble = camera_trouble(error, "/dev/video0")
    assert isinstance(trouble, kind)
    assert words in str(trouble)
