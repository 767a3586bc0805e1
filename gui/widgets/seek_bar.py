"""The position in a file: a thin line that can be clicked, dragged and moved by keys, with a button once the file has ended."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QRectF, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QPushButton, QWidget

from gui.theme import GAP, SMALL, WIDE, font, theme
from gui.view import formatting
from gui.widgets.controls import focus_ring

HEIGHT = 26
REST = 150
"""Milliseconds without a move of the mouse after which the exact picture is wanted."""
KEY_STEPS = {Qt.Key.Key_Left: -5.0, Qt.Key.Key_Right: 5.0, Qt.Key.Key_PageDown: -60.0, Qt.Key.Key_PageUp: 60.0}
"""Seconds that a key moves by."""


class SeekBar(QWidget):
    """seek_requested: the mouse was let go, or a key pressed; seconds from the start of the file. scrubbed: it is held and moves.
    rested: it is held at one place. hovered: (pixels from the left, seconds) under the pointer, None when it has left.
    again_requested: play the file again; asked once it has ended.
    """

    seek_requested, scrubbed, rested = pyqtSignal(float), pyqtSignal(float), pyqtSignal(float)
    hovered = pyqtSignal(object)
    again_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.position, self.duration = 0.0, 0.0
        self._dragged: float | None = None
        self._rate: float | None = None
        self.again = QPushButton(self.tr("Play again"), self)
        self.again.setObjectName("link")
        self.again.setVisible(False)
        self.again.clicked.connect(self.again_requested)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(lambda: self.rested.emit(self._dragged or 0.0))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Position in the file"))
        theme.changed.connect(self.update)

    def reset(self, position: float, duration: float, rate: float | None) -> None:
        """Another file: nothing of the former one stays."""
        self.position, self.duration, self._rate, self._dragged = position, duration, rate, None
        self.show_ended(False)
        self.update()

    def show_ended(self, ended: bool) -> None:
        """Whether the file has ended: then it can be played again, and its last picture stays in sight."""
        if self.again.isHidden() == ended:
            self.again.setVisible(ended)
            self.update()

    def show_position(self, position: float, duration: float, rate: float | None = None) -> None:
        """Seconds played and in all; frames per second, for the frame number under the pointer."""
        self._rate = rate or self._rate
        if self._dragged is None and (round(position, 2), duration) != (round(self.position, 2), self.duration):
            self.position, self.duration = position, duration
            self.update()

    def _track(self) -> QRectF:
        right = 64 + (0 if self.again.isHidden() else self.again.sizeHint().width() + WIDE)
        return QRectF(64, self.height() / 2 - 2, max(1, self.width() - 64 - right), 4)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        size = self.again.sizeHint()
        self.again.setGeometry(self.width() - size.width() - 64, 0, size.width(), self.height())

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
        if self.hasFocus():
            focus_ring(painter, track.adjusted(-10, -8, 10, 8))
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
            self._scrub(self._seconds_at(event.position().x()))

    def _scrub(self, seconds: float) -> None:
        self._dragged = seconds
        self._rest.start()
        self.scrubbed.emit(seconds)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        if event is None:
            return
        seconds = self._seconds_at(event.position().x())
        if self._dragged is not None and seconds != self._dragged:
            self._scrub(seconds)
        self.hovered.emit((event.position().x(), seconds))

    def leaveEvent(self, event: QEvent | None) -> None:
        self.hovered.emit(None)
        super().leaveEvent(event)

    def time_text(self, seconds: float) -> str:
        """A place in the file as its time with milliseconds and, where the rate is known, its frame."""
        text = f"{formatting.clock(seconds)}.{int(seconds * 1000) % 1000:03d}"
        return text if self._rate is None else self.tr("{} · frame {}").format(text, int(seconds * self._rate + 1e-6))

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        if self._dragged is not None:
            self._rest.stop()
            self.position, self._dragged = self._dragged, None
            self.seek_requested.emit(self.position)
            self.update()

    def event(self, event: QEvent | None) -> bool:
        """While it has the focus, keys that move it are its own, and not those of a list of videos."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() in KEY_STEPS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        step = KEY_STEPS.get(Qt.Key(event.key())) if event is not None else None
        if step is None:
            super().keyPressEvent(event)
        else:
            self.seek_requested.emit(min(self.duration, max(0.0, self.position + step)))
