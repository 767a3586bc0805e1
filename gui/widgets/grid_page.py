"""Several cameras side by side in equal tiles; a double click enlarges one."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

from PyQt6.QtCore import QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QGridLayout, QWidget

from gui.camera import Camera
from gui.theme import DARK, GAP, PAD, SMALL, font, theme
from gui.view import formatting
from gui.view.faults import fault_of
from gui.widgets import paint
from gui.widgets.picture import PictureView
from gui.widgets.state_mark import paint_state_mark, role_of, state_text

SEAM = 2


class Tile(PictureView):
    """A camera in the grid: picture, name and state in the corner, a sentence when there is no picture."""

    focused = pyqtSignal()

    def __init__(self, camera: Camera, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.camera = camera
        self.interactive = self.captions = False
        self.selected = self._recording = False
        self.sentence = ""
        self._last_picture = 0.0
        self.set_view(camera.view)
        self.painted.connect(camera.painted)
        self.setAccessibleName(camera.source.title)
        self.setToolTip(self.tr("{}\nDouble click or Enter enlarges").format(camera.source.title))

    def update_camera(self) -> None:
        """The camera has a new picture or state: show it."""
        moment = self.camera.take()
        if moment is not None:
            self.rotation, self.aspect = self.camera.shape
            self._last_picture = monotonic()
            self.show_moment(moment)
        self.show_state()

    def show_state(self) -> None:
        """The sentence and the fading, as the state demands."""
        fault = fault_of(self.camera.state, self.camera.error, self.camera.had_picture, self.pair is not None)
        text = " ".join(w for w in (fault.sentence, fault.doing) if w) if fault else ""
        if fault and self._last_picture:
            text += " " + self.tr("Last picture {} ago.").format(formatting.age(monotonic() - self._last_picture))
        self.fade(fault is not None and fault.kind in ("reconnecting", "failed"))
        if (text, self.camera.recording) != (self.sentence, self._recording):
            self.sentence, self._recording = text, self.camera.recording
            self.setAccessibleDescription(f"{self.tr('recording')} {text}" if self._recording else text)
            self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.sentence:
            self._paint_sentence(painter)
        self._paint_name(painter)
        if self.selected:
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _paint_name(self, painter: QPainter) -> None:
        status, face = self.camera.status, font(SMALL, True)
        text = f"{self.camera.source.title} · {state_text(status)}"
        text = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, self.width() - 64)
        width = QFontMetricsF(face).horizontalAdvance(text) + (52 if self.camera.recording else 34)
        area = QRectF(GAP, GAP, width, paint.PLATE_HEIGHT)
        paint.plate(painter, area)
        mark = QRectF(area.x() + 9, area.center().y() - 4.5, 9, 9)
        paint_state_mark(painter, status, mark, QColor(getattr(DARK, role_of(status))))
        painter.setPen(paint.INK)
        painter.setFont(face)
        painter.drawText(area.adjusted(25, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)
        if self.camera.recording:
            painter.setPen(QPen(QColor(DARK.fault), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(area.right() - 20, area.center().y() - 5.5, 11, 11))
            painter.setBrush(QColor(DARK.fault))
            painter.drawEllipse(QRectF(area.right() - 17, area.center().y() - 2.5, 5, 5))

    def _paint_sentence(self, painter: QPainter) -> None:
        painter.setFont(font(13))
        room = QRectF(self.rect()).adjusted(PAD, 40, -PAD, -PAD)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        needed = painter.boundingRect(room.adjusted(PAD, 0, -PAD, 0), flags, self.sentence)
        paint.plate(painter, needed.adjusted(-PAD, -GAP, PAD, GAP), QColor(0, 0, 0, 190))
        painter.setPen(paint.INK)
        painter.drawText(needed, flags, self.sentence)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        self.setFocus()
        self.focused.emit()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.double_clicked.emit()
        else:
            super().keyPressEvent(event)


class GridPage(QWidget):
    """enlarged: a camera to see alone. selected: a camera the controls act on."""

    enlarged = pyqtSignal(object)
    selected = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles: list[Tile] = []
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
        columns = columns_for(len(self.tiles), self.width() / max(1, self.height()))
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
        tile = Tile(camera)
        tile.double_clicked.connect(lambda: self.enlarged.emit(camera))
        tile.focused.connect(lambda: self.select(camera))
        return tile

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

    def set_view(self, view: str) -> None:
        """Look at all cameras in one view mode."""
        for tile in self.tiles:
            tile.set_view(view)

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

