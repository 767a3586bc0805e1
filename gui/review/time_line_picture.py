"""The resting part of the time line as one picture, painted anew only when something in it has changed: not while playing."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PyQt6.QtGui import QImage, QPainter, QPen, QPixmap

from gui.review.lane_painter import lane_colors, lane_image, paint_files, paint_name
from gui.review.legend import paint_legend
from gui.review.mark_painter import flag_areas, paint_bookmarks, paint_marks
from gui.review.ruler_painter import paint_clock_changes, paint_ruler
from gui.review.time_line_content import Lane
from gui.review.time_line_layout import NAMES, TimeLineLayout
from gui.review.time_line_view import TimeLineView
from gui.review.time_scale import TimeScale
from gui.theme import BASE, font, theme


class TimeLinePicture:
    """Keeps the last picture, and the last one of every lane."""

    def __init__(self) -> None:
        self._state: tuple[object, ...] = ()
        self._picture = QPixmap()
        self._lanes: dict[str, tuple[tuple[object, ...], QImage]] = {}

    def of(self, line: TimeLineView, layout: TimeLineLayout) -> QPixmap:
        """The picture of a time line as it is now."""
        ratio = line.devicePixelRatioF()
        state = (layout, line.scale, line.content, theme.tokens, ratio)
        if state != self._state:
            self._state, self._picture = state, self._painted(line, layout, ratio)
        return self._picture

    def _painted(self, line: TimeLineView, layout: TimeLineLayout, ratio: float) -> QPixmap:
        picture = QPixmap(round(layout.width * ratio), round(layout.height * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(theme.color("panel"))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.content.lanes:  # without recordings there is no time to show
            paint_ruler(painter, layout, line.scale, line.content.zone, flag_areas(layout, line.scale, line.content.marks))
        self._paint_lanes(painter, line, layout, ratio)
        paint_bookmarks(painter, layout, line.scale, line.content.bookmarks)
        paint_marks(painter, layout, line.scale, line.content.marks)
        paint_clock_changes(painter, layout, line.scale, line.content.zone)
        _paint_frame(painter, layout)
        paint_legend(painter, layout)
        painter.end()
        return picture

    def _paint_lanes(self, painter: QPainter, line: TimeLineView, layout: TimeLineLayout, ratio: float) -> None:
        if not line.content.lanes:
            _paint_nothing(painter, layout)
        painter.save()
        painter.setClipRect(QRectF(0, layout.lanes.top(), layout.width, layout.lanes.height()))
        for number, lane in enumerate(line.content.lanes):
            area = layout.lane(number)
            if area.bottom() > layout.lanes.top() and area.top() < layout.lanes.bottom():
                painter.drawImage(area, self._lane(lane, line.scale, area, ratio))
                paint_files(painter, lane, line.scale, area)
                paint_name(painter, lane, area)
        painter.restore()
        _paint_scroll_mark(painter, layout)
        self._lanes = {lane.camera: self._lanes[lane.camera] for lane in line.content.lanes if lane.camera in self._lanes}

    def _lane(self, lane: Lane, scale: TimeScale, area: QRectF, ratio: float) -> QImage:
        size = round(area.width() * ratio), round(area.height() * ratio)
        state: tuple[object, ...] = (lane.footage, lane.curve, scale, size, theme.tokens)
        known = self._lanes.get(lane.camera)
        if known is None or known[0] != state:
            known = self._lanes[lane.camera] = (state, lane_image(lane, scale, *size, lane_colors(theme.tokens)))
        return known[1]


def _paint_nothing(painter: QPainter, layout: TimeLineLayout) -> None:
    painter.setFont(font(BASE))
    painter.setPen(theme.color("quiet"))
    text = QCoreApplication.translate("TimeLine", "No recordings yet")
    painter.drawText(layout.lanes, Qt.AlignmentFlag.AlignCenter, text)


def _paint_scroll_mark(painter: QPainter, layout: TimeLineLayout) -> None:
    """Which part of the lanes is in view, where they do not all fit: at the right edge of the names."""
    if layout.overflow <= 0:
        return
    area = layout.lanes
    whole = area.height() + layout.overflow
    mark = QRectF(NAMES - 7, area.top() + area.height() * layout.scrolled / whole, 4, area.height() ** 2 / whole)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("quiet"))
    painter.drawRoundedRect(mark, 2, 2)


def _paint_frame(painter: QPainter, layout: TimeLineLayout) -> None:
    """Lines between names and time, above the lanes, and at the upper edge."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(theme.color("line"), 1))
    painter.drawLine(QPointF(0, 0), QPointF(layout.width, 0))
    painter.drawLine(QPointF(NAMES - 1, 0), QPointF(NAMES - 1, layout.legend.top()))
    painter.drawLine(QPointF(0, layout.legend.top()), QPointF(layout.width, layout.legend.top()))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
