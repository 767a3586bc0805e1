"""A camera's wake-ups are coalesced, and what nobody sees does not run."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.choice import Choice
from gui.session import Camera, governed, readout_from
from gui.settings import Look
from tests.gui.conftest import PATIENCE


class Quiet:
    """A session that only remembers what it was told."""

    def __init__(self, request: Any, options: Any, on_change: Any) -> None:
        self.request, self.options, self.on_change = request, options, on_change
        self.told: list[str] = []
        self.recording = self.running = False
        self.error = None

    def __getattr__(self, name: str) -> Any:
        return lambda *_: self.told.append(name)


@pytest.fixture
def camera(qapp: QApplication) -> Camera:
    made = Camera(Choice("rtsp://cam/live"), None, Look())
    made.start(Quiet)  # type: ignore[arg-type]
    return made


def quiet(camera: Camera) -> Quiet:
    assert isinstance(camera.session, Quiet)
    return camera.session


def test_many_knocks_are_one_event(camera: Camera, qtbot: QtBot) -> None:
    woken: list[int] = []
    camera.woken.connect(lambda: woken.append(1))
    knocks = [threading.Thread(target=lambda: [quiet(camera).on_change() for _ in range(200)]) for _ in range(5)]
    for thread in knocks:
        thread.start()
    for thread in knocks:
        thread.join()
    qtbot.waitUntil(lambda: bool(woken), timeout=PATIENCE)
    qtbot.wait(20)
    assert len(woken) == 1  # a thousand knocks while the window was busy
    quiet(camera).on_change()
    qtbot.waitUntil(lambda: len(woken) == 2, timeout=PATIENCE)


def test_what_nobody_sees_rests(camera: Camera) -> None:
    camera.set_unseen(True)
    camera.set_unseen(True)
    assert quiet(camera).told == ["start", "pause"]
    camera.set_unseen(False)
    assert quiet(camera).told == ["start", "pause", "resume"]


def test_a_recording_or_an_alarm_keeps_an_unseen_camera_at_work(camera: Camera) -> None:
    quiet(camera).recording = True
    camera.set_unseen(True)
    assert quiet(camera).told == ["start"]
    quiet(camera).recording = False
    camera.set_look(Look(alarm=40))
    assert quiet(camera).told == ["start"]
    camera.set_look(Look())
    assert quiet(camera).told == ["start", "pause"]


def test_a_pause_of_the_users_outlives_hiding(camera: Camera) -> None:
    camera.set_paused(True)
    camera.set_unseen(True)
    camera.set_unseen(False)
    assert quiet(camera).told == ["start", "pause"]
    camera.set_paused(False)
    assert quiet(camera).told[-1] == "resume"


def test_a_look_reaches_the_session(camera: Camera) -> None:
    camera.set_look(Look(strength=40, temporal=0.2, bypass=9))
    options = quiet(camera).options
    assert (options.strength, options.temporal, options.bypass) == (40, 0.2, 9)


def test_before_the_engine_is_there_a_camera_says_so(qapp: QApplication) -> None:
    camera = Camera(Choice("rtsp://cam/live"), None, Look())
    assert camera.status.kind == "opening"
    assert camera.numbers() is None
    assert camera.take() is None
    camera.trouble = RuntimeError("no weights")
    assert (camera.status.kind, camera.status.sentence) == ("failed", "no weights")


def test_a_snapshot_becomes_a_readout() -> None:
    numbers = {"captured": 5, "painted": 4, "captured_fps": 25.0, "computed_fps": 24.0, "painted_fps": 23.0,
               "latency_ms_p50": 30.0, "latency_ms_p95": None, "queue": 1, "drops": {"late": 2}, "model": "field",
               "weights": "real", "device": "cpu", "precision": "fp32", "grid": [56, 100], "haze": 0.4, "visibility": 0.5,
               "haze_history": [None, 0.4],
               "flicker_before": 1.0, "flicker_after": 0.5, "age_s": 0.1, "bypassed": False, "width": 640, "height": 360}
    now = readout_from(numbers)
    assert (now.grid, now.size, now.flicker, now.history) == ((56, 100), (640, 360), (1.0, 0.5), (None, 0.4))


def test_the_governor_says_what_it_gave_up() -> None:
    idle = {"target_fps": None, "target_latency_ms": None, "given_up": []}
    assert governed(None) == governed(idle) == ""
    assert governed({**idle, "target_fps": 25.0}) == "full quality"
    assert governed({**idle, "target_fps": 25.0, "given_up": ["a", "b"]}) == "b"
