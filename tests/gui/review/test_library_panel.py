"""Cameras, unreadable files, days, progress and jumps at the left of the review room."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PyQt6.QtCore import QDate, QPoint, QRect, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from dehazer.review import FOGGY, HazeCurve, ScanProgress
from gui.review.camera_list import CameraList
from gui.review.camera_summary import period_text, summaries_of
from gui.review.library_panel import LibraryPanel, first_moment
from gui.theme import theme
from tests.gui.review.recordings import MINUTE, START, curve, many, recording

ZONE = ZoneInfo("Europe/Berlin")
RISE = math.sqrt(math.log(0.8 / (FOGGY - 0.1)))
"""Hours before its peak at which the curve of these tests, 0.1 + 0.8 exp(-hours²), becomes foggy."""
NAMES = ("Gate", "Harbour", "Motorway", "Yard")


@pytest.fixture
def panel(qtbot: QtBot, themed_app: QApplication) -> LibraryPanel:
    """Four cameras with six hours each, on the screen."""
    made = LibraryPanel()
    qtbot.addWidget(made)
    made.resize(made.width(), 640)
    made.set_recordings(many(4 * 72), (), ZONE)
    made.set_progress(ScanProgress(288, 288, 0, False))
    made.show()
    qtbot.waitExposed(made)
    return made


def click(cameras: CameraList, name: str, *, box: bool = False) -> None:
    """Click on a camera's name or on its box."""
    viewport, model = cameras.viewport(), cameras.model()
    assert viewport is not None
    assert model is not None
    index = next(model.index(row, 0) for row in range(model.rowCount()) if model.index(row, 0).data() == name)
    row: QRect = cameras.visualRect(index)
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=QPoint(row.x() + (20 if box else 120), row.center().y()))


def shown_names(cameras: CameraList) -> list[str]:
    model = cameras.model()
    assert model is not None
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_every_camera_is_listed_with_files_time_and_source(panel: LibraryPanel) -> None:
    assert shown_names(panel.cameras) == list(NAMES)
    summary = panel.cameras.cameras.summaries[0]
    assert (summary.files, summary.about) == (72, "16 Nov 2026, 07:00 – 13:00 · by name")
    model = panel.cameras.model()
    assert model is not None
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleDescriptionRole) == f"72 files, {summary.about}"


@pytest.mark.parametrize(("sources", "text", "is_uncertain"), [
    (["name"], "by name", False), (["name", "modified"], "by file date", True), (["metadata"], "by metadata", False),
    (["user"], "set by hand", False)])
def test_the_least_certain_source_of_times_is_named(sources: Sequence[str], text: str, is_uncertain: bool) -> None:
    found = [replace(recording(minute=10 * n), time_source=source) for n, source in enumerate(sources)]
    (summary,) = summaries_of(found, ZONE)
    assert (summary.source, summary.is_uncertain) == (text, is_uncertain)
    assert summary.explanation.startswith("Partly: ") == (len(sources) > 1)


def test_notes_on_times_are_in_the_tool_tip() -> None:
    (summary,) = summaries_of([replace(recording(), note="The hour was there twice.")], ZONE)
    assert summary.explanation.endswith("\nThe hour was there twice.")


def test_periods_are_as_short_as_possible() -> None:
    day = timedelta(days=1)
    assert period_text(START, START + timedelta(seconds=16), ZONE) == "16 Nov 2026, 07:00:00 – 07:00:16"
    assert period_text(START, START + 5 * MINUTE, ZONE) == "16 Nov 2026, 07:00 – 07:05"
    assert period_text(START, START + 30 * MINUTE, ZONE) == "16 Nov 2026, 07:00 – 07:30"
    assert period_text(START, START + 3 * day, ZONE) == "16 Nov – 19 Nov 2026"
    assert period_text(START, START + 60 * day, ZONE) == "16 Nov 2026 – 15 Jan 2027"
    assert period_text(START, first_moment(date(2026, 11, 17), ZONE), ZONE).startswith("16 Nov 2026, 07:00")


def test_a_click_on_a_name_shows_that_camera_only(panel: LibraryPanel) -> None:
    found: list[tuple[str, ...]] = []
    panel.cameras_chosen.connect(found.append)
    panel.set_cameras_shown(["Gate", "Yard"])
    click(panel.cameras, "Motorway")
    assert found == [("Motorway",)]


