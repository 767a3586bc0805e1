"""Paints what lies over the lanes of the time line: bookmarks, the marked stretch, the playhead, the line under the pointer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PyQt6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from dehazer.review import Bookmark
from gui.review.time_line_content import Marks
from gui.review.time_line_layout import NAMES, TimeLineLayout
from gui.review.time_scale import TimeScale, datetime_of
from gui.review.time_text import clock_text, date_text
from gui.review.time_ticks import zone_name
from gui.theme import GAP, LARGE, PAD, SMALL, font, theme

FLAG_COLORS = {"yellow": ("#e3b341", "#9a6700"), "red": ("#ff7b72", "#cf222e"), "green": ("#56d364", "#1a7f37"),
                   "blue": ("#79c0ff", "#0969da"), "purple": ("#d2a8ff", "#8250df"), "grey": ("#b1bac4", "#57606a")}
"""Of each colour of a bookmark: on dark and on light ground."""
FLAG = 9.0
HEAD = 7.0


def bookmark_color(name: str) -> QColor:
    """A bookmark's colour on the ground of the theme in use."""
    dark, light = FLAG_COLORS[name]
    return QColor(dark if theme.tokens.dark else light)


def paint_bookmarks(painter: QPainter, layout: TimeLineLayout, scale: TimeScale, bookmarks: Sequence[Bookmark]) -> None:
    """Flags in the row of bookmarks, with the first line of the note where there is room, and a bar as long as the stretch."""
    row = layout.marks
    painter.save()
    painter.setClipRect(row)
    painter.setFont(font(SMALL))
    places = [row.left() + scale.x(b.span.start.timestamp()) for b in bookmarks]
    for number, bookmark in enumerate(bookmarks):
        until = row.left() + scale.x(bookmark.span.end.timestamp())
        room = (places[number + 1] if number + 1 < len(places) else row.right()) - places[number] - FLAG - GAP
        if until >= row.left() - row.width() and places[number] <= row.right():
            _paint_bookmark(painter, bookmark, QLineF(places[number], row.top(), until, row.bottom()), room)
    painter.restore()


def _paint_bookmark(painter: QPainter, bookmark: Bookmark, place: QLineF, room: float) -> None:
    color, x, top, bottom = bookmark_color(bookmark.color), round(place.x1()) + 0.5, place.y1(), place.y2()
    painter.fillRect(QRectF(x, bottom - 3, max(1.0, place.x2() - place.x1()), 3), color)
    painter.setPen(QPen(color, 1.5))
    painter.drawLine(QPointF(x, top + 2), QPointF(x, bottom))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF([QPointF(x, top + 2), QPointF(x + FLAG, top + 6), QPointF(x, top + 10)]))
    if room > 24:
        text = QFontMetricsF(font(SMALL)).elidedText(bookmark.title, Qt.TextElideMode.ElideRight, min(room, 220))
        painter.setPen(theme.color("text"))
        painter.drawText(QPointF(x + FLAG + 4, bottom - 6), text)


def paint_marks(painter: QPainter, layout: TimeLineLayout, scale: TimeScale, marks: Marks) -> None:
    """The marked stretch: both ends as brackets with a word, what lies outside it darkened by stripes only at the ruler."""
    left, right = layout.ruler.left(), layout.ruler.right()
    begin = None if marks.begin is None else left + scale.x(marks.begin)
    end = None if marks.end is None else left + scale.x(marks.end)
    painter.save()
    painter.setClipRect(QRectF(left, 0, layout.time_width, layout.lanes.bottom()))
    if begin is not None or end is not None:
        low, high = max(left, begin if begin is not None else left), min(right, end if end is not None else right)
        if high > low:
            painter.fillRect(QRectF(low, 0, high - low, layout.lanes.bottom()), theme.color("accent", 0.16))
            painter.fillRect(QRectF(low, layout.ruler.bottom() - 3, high - low, 3), theme.color("accent"))
    for when, text, side in _flags(marks):
        if when is not None:
            _paint_bracket(painter, left + scale.x(when), layout.lanes.bottom(), text, side)
    painter.restore()


