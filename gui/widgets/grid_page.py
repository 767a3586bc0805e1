"""Several cameras side by side in equal tiles; a double click enlarges one."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QPointF, pyqtSignal
from PyQt6.QtGui import QColor, QPainter, QPaintEvent
from PyQt6.QtWidgets import QGridLayout, QWidget

from gui.camera import Camera
from gui.theme import theme
from gui.widgets.tile import Tile

SEAM = 2


class GridPage(QWidget):
    """enlarged: a camera to see alone. selected: a camera the controls act on. swapped: two cameras that change places.

    columns: tiles beside each other.
    """

    swapped = pyqtSignal(object, object)
    enlarged = pyqtSignal(object)
    selected = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None, *, movable: bool = True) -> None:
        """movable: tiles can be dragged onto one another."""
        super().__init__(parent)
        self._movable = movable
        self.tiles: list[Tile] = []
        self.columns = 1
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SEAM)
        self.setAutoFillBackground(True)

    def show_cameras(self, cameras: Sequence[Camera], current: Camera | None) -> None:
        """Tiles for these cameras; those that stay keep their picture."""
        kept = {tile.camera: tile for tile in self.tiles}
        for camera, tile in kept.items():
            if camera not in cameras:
                tile.setParent(None)
                tile.deleteLater()
        self.tiles = [kept.get(camera) or self._tile(camera) for camera in cameras]
        columns = self.columns = columns_for(len(self.tiles), self.width() / max(1, self.height()))
        for index, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, index // columns, index % columns)
            tile.selected = tile.camera is current
            tile.update_camera()
        self._set_stretches(columns)

    def _set_stretches(self, columns: int) -> None:
        rows = -(-len(self.tiles) // columns) if self.tiles else 0
        for index in range(self._grid.columnCount()):
            self._grid.setColumnStretch(index, 1 if index < columns else 0)
        for index in range(self._grid.rowCount()):
            self._grid.setRowStretch(index, 1 if index < rows else 0)

    def _tile(self, camera: Camera) -> Tile:
        tile = Tile(camera, movable=self._movable)
        tile.double_clicked.connect(lambda: self.enlarged.emit(camera))
        tile.focused.connect(lambda: self.select(camera))
        tile.dragged.connect(lambda at: self._drag(tile, at))
        tile.dropped.connect(lambda at: self._drop(tile, at))
        tile.show_latest()
        return tile

    def _tile_at(self, at: QPointF) -> Tile | None:
        """The tile at a point of the screen."""
        here = self.mapFromGlobal(at)
        return next((tile for tile in self.tiles if tile.geometry().contains(here.toPoint())), None)

    def _drag(self, moved: Tile, at: QPointF) -> None:
        under = self._tile_at(at)
        self._show_roles({moved: "moved", under: "target"} if under not in (None, moved) else {moved: "moved"})

    def _drop(self, moved: Tile, at: QPointF) -> None:
        self._show_roles({})
        under = self._tile_at(at)
        if under is not None and under is not moved:
            self.swapped.emit(moved.camera, under.camera)

    def _show_roles(self, roles: dict[Tile | None, str]) -> None:
        for tile in self.tiles:
            if tile.role != roles.get(tile, ""):
                tile.role = roles.get(tile, "")
                tile.update()

    def neighbour(self, camera: Camera, right: int, down: int) -> Camera | None:
        """The camera so many tiles to the right and further down; None beyond the edge."""
        at = next((index for index, tile in enumerate(self.tiles) if tile.camera is camera), None)
        if at is None:
            return None
        column, row = at % self.columns + right, at // self.columns + down
        index = row * self.columns + column
        return self.tiles[index].camera if 0 <= column < self.columns and 0 <= index < len(self.tiles) else None

    def select(self, camera: Camera | None) -> None:
        """Mark the camera that the controls act on."""
        for tile in self.tiles:
            if tile.selected != (tile.camera is camera):
                tile.selected = tile.camera is camera
                tile.update()
        self.selected.emit(camera)

    def update_camera(self, camera: Camera) -> None:
        """A camera has a new picture or state."""
        for tile in self.tiles:
            if tile.camera is camera:
                tile.update_camera()

    def show_states(self) -> None:
        """Show the states as they are now; some count seconds."""
        for tile in self.tiles:
            tile.show_state()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.tokens.canvas))


def columns_for(count: int, shape: float) -> int:
    """Columns of equal tiles for `count` pictures of 16:9 in a room of that width : height, so that they are largest."""
    def size(columns: int) -> float:
        rows = -(-count // columns)
        return min(shape / columns / (16 / 9), 1 / rows)

    return max(range(1, max(1, count) + 1), key=lambda c: (round(size(c), 4), c)) if count else 1

