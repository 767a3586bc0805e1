"""The card above the time line: what it says of a place, and the picture it shows there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtGui import QMouseEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from dehazer.review import Bookmark, Recording, Span
from gui.review.time_line import TimeLine
from gui.review.time_line_hover import TimeLineHover
from gui.review.time_line_layout import NAMES, RULER
from gui.review.time_scale import seconds_of
from gui.widgets.hover_card import HoverCard
from tests.gui.review.recordings import MINUTE, START, curve, recording
from tests.media import Film, write_film

ZONE = ZoneInfo("Europe/Berlin")


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_film(tmp_path_factory.mktemp("films") / "film.mp4", Film(width=128, height=72, frames=75))


@pytest.fixture
def recordings(film: Path) -> list[Recording]:
    """Ten minutes, a gap of twenty, ten minutes; a file that cannot be read on another camera."""
    first = replace(recording(), path=film, size=film.stat().st_size)
    return [first, recording(minute=30), recording("Yard", 2, fault="It holds no video.")]


@pytest.fixture
def hover(qtbot: QtBot, themed_app: QApplication, recordings: list[Recording], tmp_path: Path) -> Iterator[TimeLineHover]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 500)
    line, column = TimeLine(), QVBoxLayout(window)
    column.addStretch(1)
    column.addWidget(line)
    made = TimeLineHover(line, HoverCard(window), tmp_path / "thumbnails")
    line.set_recordings(recordings, ZONE)
    line.set_curves({"Gate": curve(1.0, peak=0.0)})
    window.show()
    qtbot.waitExposed(window)
    line.zoom_to(Span(START, START + 40 * MINUTE))
    yield made
    assert made.close()


def point_at(hover: TimeLineHover, when: datetime, lane: int = 0, y: float | None = None) -> None:
    """Move the mouse to a time, in a lane or at another height."""
    line = hover._line
    y = line.layout_of_parts.lane(lane).center().y() if y is None else y
    at = QPointF(NAMES + line.scale.x(seconds_of(when)), y)
    kind, none = QMouseEvent.Type.MouseMove, Qt.MouseButton.NoButton
    QApplication.sendEvent(line, QMouseEvent(kind, at, line.mapToGlobal(at), none, none, Qt.KeyboardModifier.NoModifier))


def test_a_place_with_footage_has_time_haze_file_and_picture(hover: TimeLineHover, qtbot: QtBot) -> None:
    point_at(hover, START + MINUTE / 30)
    assert hover.card.isVisible()
    assert hover.card.content.time == "Mon 2026-11-16 07:00:02 CET"
    assert hover.card.content.lines == ("Gate · haze 90 %", "film.mp4")
    qtbot.waitUntil(lambda: hover.card.content.picture is not None, timeout=20_000)
    picture = hover.card.content.picture
    assert picture is not None
    assert (picture.width(), picture.height()) == (240, 135)
    assert not hover.card.grab().isNull()


def test_a_gap_says_how_long_it_is(hover: TimeLineHover) -> None:
    point_at(hover, START + 20 * MINUTE)
    assert hover.card.content.lines == ("Gate", "no footage for 20 min 00 s")
    assert not hover.card.content.has_picture
    point_at(hover, START + 41 * MINUTE)
    assert hover.card.content.lines == ("Gate", "no footage after this")
    point_at(hover, START - MINUTE)
    assert hover.card.content.lines == ("Gate", "no footage before this")


def test_a_file_that_cannot_be_read_says_why(hover: TimeLineHover) -> None:
    point_at(hover, START + 5 * MINUTE, lane=1)
    assert hover.card.content.lines[-1] == "It holds no video."


def test_the_ruler_tells_the_time_only(hover: TimeLineHover) -> None:
    point_at(hover, START + 5 * MINUTE, y=RULER / 2)
    assert hover.card.content.lines == ()


def test_a_bookmark_shows_its_note_camera_and_length(hover: TimeLineHover) -> None:
    span = Span(START + 10 * MINUTE, START + 12 * MINUTE)
    hover._line.set_bookmarks([Bookmark("Gate", span, "White van\n\nwaits at the barrier")])
    point_at(hover, START + 11 * MINUTE, y=RULER + 5)
    assert hover.card.content.lines == ("Gate · 2 min 00 s", "White van", "waits at the barrier")
    assert hover.card.content.time == "Mon 2026-11-16 07:10:00 CET"


def test_the_card_stays_inside_the_window_above_the_time_line(hover: TimeLineHover) -> None:
    for minute in (0, 20, 40):
        point_at(hover, START + minute * MINUTE)
        window = hover.card.parentWidget()
        assert window is not None
        assert window.rect().contains(hover.card.geometry())
        assert hover.card.geometry().bottom() < hover._line.y()


def test_the_card_goes_when_the_pointer_leaves(hover: TimeLineHover) -> None:
    point_at(hover, START + MINUTE)
    QTest.mouseMove(hover._line, QPointF(10, 10).toPoint())
    hover._line.leaveEvent(None)
    assert not hover.card.isVisible()


def test_a_file_that_vanished_leaves_the_card_without_a_picture(hover: TimeLineHover, qtbot: QtBot) -> None:
    point_at(hover, START + 35 * MINUTE)  # the second file was never there
    qtbot.waitUntil(lambda: hover.thumbnails.request(recording(minute=30), 5 * 60) is not None, timeout=20_000)
    assert hover.card.content.picture is None
    assert hover.card.content.lines[0].startswith("Gate")


def test_the_card_tells_the_time_under_the_pointer_after_a_zoom_too(hover: TimeLineHover) -> None:
    point_at(hover, START + MINUTE)
    before = hover.card.content.time
    hover._line.zoom_to(Span(START + 30 * MINUTE, START + 35 * MINUTE))
    assert hover.card.content.time != before


def test_while_the_mouse_holds_the_playhead_there_is_no_card(hover: TimeLineHover) -> None:
    point_at(hover, START + MINUTE)
    line = hover._line
    at = QPointF(NAMES + line.scale.x(seconds_of(START + 2 * MINUTE)), line.layout_of_parts.lane(0).center().y()).toPoint()
    QTest.mousePress(line, Qt.MouseButton.LeftButton, pos=at)
    point_at(hover, START + 3 * MINUTE)
    assert not hover.card.isVisible()
    QTest.mouseRelease(line, Qt.MouseButton.LeftButton, pos=at)
    point_at(hover, START + 3 * MINUTE)
    assert hover.card.isVisible()
