"""The dialog for name patterns: what is written is tried at once."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from dehazer.review import NamePattern
from gui.review.pattern_dialog import PatternDialog
from gui.review.pattern_preview import PatternText

PATHS = [Path("/rec/north/gate-2026.07.01-14h05m10.mp4"), Path("/rec/north/holiday.mp4"),
         Path("/frigate/recordings/2026-07-01/12/yard/05.10.mp4")]
PATTERN = "{camera}-{year}.{month}.{day}-{hour}h{minute}m{second}"
ZONE = ZoneInfo("Europe/Berlin")


@pytest.fixture
def dialog(qtbot: QtBot, themed_app: QApplication) -> PatternDialog:
    made = PatternDialog(PATHS, (), ZONE)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    return made


def row(dialog: PatternDialog, number: int) -> list[str]:
    found = [dialog.preview.item(number, column) for column in range(3)]
    return [item.text() for item in found if item is not None]


def test_what_is_written_is_tried_on_the_names(dialog: PatternDialog) -> None:
    assert row(dialog, 0)[1:] == ["–", "–"]
    assert dialog.note.text() == "1 of 3 names are understood without a pattern"
    QTest.keyClicks(dialog.text, PATTERN)
    assert row(dialog, 0)[1:] == ["gate", "2026-07-01 14:05:10 CEST"]
    assert row(dialog, 1)[1:] == ["–", "–"]
    assert row(dialog, 2)[1:] == ["yard", "2026-07-01 14:05:10 CEST"]  # known without a pattern
    assert dialog.note.text() == "The patterns fit 1 of 3 names, 2 have a time"


def test_another_zone_changes_the_times_at_once(dialog: PatternDialog) -> None:
    dialog.text.setPlainText(PATTERN)
    dialog.zones.setCurrentText("America/New_York")
    assert row(dialog, 0)[2] == "2026-07-01 14:05:10 EDT"


def test_what_is_no_pattern_is_told_and_cannot_be_used(dialog: PatternDialog) -> None:
    dialog.text.setPlainText("{camera}_{weekday}")
    assert "{weekday}" in dialog.error.text()
    assert not dialog.use.isEnabled()
    dialog.text.setPlainText(PATTERN)
    assert not dialog.error.isVisible()
    assert dialog.use.isEnabled()


def test_a_zone_that_does_not_exist_is_told(dialog: PatternDialog) -> None:
    dialog.zones.setEditText("Mars/Olympus")
    assert "No time zone" in dialog.error.text()
    assert not dialog.use.isEnabled()


def test_what_is_used_comes_out(dialog: PatternDialog) -> None:
    found: list[tuple[object, object]] = []
    dialog.chosen.connect(lambda patterns, zone: found.append((patterns, zone)))
    dialog.text.setPlainText(f"{PATTERN}\n\n{{epoch}}_{{camera}}")
    dialog.use.click()
    assert found == [((NamePattern(PATTERN), NamePattern("{epoch}_{camera}")), ZONE)]
    assert not dialog.isVisible()


def test_fields_are_inserted_where_the_cursor_is(dialog: PatternDialog) -> None:
    button = next(b for b in dialog.findChildren(QPushButton) if b.text() == "{hour}")
    QTest.keyClicks(dialog.text, "x_")
    button.click()
    assert dialog.text.toPlainText() == "x_{hour}"


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=3))])
def test_the_zone_in_use_is_kept_whatever_it_is(qtbot: QtBot, themed_app: QApplication, zone: timezone) -> None:
    made = PatternDialog(PATHS, (NamePattern(PATTERN),), zone)
    qtbot.addWidget(made)
    assert made.zone == zone
    assert made.text.toPlainText() == PATTERN


def test_every_line_that_is_wrong_has_its_sentence() -> None:
    found = PatternText.of("{epoch}\n{colour}\nplain")
    assert found.patterns == (NamePattern("{epoch}"),)
    assert len(found.errors) == 2
