"""One camera in the review room: its picture with name and clock, or a sentence on why there is none."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QWidget

from gui.theme import GAP, PAD, SMALL, font
from gui.view.core_texts import core_text
from gui.widgets import paint
from gui.widgets.picture import PictureView

NAME_HEIGHT = paint.PLATE_HEIGHT + GAP


class CameraPane(PictureView):
    """clock: wall-clock time of the picture, as text. sentence: shown in the middle. focused: clicked or reached by keyboard."""

    focused = pyqtSignal()

    def __init__(self, camera: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.camera = camera
        self.selected, self.framed = False, False
        self.clock, self.sentence = "", ""
        self.rows_top = PAD + NAME_HEIGHT
        self.setAccessibleName(camera)
        self.setToolTip("")

    def show_text(self, clock: str, sentence: str) -> None:
        """Another time, or another reason for there being no picture, as the core says it."""
        sentence = core_text(sentence)
        if (clock, sentence) != (self.clock, self.sentence):
            self.clock, self.sentence = clock, sentence
            self.setAccessibleDescription(" ".join(part for part in (clock, sentence) if part))
            self.update()

    def set_selected(self, selected: bool, framed: bool) -> None:
        """Whether the controls act on this camera, and whether that needs to be shown."""
        if (selected, framed) != (self.selected, self.framed):
            self.selected, self.framed = selected, framed
            self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.sentence:
            paint.sentence(painter, self.sentence, QRectF(self.rect()).adjusted(2 * PAD, NAME_HEIGHT + PAD, -2 * PAD, -PAD))
        self._paint_name(painter)
        if self.selected and self.framed:
            paint.selection(painter, QRectF(self.rect()))
        painter.end()

    def _paint_name(self, painter: QPainter) -> None:
        text = " · ".join(part for part in (self.camera, self.clock) if part)
        face = font(SMALL, True)
        shown = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, self.width() - 2 * PAD - 2 * GAP)
        paint.label(painter, shown, QPointF(PAD, PAD), strong=True)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        self.setFocus()
        self.focused.emit()
        super().mousePressEvent(event)
