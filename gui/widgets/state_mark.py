"""The mark that tells a camera's state by shape as well as colour, and the word that goes with it."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PyQt6.QtWidgets import QWidget

from gui.theme import theme

SIDE = 10.0

_ROLES = {"live": "live", "playing": "accent", "opening": "accent", "trying": "warning", "reconnecting": "warning",
          "paused": "quiet", "ended": "quiet", "failed": "fault"}


def role_of(kind: str) -> str:
    """The theme's role for a state."""
    return _ROLES.get(kind, "quiet")


def word_of(kind: str) -> str:
    """The state in one word, in the user's language."""
    words = {"opening": "connecting", "trying": "connecting", "failed": "stopped"}
    return QCoreApplication.translate("state", words.get(kind, kind))


def paint_mark(painter: QPainter, kind: str, area: QRectF, color: QColor) -> None:
    """Disc: live; triangle to the right: a file plays; open ring: connecting; half disc: trying again; bars: paused;
    square: ended; triangle upwards: failed."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    if kind == "live":
        painter.drawEllipse(area)
    elif kind in ("opening", "trying", "reconnecting"):
        _paint_ring(painter, kind, area, color)
    elif kind == "paused":
        third = area.width() / 3
        painter.drawRect(QRectF(area.x(), area.y(), third, area.height()))
        painter.drawRect(QRectF(area.right() - third, area.y(), third, area.height()))
    elif kind == "playing":
        painter.drawPolygon(QPolygonF([area.topLeft(), QPointF(area.right(), area.center().y()), area.bottomLeft()]))
    elif kind == "failed":
        painter.drawPolygon(QPolygonF([QPointF(area.center().x(), area.y()), area.bottomRight(), area.bottomLeft()]))
    else:
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 1.5, 1.5)


def _paint_ring(painter: QPainter, kind: str, area: QRectF, color: QColor) -> None:
    if kind != "opening":
        painter.drawPie(area, 90 * 16, 180 * 16)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color, 2))
    painter.drawEllipse(area.adjusted(1, 1, -1, -1))


class StateMark(QWidget):
    """The mark as a widget."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = "ended"
        self.setFixedSize(int(SIDE) + 4, int(SIDE) + 4)
        theme.changed.connect(self.update)

    def show_kind(self, kind: str) -> None:
        """Change the state shown."""
        if kind != self.kind:
            self.kind = kind
            self.setAccessibleName(word_of(kind))
            self.setToolTip(word_of(kind))
            self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        paint_mark(painter, self.kind, QRectF(2, 2, SIDE, SIDE), theme.color(role_of(self.kind)))