def test_a_click_on_a_box_adds_a_camera_or_takes_it_away(panel: LibraryPanel) -> None:
    found: list[tuple[str, ...]] = []
    panel.cameras_chosen.connect(found.append)
    panel.set_cameras_shown(["Gate"])
    click(panel.cameras, "Yard", box=True)
    click(panel.cameras, "Gate", box=True)
    assert found == [("Gate", "Yard"), ("Yard",)]


def test_cameras_are_chosen_with_the_keyboard(panel: LibraryPanel) -> None:
    found: list[tuple[str, ...]] = []
    panel.cameras_chosen.connect(found.append)
    panel.cameras.setFocus()
    panel.cameras.setCurrentIndex(panel.cameras.model().index(0, 0))  # type: ignore[union-attr]
    QTest.keyClick(panel.cameras, Qt.Key.Key_Down)
    QTest.keyClick(panel.cameras, Qt.Key.Key_Space)
    QTest.keyClick(panel.cameras, Qt.Key.Key_Down)
    QTest.keyClick(panel.cameras, Qt.Key.Key_Return)
    assert found == [("Harbour",), ("Motorway",)]


def test_the_filter_leaves_cameras_whose_names_hold_the_text(panel: LibraryPanel) -> None:
    assert not panel.filter.isVisible()
    panel.set_recordings(many(40, [f"Gate {n}" for n in range(6)] + ["Yard"]), (), ZONE)
    assert panel.filter.isVisible()
    panel.filter.setText("yA")
    assert shown_names(panel.cameras) == ["Yard"]


def test_what_is_shown_stays_when_more_is_found(panel: LibraryPanel) -> None:
    panel.set_cameras_shown(["Gate"])
    panel.set_recordings([*many(4 * 72), recording("Roof")], (), ZONE)
    assert panel.cameras.cameras.shown == {"Gate"}
    assert shown_names(panel.cameras) == ["Gate", "Harbour", "Motorway", "Roof", "Yard"]


def test_unreadable_files_are_listed_with_the_reason(panel: LibraryPanel) -> None:
    assert not panel.faults.isVisible()
    panel.set_recordings(many(8), [recording(fault="It holds no video.")], ZONE)
    assert panel.faults.isVisible()
    assert panel.faults.heading.note == "1"
    item = panel.faults.files.item(0)
    assert item is not None
    assert item.text() == "20261116_060000.mp4\nIt holds no video."


def test_the_reasons_are_in_sight_where_nothing_can_be_read(panel: LibraryPanel) -> None:
    panel.set_recordings(many(8), [recording(fault="It holds no video.")], ZONE)
    assert not panel.faults.files.isVisible()
    for _ in range(2):
        panel.set_recordings([], [recording(fault="It holds no video.")], ZONE)
    assert panel.faults.files.isVisible()
    panel.faults.set_open(False)  # who folds it away again has read it
    panel.set_recordings([], [recording(fault="It holds no video.")], ZONE)
    assert not panel.faults.files.isVisible()


def test_thousands_of_unreadable_files_are_counted_not_listed(panel: LibraryPanel) -> None:
    panel.set_recordings([], [recording(minute=n, fault="Empty.") for n in range(1200)], ZONE)
    last = panel.faults.files.item(panel.faults.files.count() - 1)
    assert last is not None
    assert last.text() == "and 700 more"


@pytest.mark.parametrize(("progress", "text"), [
    (ScanProgress(running=True), "Looking for recordings…"),
    (ScanProgress(4032, 1290, 3, True), "Reading 1 290 of 4 032 files…"),
    (ScanProgress(4032, 4032, 3, False), "4 032 files, 3 unreadable"),
    (ScanProgress(4032, 4032, 0, False), "4 032 files"),
    (ScanProgress(1, 1, 0, False), "1 file"),
    (ScanProgress(), "No recordings in these folders.")])
def test_progress_is_told(panel: LibraryPanel, progress: ScanProgress, text: str) -> None:
    panel.set_progress(progress)
    assert panel.status.text.text() == text
    assert panel.status.bar.isVisible() == progress.running


