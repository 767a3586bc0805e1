"""Full screen: the picture alone; one bar at a time where the mouse is, and nothing lies over another."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.saved_source import SavedSource
from gui.widgets.floating_bars import CONTROLS_TIMEOUT
from tests.gui.conftest import PATIENCE, camera_of


@pytest.fixture
def film(window: MainWindow, clip: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    """A window that plays a file in full screen."""
    window.opening.open(SavedSource(str(clip)))
    qtbot.waitUntil(lambda: window.page.view.pair is not None, timeout=PATIENCE)
    window.page.view.setFocus()
    window.display.set_fullscreen(True)
    yield window
    window.display.set_fullscreen(False)


def bars(window: MainWindow) -> list[QWidget]:
    """The bars and controls that are seen."""
    return [part for part in (window.top_bar, window.widgets.bottom_bar, window.inspector) if part.isVisible()]


def move(qtbot: QtBot, window: MainWindow, x: float, y: float) -> None:
    """The mouse at shares of the window's width and height; a second move, because the first may only enter."""
    for by in (0, 2):
        qtbot.mouseMove(window.frame, QPoint(round(x * window.width()) - by, round(y * window.height()) - by))


@pytest.mark.parametrize(("place", "part"), [((0.5, 0.05), "top_bar"), ((0.3, 0.6), "bottom_bar"), ((0.3, 0.98), "bottom_bar"),
                                             ((0.97, 0.5), "inspector")])
def test_one_bar_comes_where_the_mouse_is(film: MainWindow, qtbot: QtBot, place: tuple[float, float], part: str) -> None:
    assert film.isFullScreen()
    assert film.stack.size() == film.size()
    assert bars(film) == []
    move(qtbot, film, *place)
    assert bars(film) == [getattr(film.widgets, part)]
    assert film.stack.size() == film.size()  # it floats, the picture does not move


def test_the_position_in_the_file_is_part_of_the_bar(film: MainWindow, qtbot: QtBot) -> None:
    seek = film.page.seek_bar
    assert not seek.isVisible()
    move(qtbot, film, 0.3, 0.6)
    assert seek.isVisible()
    inside = [w.geometry() for w in (seek, film.status_bar)]
    assert not any(one.intersects(other) for one, other in itertools.combinations(inside, 2))
    film.display.set_fullscreen(False)
    assert film.page.isAncestorOf(seek)
    assert seek.isVisible()
    assert film.page.view.geometry().bottom() < seek.y()


def test_bar_and_pointer_go_when_the_mouse_rests_and_come_back(film: MainWindow, qtbot: QtBot) -> None:
    assert film.frame.floating._timer.interval() == CONTROLS_TIMEOUT == 2000
    move(qtbot, film, 0.3, 0.6)
    film.widgets.bottom_bar.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    film.frame.floating.hide_unused()
    assert bars(film) == []
    pointer = QApplication.overrideCursor()
    assert pointer is not None
    assert pointer.shape() == Qt.CursorShape.BlankCursor
    move(qtbot, film, 0.3, 0.05)
    assert QApplication.overrideCursor() is None
    assert bars(film) == [film.top_bar]
    film.frame.floating.hide_unused()
    film.display.set_fullscreen(False)
    assert QApplication.overrideCursor() is None
    assert len(bars(film)) == 3


def test_keys_work_and_a_message_lies_above_the_bar(film: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(film.page.view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: camera_of(film).paused or camera_of(film).state.is_over, timeout=PATIENCE)
    film.notice.show_message("what happened", stays=True)
    move(qtbot, film, 0.3, 0.6)
    film.notice.place()
    bar = film.widgets.bottom_bar
    assert film.notice.geometry().bottom() < bar.mapTo(film.frame, QPoint(0, 0)).y()
    qtbot.keyClick(film.page.view, Qt.Key.Key_Escape)
    assert not film.isFullScreen()


def test_by_keyboard_every_bar_is_reached_and_stays_while_it_is_used(film: MainWindow, qtbot: QtBot) -> None:
    film.activateWindow()
    seen = []
    for _ in range(2):
        qtbot.keyClick(QApplication.focusWidget() or film, Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        seen += [bar for bar in bars(film) if focus is not None and bar.isAncestorOf(focus)]
        film.frame.floating.hide_unused()
        assert bars(film) == seen[-1:]
    assert seen == [film.top_bar, film.inspector]
    film.page.view.setFocus()
    film.inspector.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    film.frame.floating.hide_unused()
    assert bars(film) == []
