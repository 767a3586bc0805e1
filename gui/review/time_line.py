"""The time line: all footage of a library, a lane per camera, from years down to single frames."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PyQt6.QtWidgets import QWidget

from gui.review.mark_painter import paint_clock, paint_playhead, paint_pointer
from gui.review.time_line_gestures import ZOOM, Gesture, begin_gesture, cursor_at, wheel
from gui.review.time_line_picture import TimeLinePicture
from gui.review.time_line_view import TimeLineView
from gui.review.time_scale import datetime_of
from gui.widgets.controls import focus_ring

ZOOM_KEYS = (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus, Qt.Key.Key_0)


class TimeLine(TimeLineView):
    """Shows where there is footage and how hazy it is, and lets the user move in it.

    A drag in a lane moves the playhead, on the ruler (or with the middle button) it pans, with Shift it marks a stretch; the
    wheel zooms around the pointer, with Shift or sideways it pans; + - 0 Page Home End do the same from the keyboard.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gesture: Gesture | None = None
        self._picture = TimeLinePicture()

    def sizeHint(self) -> QSize:
        return QSize(800, 200)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self.show_scale(self.scale.resized(self.layout_of_parts.time_width))
        self.scroll_by(0)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter, layout = QPainter(self), self.layout_of_parts
        painter.drawPixmap(0, 0, self._picture.of(self, layout))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.pointer is not None and layout.part_at(self.pointer) in ("ruler", "marks", "lane"):
            paint_pointer(painter, layout, self.pointer.x())
        if self.position is not None:
            paint_playhead(painter, layout, self.scale, self.position)
        paint_clock(painter, self.position, self.content.zone, self.scale.pixel)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), 0)

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        if event is not None:
            wheel(self, event)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and self._gesture is None:
            self._gesture = begin_gesture(self, event)
            self.is_held = self._gesture is not None

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        if event is None:
            return
        self._point_at(event.position())
        if self._gesture is not None:
            self._gesture.move(event.position())
        else:
            self.setCursor(cursor_at(self, event.position(), event.modifiers()))

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and self._gesture is not None:
            gesture, self._gesture, self.is_held = self._gesture, None, False
            gesture.end(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and self.layout_of_parts.part_at(event.position()) == "marks":
            self.bookmark_requested.emit(datetime_of(self.time_at(event.position())))

    def leaveEvent(self, event: QEvent | None) -> None:
        super().leaveEvent(event)
        self._point_at(None)

    def _point_at(self, point: QPointF | None) -> None:
        self.pointer = point
        self.hovered.emit()
        self.update()

    def event(self, event: QEvent | None) -> bool:
        """While it has the focus, keys that zoom are its own, and not those of the pictures."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() in ZOOM_KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        page = self.scale.width * 0.9
        moves: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_Plus: lambda: self.zoom_by(ZOOM ** 2), Qt.Key.Key_Equal: lambda: self.zoom_by(ZOOM ** 2),
            Qt.Key.Key_Minus: lambda: self.zoom_by(ZOOM ** -2), Qt.Key.Key_0: self.zoom_to_all,
            Qt.Key.Key_PageUp: lambda: self.pan_by(-page), Qt.Key.Key_PageDown: lambda: self.pan_by(page),
            Qt.Key.Key_Home: lambda: self._go(self.limits.start), Qt.Key.Key_End: lambda: self._go(self.limits.end),
        }
        move = moves.get(Qt.Key(event.key()))
        if move is None:
            super().keyPressEvent(event)
        else:
            move()

    def _go(self, when: float) -> None:
        self.show_scale(self.scale.moved(self.scale.x(when) - self.scale.width / 2, self.limits))
        self.position_requested.emit(datetime_of(when), False)
