"""The page of bookmarks over the core's own bookmarks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from dehazer.review import Bookmarks, Span
from gui.review.actions import REVIEW_ACTIONS
from gui.review.bookmark_controller import BookmarkController
from gui.review.bookmarks_tab import BookmarksTab
from gui.review.camera_panes import CameraPanes
from gui.review.mark_controller import MarkController
from gui.review.playback_controller import PlaybackController
from gui.review.transport_bar import TransportBar
from gui.services.background import Background

START = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)


class Page:
    """The page with its controller and everything that belongs to it."""

    def __init__(self, path: Path, qtbot: QtBot) -> None:
        self.panes, self.transport = CameraPanes(), TransportBar(REVIEW_ACTIONS)
        self.tab = BookmarksTab({name: action.tip for name, action in REVIEW_ACTIONS.items()})
        for widget in (self.panes, self.transport, self.tab):
            qtbot.addWidget(widget)
        self.panes.show_cameras(("Gate", "Ramp"))
        self.bookmarks = Bookmarks(path)
        self.playback = PlaybackController(self.panes, self.transport, Background(self.tab))
        self.marks = MarkController(self.playback, self.transport)
        self.controller = BookmarkController(self.tab, self.bookmarks, self.playback, self.marks, panes=self.panes,
                                             dialog_parent=self.tab)
        self.messages: list[str] = []
        self.controller.message.connect(lambda text, *_: self.messages.append(text))
        self.tab.show()

    @property
    def shown(self) -> list[str]:
        """Notes of the list, in order."""
        return [mark.note for mark in self.tab.model.marks]


@pytest.fixture
def page(qtbot: QtBot, themed_app: QApplication, tmp_path: Path) -> Page:
    return Page(tmp_path / "bookmarks.json", qtbot)


def test_a_moment_is_bookmarked_noted_and_coloured(page: Page, qtbot: QtBot) -> None:
    page.controller.add(START)
    assert [mark.camera for mark in page.tab.selected] == ["Gate"]
    qtbot.keyClicks(page.tab.note, "White van")
    qtbot.keyClick(page.tab.note, Qt.Key.Key_Return)
    page.tab.color.setCurrentIndex(1)
    page.tab.color.activated.emit(1)
    [mark] = page.bookmarks.all
    assert (mark.note, mark.color, mark.span) == ("White van", "red", Span(START, START))


def test_a_marked_span_is_bookmarked_and_marked_again_by_going_there(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    span = Span(START, START + timedelta(seconds=5))
    page.marks.set_span(span)
    monkeypatch.setattr(PlaybackController, "moment", property(lambda _self: START))
    page.controller.add()
    page.marks.clear()
    page.controller.go_to(page.bookmarks.all[0])
    assert page.marks.span == span


def test_search_shows_what_is_found(page: Page, qtbot: QtBot) -> None:
    for minute, note in enumerate(("white van", "dog", "red van")):
        page.bookmarks.add("Gate", Span(START + timedelta(minutes=minute), START + timedelta(minutes=minute)), note)
    page.controller.refresh()
    qtbot.keyClicks(page.tab.search, "van")
    assert page.shown == ["white van", "red van"]
    page.tab.search.clear()
    assert len(page.shown) == 3


def test_what_is_removed_comes_back(page: Page, qtbot: QtBot) -> None:
    page.controller.add(START)
    page.tab.buttons["remove"].click()
    assert page.shown == []
    assert page.tab.empty.isVisible()
    page.controller.undo()
    assert page.shown == [""]
    page.controller.redo()
    assert page.shown == []
    assert not page.tab.buttons["redo"].isEnabled()


def test_bookmarks_survive_as_csv(page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page.bookmarks.add("Gate", Span(START, START), "white van")
    target = tmp_path / "list.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(target), ""))
    save, _, read = page.tab.menu.actions()
    save.trigger()
    page.bookmarks.remove(page.bookmarks.all[0].id)
    read.trigger()
    assert page.shown == ["white van"]
    assert page.messages == ["Saved list.csv", "1 bookmarks are new or changed"]


def test_a_file_that_cannot_be_read_is_told_in_a_sentence(page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "list.json").write_text("not json")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "list.json"), ""))
    page.tab.menu.actions()[2].trigger()
    assert len(page.messages) == 1
    assert "list.json" in page.messages[0]
