"""What the core warns of is said once in the window, and can be read again."""

from __future__ import annotations

import pytest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.camera import Camera
from gui.main_window import MainWindow
from gui.saved_source import SavedSource
from gui.services.settings import Adjustments
from gui.warning_watch import WarningWatch
from tests.gui.conftest import PATIENCE, camera_of
from tests.gui.moments import snapshot


def test_each_warning_is_said_once_and_those_of_the_engine_once_for_all_cameras(themed_app: QApplication) -> None:
    watch, said = WarningWatch(lambda: ("The processor computes instead.",)), []
    watch.warned.connect(lambda camera, text: said.append((camera.title, text)))
    north, south = (Camera(SavedSource(f"rtsp://{name}/live", name), None, Adjustments()) for name in ("north", "south"))
    for _ in range(3):
        for camera in (north, south):
            watch.check(camera, snapshot(warnings=("The processor computes instead.",)))
    watch.check(south, snapshot(warnings=("The processor computes instead.", "3 packets were skipped.")))
    for lost in range(4, 600):
        watch.check(south, snapshot(warnings=(f"{lost} packets were skipped.",)))
    watch.check(north, snapshot(warnings=("3 packets were skipped.",)))  # the other camera has not said so yet
    assert said == [("north", "The processor computes instead."), ("south", "3 packets were skipped."),
                    ("north", "3 packets were skipped.")]


def test_a_warning_of_the_core_is_shown_in_the_window(live: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    session = camera_of(live).session
    assert session is not None
    text = "The graphics card has failed; the processor computes instead."
    monkeypatch.setattr(session, "_engine_warnings", lambda: (text,))
    qtbot.waitUntil(lambda: live.notice.isVisible() and text in live.notice.label.text(), timeout=PATIENCE)
    live.notice.button.click()
    assert not live.notice.isVisible()
    assert live.status_bar.warnings.isVisible()
    live.status_bar.warnings.click()
    assert live.notice.isVisible()
    assert live.notice.label.text() == text
