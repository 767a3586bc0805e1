"""Paints the lanes of the time line: the computed picture of each, borders of files and of single frames, the camera's name."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from PyQt6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen

from dehazer.review import Recording, Span
from gui.review.lane_image import LaneColors, LaneColumns, lane_picture
from gui.review.time_line_content import Lane
from gui.review.time_line_layout import NAMES
from gui.review.time_scale import TimeScale, datetime_of
from gui.theme import BASE, GAP, PAD, SMALL, Tokens, font, theme

BORDER_DISTANCE = 12.0
"""Pixels of a file, on average, from which on the borders of files are drawn."""
NAME_WIDTH = 150.0
"""Pixels of a file from which on its name is written in it."""
FRAME_WIDTH = 6.0
"""Pixels of a single frame from which on frames are told apart."""
FRAMES_UNTIL = 0.2
"""Seconds a pixel may cover where frames are drawn: in recordings of a few frames an hour they would cover the haze."""
NUMBER_WIDTH = 44.0
"""Pixels of a single frame from which on its number is written below it."""
BOTH_HEIGHT = 34.0
"""Pixels of a lane from which on it holds the name of a file and numbers of frames, one above the other."""
MIX = {"gap": ("panel", "line", 0.35), "footage": ("panel", "quiet", 0.32), "clear": ("panel", "accent", 0.62),
       "foggy": ("panel", "warning", 0.95), "edge": ("accent", "text", 0.35), "limit": ("panel", "text", 0.5),
       "unknown": ("panel", "text", 0.55), "fault": ("fault", "fault", 0.0), "overlap": ("text", "text", 0.0)}
"""Colours of a lane: from one role of the theme towards another, by a share."""


@lru_cache(maxsize=4)
def lane_colors(tokens: Tokens) -> LaneColors:
    """The colours of a theme as the numbers that pictures of lanes are made of."""
    return LaneColors(**{name: _mixed(getattr(tokens, one), getattr(tokens, other), share)
                         for name, (one, other, share) in MIX.items()})


def _mixed(one: str, other: str, share: float) -> int:
    low, high = QColor(one), QColor(other)
    parts = zip((low.red(), low.green(), low.blue()), (high.red(), high.green(), high.blue()), strict=True)
    red, green, blue = (round(a + (b - a) * share) for a, b in parts)
    return 0xff000000 | red << 16 | green << 8 | blue


def lane_image(lane: Lane, scale: TimeScale, columns: int, rows: int, colors: LaneColors) -> QImage:
    """The lane's picture in device pixels; owns its memory."""
    haze = np.full(columns, np.nan)
    if lane.curve is not None and len(lane.curve):
        haze = np.asarray(lane.curve.resampled(Span(datetime_of(scale.start), datetime_of(scale.end)), columns), np.float64)
    pixels = lane_picture(LaneColumns.of(lane.footage, scale, haze), rows, colors)
    return QImage(pixels.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_RGB32).copy()


def paint_files(painter: QPainter, lane: Lane, scale: TimeScale, area: QRectF) -> None:
    """Borders, names and frames of the files in view, where these are wide enough to be told apart."""
    numbers = lane.footage.between(scale.start, scale.end)
    widths = (lane.footage.ends - lane.footage.starts)[numbers.start:numbers.stop] / scale.pixel
    if not numbers or widths.mean() < BORDER_DISTANCE:
        return
    painter.save()
    painter.setClipRect(area)
    painter.setFont(font(SMALL))
    for number in numbers:
        left, right = scale.x(float(lane.footage.starts[number])), scale.x(float(lane.footage.ends[number]))
        box = QRectF(area.left() + left, area.top(), max(1.0, right - left), area.height())
        _paint_file(painter, lane.footage.recordings[number], box, scale, area)
    painter.restore()


def _paint_file(painter: QPainter, recording: Recording, box: QRectF, scale: TimeScale, area: QRectF) -> None:
    frame = 1 / float(recording.rate) / scale.pixel if recording.rate and recording.fault is None else 0.0
    if frame >= FRAME_WIDTH and scale.pixel < FRAMES_UNTIL:
        _paint_frames(painter, frame, box, area)
    painter.setPen(QPen(theme.color("panel"), 1))
    x = round(box.left()) + 0.5
    painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
    if recording.growing:
        painter.setPen(QPen(theme.color("live"), 2, Qt.PenStyle.DotLine))
        painter.drawLine(box.topRight(), box.bottomRight())
    visible = box.intersected(area)
    if visible.width() >= NAME_WIDTH and (frame < NUMBER_WIDTH or scale.pixel >= FRAMES_UNTIL or box.height() >= BOTH_HEIGHT):
        _paint_plate(painter, _file_text(recording), visible)


def _file_text(recording: Recording) -> str:
    if recording.fault is not None:
        return QCoreApplication.translate("TimeLine", "unreadable: {}").format(recording.path.name)
    if recording.growing:
        return QCoreApplication.translate("TimeLine", "{} · still growing").format(recording.path.name)
    return recording.path.name


def _paint_plate(painter: QPainter, text: str, visible: QRectF) -> None:
    """Text on a plate of its own: the haze behind it has every colour."""
    metrics = QFontMetricsF(font(SMALL))
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, visible.width() - 2 * GAP)
    plate = QRectF(visible.left() + 3, visible.top() + 3, metrics.horizontalAdvance(shown) + GAP, metrics.height() + 1)
    painter.fillRect(plate, theme.color("panel", 0.9))
    painter.setPen(theme.color("quiet"))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, shown)


def _paint_frames(painter: QPainter, frame: float, box: QRectF, area: QRectF) -> None:
    """A line at the begin of every frame; the number of a frame below it where there is room. frame: pixels of one."""
    first = max(0, int((area.left() - box.left()) / frame))
    end = math.ceil((min(area.right(), box.right()) - box.left()) / frame - 0.01)  # no frame begins where the file ends
    places = [round(box.left() + number * frame) + 0.5 for number in range(first, end)]
    painter.setPen(QPen(theme.color("text", 0.35), 1))
    lines = [QLineF(x, box.bottom() - box.height() * 0.4, x, box.bottom()) for x in places]
    painter.drawLines(lines)  # type: ignore[call-overload]  # PyQt's stub knows no list
    if frame >= NUMBER_WIDTH:
        painter.setPen(theme.color("text"))
        for number, x in enumerate(places, first):
            plate = QRectF(x + 2, box.bottom() - 16, frame - 4, 15)
            painter.drawText(plate, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(number))


def paint_name(painter: QPainter, lane: Lane, area: QRectF) -> None:
    """The camera's name left of its lane; bold, with a bar before it, while its pictures are shown."""
    row = QRectF(0, area.top(), NAMES, area.height())
    face = font(BASE if area.height() >= 26 else SMALL, lane.is_shown)
    if lane.is_shown:
        painter.fillRect(QRectF(0, row.top() + 2, 3, row.height() - 4), theme.color("accent"))
    painter.setFont(face)
    painter.setPen(theme.color("text" if lane.is_shown else "quiet"))
    text = QFontMetricsF(face).elidedText(lane.camera, Qt.TextElideMode.ElideRight, NAMES - PAD - GAP)
    painter.drawText(row.adjusted(PAD, 0, -GAP, 0), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
