"""The line below the lanes that says what their colours and patterns mean."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PyQt6.QtCore import QCoreApplication, QRectF, Qt
from PyQt6.QtGui import QFontMetricsF, QImage, QPainter, QPen

from gui.review.lane_image import LaneColumns, lane_picture
from gui.review.lane_painter import lane_colors
from gui.review.time_line_layout import TimeLineLayout
from gui.theme import GAP, PAD, SMALL, WIDE, Tokens, font, theme

SWATCH = 28, 12
"""Columns and rows of a sample."""


def _texts() -> list[str]:
    """What a lane can show, in words."""
    translate = QCoreApplication.translate
    return [translate("TimeLine", "haze, clear to foggy"), translate("TimeLine", "not measured"),
            translate("TimeLine", "no footage"), translate("TimeLine", "overlap"), translate("TimeLine", "unreadable")]


@lru_cache(maxsize=4)
def _samples(tokens: Tokens) -> tuple[QImage, ...]:
    """The same as small pictures, in the colours of a theme."""
    none, full = np.zeros(SWATCH[0]), np.ones(SWATCH[0])
    unknown = np.full(SWATCH[0], np.nan)
    columns = (LaneColumns(full, none, none, np.linspace(0.02, 0.6, SWATCH[0])), LaneColumns(full, none, none, unknown),
               LaneColumns(none, none, none, unknown), LaneColumns(full, full, none, unknown),
               LaneColumns(full, none, full, unknown))
    pictures = (lane_picture(one, SWATCH[1], lane_colors(tokens)) for one in columns)
    return tuple(QImage(p.tobytes(), *SWATCH, 4 * SWATCH[0], QImage.Format.Format_RGB32).copy() for p in pictures)


def paint_legend(painter: QPainter, layout: TimeLineLayout) -> None:
    """From the right to the left, as far as there is room."""
    area, metrics = layout.legend, QFontMetricsF(font(SMALL))
    x = area.right() - PAD
    painter.setFont(font(SMALL))
    for text, sample in zip(reversed(_texts()), reversed(_samples(theme.tokens)), strict=True):
        width = metrics.horizontalAdvance(text)
        x -= width
        if x - SWATCH[0] - GAP < PAD:
            return
        painter.setPen(theme.color("quiet"))
        painter.drawText(QRectF(x, area.top(), width + 1, area.height()), Qt.AlignmentFlag.AlignVCenter, text)
        x -= SWATCH[0] + 6
        place = QRectF(x, round(area.center().y() - SWATCH[1] / 2), *SWATCH)
        painter.drawImage(place, sample)
        painter.setPen(QPen(theme.color("quiet", 0.6), 1))
        painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5))
        x -= WIDE
