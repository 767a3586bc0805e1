"""The time line under mouse, wheel and keys, and painted at every zoom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtGui import QKeySequence, QMouseEvent, QShortcut, QWheelEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from dehazer.review import Bookmark, Span
from gui.review.time_line import TimeLine
from gui.review.time_line_layout import LEGEND, MARKS, NAMES, RULER, TimeLineLayout
from gui.review.time_scale import SHORTEST, seconds_of
from gui.theme import theme
from tests.gui.review.recordings import MINUTE, START, curve, many, recording

ZONE = ZoneInfo("Europe/Berlin")
HOUR = 60 * MINUTE
Left, Middle, Shift, Nothing = (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.ShiftModifier,
                                Qt.KeyboardModifier.NoModifier)


@pytest.fixture
def line(qtbot: QtBot, themed_app: QApplication) -> TimeLine:
    """Four cameras with six hours of footage each, on the screen."""
    made = TimeLine()
    qtbot.addWidget(made)
    made.resize(1000 + round(NAMES), 220)
    made.set_recordings(many(4 * 72), ZONE)
    made.show()
    qtbot.waitExposed(made)
    made.zoom_to(Span(START, START + 6 * HOUR))
    return made


def place(line: TimeLine, when: datetime, part: str = "lane") -> QPoint:
    """Where a time is, in the middle of a part."""
    y = {"ruler": RULER / 2, "marks": RULER + MARKS / 2, "lane": line.layout_of_parts.lane(0).center().y()}[part]
    return QPointF(NAMES + line.scale.x(seconds_of(when)), y).toPoint()


def drag(line: TimeLine, begin: QPoint, end: QPoint, button: Qt.MouseButton = Left,
         modifier: Qt.KeyboardModifier = Nothing) -> None:
    """Press, move, release."""
    QTest.mousePress(line, button, modifier, begin)
    for step in range(1, 5):
        at = QPointF(begin + (end - begin) * step / 4)
        event = QMouseEvent(QMouseEvent.Type.MouseMove, at, line.mapToGlobal(at), Qt.MouseButton.NoButton, button, modifier)
        QApplication.sendEvent(line, event)
    QTest.mouseRelease(line, button, modifier, end)


def turn(line: TimeLine, at: QPoint, notches: float, modifier: Qt.KeyboardModifier = Nothing, across: bool = False) -> None:
    """Turn the wheel."""
    angle = QPoint(round(120 * notches), 0) if across else QPoint(0, round(120 * notches))
    QApplication.sendEvent(line, QWheelEvent(QPointF(at), line.mapToGlobal(QPointF(at)), QPoint(), angle, Qt.MouseButton.NoButton,
                                             modifier, Qt.ScrollPhase.NoScrollPhase, False))


@pytest.fixture
def asked(line: TimeLine) -> Iterator[list[tuple[datetime, bool]]]:
    """What positions were asked for."""
    found: list[tuple[datetime, bool]] = []
    line.position_requested.connect(lambda when, dragging: found.append((when, dragging)))
    return found


def near(one: datetime, other: datetime, line: TimeLine) -> bool:
    """Whether two times are at most a pixel and a half apart."""
    return abs((one - other).total_seconds()) <= 1.5 * line.scale.pixel


def test_a_click_in_a_lane_asks_for_its_time(line: TimeLine, asked: list[tuple[datetime, bool]]) -> None:
    drag(line, place(line, START + HOUR), place(line, START + HOUR))
    assert near(asked[-1][0], START + HOUR, line)
    assert asked[-1][1] is False
    assert asked[-1][0].utcoffset() == timedelta(0)


def test_dragging_in_a_lane_asks_all_the_way_and_says_when_it_rests(line: TimeLine, asked: list[tuple[datetime, bool]]) -> None:
    drag(line, place(line, START + HOUR), place(line, START + 3 * HOUR))
    assert [dragging for _, dragging in asked] == [True] * (len(asked) - 1) + [False]
    assert len(asked) >= 5
    assert near(asked[-1][0], START + 3 * HOUR, line)


def test_nothing_outside_the_footage_is_asked_for(line: TimeLine, asked: list[tuple[datetime, bool]]) -> None:
    line.zoom_to(Span(START - HOUR, START + HOUR))
    drag(line, place(line, START - HOUR / 2), place(line, START - HOUR / 2))
    assert asked[-1][0] == START


def test_dragging_the_ruler_pans_and_a_click_on_it_seeks(line: TimeLine, asked: list[tuple[datetime, bool]]) -> None:
    before = line.scale
    drag(line, QPoint(600, 10), QPoint(500, 10))
    assert line.scale.start == pytest.approx(before.time(100), abs=before.pixel)
    assert line.scale.seconds == before.seconds
    assert asked == []
    when = START + 2 * HOUR
    drag(line, place(line, when, "ruler"), place(line, when, "ruler"))
    assert near(asked[-1][0], when, line)


def test_the_middle_button_pans_anywhere(line: TimeLine, asked: list[tuple[datetime, bool]]) -> None:
    before = line.scale
    drag(line, place(line, START + 2 * HOUR), place(line, START + 1 * HOUR), Middle)
    assert line.scale.start > before.start
    assert asked == []


def test_the_wheel_zooms_around_the_pointer(line: TimeLine) -> None:
    at = place(line, START + HOUR)
    before = line.scale.time(at.x() - NAMES)
    turn(line, at, 3)
    assert line.scale.seconds == pytest.approx(6 * 3600 / 0.92 / 1.25 ** 3)
    assert line.scale.time(at.x() - NAMES) == pytest.approx(before, abs=1e-3)


def test_the_wheel_goes_from_everything_to_single_frames_and_back(line: TimeLine) -> None:
    at = place(line, START + HOUR)
    turn(line, at, 200)
    assert line.scale.seconds == SHORTEST
    turn(line, at, -400)
    assert line.scale.seconds == pytest.approx(line.limits.longest)


@pytest.mark.parametrize("across", [False, True])
def test_shift_and_a_sideways_wheel_pan(line: TimeLine, across: bool) -> None:
    line.zoom_to(Span(START + HOUR, START + 2 * HOUR))
    before = line.scale
    turn(line, place(line, START + 1.5 * HOUR), -1, Nothing if across else Shift, across)
    assert line.scale.seconds == before.seconds
    assert line.scale.start > before.start


def test_shift_and_dragging_select_a_stretch(line: TimeLine, asked: list[tuple[datetime, bool]]) -> None:
    found: list[Span] = []
    line.span_selected.connect(found.append)
    drag(line, place(line, START + 2 * HOUR), place(line, START + 1 * HOUR), modifier=Shift)
    assert near(found[-1].start, START + HOUR, line)
    assert near(found[-1].end, START + 2 * HOUR, line)
    assert asked == []
    assert line.content.marks.begin == pytest.approx(seconds_of(found[-1].start))


def test_shift_and_a_click_forget_the_stretch(line: TimeLine) -> None:
    found: list[Span | None] = []
    line.span_selected.connect(found.append)
    line.set_marks(START, START + HOUR)
    drag(line, place(line, START + 3 * HOUR), place(line, START + 3 * HOUR), modifier=Shift)
    assert found == [None]
    assert line.content.marks.begin is None


@pytest.mark.parametrize(("held", "fixed"), [(1, 2), (2, 1)])
def test_ends_of_the_stretch_are_moved_with_the_mouse(line: TimeLine, held: int, fixed: int) -> None:
    found: list[Span] = []
    line.span_selected.connect(found.append)
    line.set_marks(START + HOUR, START + 2 * HOUR)
    drag(line, place(line, START + held * HOUR, "ruler"), place(line, START + 4 * HOUR, "ruler"))
    assert near(found[-1].end, START + 4 * HOUR, line)
    assert found[-1].start == START + fixed * HOUR


def test_a_bookmark_is_found_under_the_mouse(line: TimeLine) -> None:
    found: list[Bookmark] = []
    line.bookmark_clicked.connect(found.append)
    first = Bookmark("Gate", Span(START + HOUR, START + HOUR), "Van")
    second = Bookmark("Yard", Span(START + 3 * HOUR, START + 4 * HOUR), "Truck")
    line.set_bookmarks([second, first])
    for minutes in (61, 200, 400):
        at = place(line, START + minutes * MINUTE, "marks")
        drag(line, at, at)
    assert found == [first, second]


def test_a_double_click_beside_the_bookmarks_asks_for_a_new_one(line: TimeLine) -> None:
    found: list[datetime] = []
    line.bookmark_requested.connect(found.append)
    QTest.mouseDClick(line, Left, Nothing, place(line, START + HOUR, "marks"))
    assert near(found[0], START + HOUR, line)


def test_names_are_clicked_to_choose_cameras(line: TimeLine) -> None:
    found: list[tuple[str, bool]] = []
    line.camera_clicked.connect(lambda name, added: found.append((name, added)))
    for number, modifier in ((0, Nothing), (2, Qt.KeyboardModifier.ControlModifier)):
        QTest.mouseClick(line, Left, modifier, QPointF(20, line.layout_of_parts.lane(number).center().y()).toPoint())
    assert found == [("Gate", False), ("Motorway", True)]


def test_keys_zoom_page_and_go_to_the_ends(line: TimeLine, asked: list[tuple[datetime, bool]]) -> None:
    line.setFocus()
    before = line.scale
    QTest.keyClick(line, Qt.Key.Key_Plus)
    assert line.scale.seconds < before.seconds
    QTest.keyClick(line, Qt.Key.Key_PageDown)
    assert line.scale.start > before.start
    QTest.keyClick(line, Qt.Key.Key_0)
    assert line.scale.shows(line.limits.start)
    assert line.scale.shows(line.limits.end)
    QTest.keyClick(line, Qt.Key.Key_End)
    QTest.keyClick(line, Qt.Key.Key_Home)
    assert [seconds_of(when) for when, _ in asked] == [line.limits.end, line.limits.start]


def test_the_view_follows_a_playhead_it_showed_and_stays_otherwise(line: TimeLine) -> None:
    line.zoom_to(Span(START, START + HOUR))
    line.set_position(START + HOUR)
    line.set_position(START + HOUR + 10 * MINUTE)
    assert line.scale.shows(seconds_of(START + HOUR + 10 * MINUTE))
    line.zoom_to(Span(START + 4 * HOUR, START + 5 * HOUR))
    stays = line.scale
    line.set_position(START + HOUR + 11 * MINUTE)
    assert line.scale == stays


def test_recordings_that_come_later_leave_the_view_and_the_haze_alone(line: TimeLine) -> None:
    haze = {"Gate": curve()}
    line.set_curves(haze)
    before = line.scale
    line.set_recordings([*many(4 * 72), recording("Roof", 10)], ZONE)
    assert line.scale == before
    assert [lane.camera for lane in line.content.lanes] == ["Gate", "Harbour", "Motorway", "Roof", "Yard"]
    assert line.content.lanes[0].curve is haze["Gate"]


def test_the_first_recordings_are_all_shown(qtbot: QtBot, themed_app: QApplication) -> None:
    made = TimeLine()
    qtbot.addWidget(made)
    made.grab()
    made.set_recordings([recording(minute=5), recording(minute=90)], ZONE)
    assert made.scale.shows(seconds_of(START + 5 * MINUTE))
    assert made.scale.shows(seconds_of(START + 99 * MINUTE))


def test_more_cameras_than_fit_are_scrolled_over_their_names(line: TimeLine) -> None:
    line.set_recordings(many(40, [f"Camera {n:02d}" for n in range(20)]), ZONE)
    layout = line.layout_of_parts
    assert layout.overflow > 0
    turn(line, QPoint(20, 120), -100)
    assert line.layout_of_parts.scrolled == layout.overflow
    assert line.layout_of_parts.camera_at(line.layout_of_parts.lanes.bottom() - 5) == 19
    line.resize(line.width(), 2000)
    assert line.layout_of_parts.scrolled == 0


def test_the_description_tells_cameras_and_position(line: TimeLine) -> None:
    line.set_position(START + HOUR)
    assert line.accessibleName() == "Time line"
    assert line.accessibleDescription() == "4 cameras, position Mon 2026-11-16 08:00:00 CET"


@pytest.mark.parametrize("mode", ["dark", "light"])
@pytest.mark.parametrize("seconds", [SHORTEST, 1, 10, 60, 3600, 86400, 7 * 86400, 400 * 86400])
def test_every_zoom_is_painted(line: TimeLine, mode: str, seconds: float) -> None:
    theme.apply(mode)
    line.set_recordings([*many(2000), recording("Gate", 30, fault="Empty."), recording("Yard", 12000, growing=True)], ZONE)
    line.set_curves({"Gate": curve(100), "Yard": curve(2)})
    line.set_marks(START, START + HOUR)
    line.set_bookmarks([Bookmark("Gate", Span(START + MINUTE, START + 3 * MINUTE), "Van")])
    line.set_position(START + 31 * MINUTE)
    half = timedelta(seconds=seconds / 2)
    line.zoom_to(Span(START + 31 * MINUTE - half, START + 31 * MINUTE + half))
    picture = line.grab().toImage()
    lane = line.layout_of_parts.lane(0)
    colors = {picture.pixel(x, round(lane.bottom()) - 2) for x in range(round(NAMES), picture.width())}
    assert len(colors) > 1
    theme.apply("dark")


def test_what_rests_is_not_painted_anew_while_playing(line: TimeLine, count_lanes: Callable[[], int]) -> None:
    line.set_position(START + HOUR)
    line.grab()
    before = count_lanes()
    for second in range(20):
        line.set_position(START + HOUR + timedelta(seconds=second))
        line.grab()
    assert count_lanes() == before
    line.zoom_by(2.0)
    line.grab()
    assert count_lanes() == before + 4


@pytest.fixture
def count_lanes(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many lanes were computed so far."""
    from gui.review import time_line_picture

    real, calls = time_line_picture.lane_image, []
    monkeypatch.setattr(time_line_picture, "lane_image", lambda *a: (calls.append(1), real(*a))[1])
    return lambda: len(calls)


