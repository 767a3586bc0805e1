"""The numbers over the picture: rows on one dark plate, with the haze of the last two minutes as a curve."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from gui.theme import DARK, GAP, PAD, SMALL, font
from gui.view.readout import OverlayRow
from gui.widgets.paint import ALARM_INK, INK, QUIET_INK, plate

ROW_HEIGHT, CURVE_HEIGHT = 20.0, 32.0
SECONDS = 120


def paint_rows(painter: QPainter, rows: Sequence[OverlayRow], history: Sequence[float | None], threshold: float,
               corner: QPointF) -> QRectF:
    """Rows from `corner` down; threshold: alarm in percent haze, 0 for none. Returns the area covered."""
    face = font(SMALL)
    metrics = QFontMetricsF(face)
    left = max((metrics.horizontalAdvance(r.label) for r in rows), default=0.0)
    right = max((metrics.horizontalAdvance(r.value) for r in rows), default=0.0)
    curves = sum(r.has_curve for r in rows)
    area = QRectF(corner.x(), corner.y(), left + right + 3 * PAD, len(rows) * ROW_HEIGHT + curves * (CURVE_HEIGHT + 4) + 2 * GAP)
    plate(painter, area)
    painter.setFont(face)
    y = area.y() + GAP
    for row in rows:
        y = _paint_row(painter, row, QRectF(area.x() + PAD, y, area.width() - 2 * PAD, ROW_HEIGHT), history, threshold)
    return area


def _paint_row(painter: QPainter, row: OverlayRow, line: QRectF, history: Sequence[float | None], threshold: float) -> float:
    painter.setPen(QUIET_INK)
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, row.label)
    painter.setPen(ALARM_INK if row.is_alarm else INK)
    painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.value)
    if not row.has_curve:
        return line.bottom()
    sparkline(painter, QRectF(line.x(), line.bottom() + 2, line.width(), CURVE_HEIGHT), history, threshold,
              color=QColor(DARK.accent), limit=QColor(DARK.warning))
    return line.bottom() + CURVE_HEIGHT + 4


def sparkline(painter: QPainter, area: QRectF, values: Sequence[float | None], threshold: float, *, color: QColor,
              limit: QColor, span: int = SECONDS) -> None:
    """Haze over time, newest at the right, filled under the curve; gaps stay gaps; threshold (percent) as a dashed line."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(area.x(), area.bottom(), area.width(), 1), QColor(color.red(), color.green(), color.blue(), 60))
    for run in runs(values, span, area):
        _paint_run(painter, run, area, color)
    if threshold > 0:
        y = area.bottom() - threshold / 100 * area.height()
        pen = QPen(limit, 1, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.drawLine(QPointF(area.x(), y), QPointF(area.right(), y))
    painter.restore()


def _paint_run(painter: QPainter, run: list[QPointF], area: QRectF, color: QColor) -> None:
    filled = QColor(color)
    filled.setAlpha(60)
    under = QPainterPath()
    under.addPolygon(QPolygonF([QPointF(run[0].x(), area.bottom()), *run, QPointF(run[-1].x(), area.bottom())]))
    painter.fillPath(under, filled)
    painter.setPen(QPen(color, 1.5))
    painter.drawPolyline(QPolygonF(run))


def runs(values: Sequence[float | None], span: int, area: QRectF) -> list[list[QPointF]]:
    """The known values as points, broken where there was no picture; the newest lies at the right edge."""
    shown = list(values)[-span:]
    found: list[list[QPointF]] = []
    current: list[QPointF] = []
    step = area.width() / max(1, span - 1)
    for index, value in enumerate(shown):
        if value is None:
            found, current = [*found, current], []
            continue
        x = area.right() - (len(shown) - 1 - index) * step
        current.append(QPointF(x, area.bottom() - min(1.0, max(0.0, value)) * area.height()))
    return [run if len(run) > 1 else [QPointF(run[0].x() - step, run[0].y()), run[0]] for run in [*found, current] if run]
