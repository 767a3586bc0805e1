"""A large button with a picture or an icon over a name: a camera, or a source used before."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PyQt6.QtWidgets import QAbstractButton, QWidget

from gui.theme import BASE, GAP, PAD, RADIUS, SMALL, font, theme
from gui.view.wrapping import wrapped

WIDTH, PICTURE, TEXT = 176, 99, 64
LINE, MOST_LINES = 16, 2
"""Height of a line about the source, and how many there are at most."""


class Card(QAbstractButton):
    """title, about: a line and at most two below. icon: shown while there is no picture."""

    def __init__(self, title: str, about: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.about, self.icon_name = about, icon
        self.picture: QPixmap | None = None
        self.setText(title)
        self.setAccessibleName(f"{title}, {about}")
        self.setToolTip(f"{title}\n{about}")
        self.setFixedSize(WIDTH, PICTURE + TEXT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, PICTURE + TEXT)

    def show_picture(self, picture: QPixmap) -> None:
        """A thumbnail of the source."""
        self.picture = picture
        self.update()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(area, RADIUS, RADIUS)
        painter.fillPath(shape, theme.color("raised" if self.underMouse() else "panel"))
        painter.setClipPath(shape)
        self._paint_picture(painter, QRectF(0, 0, self.width(), PICTURE))
        painter.setClipping(False)
        self._paint_text(painter)
        role = "accent" if self.hasFocus() else "quiet" if self.underMouse() else "line"
        painter.setPen(QPen(theme.color(role), 1.5 if self.hasFocus() else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(shape)

    def _paint_picture(self, painter: QPainter, area: QRectF) -> None:
        painter.fillRect(area, theme.color("canvas" if self.picture else "sunken"))
        if self.picture is None:
            pixmap = theme.icon(self.icon_name).pixmap(QSize(32, 32), self.devicePixelRatioF())
            painter.drawPixmap(area.center().toPoint().x() - 16, area.center().toPoint().y() - 16, pixmap)
            return
        size = self.picture.size().toSizeF().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        target = QRectF(0, 0, size.width(), size.height())
        target.moveCenter(area.center())
        painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
        painter.drawPixmap(target, self.picture, QRectF(self.picture.rect()))

    def _paint_text(self, painter: QPainter) -> None:
        room = self.width() - 2 * PAD
        title = QFontMetrics(font(BASE, True)).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        lines = [(title, font(BASE, True), "text", PICTURE + GAP)]
        lines += [(line, font(SMALL), "quiet", PICTURE + 27 + number * LINE) for number, line in enumerate(self.about_lines())]
        for text, face, role, top in lines:
            painter.setFont(face)
            painter.setPen(theme.color(role))
            painter.drawText(QRectF(PAD, top, room, 18), Qt.AlignmentFlag.AlignVCenter, text)

    def about_lines(self) -> list[str]:
        """What is said about the source, in the lines that are painted."""
        return wrapped(self.about, font(SMALL), self.width() - 2 * PAD, MOST_LINES)
