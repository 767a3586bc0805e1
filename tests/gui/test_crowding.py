"""What lies beside each other never covers or crowds out the other, on small tiles and small screens."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest
from PyQt6.QtCore import QRect, Qt
from PyQt6.QtGui import QFontMetricsF
from PyQt6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from dehazer import RecordingStatus
from gui.actions import ACTIONS
from gui.dialogs.find_cameras import FindCamerasDialog
from gui.dialogs.keys import KeysDialog
from gui.dialogs.publish import PublishDialog
from gui.dialogs.source import SourceDialog
from gui.dialogs.wall_name import WallNameDialog
from gui.dialogs.wall_passwords import WallPasswordsDialog
from gui.review.evidence_dialog import EvidenceDialog
from gui.review.export_dialog import ExportDialog, ExportOffer
from gui.review.pattern_dialog import PatternDialog
from gui.services.settings import Settings
from gui.theme import GAP, SMALL, WIDE, font
from gui.view.recording_badge import recording_badge
from gui.widgets import paint
from gui.widgets.seek_bar import SeekBar
from gui.widgets.tile import NAME_ROOM, Tile
from gui.widgets.top_bar import TopBar
from tests.gui.states import FACTS, Shown


@pytest.mark.parametrize("width", [180, 260, 420])
def test_the_badge_of_a_tile_never_covers_its_name(themed_app: QApplication, settings: Settings, tmp_path: Path, qtbot: QtBot,
                                                   width: int) -> None:
    window = Shown(settings, tmp_path / "thumbnails", tmp_path / "Gate in the north.mp4", True)
    qtbot.addWidget(window, before_close_func=Shown.close_without_asking)
    window.become(FACTS["silent"])
    tile = Tile(window.shown)
    qtbot.addWidget(tile)
    tile.resize(width, 140)
    tile.show_state()
    tile.grab()
    text = QFontMetricsF(font(SMALL, True)).horizontalAdvance
    name_end = GAP + text(tile.camera.title) + NAME_ROOM
    badge_begin = width - 2 * GAP - text(tile.badge) - 12
    assert tile.badge
    assert tile.badge_top >= GAP + paint.PLATE_HEIGHT or name_end < badge_begin
    assert (tile.badge_top == GAP) == (width == 420)


def test_every_key_is_in_sight_on_a_narrow_screen(
    themed_app: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(KeysDialog, "_room", lambda dialog: QRect(0, 0, 760, 640).size())
    dialog = KeysDialog(ACTIONS.values())
    qtbot.addWidget(dialog)
    dialog.show()
    QApplication.processEvents()
    area = dialog.findChild(QScrollArea)
    assert area is not None
    across = area.horizontalScrollBar()
    assert across is not None
    assert across.maximum() == 0
    assert dialog.width() <= 760


def test_play_again_keeps_its_distance_from_the_track(themed_app: QApplication, qtbot: QtBot) -> None:
    bar = SeekBar()
    qtbot.addWidget(bar)
    bar.resize(800, bar.height())
    bar.show_ended(True)
    bar.show()
    handle_end = bar._track().right() + 6
    assert bar.again.x() - handle_end >= WIDE - 6
    assert bar.again.geometry().right() <= bar.width() - 64


def test_dialogs_end_in_the_same_row_of_buttons(themed_app: QApplication, qtbot: QtBot) -> None:
    offer = ExportOffer(["Gate"], ["Gate"], "2 s", Path("/films"), "Gate")
    dialogs = (PublishDialog("Gate", "", True), WallNameDialog("", "", lambda name: False), SourceDialog(()),
               FindCamerasDialog(False), WallPasswordsDialog("Harbour", {"me@gate": ["Gate"]}, False), ExportDialog(offer),
               EvidenceDialog(offer, "", ""), PatternDialog([], [], UTC))
    for dialog in dialogs:
        qtbot.addWidget(dialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # it is looked at afterwards
        dialog.show()
        cancel, primary = dialog.findChildren(QPushButton)[-2:]
        assert (cancel.objectName(), primary.objectName()) == ("", "primary")
        assert (cancel.autoDefault(), primary.isDefault()) == (False, True)
        assert primary.x() - cancel.geometry().right() - 1 == GAP
        cancel.click()
        assert not dialog.isVisible()


@pytest.mark.parametrize("place", [QRect(-900, -700, 3000, 2000), QRect(5000, 4000, 900, 600)], ids=["larger", "elsewhere"])
def test_a_window_of_a_larger_screen_comes_back_inside_this_one(
    themed_app: QApplication, settings: Settings, tmp_path: Path, qtbot: QtBot, place: QRect,
) -> None:
    for attempt in range(2):
        window = Shown(settings, tmp_path / "thumbnails", tmp_path / "gate.mp4", False)
        qtbot.addWidget(window, before_close_func=Shown.close_without_asking)
        if attempt == 0:
            window.setGeometry(place)
            settings.put("window/geometry", window.saveGeometry())
    screen = window.screen()
    assert screen is not None
    room = screen.availableGeometry()
    assert room.contains(window.geometry().topLeft())
    smallest = window.minimumSize().expandedTo(window.minimumSizeHint())
    assert window.width() <= max(room.width(), smallest.width())
    assert window.height() <= max(room.height(), smallest.height())


@pytest.mark.parametrize("width", [800, 1000, 1280, 1920])
def test_the_bar_says_in_words_that_pictures_are_missing(themed_app: QApplication, qtbot: QtBot, language: str,
                                                         width: int) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    bar = TopBar(ACTIONS, around)
    bar.set_has_source(True)
    bar.show_source("live", "Front door, north-eastern entrance", "1280×720 · live")
    bar.resize(width, bar.height())
    around.show()
    status = RecordingStatus("original", "a.mkv", 75.0, 1800, 0, 3_200_000, 2000.0, 90.0, True, None, 12)
    badge = recording_badge(status, 75.0, 0.0)
    bar.show_recording(badge)
    QApplication.processEvents()
    assert (badge.note if width == 1920 else badge.short) in bar.clock.text()
    assert bar.clock.width() >= bar.clock.sizeHint().width()
    assert bar.clock.toolTip() == badge.note
    assert badge.note in bar.clock.accessibleName()
    bar.show_recording(recording_badge(replace(status, missing=0), 75.0, 0.0))
    assert "▲" not in bar.clock.text()
    assert bar.clock.toolTip() == ""


@pytest.mark.parametrize("width", [180, 260, 420, 900])
def test_what_is_wrong_with_a_recording_leaves_room_for_the_name_of_its_tile(
    themed_app: QApplication, settings: Settings, tmp_path: Path, qtbot: QtBot, width: int,
) -> None:
    window = Shown(settings, tmp_path / "thumbnails", tmp_path / "Gate in the north.mp4", True)
    qtbot.addWidget(window, before_close_func=Shown.close_without_asking)
    window.become(FACTS["live"], RecordingStatus("original", "a.mkv", 75.0, 1800, 0, 3_200_000, 2000.0, 90.0, True, None, 12))
    tile = Tile(window.shown)
    qtbot.addWidget(tile)
    tile.resize(width, 140)
    tile.show_state()
    metrics = QFontMetricsF(font(SMALL, True))
    label = tile._recording_label(metrics)
    assert "REC 01:15 · ▲" in label
    assert ("original pictures" in label, "missing" in label) == (width == 900, width >= 420)
    assert metrics.horizontalAdvance(label) <= max(width / 2, 120)
