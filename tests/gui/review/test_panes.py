"""The pictures of several cameras: one view, one zoom, one division, and a current camera."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.review.camera_panes import CameraPanes
from gui.view.modes import VIEW_MODES
from tests.gui.moments import rgb_moment


@pytest.fixture
def panes(qtbot: QtBot, themed_app: QApplication) -> CameraPanes:
    """Three cameras, each with a picture."""
    made = CameraPanes()
    qtbot.addWidget(made)
    made.resize(960, 540)
    made.show()
    made.show_cameras(("Gate", "Ramp", "Yard"))
    for index, pane in enumerate(made.panes.values()):
        pane.show_moment(rgb_moment(index))
    return made


def test_the_first_camera_is_current_and_a_click_makes_another_one_so(panes: CameraPanes, qtbot: QtBot) -> None:
    assert panes.current == "Gate"
    with qtbot.waitSignal(panes.selected) as said:
        qtbot.mouseClick(panes.panes["Yard"], Qt.MouseButton.LeftButton)
    assert said.args == ["Yard"]
    assert panes.pane is panes.panes["Yard"]


def test_all_cameras_show_the_same_part_and_the_same_division(panes: CameraPanes) -> None:
    panes.panes["Ramp"].zoom(3.0, QPointF(20, 20))
    panes.panes["Ramp"].set_divider(0.25)
    assert {pane.viewport for pane in panes.panes.values()} == {panes.panes["Ramp"].viewport}
    assert panes.panes["Gate"].viewport.zoom == 3.0
    assert {pane.divider for pane in panes.panes.values()} == {0.25}


def test_zoom_view_and_division_are_kept_for_cameras_that_come_later(panes: CameraPanes) -> None:
    panes.set_view("wipe")
    panes.panes["Gate"].zoom(2.0)
    panes.panes["Gate"].set_divider(0.75)
    panes.show_cameras(("Gate", "Dock"))
    dock = panes.panes["Dock"]
    assert (dock.view, dock.viewport.zoom, dock.divider) == ("wipe", 2.0, 0.75)
    assert list(panes.panes) == ["Gate", "Dock"]


def test_a_double_click_shows_one_camera_alone_and_all_again(panes: CameraPanes, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panes.arranged):
        qtbot.mouseDClick(panes.panes["Ramp"], Qt.MouseButton.LeftButton)
    assert [pane.camera for pane in panes.shown] == ["Ramp"]
    assert not panes.panes["Gate"].isVisible()
    panes.select_next()
    assert [pane.camera for pane in panes.shown] == ["Yard"]
    qtbot.mouseDClick(panes.panes["Yard"], Qt.MouseButton.LeftButton)
    assert len(panes.shown) == 3


def test_without_cameras_there_is_a_hint(panes: CameraPanes) -> None:
    panes.hint.setText("Nothing here")
    panes.show_cameras(())
    assert panes.hint.isVisible()
    assert panes.current == ""
    assert panes.pane is None


@pytest.mark.parametrize("view", list(VIEW_MODES))
def test_every_view_is_painted_with_name_and_clock(panes: CameraPanes, view: str) -> None:
    panes.set_view(view)
    pane = panes.panes["Gate"]
    before = pane.grab().toImage()
    pane.show_text("08:14:03.480", "")
    assert changed_rows(before, pane.grab().toImage()) <= set(range(8, 44))  # the plate at the top, and nothing else


def test_a_sentence_stands_over_a_picture_that_is_missing(panes: CameraPanes) -> None:
    pane = panes.panes["Gate"]
    before = pane.grab().toImage()
    pane.show_text("", "No recording from 10:00 to 10:30.")
    assert changed_rows(before, pane.grab().toImage()) & set(range(pane.height() // 2 - 20, pane.height() // 2 + 20))
    assert "No recording" in pane.accessibleDescription()


def changed_rows(before: QImage, after: QImage) -> set[int]:
    """Lines in which two pictures differ."""
    return {y for y in range(before.height()) if any(before.pixel(x, y) != after.pixel(x, y) for x in range(before.width()))}
