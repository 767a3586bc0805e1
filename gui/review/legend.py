"""The line below the lanes that says what their colours and patterns mean."""

from __future__ import annotations

import numpy as np
from PyQt6.QtCore import QCoreApplication, QRectF, Qt
from PyQt6.QtGui import QFontMetricsF, QImage, QPainter

from gui.review.lane_image import LaneColumns, lane_picture
from gui.review.lane_painter import lane_colors
from gui.review.time_line_layout import TimeLineLayout
from gui.theme import GAP, PAD, SMALL, WIDE, font, theme

SWATCH = 28, 12
"""Columns and rows of a sample."""


def entries() -> list[tuple[str, LaneColumns]]:
    """Word and sample of everything that a lane can show."""
    none, full = np.zeros(SWATCH[0]), np.ones(SWATCH[0])
    unknown = np.full(SWATCH[0], np.nan)
    translate = QCoreApplication.translate
    return [(translate("TimeLine", "haze, clear to foggy"), LaneColumns(full, none, none, np.linspace(0.15, 1, SWATCH[0]))),
            (translate("TimeLine", "not measured"), LaneColumns(full, none, none, unknown)),
            (translate("TimeLine", "no footage"), LaneColumns(none, none, none, unknown)),
            (translate("TimeLine", "overlap"), LaneColumns(full, full, none, unknown)),
            (translate("TimeLine", "unreadable"), LaneColumns(full, none, full, unknown))]


def paint_legend(painter: QPainter, layout: TimeLineLayout) -> None:
    """From the right to the left, as far as there is room."""
    area, metrics = layout.legend, QFontMetricsF(font(SMALL))
    x, colors = area.right() - PAD, lane_colors(theme.tokens)
    painter.setFont(font(SMALL))
    for text, columns in reversed(entries()):
        width = metrics.horizontalAdvance(text)
        x -= width
        if x - SWATCH[0] - GAP < PAD:
            return
        painter.setPen(theme.color("quiet"))
        painter.drawText(QRectF(x, area.top(), width + 1, area.height()), Qt.AlignmentFlag.AlignVCenter, text)
        pixels = lane_picture(columns, SWATCH[1], colors)
        sample = QImage(pixels.tobytes(), *SWATCH, 4 * SWATCH[0], QImage.Format.Format_RGB32)
        x -= SWATCH[0] + 6
        painter.drawImage(QRectF(x, round(area.center().y() - SWATCH[1] / 2), *SWATCH), sample)
        x -= WIDE
