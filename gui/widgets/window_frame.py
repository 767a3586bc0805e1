"""The frame of the window: top bar, body, inspector, bottom bar; in full screen all but the body float over the picture."""

from __future__ import annotations

from PyQt6.QtCore import QPoint, QRect, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QWidget

from gui.theme import INSPECTOR_WIDTH, TOP_BAR_HEIGHT
from gui.widgets.bottom_bar import BottomBar
from gui.widgets.floating_bars import FloatingBars

TOP_ZONE = 0.25
"""Share of the height in which the mouse brings the top bar; below, it is the bottom bar."""


class WindowFrame(QWidget):
    """Places its four parts. fullscreen: full screen, in which one of them at most is seen beside the body.

    has_inspector, has_bottom_bar: whether they are shown at all. fullscreen_changed: before the parts are placed.
    """

    fullscreen_changed = pyqtSignal(bool)

    def __init__(self, top_bar: QWidget, body: QWidget, inspector: QWidget, bottom_bar: BottomBar,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.top_bar, self.body, self.inspector, self.bottom_bar = top_bar, body, inspector, bottom_bar
        self.fullscreen, self.has_inspector, self.has_bottom_bar = False, True, True
        for part in (body, inspector, bottom_bar, top_bar):  # tab order follows set_tab_order of the window
            part.setParent(self)
        self.floating = FloatingBars({"top": top_bar, "bottom": bottom_bar, "inspector": inspector}, self._zone, self)
        self.floating.changed.connect(self.arrange)

    def set_fullscreen(self, fullscreen: bool) -> None:
        """Full screen, or back."""
        self.fullscreen = fullscreen
        self.fullscreen_changed.emit(fullscreen)
        self.floating.set_on(fullscreen)
        self.arrange()

    def set_visible_parts(self, inspector: bool, bottom_bar: bool) -> None:
        """Whether inspector and bottom bar are there."""
        self.has_inspector, self.has_bottom_bar = inspector, bottom_bar
        self.arrange()

    def arrange(self) -> None:
        """Give every part its place."""
        width, height = self.width(), self.height()
        side = INSPECTOR_WIDTH if self.has_inspector else 0
        bottom = self.bottom_bar.needed_height if self.has_bottom_bar else 0
        middle = QRect(0, TOP_BAR_HEIGHT, width - side, height - TOP_BAR_HEIGHT - bottom)
        self.body.setGeometry(self.rect() if self.fullscreen else middle)
        self.inspector.setGeometry(width - INSPECTOR_WIDTH, middle.y(), INSPECTOR_WIDTH, middle.height())
        self.top_bar.setGeometry(0, 0, width, TOP_BAR_HEIGHT)
        self.bottom_bar.setGeometry(0, height - bottom, width, bottom)
        self._show_parts()

    def _show_parts(self) -> None:
        parts = {"inspector": (self.inspector, self.has_inspector), "bottom": (self.bottom_bar, self.has_bottom_bar),
                 "top": (self.top_bar, True)}
        for name, (part, there) in parts.items():
            part.setVisible(there and (not self.fullscreen or self.floating.shown == name))
            part.raise_()

    def show_controls(self, part: QWidget | None = None) -> None:
        """In full screen: show a part for a while, the bottom bar if none."""
        names = {id(self.top_bar): "top", id(self.inspector): "inspector"}
        self.floating.show(names.get(id(part), "bottom"))

    @property
    def reserved(self) -> int:
        """Pixels at the lower edge of the body that the floating bottom bar may cover."""
        return self.bottom_bar.needed_height if self.fullscreen and self.has_bottom_bar else 0

    def _zone(self, point: QPoint) -> str:
        """The part for a place of the mouse."""
        at = self.mapFromGlobal(point)
        if at.y() < max(TOP_ZONE * self.height(), TOP_BAR_HEIGHT):
            return "top"
        beside = self.has_inspector and at.x() >= self.width() - INSPECTOR_WIDTH
        return "inspector" if beside and at.y() < self.height() - self.bottom_bar.needed_height else "bottom"

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self.arrange()
