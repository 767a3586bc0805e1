"""The pictures of all cameras that are looked at, beside each other, in one view with one zoom; one of them can be seen alone."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QGridLayout, QLabel, QWidget

from gui.review.camera_pane import CameraPane
from gui.theme import WIDE, theme
from gui.view.modes import DEFAULT_VIEW
from gui.view.panes import Viewport
from gui.widgets.grid_page import SEAM, columns_for


class CameraPanes(QWidget):
    """current: the camera that the controls act on. alone: the one that is seen alone, if any. selected: current is another.

    painted: a camera's pair of pictures, once. arranged: which cameras are seen has changed. hint: the label that is shown while
    there is no camera.
    """

    selected = pyqtSignal(str)
    painted = pyqtSignal(str, object)
    arranged = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panes: dict[str, CameraPane] = {}
        self.current, self.alone = "", ""
        self.view, self.loupe = DEFAULT_VIEW, False
        self._viewport, self._divider, self._columns = Viewport(), 0.5, 1
        self.hint = QLabel()
        self.hint.setStyleSheet(f"color: {theme.tokens.quiet_on_canvas};")
        self.hint.setWordWrap(True)
        self.hint.setMargin(2 * WIDE)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SEAM)
        self._arrange()

    @property
    def shown(self) -> tuple[CameraPane, ...]:
        """The panes that are seen, in order."""
        return tuple(pane for pane in self.panes.values() if self.alone in ("", pane.camera))

    @property
    def pane(self) -> CameraPane | None:
        """The pane of the current camera."""
        return self.panes.get(self.current)

    def show_cameras(self, cameras: Sequence[str]) -> None:
        """Panes for these cameras; those that stay keep their picture."""
        for camera in set(self.panes) - set(cameras):
            gone = self.panes.pop(camera)
            gone.setParent(None)
            gone.deleteLater()
        self.panes = {camera: self.panes.get(camera) or self._make(camera) for camera in cameras}
        if self.alone not in self.panes:
            self.alone = ""
        self._arrange()
        if self.current not in self.panes:
            self.select(cameras[0] if cameras else "")
        self.arranged.emit()

    def _make(self, camera: str) -> CameraPane:
        pane = CameraPane(camera, self)
        pane.set_view(self.view)
        pane.set_viewport(self._viewport)
        pane.divider = self._divider
        pane.set_loupe(self.loupe)
        pane.focused.connect(lambda: self.select(camera))
        pane.painted.connect(lambda pair: self.painted.emit(camera, pair))
        pane.double_clicked.connect(lambda: self.show_alone("" if self.alone else camera))
        pane.viewport_changed.connect(lambda viewport: self._follow(pane, viewport))
        pane.divider_moved.connect(lambda divider: self._divide(pane, divider))
        return pane

    def _follow(self, leader: CameraPane, viewport: Viewport) -> None:
        """All cameras show the same part of their pictures."""
        self._viewport = viewport
        for pane in self.panes.values():
            if pane is not leader:
                pane.set_viewport(viewport)

    def _divide(self, leader: CameraPane, divider: float) -> None:
        self._divider = divider
        for pane in self.panes.values():
            if pane is not leader and pane.divider != divider:
                pane.divider = divider
                pane.update()

    def select(self, camera: str) -> None:
        """Let the controls act on a camera."""
        if camera != self.current:
            self.current = camera
            self._show_selection()
            self.selected.emit(camera)

    def select_next(self) -> None:
        """The next camera; where one is seen alone, that one."""
        cameras = list(self.panes)
        if len(cameras) > 1:
            following = cameras[(cameras.index(self.current) + 1) % len(cameras)]
            self.select(following)
            if self.alone:
                self.show_alone(following)

    def _show_selection(self) -> None:
        for camera, pane in self.panes.items():
            pane.set_selected(camera == self.current, len(self.shown) > 1)

    def show_alone(self, camera: str) -> None:
        """See one camera alone, or (with an empty name) all of them."""
        self.alone = camera if len(self.panes) > 1 else ""
        if camera:
            self.select(camera)
        self._arrange()
        self.arranged.emit()

    def set_view(self, view: str) -> None:
        """Look at all cameras in one view mode."""
        self.view = view
        for pane in self.panes.values():
            pane.set_view(view)

    def toggle_loupe(self) -> None:
        """A loupe over every picture, or none."""
        self.loupe = not self.loupe
        for pane in self.panes.values():
            pane.set_loupe(self.loupe)

    def _arrange(self) -> None:
        """Equal tiles, as large as the room allows."""
        for widget in (self.hint, *self.panes.values()):
            self._grid.removeWidget(widget)
            widget.setVisible(False)
        tiles: Sequence[QWidget] = self.shown or (self.hint,)
        self._columns = columns_for(len(tiles), self.width() / max(1, self.height()))
        for index, tile in enumerate(tiles):
            self._grid.addWidget(tile, index // self._columns, index % self._columns)
            tile.setVisible(True)
        rows = -(-len(tiles) // self._columns)
        for index in range(max(self._grid.columnCount(), self._columns)):
            self._grid.setColumnStretch(index, 1 if index < self._columns else 0)
        for index in range(max(self._grid.rowCount(), rows)):
            self._grid.setRowStretch(index, 1 if index < rows else 0)
        self._show_selection()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if len(self.shown) > 1 and columns_for(len(self.shown), self.width() / max(1, self.height())) != self._columns:
            self._arrange()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.tokens.canvas))
        painter.end()
