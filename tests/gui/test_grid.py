"""Several cameras: each lives on its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QColor
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.choice import Choice, parse
from gui.main_window import MainWindow
from gui.theme import DARK
from gui.widgets.grid_page import Tile
from tests.gui.conftest import PATIENCE, camera_of, settle
from tests.servers import HttpCamera


@pytest.fixture
def wall(window: MainWindow, qtbot: QtBot, clip: Path, tmp_path: Path) -> Iterator[MainWindow]:
    """Two clips, a stream that hangs and one that is not there, side by side; all focus on nothing."""
    with HttpCamera() as server:
        for name in ("north", "south"):
            (tmp_path / f"{name}.mp4").symlink_to(clip)
            window.opening.open(Choice(str(tmp_path / f"{name}.mp4"), name, live=True, loop=True))
        window.opening.open(parse(server.url)[0])
        window.opening.open(Choice("rtsp://127.0.0.1:9/live", "gone"))
        window.display.show_grid(True)
        qtbot.waitUntil(lambda: all(t.pair is not None for t in window.grid.tiles[:3]), timeout=PATIENCE)
        server.stalled.set()
        yield window


def count(tile: Tile) -> int:
    numbers = tile.camera.numbers()
    return numbers["painted"] if numbers else 0


def test_a_frozen_and_a_missing_camera_never_slow_the_others(wall: MainWindow, qtbot: QtBot) -> None:
    north, south, frozen, gone = wall.grid.tiles
    qtbot.waitUntil(lambda: bool(gone.sentence), timeout=PATIENCE)
    settle(qtbot, lambda: count(frozen), 0.5)
    before = {tile: count(tile) for tile in wall.grid.tiles}
    qtbot.waitUntil(lambda: all(count(t) > before[t] + 40 for t in (north, south)), timeout=PATIENCE)
    assert count(frozen) == before[frozen]
    assert "refuses" in gone.sentence
    assert gone.pair is None
    assert wall.mishaps.dialog is None


def test_tiles_are_equal_and_named(wall: MainWindow) -> None:
    sizes = {(t.width(), t.height()) for t in wall.grid.tiles}
    assert max(w for w, _ in sizes) - min(w for w, _ in sizes) <= 1
    assert max(h for _, h in sizes) - min(h for _, h in sizes) <= 1
    assert [t.accessibleName() for t in wall.grid.tiles][:2] == ["north", "south"]


def test_a_double_click_enlarges_and_escape_goes_back(wall: MainWindow, qtbot: QtBot) -> None:
    south = wall.grid.tiles[1].camera
    qtbot.mouseDClick(wall.grid.tiles[1], Qt.MouseButton.LeftButton)
    assert wall.stack.currentWidget() is wall.page
    assert wall.page.camera is south
    qtbot.waitUntil(lambda: wall.page.view.pair is not None, timeout=PATIENCE)
    others = [c for c in wall.fleet.cameras if c is not south]
    assert all(c.rests for c in others)  # nobody sees them
    wall.page.view.setFocus()
    qtbot.keyClick(wall.page.view, Qt.Key.Key_Escape)
    assert wall.display.grid_on
    assert not any(c.rests for c in wall.fleet.cameras)


def test_the_controls_act_on_the_chosen_tile(wall: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(wall.grid.tiles[0], Qt.MouseButton.LeftButton)
    assert camera_of(wall) is wall.grid.tiles[0].camera
    assert [t.selected for t in wall.grid.tiles] == [True, False, False, False]
    wall.inspector.strength.slider.setValue(20)
    assert [t.camera.look.strength for t in wall.grid.tiles] == [20, 100, 100, 100]


def reds(tile: Tile) -> int:
    """Points of the recording's red in the row where name and state stand."""
    row = tile.grab().toImage()
    colors = [row.pixelColor(x, int(8 + 24 / 2)) for x in range(160)]
    wanted = QColor(DARK.fault)
    return sum(abs(c.red() - wanted.red()) + abs(c.green() - wanted.green()) + abs(c.blue() - wanted.blue()) < 20 for c in colors)


def test_a_tile_tells_that_it_records(wall: MainWindow, qtbot: QtBot) -> None:
    tile = wall.grid.tiles[0]
    wall.fleet.look_at(tile.camera)
    assert reds(tile) == 0
    wall.do("record")
    qtbot.waitUntil(lambda: "recording" in tile.accessibleDescription(), timeout=PATIENCE)
    assert reds(tile) >= 4


def test_all_tiles_show_one_view(wall: MainWindow) -> None:
    wall.display.set_view("original")
    assert {t.view for t in wall.grid.tiles} == {"original"}


def test_closing_one_leaves_the_others(wall: MainWindow, qtbot: QtBot) -> None:
    kept = wall.grid.tiles[0]
    pair = kept.pair
    wall.fleet.close(wall.grid.tiles[3].camera)
    assert len(wall.grid.tiles) == 3
    assert wall.grid.tiles[0] is kept
    assert kept.pair is not None
    assert pair is not None
    for camera in list(wall.fleet.cameras):
        wall.fleet.close(camera)
    assert wall.stack.currentWidget() is wall.start_page
    QApplication.processEvents()
