"""Several cameras: each lives on its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.saved_source import SavedSource, parse_source
from gui.widgets.paint import RED
from gui.widgets.tile import Tile
from tests.gui.conftest import PATIENCE, camera_of, settle
from tests.servers import HttpCamera


@pytest.fixture
def four_cameras(window: MainWindow, qtbot: QtBot, clip: Path, tmp_path: Path) -> Iterator[MainWindow]:
    """Two clips, a stream that hangs and one that is not there, side by side; all focus on nothing."""
    with HttpCamera() as server:
        for name in ("north", "south"):
            (tmp_path / f"{name}.mp4").symlink_to(clip)
            window.opening.open(SavedSource(str(tmp_path / f"{name}.mp4"), name, live=True, loop=True))
        window.opening.open(parse_source(server.url)[0])
        window.opening.open(SavedSource("rtsp://127.0.0.1:9/live", "gone"))
        window.display.show_grid(True)
        qtbot.waitUntil(lambda: all(t.pair is not None for t in window.grid.tiles[:3]), timeout=PATIENCE)
        server.stalled.set()
        yield window


def count(tile: Tile) -> int:
    snapshot = tile.camera.snapshot()
    return snapshot.flow.painted if snapshot is not None else 0


def test_a_frozen_and_a_missing_camera_never_slow_the_others(four_cameras: MainWindow, qtbot: QtBot) -> None:
    north, south, frozen, gone = four_cameras.grid.tiles
    qtbot.waitUntil(lambda: bool(gone.sentence), timeout=PATIENCE)
    settle(qtbot, lambda: count(frozen), 0.5)
    before = {tile: count(tile) for tile in four_cameras.grid.tiles}
    qtbot.waitUntil(lambda: all(count(t) > before[t] + 40 for t in (north, south)), timeout=PATIENCE)
    assert count(frozen) <= before[frozen] + 3  # pictures that were on their way
    assert "refuses" in gone.sentence
    assert gone.pair is None
    assert four_cameras.error_reporter.dialog is None


def test_tiles_are_equal_and_named(four_cameras: MainWindow) -> None:
    sizes = {(t.width(), t.height()) for t in four_cameras.grid.tiles}
    assert max(w for w, _ in sizes) - min(w for w, _ in sizes) <= 1
    assert max(h for _, h in sizes) - min(h for _, h in sizes) <= 1
    assert [t.accessibleName() for t in four_cameras.grid.tiles][:2] == ["north", "south"]


def test_cameras_of_one_name_can_be_told_apart(window: MainWindow, qtbot: QtBot, clip: Path, tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}").mkdir()
        (tmp_path / f"{number}" / "gate.mp4").symlink_to(clip)
        window.opening.open(SavedSource(str(tmp_path / f"{number}" / "gate.mp4"), live=True, loop=True))
    window.display.show_grid(True)
    assert [t.accessibleName() for t in window.grid.tiles] == ["gate.mp4", "gate.mp4 (2)", "gate.mp4 (3)"]


def test_a_double_click_enlarges_and_escape_goes_back(four_cameras: MainWindow, qtbot: QtBot) -> None:
    south = four_cameras.grid.tiles[1].camera
    qtbot.mouseDClick(four_cameras.grid.tiles[1], Qt.MouseButton.LeftButton)
    assert four_cameras.stack.currentWidget() is four_cameras.page
    assert four_cameras.page.camera is south
    qtbot.waitUntil(lambda: four_cameras.page.view.pair is not None, timeout=PATIENCE)
    others = [c for c in four_cameras.cameras.all if c is not south]
    assert all(c.suspended for c in others)  # nobody sees them
    four_cameras.page.view.setFocus()
    qtbot.keyClick(four_cameras.page.view, Qt.Key.Key_Escape)
    assert four_cameras.display.grid_on
    assert not any(c.suspended for c in four_cameras.cameras.all)


def test_the_controls_act_on_the_chosen_tile(four_cameras: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(four_cameras.grid.tiles[0], Qt.MouseButton.LeftButton)
    assert camera_of(four_cameras) is four_cameras.grid.tiles[0].camera
    assert [t.selected for t in four_cameras.grid.tiles] == [True, False, False, False]
    four_cameras.inspector.sliders["strength"].slider.setValue(20)
    assert [t.camera.adjustments.strength for t in four_cameras.grid.tiles] == [20, 100, 100, 100]


def reds(tile: Tile) -> int:
    """Points of the recording's red in the corner where the time recorded stands."""
    row = tile.grab().toImage()
    colors = [row.pixelColor(x, 11) for x in range(row.width() - 80, row.width())]
    return sum(abs(c.red() - RED.red()) + abs(c.green() - RED.green()) + abs(c.blue() - RED.blue()) < 20 for c in colors)


def test_a_tile_tells_that_it_records(four_cameras: MainWindow, qtbot: QtBot) -> None:
    tile = four_cameras.grid.tiles[0]
    four_cameras.cameras.look_at(tile.camera)
    qtbot.waitUntil(lambda: reds(tile) == 0, timeout=PATIENCE)  # a busy machine says in red that no picture came
    four_cameras.run_action("record")
    qtbot.waitUntil(lambda: "recording" in tile.accessibleDescription(), timeout=PATIENCE)
    assert reds(tile) >= 4


def test_all_tiles_show_one_view(four_cameras: MainWindow) -> None:
    four_cameras.display.set_view("original")
    assert {t.view for t in four_cameras.grid.tiles} == {"original"}


def test_closing_one_leaves_the_others(four_cameras: MainWindow, qtbot: QtBot) -> None:
    kept = four_cameras.grid.tiles[0]
    pair = kept.pair
    four_cameras.cameras.close(four_cameras.grid.tiles[3].camera)
    assert len(four_cameras.grid.tiles) == 3
    assert four_cameras.grid.tiles[0] is kept
    assert kept.pair is not None
    assert pair is not None
    for camera in list(four_cameras.cameras.all):
        four_cameras.cameras.close(camera)
    assert four_cameras.stack.currentWidget() is four_cameras.start_page
    QApplication.processEvents()
