"""The lines below the lanes that say what their colours and patterns mean."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PyQt6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PyQt6.QtGui import QFontMetricsF, QImage, QPainter, QPen

from gui.review.lane_image import LaneColumns, lane_picture
from gui.review.lane_painter import lane_colors
from gui.review.time_line_layout import LEGEND, TimeLineLayout
from gui.theme import PAD, SMALL, WIDE, Tokens, font, theme

SWATCH = 28, 12
"""Columns and rows of a sample."""
SPACE = 6
"""Pixels between a sample and its words."""


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


def legend_lines(width: float) -> list[list[int]]:
    """Which entries stand in which line of a legend of this width, by number."""
    lines: list[list[int]] = [[]]
    room = width - 2 * PAD
    left = room
    for number, text in enumerate(_texts()):
        needed = _entry_width(text)
        if needed > left and lines[-1]:
            lines.append([])
            left = room
        lines[-1].append(number)
        left -= needed + WIDE
    return lines


def _entry_width(text: str) -> float:
    """Pixels of a sample with its words."""
    return SWATCH[0] + SPACE + QFontMetricsF(font(SMALL)).horizontalAdvance(text)


def paint_legend(painter: QPainter, layout: TimeLineLayout) -> None:
    """Every entry whole, at the right, in as many lines as they need."""
    texts, samples = _texts(), _samples(theme.tokens)
    painter.setFont(font(SMALL))
    for row, line in enumerate(legend_lines(layout.width)):
        x = layout.legend.right() - PAD - sum(_entry_width(texts[one]) for one in line) - WIDE * (len(line) - 1)
        for one in line:
            _paint_entry(painter, QPointF(x, layout.legend.top() + row * LEGEND), texts[one], samples[one])
            x += _entry_width(texts[one]) + WIDE


def _paint_entry(painter: QPainter, place: QPointF, text: str, sample: QImage) -> None:
    box = QRectF(place.x(), round(place.y() + (LEGEND - SWATCH[1]) / 2), *SWATCH)
    painter.drawImage(box, sample)
    painter.setPen(QPen(theme.color("quiet", 0.6), 1))
    painter.drawRect(box.adjusted(-0.5, -0.5, 0.5, 0.5))
    words = QRectF(box.right() + SPACE, place.y(), _entry_width(text), LEGEND)
    painter.setPen(theme.color("quiet"))
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