def test_layout_covers_the_widget() -> None:
    layout = TimeLineLayout(1000, 240, 3)
    assert layout.lanes.bottom() + LEGEND == 240
    assert layout.lane(0).top() == RULER + MARKS
    assert layout.lane(2).bottom() <= layout.lanes.bottom()
    assert [layout.camera_at(layout.lane(n).center().y()) for n in range(3)] == [0, 1, 2]
    assert layout.part_at(QPointF(NAMES + 1, RULER + 1)) == "marks"
    assert layout.part_at(QPointF(NAMES - 1, RULER + 1)) == "names"
    assert layout.part_at(QPointF(NAMES + 1, 239)) == "below"


def test_while_the_mouse_holds_the_playhead_nobody_else_moves_it(line: TimeLine) -> None:
    QTest.mousePress(line, Left, Nothing, place(line, START + HOUR))
    held = line.position
    line.set_position(START + 3 * HOUR)
    assert line.position == held
    QTest.mouseRelease(line, Left, Nothing, place(line, START + HOUR))
    line.set_position(START + 3 * HOUR)
    assert line.position == seconds_of(START + 3 * HOUR)


def test_dragging_beyond_the_edge_brings_more_into_view(line: TimeLine, asked: list[tuple[datetime, bool]]) -> None:
    line.zoom_to(Span(START + 2 * HOUR, START + 3 * HOUR))
    before = line.scale
    drag(line, place(line, START + 2.5 * HOUR), QPoint(line.width() + 200, 100))
    assert line.scale.start > before.start
    assert line.scale.shows(line.scale.time(line.scale.width / 2))
    assert asked[-1][0] > START + 3 * HOUR


