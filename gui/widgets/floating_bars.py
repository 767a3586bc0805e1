"""In full screen: one bar at a time fades in where the mouse is and goes after a while, and so does the pointer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PyQt6.QtCore import QEvent, QObject, QPoint, QPropertyAnimation, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QCursor, QMouseEvent
from PyQt6.QtWidgets import QApplication, QGraphicsOpacityEffect, QWidget

CONTROLS_TIMEOUT = 2000
"""Milliseconds that a bar and the pointer stay after the last move of the mouse."""
FADE = 150
"""Milliseconds."""


class FloatingBars(QObject):
    """Decides which of several bars is seen. on: full screen. shown: name of the bar that is seen, empty for none.

    bars: by name. zone: gives the name of the bar for a point of the screen. changed: another bar, or none, is to be seen.
    """

    changed = pyqtSignal()

    def __init__(self, bars: Mapping[str, QWidget], zone: Callable[[QPoint], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._bars, self._zone = bars, zone
        self.on, self.shown = False, ""
        self._pointer_hidden = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CONTROLS_TIMEOUT)
        self._timer.timeout.connect(self.hide_unused)

    def set_on(self, on: bool) -> None:
        """Full screen, or back."""
        if on == self.on:
            return
        self.on = on
        application = QApplication.instance()
        assert application is not None
        (application.installEventFilter if on else application.removeEventFilter)(self)
        self._timer.start() if on else self._timer.stop()
        self._show("")
        self._hide_pointer(False)

    def show(self, name: str) -> None:
        """Show a bar for a while; nothing happens outside of full screen."""
        if self.on:
            self._hide_pointer(False)
            self._show(name)
            self._timer.start()

    def _show(self, name: str) -> None:
        if name != self.shown:
            self.shown = name
            self.changed.emit()
            if name:
                _fade_in(self._bars[name])

    def hide_unused(self) -> None:
        """The mouse has rested: hide the bar and the pointer, unless the bar is being used."""
        if not self.on:
            return
        if self._is_used():
            self._timer.start()
            return
        self._show("")
        self._hide_pointer(True)

    def _is_used(self) -> bool:
        bar = self._bars.get(self.shown)
        if bar is None:
            return False
        focus = QApplication.focusWidget()
        has_focus = focus is not None and bar.isAncestorOf(focus)
        return has_focus or bar.underMouse() or QApplication.activePopupWidget() is not None

    def _hide_pointer(self, hidden: bool) -> None:
        if hidden != self._pointer_hidden:
            self._pointer_hidden = hidden
            if hidden:
                QApplication.setOverrideCursor(QCursor(Qt.CursorShape.BlankCursor))
            else:
                QApplication.restoreOverrideCursor()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove and isinstance(watched, QWidget):
            self.show(self._zone(event.globalPosition().toPoint()))
        return False


def _fade_in(bar: QWidget) -> None:
    """The effect is taken off afterwards: while it lasts, every repaint takes a detour."""
    effect = QGraphicsOpacityEffect(bar)
    bar.setGraphicsEffect(effect)
    fade = QPropertyAnimation(effect, b"opacity", effect)
    fade.setDuration(FADE)
    fade.setStartValue(0.0)
    fade.setEndValue(1.0)
    fade.finished.connect(lambda: bar.setGraphicsEffect(None))
    fade.start()
