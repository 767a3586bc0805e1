"""The second window: shows a camera or all, follows the first one, closes alone, and remembers its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PyQt6.QtCore import QEvent, QPoint, Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.saved_source import SavedSource
from gui.widgets.second_window import SecondWindow
from tests.gui.conftest import PATIENCE, camera_of


@pytest.fixture
def two(window: MainWindow, qtbot: QtBot, clip: Path, tmp_path: Path) -> MainWindow:
    """Two clips that play, one of them in view."""
    for name in ("north", "south"):
        (tmp_path / f"{name}.mp4").symlink_to(clip)
        window.opening.open(SavedSource(str(tmp_path / f"{name}.mp4"), name, live=True, loop=True))
    qtbot.waitUntil(lambda: window.page.view.pair is not None, timeout=PATIENCE)
    return window


def second(window: MainWindow) -> SecondWindow:
    assert window.second.window is not None
    return window.second.window


def press(window: SecondWindow, key: Qt.Key) -> None:
    """A key that this window gets; without a window manager the first one may be the active one, and its shortcuts come first."""
    window.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))


def shown(window: MainWindow) -> list[str]:
    return [tile.camera.title for tile in second(window).grid.tiles]


def test_a_camera_stays_in_the_second_window_when_another_is_looked_at(two: MainWindow, qtbot: QtBot) -> None:
    north, south = two.cameras.all
    two.run_action("second_camera")
    assert shown(two) == ["south"]
    assert second(two).windowTitle() == "south – dehazer"
    two.cameras.look_at(north)
    assert shown(two) == ["south"]
    assert not south.suspended  # somebody sees it
    tile = second(two).grid.tiles[0]
    pair = tile.pair
    qtbot.waitUntil(lambda: tile.pair is not None and tile.pair is not pair, timeout=PATIENCE)
    qtbot.waitUntil(lambda: two.page.view.pair is not None, timeout=PATIENCE)  # the first one gets its pictures, too
    second(two).close()
    assert two.second.window is None
    assert two.isVisible()
    assert south.suspended
    assert camera_of(two) is north


def test_both_windows_show_the_same_picture_and_count_it_once(two: MainWindow, qtbot: QtBot) -> None:
    two.run_action("second_camera")
    camera, tile = camera_of(two), second(two).grid.tiles[0]
    pairs: list[object] = []
    tile.painted.connect(pairs.append)
    qtbot.waitUntil(lambda: len(pairs) > 5, timeout=PATIENCE)
    assert tile.pair is not None
    assert two.page.view.pair is not None
    assert tile.pair.moment is two.page.view.pair.moment
    numbers = camera.snapshot()
    assert numbers is not None
    assert numbers.flow.painted <= numbers.flow.computed


def test_the_wall_follows_order_view_and_closing(two: MainWindow) -> None:
    north, south = two.cameras.all
    two.run_action("second_wall")
    assert shown(two) == ["north", "south"]
    two.cameras.swap(north, south)
    assert shown(two) == ["south", "north"]
    south.set_view("wipe")
    south.set_divider(0.3)
    tile = second(two).grid.tiles[0]
    assert (tile.view, tile.divider) == ("wipe", 0.3)
    two.cameras.close(south)
    assert shown(two) == ["north"]
    two.cameras.close(north)
    assert shown(two) == []
    assert not second(two).grid.grab().isNull()


def test_a_camera_that_is_closed_gives_way_to_the_one_in_view(two: MainWindow) -> None:
    north, south = two.cameras.all
    two.run_action("second_camera")
    two.cameras.look_at(north)
    two.cameras.close(south)
    assert shown(two) == ["north"]


def test_a_paused_camera_is_shown_at_once(two: MainWindow, qtbot: QtBot) -> None:
    camera_of(two).set_paused(True)
    two.run_action("second_camera")
    assert second(two).grid.tiles[0].pair is not None


def test_keys_and_double_clicks(two: MainWindow, qtbot: QtBot) -> None:
    two.run_action("second_wall")
    window = second(two)
    qtbot.mouseDClick(window.grid.tiles[0], Qt.MouseButton.LeftButton)
    assert shown(two) == ["north"]
    press(window, Qt.Key.Key_G)
    assert shown(two) == ["north", "south"]
    full = window.isFullScreen()
    press(window, Qt.Key.Key_F)
    assert window.isFullScreen() is not full
    if not window.isFullScreen():
        press(window, Qt.Key.Key_F)
    press(window, Qt.Key.Key_Escape)
    assert not window.isFullScreen()
    assert window.isVisible()
    press(window, Qt.Key.Key_W)
    assert two.second.window is None


def test_its_menu_chooses_what_it_shows(two: MainWindow) -> None:
    two.run_action("second_wall")
    two.second._show_menu(QPoint(5, 5))
    menu = second(two).findChild(QMenu)
    assert menu is not None
    texts = {action.text(): action for action in menu.actions()}
    assert texts["All cameras"].isChecked()
    texts["north"].trigger()
    assert shown(two) == ["north"]
    menu.close()


def test_it_closes_with_the_first_window_and_comes_back_where_it_was(make_window: Callable[[], MainWindow], clip: Path,
                                                                      qtbot: QtBot) -> None:
    first = make_window()
    first.opening.open(SavedSource(str(clip), "gate", live=True, loop=True))
    first.run_action("second_camera")
    window = second(first)
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.setGeometry(60, 50, 500, 300)
    QApplication.processEvents()
    first.close_without_asking()
    assert first.second.window is None
    again = make_window()
    again.opening.open(SavedSource(str(clip), "gate", live=True, loop=True))
    again.run_action("second_camera")
    assert second(again).size() == window.size()
    assert not second(again).isFullScreen()
    screen = second(again).screen()
    assert screen is not None
    assert again.settings.text("second/screen") == screen.name()


def test_a_wall_brings_the_second_window_back(two: MainWindow) -> None:
    two.run_action("second_wall")
    two.walls.save_as("Both")
    second(two).close()
    two.cameras.look_at(two.cameras.all[1])
    two.run_action("second_camera")
    two.walls.save_as("One")
    second(two).close()
    two.walls.open("Both")
    assert shown(two) == ["north", "south"]
    two.walls.open("One")
    assert shown(two) == ["south"]


def test_its_menus_do_not_stay_behind(two: MainWindow, qtbot: QtBot) -> None:
    two.run_action("second_wall")
    for _ in range(3):
        two.second._show_menu(QPoint(5, 5))
        for menu in second(two).findChildren(QMenu):
            menu.close()
    qtbot.waitUntil(lambda: not second(two).findChildren(QMenu), timeout=PATIENCE)
