"""Several cameras side by side in equal tiles; each lives on its own, a double click enlarges one."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

from PyQt6.QtCore import QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QGridLayout, QWidget

from gui import text
from gui.faults import fault_of
from gui.session import Camera
from gui.theme import DARK, GAP, PAD, SMALL, font, theme
from gui.widgets import paint
from gui.widgets.picture import PictureView
from gui.widgets.state_mark import paint_mark, role_of, word_of

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
        self._last = 0.0
        self.set_view(camera.view)
        self.painted.connect(camera.painted)
        self.setAccessibleName(camera.choice.title)
        self.setToolTip(self.tr("{}\nDouble click or Enter enlarges").format(camera.choice.title))

    def wake(self) -> None:
        """Take the newest picture and look at the state."""
        moment = self.camera.take()
        if moment is not None:
            self.rotation, self.aspect = self.camera.shape
            self._last = monotonic()
            self.show_moment(moment)
        self.show_state()

    def show_state(self) -> None:
        """The sentence and the fading, as the state demands."""
        fault = fault_of(self.camera.status, self.pair is not None)
        words = " ".join(w for w in (fault.sentence, fault.doing) if w) if fault else ""
        if fault and self._last:
            words += " " + self.tr("Last picture {} ago.").format(text.age(monotonic() - self._last))
        self.fade(fault is not None and fault.kind in ("reconnecting", "failed"))
        if (words, self.camera.recording) != (self.sentence, self._recording):
            self.sentence, self._recording = words, self.camera.recording
            self.setAccessibleDescription(f"{self.tr('recording')} {words}" if self._recording else words)
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
        kind, face = self.camera.kind, font(SMALL, True)
        words = f"{self.camera.choice.title} · {word_of(kind)}"
        words = QFontMetricsF(face).elidedText(words, Qt.TextElideMode.ElideRight, self.width() - 64)
        width = QFontMetricsF(face).horizontalAdvance(words) + (52 if self.camera.recording else 34)
        area = QRectF(GAP, GAP, width, paint.PLATE_HEIGHT)
        paint.plate(painter, area)
        paint_mark(painter, kind, QRectF(area.x() + 9, area.center().y() - 4.5, 9, 9), QColor(getattr(DARK, role_of(kind))))
        painter.setPen(paint.INK)
        painter.setFont(face)
        painter.drawText(area.adjusted(25, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
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
            self.chosen.emit()
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
            tile.wake()
        self._even(columns)

    def _even(self, columns: int) -> None:
        rows = -(-len(self.tiles) // columns) if self.tiles else 0
        for index in range(self._grid.columnCount()):
            self._grid.setColumnStretch(index, 1 if index < columns else 0)
        for index in range(self._grid.rowCount()):
            self._grid.setRowStretch(index, 1 if index < rows else 0)

    def _tile(self, camera: Camera) -> Tile:
        tile = Tile(camera)
        tile.chosen.connect(lambda: self.enlarged.emit(camera))
        tile.focused.connect(lambda: self.select(camera))
        return tile

    def select(self, camera: Camera | None) -> None:
        """Mark the camera that the controls act on."""
        for tile in self.tiles:
            if tile.selected != (tile.camera is camera):
                tile.selected = tile.camera is camera
                tile.update()
        self.selected.emit(camera)

    def wake(self, camera: Camera) -> None:
        """Something happened to a camera."""
        for tile in self.tiles:
            if tile.camera is camera:
                tile.wake()

    def set_view(self, view: str) -> None:
        """Look at all cameras in one way."""
        for tile in self.tiles:
            tile.set_view(view)

    def show_states(self) -> None:
        """Count the seconds on."""
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

