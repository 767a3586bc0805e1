"""Recordings and snapshots that can be opened afterwards, and a dot and a clock while they are made."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from dehazer import RecordingStatus
from gui.main_window import MainWindow
from gui.view.readout import disk_space_text
from gui.view.recording_badge import recording_badge
from tests.gui.conftest import PATIENCE, camera_of, painted
from tests.media import times_of


def choose(window: MainWindow, what: str, suffix: str) -> None:
    rows = window.inspector.record
    rows.pictures.choose(what)
    rows.suffix.choose(suffix)
    rows.changed.emit()


@pytest.mark.parametrize(("what", "suffix", "count"), [("dehazed", ".mkv", 1), ("both", ".mp4", 2)])
def test_what_is_recorded_can_be_played(live: MainWindow, qtbot: QtBot, what: str, suffix: str, count: int) -> None:
    choose(live, what, suffix)
    live.run_action("record")
    qtbot.waitUntil(lambda: camera_of(live).recording, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "REC" in live.top_bar.clock.text(), timeout=PATIENCE)
    assert live.top_bar.clock.isVisible()
    assert live.top_bar.buttons["record"].isChecked()
    before = painted(live)
    qtbot.waitUntil(lambda: painted(live) > before + 20, timeout=PATIENCE)
    live.run_action("record")
    qtbot.waitUntil(live.notice.isVisible, timeout=PATIENCE)
    assert not live.top_bar.buttons["record"].isChecked()
    files = sorted(live.recording.folder.glob(f"clip*{suffix}"))
    assert len(files) == count
    times = [times_of(f) for f in files]
    assert all(len(t) >= 15 for t in times)
    originals, dehazed = times[0], times[-1]  # by their names; a picture that was on its way at the beginning is dehazed only
    assert {t for t in dehazed if t >= originals[0]} <= set(originals)  # one clock for both, and no original is left out


def test_a_snapshot_is_a_pair_with_its_circumstances(live: MainWindow, qtbot: QtBot) -> None:
    live.run_action("snapshot")
    qtbot.waitUntil(live.notice.isVisible, timeout=PATIENCE)
    original, dehazed = (next(live.recording.folder.glob(f"*-{kind}.png")) for kind in ("original", "dehazed"))
    about = json.loads(next(live.recording.folder.glob("*.json")).read_text())
    assert (QImage(str(original)).width(), QImage(str(dehazed)).height()) == (192, 128)
    assert about["strength"] == 100
    assert about["engine"]["model"] == "field"
    assert set(about["sha256"]) == {original.name, dehazed.name}
    assert live.notice.button.text() == "Show in folder"


def test_a_folder_that_cannot_be_written_is_said_and_the_view_goes_on(live: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file where a folder should be")
    live.recording.choose("dehazed", ".mkv", tmp_path / "blocked")
    for command in ("record", "snapshot"):
        live.notice.hide()
        live.run_action(command)
        qtbot.waitUntil(live.notice.isVisible, timeout=PATIENCE)
        assert live.notice.label.objectName() == "error"
    assert live.error_reporter.dialog is None
    assert not camera_of(live).recording
    before = painted(live)
    qtbot.waitUntil(lambda: painted(live) > before, timeout=PATIENCE)


def test_a_full_disk_ends_the_recording_and_is_told_once(live: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    live.run_action("record")
    qtbot.waitUntil(lambda: camera_of(live).recording, timeout=PATIENCE)
    live.notice.hide()
    monkeypatch.setattr("dehazer.live.recording.Recorder._free", lambda self: 1000)
    qtbot.waitUntil(lambda: not camera_of(live).recording, timeout=PATIENCE)
    qtbot.waitUntil(live.notice.isVisible, timeout=PATIENCE)
    assert "free" in live.notice.label.text()
    assert not live.top_bar.clock.isVisible()
    live.notice.hide()
    for _ in range(3):
        live.refresh.update()
    assert not live.notice.isVisible()


def start_recording(window: MainWindow, qtbot: QtBot) -> None:
    window.run_action("record")
    qtbot.waitUntil(lambda: camera_of(window).recording, timeout=PATIENCE)
    before = painted(window)
    qtbot.waitUntil(lambda: painted(window) > before + 3, timeout=PATIENCE)


def test_a_recording_that_ends_out_of_sight_lets_its_camera_rest(live: MainWindow, qtbot: QtBot,
                                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    live.run_action("record")
    qtbot.waitUntil(lambda: camera_of(live).recording, timeout=PATIENCE)
    live.hide()
    assert not camera_of(live).suspended
    monkeypatch.setattr("dehazer.live.recording.Recorder._free", lambda self: 0)
    qtbot.waitUntil(lambda: not camera_of(live).recording, timeout=PATIENCE)
    qtbot.waitUntil(lambda: camera_of(live).state.kind == "paused", timeout=20_000)


def test_quitting_while_recording_asks_first(live: MainWindow, qtbot: QtBot) -> None:
    start_recording(live, qtbot)
    asked: list[str] = []

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        buttons = {button.text(): button for button in box.buttons()}
        buttons["Continue recording" if len(asked) == 1 else "Stop and quit"].click()

    QTimer.singleShot(0, answer)
    assert not live.close()
    assert live.isVisible()
    assert camera_of(live).recording
    QTimer.singleShot(0, answer)
    assert live.close()
    assert len(asked) == 2


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape])
def test_enter_and_escape_at_the_question_go_on_recording(live: MainWindow, qtbot: QtBot, key: Qt.Key) -> None:
    start_recording(live, qtbot)
    answered: list[str] = []

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        assert isinstance(box.defaultButton(), QPushButton)
        box.buttonClicked.connect(lambda button: answered.append(button.text()))
        qtbot.keyClick(box.focusWidget() or box, key)

    QTimer.singleShot(0, answer)
    assert not live.close()
    assert live.isVisible()
    assert camera_of(live).recording
    assert answered == ["Continue recording"]


def test_leaving_without_hands_completes_the_file_and_asks_nothing(live: MainWindow, qtbot: QtBot,
                                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("PyQt6.QtWidgets.QMessageBox.exec", lambda _self: pytest.fail("nobody is there to answer"))
    start_recording(live, qtbot)
    live.close_without_asking()
    assert not live.isVisible()
    assert len(times_of(next(live.recording.folder.glob("clip*.mkv")))) >= 1


def test_a_signal_beside_the_open_question_ends_the_program_all_the_same(live: MainWindow, qtbot: QtBot) -> None:
    start_recording(live, qtbot)
    QTimer.singleShot(0, live.close_without_asking)
    live.close()
    assert not live.isVisible()


@pytest.mark.parametrize("action", ["close", "retry"])
def test_a_recording_that_ends_with_its_camera_is_told(live: MainWindow, qtbot: QtBot, action: str) -> None:
    start_recording(live, qtbot)
    live.notice.hide()
    live.run_action(action)
    qtbot.waitUntil(lambda: "Recorded" in live.notice.label.text(), timeout=PATIENCE)
    assert len(times_of(next(live.recording.folder.glob("clip*.mkv")))) >= 1


def test_time_and_room_of_a_recording() -> None:
    status = RecordingStatus("dehazed", "a.mkv", 75.0, 1800, 0, 3_200_000, 2000.0, 90.0, True, None)
    assert recording_badge(status, 75.0, 0.0).clock == "01:15"
    assert disk_space_text(status) == "3.2 MB recorded, 2.1 GB free, 90 min left"
    assert disk_space_text(replace(status, minutes_left=None)) == "3.2 MB recorded, 2.1 GB free"
    assert recording_badge(None, 0.0, 0.0).text == disk_space_text(None) == ""
    over = replace(status, active=False)
    assert recording_badge(over, 75.0, 0.0).text == disk_space_text(over) == ""