def flag_areas(layout: TimeLineLayout, scale: TimeScale, marks: Marks) -> list[QRectF]:
    """Where the words In and Out stand in the ruler."""
    return [_flag_area(layout.ruler.left() + scale.x(when), text, side) for when, text, side in _flags(marks) if when is not None]


def _flags(marks: Marks) -> tuple[tuple[float | None, str, int], ...]:
    """Of both marks the time, the word, and the side of the line (1: right) on which the word stands."""
    return ((marks.begin, QCoreApplication.translate("TimeLine", "In"), 1),
            (marks.end, QCoreApplication.translate("TimeLine", "Out"), -1))


def _flag_area(x: float, text: str, side: int) -> QRectF:
    width = QFontMetricsF(font(SMALL, True)).horizontalAdvance(text) + GAP
    return QRectF(x if side > 0 else x - width, 0, width, 16)


def _paint_bracket(painter: QPainter, x: float, bottom: float, text: str, side: int) -> None:
    painter.setPen(QPen(theme.color("accent"), 2))
    inner, low = x + side * 6, bottom - 1
    painter.drawPolyline(QPolygonF([QPointF(inner, 1), QPointF(x, 1), QPointF(x, low), QPointF(inner, low)]))
    plate = _flag_area(x, text, side)
    painter.fillRect(plate, theme.color("accent"))
    painter.setFont(font(SMALL, True))
    painter.setPen(theme.color("on_accent"))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)


def paint_playhead(painter: QPainter, layout: TimeLineLayout, scale: TimeScale, position: float) -> None:
    """A line across ruler and lanes with a head in the ruler; nothing where it is out of view."""
    if not scale.shows(position):
        return
    x = layout.ruler.left() + round(scale.x(position)) + 0.5
    top, bottom = layout.ruler.bottom(), layout.lanes.bottom()
    painter.setPen(QPen(theme.color("panel", 0.7), 4))
    painter.drawLine(QPointF(x, top), QPointF(x, bottom))
    painter.setPen(QPen(theme.color("text"), 1.5))
    painter.drawLine(QPointF(x, top - 4), QPointF(x, bottom))
    head = QPainterPath(QPointF(x - HEAD, top - 12))
    for point in (QPointF(x + HEAD, top - 12), QPointF(x + HEAD, top - 6), QPointF(x, top + 1), QPointF(x - HEAD, top - 6)):
        head.lineTo(point)
    head.closeSubpath()
    painter.setPen(QPen(theme.color("panel"), 1))
    painter.setBrush(theme.color("text"))
    painter.drawPath(head)


def paint_pointer(painter: QPainter, layout: TimeLineLayout, x: float) -> None:
    """The line under the pointer."""
    painter.setPen(QPen(theme.color("text", 0.55), 1, Qt.PenStyle.DotLine))
    painter.drawLine(QPointF(round(x) + 0.5, layout.ruler.bottom() - 8), QPointF(round(x) + 0.5, layout.lanes.bottom()))


def paint_clock(painter: QPainter, position: float | None, zone: tzinfo, pixel: float) -> None:
    """The time of the playhead in the corner above the names."""
    if position is None:
        return
    local = datetime_of(position).astimezone(zone)
    painter.setFont(font(LARGE, True))
    painter.setPen(theme.color("text"))
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(QRectF(PAD, 6, NAMES - PAD, 22), left, clock_text(local, "millisecond" if pixel < 0.1 else "second"))
    painter.setFont(font(SMALL))
    painter.setPen(theme.color("quiet"))
    painter.drawText(QRectF(PAD, 30, NAMES - PAD, 18), left, day_text(position, zone, NAMES - PAD))


def day_text(position: float, zone: tzinfo, room: float) -> str:
    """The day with its time zone; without the weekday, or in figures, where that is too long for so many pixels."""
    local, name = datetime_of(position).astimezone(zone), zone_name(position, zone)
    texts = [f"{date_text(local, pattern)} {name}" for pattern in ("ddd d MMM yyyy", "d MMM yyyy", "yyyy-MM-dd")]
    metrics = QFontMetricsF(font(SMALL))
    return next((text for text in texts if metrics.horizontalAdvance(text) <= room), texts[-1])
