"""What floats above the time line under the pointer: time, camera, haze, and a small picture of that moment."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QPoint, QRectF, QSize, Qt
from PyQt6.QtGui import QFontMetrics, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PyQt6.QtWidgets import QWidget

from gui.theme import BASE, GAP, RADIUS, SMALL, font, theme

PICTURE = QSize(240, 135)
LINE = 19
WIDEST = 300
"""Pixels of text."""
DISTANCE = 6
"""Pixels between the card and the time line."""


@dataclass(frozen=True)
class HoverContent:
    """time: in full. lines: below it. picture: None while there is none; has_picture: whether there will be one."""

    time: str
    lines: tuple[str, ...] = ()
    picture: QImage | None = None
    has_picture: bool = False


class HoverCard(QWidget):
    """Lies over its parent, the window; the mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.content = HoverContent("")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def show_above(self, point: QPoint, content: HoverContent) -> None:
        """Show `content` centred above a point of the parent, inside of it."""
        self.content = content
        self.resize(self._needed())
        room = self.parentWidget()
        right = room.width() if room is not None else point.x() + self.width()
        x = min(max(GAP, point.x() - self.width() // 2), max(GAP, right - self.width() - GAP))
        self.move(x, max(GAP, point.y() - self.height() - DISTANCE))
        self.show()
        self.raise_()
        self.update()

    def _needed(self) -> QSize:
        texts = [QFontMetrics(font(BASE, True)).horizontalAdvance(self.content.time),
                 *(QFontMetrics(font(SMALL)).horizontalAdvance(line) for line in self.content.lines)]
        picture = PICTURE.height() + GAP if self.content.has_picture else 0
        width = max(PICTURE.width() if self.content.has_picture else 0, min(max(texts), WIDEST))
        return QSize(width + 2 * GAP, picture + LINE * (1 + len(self.content.lines)) + 2 * GAP - 4)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.color("quiet"), 1))
        painter.setBrush(theme.color("panel"))
        painter.drawRoundedRect(area, RADIUS, RADIUS)
        top = float(GAP)
        if self.content.has_picture:
            self._paint_picture(painter, QRectF((self.width() - PICTURE.width()) / 2, GAP, PICTURE.width(), PICTURE.height()))
            top += PICTURE.height() + GAP - 2
        self._paint_text(painter, top)

    def _paint_picture(self, painter: QPainter, area: QRectF) -> None:
        painter.save()
        shape = QPainterPath()
        shape.addRoundedRect(area, RADIUS - 2, RADIUS - 2)
        painter.setClipPath(shape)
        painter.fillRect(area, theme.color("canvas"))
        picture = self.content.picture
        if picture is not None:
            size = picture.size().toSizeF().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRectF(0, 0, size.width(), size.height())
            target.moveCenter(area.center())
            painter.drawImage(target, picture)
        painter.restore()

    def _paint_text(self, painter: QPainter, top: float) -> None:
        width = self.width() - 2 * GAP
        for number, text in enumerate((self.content.time, *self.content.lines)):
            face = font(SMALL) if number else font(BASE, True)
            painter.setFont(face)
            painter.setPen(theme.color("quiet" if number else "text"))
            shown = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideMiddle, width)
            painter.drawText(QRectF(GAP, top + number * LINE, width, LINE), Qt.AlignmentFlag.AlignVCenter, shown)
