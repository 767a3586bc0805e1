"""Paints the ruler of the time line: ticks, clock times, the day above them, and where the clock changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PyQt6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PyQt6.QtGui import QFontMetricsF, QPainter, QPen

from gui.review.time_line_layout import RULER, TimeLineLayout
from gui.review.time_scale import TimeScale
from gui.review.time_text import context_text, tick_text
from gui.review.time_ticks import DAY, MONTH, YEAR, Tick, Unit, clock_changes, labels_at, major_step, ticks, unit_of
from gui.theme import GAP, SMALL, font, theme

LABEL_ROW = 20.0
"""Height of the row with the context (day, month or year); labels of the ticks stand below."""
_CONTEXT_STEP: dict[Unit, int] = {"millisecond": DAY, "second": DAY, "minute": DAY, "day": MONTH, "month": YEAR, "year": YEAR}
MAJOR, MINOR = 8.0, 4.0
"""Lengths of ticks in pixels."""
SEVERAL_WEEKS, SEVERAL_DAYS = 60 * 86400.0, 4 * 86400.0
"""Seconds in view from which on changes of the clock are no longer shown, and no longer named."""


def paint_ruler(painter: QPainter, layout: TimeLineLayout, scale: TimeScale, zone: tzinfo,
                flags: Sequence[QRectF] = ()) -> None:
    """The whole ruler, on the ground that is there. flags: what will be painted over its upper row; days stand beside them."""
    painter.save()
    area = layout.ruler
    painter.setClipRect(area)
    painter.translate(area.left(), 0)
    painter.setFont(font(SMALL))
    found = ticks(scale, zone)
    _paint_ticks(painter, [t for t in found if not t.is_major], scale, MINOR)
    _paint_ticks(painter, [t for t in found if t.is_major], scale, MAJOR)
    painter.setPen(theme.color("text"))
    for tick in (t for t in found if t.is_major):
        box = QRectF(round(scale.x(tick.when)) + 4.5, LABEL_ROW - 2, 120, LABEL_ROW)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, tick_text(tick, zone))
    taken = [flag.translated(-area.left(), 0) for flag in flags]
    _paint_context(painter, scale, zone, unit_of(major_step(scale)), taken)
    painter.restore()


def _paint_ticks(painter: QPainter, found: Sequence[Tick], scale: TimeScale, height: float) -> None:
    places = (round(scale.x(tick.when)) + 0.5 for tick in found)
    painter.setPen(QPen(theme.color("quiet", 1.0 if height == MAJOR else 0.55), 1))
    lines = [QLineF(x, RULER - height, x, RULER) for x in places]
    painter.drawLines(lines)  # type: ignore[call-overload]  # PyQt's stub knows no list


def _paint_context(painter: QPainter, scale: TimeScale, zone: tzinfo, unit: Unit, taken: Sequence[QRectF]) -> None:
    """The day (month, year) that the labels belong to, where there is room; what began before the left edge is named there."""
    begins = labels_at(scale, _CONTEXT_STEP[unit], zone)
    metrics = QFontMetricsF(font(SMALL))
    for number, when in enumerate(begins):
        begin, end = scale.x(when), scale.x(begins[number + 1]) if number + 1 < len(begins) else scale.width
        if end <= 0 or begin >= scale.width:
            continue
        text = context_text(max(when, scale.start) + 1, unit, zone)
        width = metrics.horizontalAdvance(text)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(QPointF(round(begin) + 0.5, 0), QPointF(round(begin) + 0.5, RULER))
        left, right = beside(max(begin + 4, GAP), width, taken), min(end, scale.width)
        if left + width + GAP <= right:
            painter.setPen(theme.color("quiet"))
            painter.drawText(QPointF(left, LABEL_ROW - 6), text)


def beside(left: float, width: float, taken: Sequence[QRectF]) -> float:
    """Where a text of a width begins that would begin at `left`: right of what is taken there."""
    for area in sorted(taken, key=QRectF.left):
        if left < area.right() + GAP and area.left() < left + width + GAP:
            left = area.right() + GAP
    return left


def paint_clock_changes(painter: QPainter, layout: TimeLineLayout, scale: TimeScale, zone: tzinfo) -> None:
    """A dashed line where the wall clock jumps, with the names of both times in the row below the ruler."""
    if scale.seconds >= SEVERAL_WEEKS:
        return
    painter.save()
    painter.setClipRect(layout.ruler.united(layout.marks))
    painter.setFont(font(SMALL))
    for change in clock_changes(scale.start, scale.end, zone):
        x = layout.ruler.left() + round(scale.x(change.when)) + 0.5
        text = QCoreApplication.translate("TimeLine", "{} → {}").format(change.before, change.after)
        painter.setPen(QPen(theme.color("warning"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, 0), QPointF(x, layout.marks.bottom()))
        if scale.seconds < SEVERAL_DAYS:
            width = QFontMetricsF(font(SMALL)).horizontalAdvance(text) + GAP
            plate = QRectF(x + 1, layout.marks.top(), width, layout.marks.height())
            painter.fillRect(plate, theme.color("panel"))
            painter.setPen(theme.color("warning"))
            painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
