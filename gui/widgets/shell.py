"""The frame of the window: bar, body, inspector, strip; in full screen the bar and the strip float over the picture."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, Qt, QTimer
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QApplication, QWidget

from gui.theme import BAR, INSPECTOR, STRIP

RETURN = 2500
"""Milliseconds that bar and strip stay after the last move of the mouse in full screen."""


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
        side = INSPECTOR if self.has_inspector else 0
        top, bottom = (0, 0) if self.immersed else (BAR, STRIP if self.has_strip else 0)
        self.body.setGeometry(0, top, width - side, height - top - bottom)
        self.inspector.setGeometry(width - side, top, side, height - top - bottom)
        self.bar.setGeometry(0, 0, width, BAR)
        self.strip.setGeometry(0, height - STRIP, width - (side if self.immersed else 0), STRIP)
        self.inspector.setVisible(self.has_inspector)
        floating = not self.immersed or self._timer.isActive()
        self.bar.setVisible(floating)
        self.strip.setVisible(floating and self.has_strip)
        for part in (self.strip, self.bar):
            part.raise_()

    def _withdraw(self) -> None:
        if self.immersed:
            self.arrange()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.MouseMove and self.immersed:
            was_active = self._timer.isActive()
            self._timer.start(RETURN)
            if not was_active:
                self.arrange()
        return False

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self.arrange()
