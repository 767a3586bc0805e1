"""Recordings and snapshots that can be opened afterwards, and a dot and a clock while they are made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.recording import clock_of, space_of
from tests.gui.conftest import PATIENCE, camera_of, painted
from tests.media import times_of


def choose(window: MainWindow, what: str, suffix: str) -> None:
    rows = window.inspector.record
    rows.what.choose(what)
    rows.suffix.choose(suffix)
    rows.changed.emit()


@pytest.mark.parametrize(("what", "suffix", "count"), [("dehazed", ".mkv", 1), ("both", ".mp4", 2)])
def test_what_is_recorded_can_be_played(live: MainWindow, qtbot: QtBot, what: str, suffix: str, count: int) -> None:
    choose(live, what, suffix)
    live.do("record")
    qtbot.waitUntil(lambda: camera_of(live).recording, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "REC" in live.bar.clock.text(), timeout=PATIENCE)
    assert live.bar.clock.isVisible()
    assert live.bar.buttons["record"].isChecked()
    before = painted(live)
    qtbot.waitUntil(lambda: painted(live) > before + 20, timeout=PATIENCE)
    live.do("record")
    qtbot.waitUntil(live.notice.isVisible, timeout=PATIENCE)
    assert not live.bar.buttons["record"].isChecked()
    files = sorted(live.recording.folder.glob(f"clip*{suffix}"))
    assert len(files) == count
    times = [times_of(f) for f in files]
    assert all(len(t) >= 15 for t in times)
    assert all(t == times[0] for t in times)  # both in step


def test_a_snapshot_is_a_pair_with_its_circumstances(live: MainWindow, qtbot: QtBot) -> None:
    live.do("snapshot")
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
        live.do(command)
        qtbot.waitUntil(live.notice.isVisible, timeout=PATIENCE)
        assert live.notice.words.objectName() == "mistake"
    assert live.mishaps.dialog is None
    assert not camera_of(live).recording
    before = painted(live)
    qtbot.waitUntil(lambda: painted(live) > before, timeout=PATIENCE)


def test_a_full_disk_ends_the_recording_and_is_told_once(live: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    live.do("record")
    qtbot.waitUntil(lambda: camera_of(live).recording, timeout=PATIENCE)
    live.notice.hide()
    monkeypatch.setattr("dehazer.live.recording.Recorder._free", lambda self: 1000)
    qtbot.waitUntil(lambda: not camera_of(live).recording, timeout=PATIENCE)
    qtbot.waitUntil(live.notice.isVisible, timeout=PATIENCE)
    assert "free" in live.notice.words.text()
    assert not live.bar.clock.isVisible()
    live.notice.hide()
    qtbot.wait(600)
    assert not live.notice.isVisible()


def test_quitting_while_recording_asks_first(live: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    live.do("record")
    qtbot.waitUntil(lambda: camera_of(live).recording, timeout=PATIENCE)
    asked: list[str] = []

    def answer(_parent: object, _title: str, words: str) -> QMessageBox.StandardButton:
        asked.append(words)
        return QMessageBox.StandardButton.No if len(asked) == 1 else QMessageBox.StandardButton.Yes

    monkeypatch.setattr(QMessageBox, "question", answer)
    assert not live.close()
    assert live.isVisible()
    assert live.close()
    assert len(asked) == 2


def test_dot_and_room_in_words() -> None:
    status = {"active": True, "seconds": 75.0, "bytes": 3_200_000, "free_mb": 2000.0, "minutes_left": 90.0}
    assert clock_of(status) == "01:15"
    assert space_of(status) == "3.2 MB recorded, 2.1 GB free, 90 min left"
    assert clock_of(None) == space_of(None) == ""
    assert clock_of({**status, "active": False}) == ""
