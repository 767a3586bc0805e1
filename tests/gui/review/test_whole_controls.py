"""At the smallest size of the window every control and every word of the review room is whole, in every language."""

from __future__ import annotations

from itertools import combinations

import pytest
from PyQt6.QtGui import QFontMetrics
from PyQt6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QStyle, QStyleOptionFrame, QWidget
from pytestqt.qtbot import QtBot

from gui.review.actions import REVIEW_ACTIONS
from gui.review.jump_controls import JumpControls
from gui.review.legend import legend_lines
from gui.review.recording_text import found_text
from gui.review.review_widgets import ReviewWidgets
from gui.review.time_line import TimeLine
from gui.review.time_line_layout import LANE_LOW
from gui.review.window import MINIMUM
from gui.theme import PAD
from tests.gui.fitting import clipped

WIDTHS = (MINIMUM[0], 1024, 1100, 1180, 1280, 1366, 1440, 1600, 1920)


@pytest.fixture
def widgets(qtbot: QtBot, language: str) -> ReviewWidgets:
    """Everything in its place, with the widest values that the bar below the pictures shows."""
    made = ReviewWidgets(REVIEW_ACTIONS)
    qtbot.addWidget(made.frame)
    made.frame.resize(*MINIMUM)
    made.frame.show()
    made.transport.show_time("2026-08-28 08:08:08.888", "UTC+08:00", 8_888_888)
    made.transport.show_marks("58:58.888", True)
    made.transport.show_speed(-0.25)
    QApplication.processEvents()
    return made


def controls(bar: QWidget) -> list[QWidget]:
    """The visible widgets of a bar that have no others in them."""
    return [one for one in bar.findChildren(QWidget) if (one.isVisibleTo(bar) and not one.findChildren(QWidget))
            or isinstance(one, QComboBox | QLineEdit)]


def own(bar: QWidget) -> list[QWidget]:
    """Those that are no part of a field or a list."""
    return [one for one in controls(bar) if not isinstance(one.parent(), QComboBox | QLineEdit) and one.window() is bar.window()]


def room_for_text(field: QLineEdit) -> int:
    """Pixels of a field that show its text."""
    option = QStyleOptionFrame()
    field.initStyleOption(option)
    style = field.style()
    assert style is not None
    return style.subElementRect(QStyle.SubElement.SE_LineEditContents, option, field).width() - 4  # Qt's own margin, at both ends


def test_every_control_of_the_bar_is_whole(widgets: ReviewWidgets) -> None:
    bar = widgets.transport
    for width in WIDTHS:
        widgets.frame.resize(width, MINIMUM[1])
        QApplication.processEvents()
        assert widgets.frame.width() == width
        places = {one: one.rect().translated(one.mapTo(bar, one.rect().topLeft())) for one in own(bar)}
        assert len(places) >= 11
        assert all(bar.rect().contains(place) for place in places.values()), width
        assert not [(a, b) for a, b in combinations(places, 2) if places[a].intersects(places[b])], width
        for field in (bar.clock, bar.frame):
            assert room_for_text(field) >= QFontMetrics(field.font()).horizontalAdvance(field.text())
        for label in bar.findChildren(QLabel):
            assert label.isHidden() or label.width() >= label.sizeHint().width(), label.text()


def test_words_beside_the_fields_are_there_where_there_is_room(widgets: ReviewWidgets) -> None:
    narrow = widgets.transport.height()
    widgets.frame.resize(1920, 1080)
    QApplication.processEvents()
    assert not widgets.transport.zone.isHidden()
    assert not widgets.transport.frame_label.isHidden()
    assert widgets.transport.height() < narrow


def test_buttons_that_jump_are_whole(widgets: ReviewWidgets) -> None:
    assert clipped(widgets.library.jumps) == []
    places = [button.geometry() for button in widgets.library.jumps.buttons.values()]
    assert not any(a.intersects(b) for a, b in combinations(places, 2))
    assert all(widgets.library.jumps.rect().contains(place) for place in places)


def test_buttons_that_jump_are_below_each_other_where_it_is_narrow(qtbot: QtBot, language: str) -> None:
    jumps = JumpControls()
    qtbot.addWidget(jumps)
    jumps.resize(180, 200)
    jumps.show()
    QApplication.processEvents()
    assert clipped(jumps) == []


def test_every_entry_of_the_legend_has_room(widgets: ReviewWidgets) -> None:
    layout = widgets.time_line.layout_of_parts
    lines = legend_lines(layout.width)
    assert [number for line in lines for number in line] == [0, 1, 2, 3, 4]
    picture = widgets.time_line.grab(layout.legend.toAlignedRect().adjusted(0, 1, 0, 0)).toImage()
    ground = picture.pixelColor(1, 1)
    assert all(picture.pixelColor(x, y) == ground for x in range(PAD - 2) for y in range(picture.height()))
    assert layout.legend_lines == len(lines)
    assert layout.lanes.height() >= 2 * LANE_LOW


def test_one_recording_and_one_camera_are_said_as_one(language: str) -> None:
    one, many = found_text(1, 1), found_text(3, 2)
    assert (one, many) == {
        "en": ("1 recording, 1 camera", "3 recordings, 2 cameras"),
        "de": ("1 Aufnahme, 1 Kamera", "3 Aufnahmen, 2 Kameras"),
        "fr": ("1 enregistrement, 1 caméra", "3 enregistrements, 2 caméras"),
    }[language]


def test_without_recordings_no_day_is_named(qtbot: QtBot, themed_app: QApplication) -> None:
    line = TimeLine()
    qtbot.addWidget(line)
    line.resize(900, 200)
    ruler = line.layout_of_parts.ruler.toAlignedRect().adjusted(1, 2, -1, -1)
    picture = line.grab(ruler).toImage()
    assert {picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())} == {picture.pixel(0, 0)}


def test_everything_fits_into_the_smallest_window(widgets: ReviewWidgets) -> None:
    least = widgets.frame.minimumSizeHint()
    assert (least.width() <= MINIMUM[0], least.height() <= MINIMUM[1]) == (True, True)
