"""What the mouse does on the time line: moving the playhead, panning, selecting a stretch, moving its ends, the wheel."""

from __future__ import annotations

from typing import Protocol

from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtGui import QMouseEvent, QWheelEvent

from dehazer.review import Bookmark, Span
from gui.review.mark_painter import FLAG
from gui.review.time_line_view import TimeLineView
from gui.review.time_scale import datetime_of

CLICK = 4.0
"""Pixels that the mouse may move in a click."""
REACH = 5.0
"""Pixels around the end of the marked stretch in which it is taken hold of."""
NOTCH = 120.0
ZOOM = 1.25
PAN = 120.0
"""Pixels that a notch of the wheel pans."""

FOLLOW = 0.5
"""Pixels that are panned at a move of the mouse, for each one that it is outside."""

Shift, Control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class Gesture(Protocol):
    """From pressing a button of the mouse until its release."""

    def move(self, point: QPointF) -> None:
        """The mouse moved."""

    def end(self, point: QPointF) -> None:
        """The button was released."""


class Scrub:
    """The playhead follows the mouse."""

    def __init__(self, line: TimeLineView, point: QPointF) -> None:
        self._line = line
        self.move(point)

    def move(self, point: QPointF) -> None:
        self._line.is_scrubbed = True
        _follow(self._line, point)
        self._send(point, True)

    def end(self, point: QPointF) -> None:
        self._line.is_scrubbed = False
        self._send(point, False)

    def _send(self, point: QPointF, dragging: bool) -> None:
        when = self._line.time_at(point)
        self._line.place_playhead(when)
        self._line.position_requested.emit(datetime_of(when), dragging)


class Pan:
    """Time follows the mouse; without a move, where `clicks` allows it, the playhead comes to the place."""

    def __init__(self, line: TimeLineView, point: QPointF, clicks: bool) -> None:
        self._line, self._clicks, self._first, self._last = line, clicks, point, point
        self._moved = False

    def move(self, point: QPointF) -> None:
        self._moved = self._moved or abs(point.x() - self._first.x()) > CLICK
        if self._moved:
            self._line.pan_by(self._last.x() - point.x())
            self._last = point

    def end(self, point: QPointF) -> None:
        if self._clicks and not self._moved:
            self._line.position_requested.emit(datetime_of(self._line.time_at(point)), False)


class Select:
    """A stretch is drawn, from `anchor` (seconds since 1970) to the mouse. Without a move nothing is selected any more."""

    def __init__(self, line: TimeLineView, point: QPointF, anchor: float, has_moved: bool = False) -> None:
        self._line, self._first, self._anchor, self._moved = line, point, anchor, has_moved

    def _span(self, point: QPointF) -> Span:
        begin, end = sorted((self._anchor, self._line.time_at(point)))
        return Span(datetime_of(begin), datetime_of(end))

    def move(self, point: QPointF) -> None:
        self._moved = self._moved or abs(point.x() - self._first.x()) > CLICK
        if self._moved:
            _follow(self._line, point)
            span = self._span(point)
            self._line.set_marks(span.start, span.end)

    def end(self, point: QPointF) -> None:
        if self._moved:
            self.move(point)
            self._line.span_selected.emit(self._span(point))
        else:
            self._line.set_marks(None, None)
            self._line.span_selected.emit(None)


def _follow(line: TimeLineView, point: QPointF) -> None:
    """Pan where the mouse has left the time line sideways."""
    area = line.layout_of_parts.ruler
    beyond = max(0.0, point.x() - area.right()) - max(0.0, area.left() - point.x())
    if beyond:
        line.pan_by(beyond * FOLLOW)


def begin_gesture(line: TimeLineView, event: QMouseEvent) -> Gesture | None:
    """What begins with the press of a button, by place and modifier; None where it is over at once."""
    point, part = event.position(), line.layout_of_parts.part_at(event.position())
    if event.button() == Qt.MouseButton.MiddleButton and part != "names":
        return Pan(line, point, clicks=False)
    if event.button() != Qt.MouseButton.LeftButton or part == "below":
        return None
    held = held_end(line, point)
    if held is not None:
        return Select(line, point, held, has_moved=True)
    if event.modifiers() & Shift and part != "names":
        return Select(line, point, line.time_at(point))
    begins = {"names": _click_name, "ruler": _take_ruler, "marks": _click_bookmark, "lane": _take_playhead}
    return begins[part](line, event)


def _take_ruler(line: TimeLineView, event: QMouseEvent) -> Gesture:
    return Pan(line, event.position(), clicks=True)


def _take_playhead(line: TimeLineView, event: QMouseEvent) -> Gesture:
    return Scrub(line, event.position())


def _click_bookmark(line: TimeLineView, event: QMouseEvent) -> None:
    bookmark = bookmark_at(line, event.position())
    if bookmark is not None:
        line.bookmark_clicked.emit(bookmark)


def _click_name(line: TimeLineView, event: QMouseEvent) -> None:
    number = line.layout_of_parts.camera_at(event.position().y())
    if number is not None:
        line.camera_clicked.emit(line.content.lanes[number].camera, bool(event.modifiers() & (Control | Shift)))


def held_end(line: TimeLineView, point: QPointF) -> float | None:
    """The other end (seconds since 1970) of the marked stretch whose one end lies under a point of the ruler; None beside it."""
    begin, end = line.content.marks.begin, line.content.marks.end
    if begin is None or end is None or line.layout_of_parts.part_at(point) != "ruler":
        return None
    x = point.x() - line.layout_of_parts.ruler.left()
    distances = abs(line.scale.x(begin) - x), abs(line.scale.x(end) - x)
    if min(distances) > REACH:
        return None
    return end if distances[0] <= distances[1] else begin


def bookmark_at(line: TimeLineView, point: QPointF) -> Bookmark | None:
    """The bookmark under a point of their row; the last one where several lie there."""
    x = point.x() - line.layout_of_parts.marks.left()
    for bookmark in reversed(line.content.bookmarks):
        first, last = (line.scale.x(when.timestamp()) for when in (bookmark.span.start, bookmark.span.end))
        if first - 3 <= x <= max(first + FLAG, last) + 3:
            return bookmark
    return None


def cursor_at(line: TimeLineView, point: QPointF, modifiers: Qt.KeyboardModifier) -> Qt.CursorShape:
    """The pointer's shape, by what a press would do there."""
    part = line.layout_of_parts.part_at(point)
    if held_end(line, point) is not None:
        return Qt.CursorShape.SizeHorCursor
    if part in ("lane", "ruler") and modifiers & Shift:
        return Qt.CursorShape.IBeamCursor
    if part == "ruler":
        return Qt.CursorShape.OpenHandCursor
    clickable = (part == "names" and line.layout_of_parts.camera_at(point.y()) is not None) or (
        part == "marks" and bookmark_at(line, point) is not None)
    return Qt.CursorShape.PointingHandCursor if clickable else Qt.CursorShape.ArrowCursor


def wheel(line: TimeLineView, event: QWheelEvent) -> None:
    """Zooms around the pointer; sideways, or with Shift, pans; over the names, scrolls the lanes."""
    event.accept()
    across, along = event.angleDelta().x() / NOTCH, event.angleDelta().y() / NOTCH
    layout = line.layout_of_parts
    if layout.part_at(event.position()) == "names":
        line.scroll_by(-along * layout.lane_height)
    elif event.modifiers() & Shift or abs(across) > abs(along):
        line.pan_by(-(across or along) * PAN)
    elif along:
        line.zoom_by(ZOOM ** along, event.position().x() - layout.ruler.left())
