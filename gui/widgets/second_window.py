"""A window of pictures alone, for a second screen: one camera or all of them, with keys and a menu, without any controls."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QCloseEvent, QColor, QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from gui.camera import Camera
from gui.theme import theme
from gui.widgets import paint
from gui.widgets.grid_page import GridPage


class SecondWindow(QWidget):
    """camera_chosen: a camera to show alone, or None for all. menu_requested: at this point of the screen. closed: by anybody."""

    camera_chosen, menu_requested, closed = pyqtSignal(object), pyqtSignal(object), pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("dehazer")
        self.setMinimumSize(320, 180)
        self.grid = GridPage(movable=False)
        self.grid.enlarged.connect(self._double_clicked)
        self._all = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid)
        self._keys: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_F: self.toggle_fullscreen, Qt.Key.Key_F11: self.toggle_fullscreen,
            Qt.Key.Key_Escape: self._leave_fullscreen,
            Qt.Key.Key_W: self.close, Qt.Key.Key_G: self._toggle_all}

    def show_cameras(self, cameras: Sequence[Camera], all_of_them: bool) -> None:
        """Show these; all_of_them: they are all that are open, not one that was chosen."""
        self._all = all_of_them
        self.grid.setVisible(bool(cameras))
        self.grid.show_cameras(cameras, None)
        title = self.tr("All cameras") if all_of_them else cameras[0].title if cameras else ""
        self.setWindowTitle(f"{title} – dehazer" if title else "dehazer")
        self.update()

    def _double_clicked(self, camera: Camera) -> None:
        """Of all cameras, show that one; one alone fills the screen, or not any more."""
        if self._all and len(self.grid.tiles) > 1:
            self.camera_chosen.emit(camera)
        else:
            self.toggle_fullscreen()

    def _toggle_all(self) -> None:
        chosen = next((tile.camera for tile in self.grid.tiles if tile.hasFocus()), None)
        self.camera_chosen.emit((chosen or self.grid.tiles[0].camera) if self._all and self.grid.tiles else None)

    def toggle_fullscreen(self) -> None:
        """Fill the screen, or not any more."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _leave_fullscreen(self) -> None:
        if self.isFullScreen():
            self.toggle_fullscreen()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        handler = self._keys.get(Qt.Key(event.key())) if event is not None else None
        if handler is not None:
            handler()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent | None) -> None:
        if event is not None:
            self.menu_requested.emit(event.globalPos())

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.tokens.canvas))
        if not self.grid.tiles:
            paint.sentence(painter, self.tr("No camera is open."), QRectF(self.rect()))

    def closeEvent(self, event: QCloseEvent | None) -> None:
        super().closeEvent(event)
        self.grid.show_cameras([], None)
        self.closed.emit()
