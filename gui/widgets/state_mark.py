"""The mark that tells a camera's state by shape as well as colour, and the word that goes with it."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PyQt6.QtWidgets import QWidget

from gui.theme import theme
from gui.view.camera_state import DISPLAYS, state_text

SIDE = 10.0


def _disc(painter: QPainter, area: QRectF, _color: QColor) -> None:
    painter.drawEllipse(area)


def _square(painter: QPainter, area: QRectF, _color: QColor) -> None:
    painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 1.5, 1.5)


def _bars(painter: QPainter, area: QRectF, _color: QColor) -> None:
    third = area.width() / 3
    painter.drawRect(QRectF(area.x(), area.y(), third, area.height()))
    painter.drawRect(QRectF(area.right() - third, area.y(), third, area.height()))


def _triangle_right(painter: QPainter, area: QRectF, _color: QColor) -> None:
    painter.drawPolygon(QPolygonF([area.topLeft(), QPointF(area.right(), area.center().y()), area.bottomLeft()]))


def _triangle_up(painter: QPainter, area: QRectF, _color: QColor) -> None:
    painter.drawPolygon(QPolygonF([QPointF(area.center().x(), area.y()), area.bottomRight(), area.bottomLeft()]))


def _ring(painter: QPainter, area: QRectF, color: QColor) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color, 2))
    painter.drawEllipse(area.adjusted(1, 1, -1, -1))


def _half_disc(painter: QPainter, area: QRectF, color: QColor) -> None:
    painter.drawPie(area, 90 * 16, 180 * 16)
    _ring(painter, area, color)


def _hollow_triangle(painter: QPainter, area: QRectF, color: QColor) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    _triangle_up(painter, area.adjusted(1, 1, -1, -1), color)


MARKS: dict[str, Callable[[QPainter, QRectF, QColor], None]] = {
    "disc": _disc, "square": _square, "bars": _bars, "triangle right": _triangle_right, "triangle up": _triangle_up,
    "hollow triangle": _hollow_triangle, "ring": _ring, "half disc": _half_disc,
}
"""The shapes that `gui.view.camera_state.DISPLAYS` names."""


def role_of(state: str) -> str:
    """The theme's role for a state."""
    return DISPLAYS[state].role


def paint_state_mark(painter: QPainter, status: str, area: QRectF, color: QColor) -> None:
    """The mark of a state."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    MARKS[DISPLAYS[status].mark](painter, area, color)


class StateMark(QWidget):
    """The mark as a widget."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.status = "ended"
        self.setFixedSize(int(SIDE) + 4, int(SIDE) + 4)
        theme.changed.connect(self.update)

    def show_state(self, status: str) -> None:
        """Change the state shown."""
        if status != self.status:
            self.status = status
            self.setAccessibleName(state_text(status))
            self.setToolTip(state_text(status))
            self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        paint_state_mark(painter, self.status, QRectF(2, 2, SIDE, SIDE), theme.color(role_of(self.status)))
