"""What is painted over pictures: plates with text, the divider, the loupe, the badge that tells a picture's age."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QPolygonF

from gui.theme import BASE, GAP, PAD, RADIUS, SMALL, font, theme

PLATE = QColor(0, 0, 0, 190)  # white and red can be read on it over the brightest picture
RED = QColor("#b62324")  # of plates with white text, dark enough for it
INK = QColor("#ffffff")
QUIET_INK = QColor(255, 255, 255, 200)
ALARM_INK = QColor("#ff9d96")
PLATE_HEIGHT = 24.0
HANDLE = 13.0
LOUPE = 220.0
SHARP_FROM = 3.0
"""From this magnification on pixels are shown as squares."""


def plate(painter: QPainter, area: QRectF, color: QColor = PLATE) -> None:
    """A rounded dark plate for text on video."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRoundedRect(area, RADIUS, RADIUS)


def label(painter: QPainter, text: str, corner: QPointF, *, right: bool = False, bottom: bool = False,
          color: QColor = PLATE, strong: bool = False) -> QRectF:
    """A line of text on a plate; `corner` is its top left, or top right / bottom left where asked. Returns its area."""
    face = font(SMALL, strong)
    width = QFontMetricsF(face).horizontalAdvance(text) + 2 * GAP
    area = QRectF(corner.x() - (width if right else 0), corner.y() - (PLATE_HEIGHT if bottom else 0), width, PLATE_HEIGHT)
    plate(painter, area, color)
    painter.setFont(face)
    painter.setPen(INK)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
    return area


def sentence(painter: QPainter, text: str, room: QRectF) -> None:
    """A sentence in the place of a picture, on a plate in the middle of `room`."""
    painter.setFont(font(BASE))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    needed = painter.boundingRect(room, flags, text)
    plate(painter, needed.adjusted(-PAD, -GAP, PAD, GAP), QColor(0, 0, 0, 190))
    painter.setPen(INK)
    painter.drawText(needed, flags, text)


def selection(painter: QPainter, area: QRectF) -> None:
    """The frame of the picture that the controls act on."""
    painter.setPen(QPen(theme.color("accent"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area.adjusted(1, 1, -1, -1))


def image(painter: QPainter, picture: QImage, target: QRectF, area: QRectF) -> None:
    """A picture into `target`, as far as `area` reaches."""
    visible = area.intersected(target)
    if visible.isEmpty():
        return
    magnified = target.width() * painter.device().devicePixelRatioF() / picture.width()  # type: ignore[union-attr]
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, magnified < SHARP_FROM)
    painter.save()
    painter.setClipRect(visible)
    painter.drawImage(target, picture)
    painter.restore()


def divider(painter: QPainter, x: float, area: QRectF, strong: bool) -> None:
    """The division of the wipe, with a handle to take hold of."""
    painter.fillRect(QRectF(x - 2, area.y(), 4, area.height()), QColor(0, 0, 0, 110))
    painter.fillRect(QRectF(x - 1, area.y(), 2, area.height()), INK)
    middle = QPointF(x, area.center().y())
    painter.setPen(QPen(INK, 2))
    painter.setBrush(theme.color("accent") if strong else QColor(0, 0, 0, 170))
    painter.drawEllipse(middle, HANDLE, HANDLE)
    for side in (-1, 1):
        tip, back = middle.x() + side * 8, middle.x() + side * 4
        painter.drawPolyline(QPolygonF([QPointF(back, middle.y() - 4), QPointF(tip, middle.y()), QPointF(back, middle.y() + 4)]))


def loupe(painter: QPainter, picture: QImage, at: tuple[float, float], center: QPointF, bounds: QRectF, *,
          times: float = 1.0, caption: str = "") -> None:
    """A round window that shows the picture around `at` (shares of it), a pixel as `times` × `times` device pixels."""
    ratio = painter.device().devicePixelRatioF()  # type: ignore[union-attr]
    area = QRectF(0, 0, LOUPE, LOUPE)
    area.moveCenter(center)
    area.moveLeft(min(max(area.x(), bounds.x() + GAP), bounds.right() - LOUPE - GAP))
    area.moveTop(min(max(area.y(), bounds.y() + GAP), bounds.bottom() - LOUPE - GAP))
    side = LOUPE * ratio / times
    source = QRectF(at[0] * picture.width() - side / 2, at[1] * picture.height() - side / 2, side, side)
    frame = QPainterPath()
    frame.addEllipse(area)
    painter.save()
    painter.setClipPath(frame)
    painter.fillRect(area, QColor(theme.tokens.canvas))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    inside = source.intersected(QRectF(picture.rect()))
    grown = times / ratio
    moved = QRectF(area.x() + (inside.x() - source.x()) * grown, area.y() + (inside.y() - source.y()) * grown,
                   inside.width() * grown, inside.height() * grown)
    painter.drawImage(moved, picture, inside)
    painter.restore()
    painter.setPen(QPen(INK, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(area)
    label(painter, caption, QPointF(area.center().x() - 24, area.bottom() - 34))
