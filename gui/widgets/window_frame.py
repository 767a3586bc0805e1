"""The frame of the window: top bar, body, inspector, status bar; in full screen all but the body float over the picture."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QApplication, QWidget

from gui.theme import INSPECTOR_WIDTH, STATUS_BAR_HEIGHT, TOP_BAR_HEIGHT

CONTROLS_TIMEOUT = 2500
"""Milliseconds that everything but the picture stays after the last move of the mouse in full screen."""


class WindowFrame(QWidget):
    """Places its four parts. fullscreen: full screen. has_inspector, has_status_bar: whether they are shown at all."""

    def __init__(self, top_bar: QWidget, body: QWidget, inspector: QWidget, status_bar: QWidget,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.top_bar, self.body, self.inspector, self.status_bar = top_bar, body, inspector, status_bar
        self.fullscreen, self.has_inspector, self.has_status_bar = False, True, True
        for part in (body, inspector, status_bar, top_bar):  # tab order follows set_tab_order of the window
            part.setParent(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._hide_controls)

    def set_fullscreen(self, fullscreen: bool) -> None:
        """Full screen, or back."""
        self.fullscreen = fullscreen
        application = QApplication.instance()
        if application is not None:
            (application.installEventFilter if fullscreen else application.removeEventFilter)(self)
        self._timer.stop()
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.arrange()

    def set_visible_parts(self, inspector: bool, status_bar: bool) -> None:
        """Whether inspector and status bar are there."""
        self.has_inspector, self.has_status_bar = inspector, status_bar
        self.arrange()

    def arrange(self) -> None:
        """Give every part its place."""
        width, height = self.width(), self.height()
        side = INSPECTOR_WIDTH if self.has_inspector else 0
        middle = height - TOP_BAR_HEIGHT - (STATUS_BAR_HEIGHT if self.has_status_bar else 0)
        self.body.setGeometry(self.rect() if self.fullscreen else QRect(0, TOP_BAR_HEIGHT, width - side, middle))
        self.inspector.setGeometry(width - INSPECTOR_WIDTH, TOP_BAR_HEIGHT, INSPECTOR_WIDTH, middle)
        self.top_bar.setGeometry(0, 0, width, TOP_BAR_HEIGHT)
        self.status_bar.setGeometry(0, height - STATUS_BAR_HEIGHT, width, STATUS_BAR_HEIGHT)
        shown = not self.fullscreen or self._timer.isActive()
        for part, there in ((self.inspector, self.has_inspector), (self.status_bar, self.has_status_bar), (self.top_bar, True)):
            part.setVisible(shown and there)
            part.raise_()

    def show_controls(self) -> None:
        """In full screen: show everything for a while."""
        if self.fullscreen:
            self._timer.start(CONTROLS_TIMEOUT)
            self.arrange()

    def _hide_controls(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and any(part.isAncestorOf(focus) for part in (self.top_bar, self.inspector)):
            self._timer.start(CONTROLS_TIMEOUT)  # the keyboard is in use there
        elif self.fullscreen:
            self.arrange()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.MouseMove and self.fullscreen:
            if self._timer.isActive():
                self._timer.start(CONTROLS_TIMEOUT)
            else:
                self.show_controls()
        return False

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self.arrange()
