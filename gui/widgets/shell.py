"""The frame of the window: bar, body, inspector, strip; in full screen all but the body float over the picture."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QApplication, QWidget

from gui.theme import BAR, INSPECTOR, STRIP

RETURN = 2500
"""Milliseconds that everything but the picture stays after the last move of the mouse in full screen."""


class Shell(QWidget):
    """Places its four parts. immersed: full screen. has_inspector, has_strip: whether they are shown at all."""

    def __init__(self, bar: QWidget, body: QWidget, inspector: QWidget, strip: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar, self.body, self.inspector, self.strip = bar, body, inspector, strip
        self.immersed, self.has_inspector, self.has_strip = False, True, True
        for part in (body, inspector, strip, bar):  # tab order follows set_tab_order of the window
            part.setParent(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._withdraw)

    def set_immersed(self, immersed: bool) -> None:
        """Full screen, or back."""
        self.immersed = immersed
        application = QApplication.instance()
        if application is not None:
            (application.installEventFilter if immersed else application.removeEventFilter)(self)
        self._timer.stop()
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.arrange()

    def set_parts(self, inspector: bool, strip: bool) -> None:
        """Whether inspector and strip are there."""
        self.has_inspector, self.has_strip = inspector, strip
        self.arrange()

    def arrange(self) -> None:
        """Give every part its place."""
        width, height = self.width(), self.height()
        bottom = STRIP if self.has_strip else 0
        inside = QRect(0, BAR, width - (INSPECTOR if self.has_inspector else 0), height - BAR - bottom)
        self.body.setGeometry(self.rect() if self.immersed else inside)
        self.inspector.setGeometry(width - INSPECTOR, BAR, INSPECTOR, height - BAR - bottom)
        self.bar.setGeometry(0, 0, width, BAR)
        self.strip.setGeometry(0, height - STRIP, width, STRIP)
        shown = not self.immersed or self._timer.isActive()
        for part, there in ((self.inspector, self.has_inspector), (self.strip, self.has_strip), (self.bar, True)):
            part.setVisible(shown and there)
            part.raise_()

    def appear(self) -> None:
        """In full screen: show everything for a while."""
        if self.immersed:
            self._timer.start(RETURN)
            self.arrange()

    def _withdraw(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and any(part.isAncestorOf(focus) for part in (self.bar, self.inspector)):
            self._timer.start(RETURN)  # somebody is at it with the keyboard
        elif self.immersed:
            self.arrange()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.MouseMove and self.immersed:
            if self._timer.isActive():
                self._timer.start(RETURN)
            else:
                self.appear()
        return False

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self.arrange()
