"""A camera in the grid: picture, name, state and numbers."""

from __future__ import annotations

from time import monotonic

from PyQt6.QtCore import QPointF, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QWidget

from gui.camera import Camera
from gui.theme import DARK, GAP, PAD, SMALL, font
from gui.view import formatting
from gui.view.faults import fault_of
from gui.view.readout import recording_time_text, tile_text
from gui.widgets import paint
from gui.widgets.picture import PictureView
from gui.widgets.state_mark import paint_state_mark, role_of, state_text


class Tile(PictureView):
    """A camera in the grid: picture, name and state in the corner, a sentence when there is no picture."""

    focused = pyqtSignal()

    def __init__(self, camera: Camera, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.camera = camera
        self.interactive = self.captions = False
        self.selected = self._recording = False
        self.sentence = self.readout = self.recorded = ""
        self._last_picture = 0.0
        self.set_view(camera.view)
        self.painted.connect(camera.painted)
        self.setAccessibleName(camera.title)
        self.setToolTip(self.tr("{}\nDouble click or Enter enlarges").format(camera.title))

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
        now = self.camera.numbers
        shown = (text, "" if now is None else tile_text(now, self.camera.slow),
                 "" if now is None else recording_time_text(now.recording))
        if (*shown, self.camera.recording) != (self.sentence, self.readout, self.recorded, self._recording):
            (self.sentence, self.readout, self.recorded), self._recording = shown, self.camera.recording
            self.setAccessibleDescription(f"{self.tr('recording')} {text}" if self._recording else text)
            self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.sentence:
            paint.sentence(painter, self.sentence, QRectF(self.rect()).adjusted(2 * PAD, 40, -2 * PAD, -PAD))
        self._paint_name(painter)
        self._paint_readout(painter)
        if self.selected:
            paint.selection(painter, QRectF(self.rect()))

    def _paint_name(self, painter: QPainter) -> None:
        status, face = self.camera.status, font(SMALL, True)
        text = f"{self.camera.title} · {state_text(status)}"
        metrics = QFontMetricsF(face)
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, self.width() - (120 if self._recording else 64))
        area = QRectF(GAP, GAP, metrics.horizontalAdvance(text) + 34, paint.PLATE_HEIGHT)
        paint.plate(painter, area)
        mark = QRectF(area.x() + 9, area.center().y() - 4.5, 9, 9)
        paint_state_mark(painter, status, mark, QColor(getattr(DARK, role_of(status))))
        painter.setPen(paint.INK)
        painter.setFont(face)
        painter.drawText(area.adjusted(25, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)
        if self._recording:
            paint.label(painter, f"● {self.recorded or self.tr('REC')}", QPointF(self.width() - GAP, GAP), right=True,
                        color=QColor(DARK.fault), strong=True)

    def _paint_readout(self, painter: QPainter) -> None:
        """Frame rate and haze; in the colour of a warning where frames are missing."""
        if self.readout and not self.sentence:
            text = f"▲ {self.readout}" if self.camera.slow else self.readout
            area = paint.label(painter, text, QPointF(GAP, self.height() - GAP), bottom=True)
            if self.camera.slow:
                painter.fillRect(QRectF(area.x(), area.bottom() - 2, area.width(), 2), QColor(DARK.warning))

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        self.setFocus()
        self.focused.emit()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.double_clicked.emit()
        else:
            super().keyPressEvent(event)
