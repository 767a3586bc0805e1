"""All cameras at once, recordings by the clock, and what is kept for those that begin early."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from PyQt6.QtCore import QTime
from pytestqt.qtbot import QtBot

from dehazer import PreRollStatus, RecordingSchedule, RecordingStatus, RecordOptions
from gui.app import make_window
from gui.dialogs.schedule import ScheduleDialog
from gui.main_window import MainWindow
from gui.view.recording_badge import pre_roll_text, recording_badge
from tests.gui.conftest import PATIENCE, camera_of

ALWAYS = RecordingSchedule(True, frozenset(range(7)), time(0), time(0))
NEVER = RecordingSchedule(False)


def recorded(window: MainWindow) -> bool:
    return camera_of(window).recording


def test_all_cameras_are_recorded_by_one_key_and_ended_by_it(live: MainWindow, qtbot: QtBot) -> None:
    live.run_action("record_all")
    qtbot.waitUntil(lambda: recorded(live), timeout=PATIENCE)
    live.run_action("record_all")
    qtbot.waitUntil(lambda: not recorded(live), timeout=PATIENCE)


def test_one_camera_that_cannot_be_recorded_is_named(live: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file where a folder should be")
    live.recording.choose("dehazed", ".mkv", tmp_path / "blocked")
    live.run_action("record_all")
    qtbot.waitUntil(live.notice.isVisible, timeout=PATIENCE)
    assert live.notice.label.text().startswith(camera_of(live).title)
    assert live.notice.label.text().endswith("cannot be used; choose another one.")
    assert live.notice.label.objectName() == "error"


def test_a_schedule_begins_and_ends_recordings(live: MainWindow, qtbot: QtBot) -> None:
    live.schedule.use(ALWAYS)
    qtbot.waitUntil(lambda: recorded(live), timeout=PATIENCE)
    live.schedule.use(NEVER)
    qtbot.waitUntil(lambda: not recorded(live), timeout=PATIENCE)
    assert RecordingSchedule.from_dict(live.settings.data("record/schedule", None)) == NEVER


def test_what_the_user_ends_is_not_begun_again_by_the_schedule(live: MainWindow, qtbot: QtBot,
                                                              monkeypatch: pytest.MonkeyPatch) -> None:
    live.schedule.use(ALWAYS)
    qtbot.waitUntil(lambda: recorded(live), timeout=PATIENCE)
    live.run_action("record")
    qtbot.waitUntil(lambda: not recorded(live), timeout=PATIENCE)
    begun: list[object] = []
    monkeypatch.setattr(live.recording, "start", begun.append)
    for _ in range(3):
        live.schedule.check()
    assert begun == []


def test_what_cannot_begin_is_tried_again(live: MainWindow, qtbot: QtBot, tmp_path: Path,
                                          monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gui.controllers.schedule.RETRY", 0.0)
    (tmp_path / "blocked").write_text("a file where a folder should be")
    live.recording.choose("dehazed", ".mkv", tmp_path / "blocked")
    live.schedule.use(ALWAYS)
    qtbot.waitUntil(lambda: live.notice.label.text().endswith("choose another one."), timeout=PATIENCE)
    assert not recorded(live)
    live.recording.choose("dehazed", ".mkv", tmp_path / "free")
    live.schedule.check()
    qtbot.waitUntil(lambda: recorded(live), timeout=PATIENCE)


def test_a_recording_that_begins_after_the_schedule_has_ended_is_ended(live: MainWindow, qtbot: QtBot) -> None:
    """It begins in the background, so the schedule may end meanwhile."""
    tried: list[object] = []
    began = live.schedule._tried_to_begin
    live.schedule._tried_to_begin = lambda sessions: (began(sessions), tried.append(sessions))  # type: ignore[method-assign]
    live.schedule.use(ALWAYS)
    live.schedule.use(NEVER)
    qtbot.waitUntil(lambda: bool(tried) and not recorded(live), timeout=PATIENCE)
    assert camera_of(live).snapshot().recording is not None  # type: ignore[union-attr]


def test_a_recording_of_the_users_own_outlives_the_schedule(live: MainWindow, qtbot: QtBot) -> None:
    live.run_action("record")
    qtbot.waitUntil(lambda: recorded(live), timeout=PATIENCE)
    path = camera_of(live).snapshot().recording.path  # type: ignore[union-attr]
    live.schedule.use(ALWAYS)
    live.schedule.use(NEVER)
    qtbot.wait(300)  # long enough for an end that must not come
    assert recorded(live)
    assert camera_of(live).snapshot().recording.path == path  # type: ignore[union-attr]


def test_the_dialog_says_when_it_begins_next(qtbot: QtBot) -> None:
    monday = datetime(2026, 3, 2, 12, tzinfo=UTC)
    dialog = ScheduleDialog(RecordingSchedule(True, frozenset({2}), time(7), time(19)), lambda: monday)
    qtbot.addWidget(dialog)
    assert dialog.next.text().endswith("2026-03-04 07:00")
    dialog.days[2].setChecked(False)
    assert dialog.next.text() == "Choose at least one day."
    dialog.days[4].setChecked(True)
    dialog.begin.setTime(QTime(22, 30))
    dialog.end.setTime(QTime(5, 0))
    assert dialog.schedule == RecordingSchedule(True, frozenset({4}), time(22, 30), time(5))
    assert dialog.next.text().endswith("2026-03-06 22:30")
    dialog.switch.setChecked(False)
    assert dialog.next.text() == "Nothing is recorded by itself."


def test_pre_roll_and_length_of_files_are_chosen_and_remembered(live: MainWindow) -> None:
    section = live.inspector.record
    assert section.options == RecordOptions()
    section.early.choose(30.0)
    section.segments.choose(15.0)
    section.changed.emit()
    assert live.recording.options == RecordOptions(30.0, 15.0)
    assert camera_of(live).session.pre_roll == 30.0  # type: ignore[union-attr]
    assert live.settings.text("record/pre_roll") == "30"
    assert section.kept.text().startswith("No pre-roll for this source") or not section.kept.text()


def test_what_the_command_line_asks_for_is_used(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gui.__main__ import parser

    options = parser().parse_args(["--pre-roll", "7", "--segment-minutes", "2", "--settings", str(tmp_path / "s.ini")])
    window = make_window(options)
    qtbot.addWidget(window)
    assert window.recording.options == RecordOptions(7.0, 2.0)
    assert window.cameras.pre_roll == 7.0
    assert window.inspector.record.options == RecordOptions(7.0, 2.0)
    assert window.settings.text("record/pre_roll") == ""
    window.close_without_asking()


def test_a_pre_roll_that_is_not_possible_is_refused_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    from gui.__main__ import main

    with pytest.raises(SystemExit):
        main(["--pre-roll", "1000"])
    assert "--pre-roll 1000 is outside what is allowed: 0 to 120 s." in capsys.readouterr().err


def test_what_is_kept_and_what_is_missing_is_said_in_words() -> None:
    assert pre_roll_text(PreRollStatus(True, 10, 4.4, 2_000_000)) == "4 of 10 s are kept (2.0 MB)"
    assert pre_roll_text(PreRollStatus(True, 10, 11.0, 2_000_000)) == "10 of 10 s are kept (2.0 MB)"
    assert pre_roll_text(PreRollStatus(True, 0, 1.0, 2_000_000)) == ""
    assert pre_roll_text(PreRollStatus(False, 10, 0.0, 0)).startswith("No pre-roll for this source")
    status = RecordingStatus("original", "a.mkv", 5.0, 100, 0, 1000, 2000.0, None, True, None, damaged=3)
    assert recording_badge(status, 5.0, 0.0).note == "3 damaged pictures came"
