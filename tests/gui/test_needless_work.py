"""What happens for every picture, or several times a second, does nothing where nothing has changed: calls are counted."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QTimer
from PyQt6.QtGui import QIcon
from PyQt6.QtWidgets import QApplication

from gui.camera import Camera
from gui.controllers.refresh import INTERVAL, RESTING
from gui.main_window import MainWindow
from gui.saved_source import SavedSource
from gui.services.settings import Adjustments
from gui.theme import theme
from gui.widgets.buttons import IconButton
from tests.gui.conftest import camera_of


def test_the_state_of_a_camera_is_told_without_looking_at_its_source_again(
        qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    file = Camera(SavedSource("film.mp4"), None, Adjustments())
    as_live = Camera(SavedSource("film.mp4", live=True), None, Adjustments())
    address = Camera(SavedSource("rtsp://cam/live"), None, Adjustments())
    monkeypatch.setattr(SavedSource, "request", None)
    assert [camera.is_seekable for camera in (file, as_live, address)] == [True, False, False]
    assert [camera.status for camera in (file, as_live, address)] == ["connecting"] * 3


def test_a_button_that_stays_as_it_is_draws_no_icon(themed_app: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    button = IconButton("pause", "Pause")
    button.setCheckable(True)
    drawn: list[QIcon] = []
    monkeypatch.setattr(button, "setIcon", drawn.append)
    for checked, icons in ((False, 0), (False, 0), (True, 1), (True, 1), (True, 1), (False, 2)):
        button.setChecked(checked)
        assert len(drawn) == icons
    for _ in range(2):
        button.show_as("play")
        assert len(drawn) == 3
    theme.apply("light")
    assert len(drawn) == 4
    theme.apply("dark")
    assert len(drawn) == 5


def test_a_window_of_resting_cameras_reads_its_numbers_once_a_second(live: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    timer = live.refresh.findChild(QTimer)
    assert timer is not None
    assert (timer.isActive(), timer.interval()) == (True, INTERVAL)
    live.run_action("pause")
    assert (timer.isActive(), timer.interval()) == (True, RESTING)
    shown: list[object] = []
    monkeypatch.setattr(live.display, "show_snapshot", lambda *_: shown.append(1))
    camera_of(live).updated.emit()
    assert len(shown) == 1  # a picture that comes in spite of it has its numbers at once
    live.run_action("pause")
    assert (timer.isActive(), timer.interval()) == (True, INTERVAL)


def test_a_camera_that_is_recorded_does_not_rest(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    camera = Camera(SavedSource("rtsp://cam/live"), None, Adjustments())
    assert not camera.rests
    camera.set_paused(True)
    assert camera.rests
    monkeypatch.setattr(Camera, "recording", True)
    assert not camera.rests
