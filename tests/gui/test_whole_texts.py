"""Texts that matter are shown whole, also in narrow places: on cards, in the list of videos, in the status bar."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt6.QtCore import QLocale
from PyQt6.QtGui import QFontMetricsF
from PyQt6.QtWidgets import QApplication, QLabel, QStyle, QStyleOptionButton, QWidget
from pytestqt.qtbot import QtBot

from gui.actions import ACTIONS
from gui.dialogs.source_forms import AddressForm
from gui.languages import LANGUAGES
from gui.playlist import Playlist
from gui.saved_source import SavedSource
from gui.theme import BASE, PAD, SMALL, font
from gui.translation import install
from gui.view.wrapping import wrapped
from gui.widgets.card import Card
from gui.widgets.playlist_panel import PlaylistPanel
from gui.widgets.start_page import describe
from gui.widgets.status_bar import StatusBar
from tests.gui.fitting import clipped
from tests.gui.moments import snapshot

REASON = "is not a video, or it is damaged so badly that nothing in it can be read"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_says_whole_how_a_file_is_played(themed_app: QApplication, qtbot: QtBot, language: str) -> None:
    translators = install(themed_app, language)
    card = Card("Gate", describe(SavedSource("/films/gate.mp4", live=True)), "filmstrip")
    for translator in translators:
        themed_app.removeTranslator(translator)
    QLocale.setDefault(QLocale.system())
    qtbot.addWidget(card)
    assert " ".join(card.about_lines()) == card.about
    assert all(QFontMetricsF(font(SMALL)).horizontalAdvance(line) <= card.width() - 2 * PAD for line in card.about_lines())


def test_text_wraps_anywhere_where_it_has_no_spaces_and_is_elided_at_last(themed_app: QApplication) -> None:
    lines = wrapped("rtsp://📷192.168.1.20:554/a/very/long/path/without/any/space/in/it", font(SMALL), 100, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert lines[0].startswith("rtsp://📷")


def test_the_list_of_videos_says_whole_why_one_cannot_be_read(themed_app: QApplication, qtbot: QtBot) -> None:
    panel = PlaylistPanel(ACTIONS["next_file"], ACTIONS["previous_file"], ACTIONS["list"])  # type: ignore[arg-type]
    qtbot.addWidget(panel)
    panel.resize(200, 400)
    playlist = Playlist()
    playlist.fill([Path("/films/a.mp4"), Path("/films/b.mp4")])
    playlist.report(1, f"/films/b.mp4 {REASON}")
    panel.show_playlist(playlist)
    panel.show()
    panel.fit(800)
    QApplication.processEvents()
    item = panel.list.item(1)
    assert item is not None
    name, *lines = item.text().split("\n")
    assert name == "b.mp4"
    assert " ".join(lines) == REASON
    view = panel.list.visualItemRect(item)
    metrics = QFontMetricsF(font(BASE))
    assert view.height() >= (1 + len(lines)) * metrics.height()
    assert max(map(metrics.horizontalAdvance, lines)) < view.width() - 30
    assert REASON in item.toolTip()


def test_the_way_to_find_cameras_begins_where_the_labels_begin(themed_app: QApplication, qtbot: QtBot) -> None:
    form = AddressForm(keyring=True)
    qtbot.addWidget(form)
    form.show()
    QApplication.processEvents()
    option = QStyleOptionButton()
    form.find_button.initStyleOption(option)
    style = form.find_button.style()
    assert style is not None
    text = style.subElementRect(QStyle.SubElement.SE_PushButtonContents, option, form.find_button)
    label = next(label for label in form.findChildren(QLabel) if label.buddy() is form.url)
    assert form.find_button.x() + text.x() == label.x()


@pytest.mark.parametrize("width", [340, 420, 560, 800, 1100])
def test_cells_of_the_status_bar_are_whole_or_left_out(themed_app: QApplication, qtbot: QtBot, width: int) -> None:
    around = QWidget()  # as in the window: not a layout, which would never make the bar narrower than its cells
    qtbot.addWidget(around)
    bar = StatusBar(around)
    bar.resize(1900, bar.height())
    around.show()
    now = snapshot(haze=0.41, engine={"device": "cpu", "precision": "fp32"}, warnings=("one", "two"))
    bar.show_snapshot(now, 30.0, 12.0, slow="8 of 25 fps: governor: every 4th frame")
    QApplication.processEvents()
    bar.resize(width, bar.height())
    bar.show_snapshot(now, 30.0, 4321.0, slow="8 of 25 fps: governor: every 4th frame")  # and no turn of Qt's loop after it
    assert clipped(bar) == []
    shown = [cell for cell in bar.findChildren(QLabel) if not cell.isHidden() and cell.text()]
    assert all(cell.geometry().right() < width for cell in shown)
    assert bar.haze in shown
    assert bar.slow in shown
    assert (bar.clock.isHidden() and "1:12:01" in bar.toolTip()) or bar.clock in shown
    bar.resize(1900, bar.height())
    assert bar.slow.text().endswith("every 4th frame")
    assert bar.device in [cell for cell in bar.findChildren(QLabel) if not cell.isHidden()]
