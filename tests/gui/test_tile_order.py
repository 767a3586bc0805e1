"""Tiles change places: by dragging one onto another, and by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.saved_source import SavedSource
from gui.widgets.tile import Tile
from tests.gui.conftest import PATIENCE

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def wall(window: MainWindow, qtbot: QtBot, clip: Path, tmp_path: Path) -> MainWindow:
    """Four clips side by side, two in a row."""
    for name in "abcd":
        (tmp_path / f"{name}.mp4").symlink_to(clip)
        window.opening.open(SavedSource(str(tmp_path / f"{name}.mp4"), name, live=True, loop=True))
    window.display.show_grid(True)
    qtbot.waitUntil(lambda: all(tile.pair is not None for tile in window.grid.tiles), timeout=PATIENCE)
    QApplication.processEvents()
    return window


def names(window: MainWindow) -> str:
    assert [t.camera for t in window.grid.tiles] == window.cameras.all
    return "".join(tile.accessibleName() for tile in window.grid.tiles)


def drag(qtbot: QtBot, tile: Tile, onto: QPoint, *, drop: bool = True) -> None:
    """Press in the middle of a tile and move to a point of it, in two steps."""
    begin = tile.rect().center()
    qtbot.mousePress(tile, LEFT, pos=begin)
    qtbot.mouseMove(tile, begin + QPoint(30, 0))
    qtbot.mouseMove(tile, onto)
    if drop:
        qtbot.mouseRelease(tile, LEFT, pos=onto)


def test_a_tile_dragged_onto_another_changes_places_with_it(wall: MainWindow, qtbot: QtBot) -> None:
    first, last = wall.grid.tiles[0], wall.grid.tiles[3]
    onto = first.mapFromGlobal(last.mapToGlobal(last.rect().center()))
    drag(qtbot, first, onto, drop=False)
    assert [tile.role for tile in wall.grid.tiles] == ["moved", "", "", "target"]
    qtbot.mouseRelease(first, LEFT, pos=onto)
    assert names(wall) == "dbca"
    assert [tile.role for tile in wall.grid.tiles] == [""] * 4
    assert wall.grid.tiles[3] is first
    assert first.geometry().topLeft() == last.geometry().topLeft() or QApplication.processEvents() is None
    assert wall.cameras.current is first.camera


def test_a_drag_beside_the_tiles_or_taken_back_changes_nothing(wall: MainWindow, qtbot: QtBot) -> None:
    first, last = wall.grid.tiles[0], wall.grid.tiles[3]
    drag(qtbot, first, QPoint(-500, -500))
    assert names(wall) == "abcd"
    onto = first.mapFromGlobal(last.mapToGlobal(last.rect().center()))
    drag(qtbot, first, onto, drop=False)
    qtbot.keyClick(first, Qt.Key.Key_Escape)
    assert [tile.role for tile in wall.grid.tiles] == [""] * 4
    qtbot.mouseRelease(first, LEFT, pos=onto)
    assert names(wall) == "abcd"
    assert wall.display.grid_on


def test_a_click_only_chooses(wall: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(wall.grid.tiles[2], LEFT)
    assert names(wall) == "abcd"
    assert wall.cameras.current is wall.cameras.all[2]


def test_keys_move_the_chosen_tile_and_stop_at_the_edge(wall: MainWindow) -> None:
    columns = wall.grid.columns
    wall.cameras.look_at(wall.cameras.all[0])
    wall.run_action("swap_left")
    wall.run_action("swap_up")
    assert names(wall) == "abcd"
    wall.run_action("swap_right")
    assert names(wall) == "bacd"
    if columns == 2:
        wall.run_action("swap_right")  # the edge: not into the next row
        assert names(wall) == "bacd"
        wall.run_action("swap_down")
        assert names(wall) == "bdca"
    wall.display.show_grid(False)
    before = list(wall.cameras.all)
    wall.run_action("swap_left")
    assert wall.cameras.all == before  # nothing to see, nothing moves


def test_the_view_of_all_is_kept_for_each_camera(wall: MainWindow) -> None:
    wall.display.set_view("wipe")
    assert {camera.view for camera in wall.cameras.all} == {"wipe"}
    wall.display.show_grid(False)
    wall.display.set_view("original")
    wall.display.show_grid(True)
    views = {tile.camera is wall.cameras.current: tile.view for tile in wall.grid.tiles}
    assert views == {True: "original", False: "wipe"}