def test_trouble_with_folders_is_told(panel: LibraryPanel) -> None:
    panel.set_progress(ScanProgress(trouble=("The folder X may not be read.",)))
    assert panel.status.trouble.isVisible()
    assert panel.status.trouble.text() == "The folder X may not be read."


# ---- calendar

def test_only_days_with_footage_are_chosen(panel: LibraryPanel) -> None:
    found: list[date] = []
    panel.day_chosen.connect(found.append)
    panel.calendar.set_days({date(2026, 11, 16), date(2026, 11, 18)})
    assert (panel.calendar.yearShown(), panel.calendar.monthShown()) == (2026, 11)
    for day in (16, 17, 18):
        panel.calendar.clicked.emit(QDate(2026, 11, day))
    assert found == [date(2026, 11, 16), date(2026, 11, 18)]


def test_the_day_of_the_playhead_is_marked_in_the_zone_of_the_library(panel: LibraryPanel) -> None:
    panel.set_position(datetime(2026, 11, 16, 23, 30, tzinfo=UTC))
    assert panel.calendar.selectedDate() == QDate(2026, 11, 17)


def test_all_days_of_a_week_fit_in_the_panel(panel: LibraryPanel) -> None:
    table = panel.calendar.findChild(QTableView)
    assert table is not None
    bar = table.horizontalScrollBar()
    assert bar is not None
    assert bar.maximum() == 0


@pytest.mark.parametrize("mode", ["dark", "light"])
def test_days_with_footage_look_different(panel: LibraryPanel, mode: str) -> None:
    theme.apply(mode)
    panel.calendar.set_days({date(2026, 11, 10)})
    panel.calendar.set_day(date(2026, 11, 25))
    with_footage = panel.calendar.grab().toImage()
    panel.calendar.set_days({date(2026, 11, 11)})
    assert panel.calendar.grab().toImage() != with_footage
    theme.apply("dark")


def test_a_midnight_that_the_clock_skips_still_begins_its_day() -> None:
    begin = first_moment(date(2024, 4, 26), ZoneInfo("Africa/Cairo"))
    assert begin.astimezone(UTC) == datetime(2024, 4, 25, 22, tzinfo=UTC)


# ---- jumps

def hours(*peaks: float) -> dict[str, HazeCurve]:
    return {name: curve(24, peak) for name, peak in zip(NAMES, peaks, strict=False)}


def near(found: datetime, hour: float, minutes: float = 15) -> bool:
    return abs((found - START).total_seconds() - hour * 3600) < minutes * 60


def test_jumps_lead_to_haze_on_the_cameras_shown(panel: LibraryPanel) -> None:
    found: list[datetime] = []
    panel.position_requested.connect(found.append)
    panel.set_curves(hours(3, 8))
    panel.set_cameras_shown(["Harbour"])
    panel.set_position(START)
    for name in ("foggiest", "next_foggy", "next_change"):
        panel.jumps.buttons[name].click()
    assert near(found[0], 8)
    assert near(found[1], 8 - RISE)
    assert START < found[2] < START + timedelta(hours=8)


def test_without_a_choice_the_next_fog_of_any_camera_counts(panel: LibraryPanel) -> None:
    found: list[datetime] = []
    panel.position_requested.connect(found.append)
    panel.set_curves(hours(8, 3))
    panel.set_position(START)
    panel.jumps.buttons["next_foggy"].click()
    panel.set_position(START + timedelta(hours=5))
    panel.jumps.buttons["next_foggy"].click()
    assert near(found[0], 3 - RISE)
    assert near(found[1], 8 - RISE)


def test_where_nothing_comes_any_more_that_is_said(panel: LibraryPanel) -> None:
    said: list[str] = []
    panel.message.connect(said.append)
    panel.set_curves(hours(3))
    panel.set_position(START + timedelta(hours=12))
    panel.jumps.buttons["next_foggy"].click()
    assert said == ["No foggy stretch behind the playhead."]


def test_without_any_haze_there_is_nothing_to_press(panel: LibraryPanel) -> None:
    assert not panel.jumps.buttons["foggiest"].isEnabled()
    panel.set_curves(hours(3))
    assert panel.jumps.buttons["foggiest"].isEnabled()
    panel.set_cameras_shown(["Yard"])
    assert not panel.jumps.buttons["foggiest"].isEnabled()
