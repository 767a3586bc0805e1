"""Notifications of a camera are coalesced, and cameras nobody sees are suspended."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import Any

import pytest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dehazer import GovernorStatus
from gui.camera import Camera
from gui.saved_source import SavedSource
from gui.services.settings import Adjustments
from gui.view.readout import governor_text
from tests.gui.conftest import PATIENCE


class FakeSession:
    """A session that only records its calls."""

    def __init__(self, request: Any, options: Any, on_change: Any) -> None:
        self.request, self.options, self.on_change = request, options, on_change
        self.calls: list[str] = []
        self.recording = self.running = False
        self.error = None
        self.publisher = SimpleNamespace(active=False, status=None)

    def __getattr__(self, name: str) -> Any:
        return lambda *_: self.calls.append(name)


@pytest.fixture
def camera(qapp: QApplication) -> Camera:
    made = Camera(SavedSource("rtsp://cam/live"), None, Adjustments())
    made.start(FakeSession)  # type: ignore[arg-type]
    return made


def session_of(camera: Camera) -> FakeSession:
    assert isinstance(camera.session, FakeSession)
    return camera.session


def test_many_notifications_are_one_signal(camera: Camera, qtbot: QtBot) -> None:
    updated: list[int] = []
    camera.updated.connect(lambda: updated.append(1))
    threads = [threading.Thread(target=lambda: [session_of(camera).on_change() for _ in range(200)]) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    qtbot.waitUntil(lambda: bool(updated), timeout=PATIENCE)
    QApplication.processEvents()
    assert len(updated) == 1  # a thousand notifications while the window was busy
    session_of(camera).on_change()
    qtbot.waitUntil(lambda: len(updated) == 2, timeout=PATIENCE)


def test_a_camera_nobody_sees_is_suspended(camera: Camera) -> None:
    camera.set_hidden(True)
    camera.set_hidden(True)
    assert session_of(camera).calls == ["start", "pause"]
    camera.set_hidden(False)
    assert session_of(camera).calls == ["start", "pause", "resume"]


def test_a_recording_or_an_alarm_keeps_a_hidden_camera_running(camera: Camera) -> None:
    session_of(camera).recording = True
    camera.set_hidden(True)
    assert session_of(camera).calls == ["start"]
    session_of(camera).recording = False
    camera.set_adjustments(Adjustments(alarm=40))
    assert session_of(camera).calls == ["start"]
    camera.set_adjustments(Adjustments())
    assert session_of(camera).calls == ["start", "pause"]


def test_a_pause_of_the_users_outlives_hiding(camera: Camera) -> None:
    camera.set_paused(True)
    camera.set_hidden(True)
    camera.set_hidden(False)
    assert session_of(camera).calls == ["start", "pause"]
    camera.set_paused(False)
    assert session_of(camera).calls[-1] == "resume"


def test_adjustments_reach_the_session(camera: Camera) -> None:
    camera.set_adjustments(Adjustments(strength=40, temporal=0.2, bypass=9))
    options = session_of(camera).options
    assert (options.strength, options.temporal, options.bypass) == (40, 0.2, 9)


def test_before_the_engine_is_there_a_camera_says_so(qapp: QApplication) -> None:
    camera = Camera(SavedSource("rtsp://cam/live"), None, Adjustments())
    assert camera.state.kind == "opening"
    assert camera.snapshot() is None
    assert camera.take() is None
    camera.engine_error = RuntimeError("no weights")
    assert (camera.state.kind, camera.state.sentence) == ("failed", "no weights")


def test_the_governor_says_what_it_gave_up() -> None:
    assert governor_text(None) == governor_text(GovernorStatus()) == ""
    assert governor_text(GovernorStatus(target_fps=25.0)) == "full quality"
    assert governor_text(GovernorStatus(target_fps=25.0, given_up=("a", "b"))) == "b"