def test_cameras_are_in_the_order_in_which_people_count(line: TimeLine) -> None:
    line.set_recordings([recording(name) for name in ("gate 10", "Yard", "Gate 2", "harbour", "7 Lane")], ZONE)
    assert [lane.camera for lane in line.content.lanes] == ["7 Lane", "Gate 2", "gate 10", "harbour", "Yard"]


def test_keys_that_zoom_are_its_own_while_it_has_the_focus(qtbot: QtBot, themed_app: QApplication) -> None:
    window, pressed = QWidget(), list[str]()
    qtbot.addWidget(window)
    made, other, column = TimeLine(), QPushButton(), QVBoxLayout(window)
    column.addWidget(made)
    column.addWidget(other)
    made.set_recordings([recording()], ZONE)
    QShortcut(QKeySequence("+"), window).activated.connect(lambda: pressed.append("+"))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made.setFocus()
    before = made.scale.seconds
    QTest.keyClick(made, Qt.Key.Key_Plus)
    assert made.scale.seconds < before
    assert pressed == []
    other.setFocus()
    QTest.keyClick(other, Qt.Key.Key_Plus)
    assert pressed == ["+"]


def test_frames_of_time_lapse_recordings_do_not_cover_the_haze(line: TimeLine) -> None:
    slow = replace(recording(minutes=360), rate=Fraction(1, 600))
    pictures = []
    for one in (slow, replace(slow, rate=None)):
        line.set_recordings([one], ZONE)
        line.set_curves({"Gate": curve(6)})
        pictures.append(line.grab().toImage())
    assert pictures[0] == pictures[1]


def test_behind_the_last_frame_nothing_is_drawn(line: TimeLine) -> None:
    line.set_recordings([recording(minutes=1)], ZONE)
    end = START + MINUTE
    line.zoom_to(Span(end - timedelta(seconds=0.4), end + timedelta(seconds=0.4)))
    picture, lane = line.grab().toImage(), line.layout_of_parts.lane(0)
    first = round(NAMES + line.scale.x(seconds_of(end))) + 3
    colors = {picture.pixel(x, round(lane.bottom()) - 6) for x in range(first, picture.width() - 3)}
    assert len(colors) == 1
