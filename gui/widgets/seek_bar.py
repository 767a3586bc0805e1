"""The position in a file: a thin line that can be clicked and dragged. Live sources have none."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QWidget

from gui.theme import GAP, SMALL, font, theme
from gui.view import formatting

HEIGHT = 26


class SeekBar(QWidget):
    """seek_requested: seconds from the start of the file."""

    seek_requested = pyqtSignal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.position, self.duration = 0.0, 0.0
        self._dragged: float | None = None
        self.setFixedHeight(HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Position in the file"))
        theme.changed.connect(self.update)

    def show_position(self, position: float, duration: float) -> None:
        """Seconds played and in all."""
        if self._dragged is None and (round(position, 2), duration) != (round(self.position, 2), self.duration):
            self.position, self.duration = position, duration
            self.update()

    def _track(self) -> QRectF:
        return QRectF(64, self.height() / 2 - 2, max(1, self.width() - 128), 4)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("panel"))
        track, shown = self._track(), self._dragged if self._dragged is not None else self.position
        done = min(1.0, shown / self.duration) if self.duration > 0 else 0.0
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("line"))
        painter.drawRoundedRect(track, 2, 2)
        painter.setBrush(theme.color("accent"))
        painter.drawRoundedRect(QRectF(track.x(), track.y(), track.width() * done, 4), 2, 2)
        painter.drawEllipse(QRectF(track.x() + track.width() * done - 6, track.center().y() - 6, 12, 12))
        painter.setFont(font(SMALL))
        painter.setPen(theme.color("quiet"))
        line = QRectF(self.rect()).adjusted(GAP, 0, -GAP, 0)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, formatting.clock(shown))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, formatting.clock(self.duration))

    def _seconds_at(self, x: float) -> float:
        track = self._track()
        return min(1.0, max(0.0, (x - track.x()) / track.width())) * self.duration

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self._dragged = self._seconds_at(event.position().x())
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and self._dragged is not None:
            self._dragged = self._seconds_at(event.position().x())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        if self._dragged is not None:
            self.position, self._dragged = self._dragged, None
            self.seek_requested.emit(self.position)
            self.update()
