"""A camera in the grid: picture, name, state and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QApplication, QWidget

from gui.camera import Camera
from gui.theme import DARK, GAP, PAD, SMALL, font
from gui.view import formatting
from gui.view.camera_state import DISPLAYS, state_text
from gui.view.faults import fault_of
from gui.view.readout import tile_text
from gui.widgets import paint
from gui.widgets.picture import PictureView
from gui.widgets.state_mark import paint_state_mark, role_of

if TYPE_CHECKING:
    from dehazer import Moment

NAME_ROOM = 34.0
"""Pixels of the name's plate beside its text: the mark of the state, and margins."""


class Tile(PictureView):
    """A camera in the grid: picture, name and state in the corner, a sentence when there is no picture.

    movable: can be dragged. dragged: over this point of the screen (QPointF). dropped: there. role: "" or what a drag makes of
    it: "moved", or the "target" it would change places with.
    """

    focused = pyqtSignal()
    dragged, dropped = pyqtSignal(QPointF), pyqtSignal(QPointF)

    def __init__(self, camera: Camera, parent: QWidget | None = None, *, movable: bool = True) -> None:
        super().__init__(parent)
        self.camera = camera
        self.interactive = self.captions = False
        self.selected = False
        self.sentence = self.readout = self._state = ""
        self.recorded = camera.recorded
        self.movable, self.role = movable, ""
        self._pressed_at: QPointF | None = None
        self._dragging = False
        self._follow_view()
        self.painted.connect(camera.painted)
        camera.taken.connect(self._show)
        camera.view_changed.connect(self._follow_view)
        self.setAccessibleName(camera.title)
        if movable:
            self.setToolTip(self.tr("{}\nDouble click or Enter enlarges; drag onto another one to swap").format(camera.title))

    def _follow_view(self) -> None:
        self.divider = self.camera.divider
        self.set_view(self.camera.view)

    def update_camera(self) -> None:
        """The camera has a new picture or state: show it."""
        self.camera.take()
        if self.pair is None:
            self.show_latest()
        self.show_state()

    def _show(self, moment: Moment) -> None:
        self.rotation, self.aspect = self.camera.shape
        self.show_moment(moment)

    def show_latest(self) -> None:
        """Begin with the picture that is already shown elsewhere: one that is paused gives no other."""
        if self.camera.latest is not None:
            self._show(self.camera.latest)

    def show_state(self) -> None:
        """Sentence, fading, badge and numbers, as the state demands."""
        camera, state, badge = self.camera, self.camera.status, self.camera.badge
        display, now = DISPLAYS[state], camera.numbers
        self.fade(display.faded)
        self.set_badge(badge.text, badge.alarm)
        readout = "" if now is None else tile_text(now, camera.slow, display.numbers)
        shown = (state, self._sentence(), readout, camera.recorded)
        if shown != (self._state, self.sentence, self.readout, self.recorded):
            self._state, self.sentence, self.readout, self.recorded = shown
            self.setAccessibleDescription(" ".join(t for t in (self._recording_words(), self.sentence) if t))
            self.update()

    def _sentence(self) -> str:
        fault = fault_of(self.camera.status, self.camera.state, self.camera.error)
        text = " ".join(w for w in (fault.sentence, fault.doing) if w) if fault else ""
        since = self.camera.since_picture
        if fault and since is not None:
            text += " " + self.tr("Last picture {} ago.").format(formatting.age(since))
        return text

    def _recording_words(self) -> str:
        return " ".join((self.tr("recording"), self.recorded.clock, self.recorded.note)).strip() if self.recorded.on else ""

    def _badge_row(self) -> float:
        """The badge is beside the name where both have room, below it in a small tile or beside a recording's clock."""
        width = QFontMetricsF(font(SMALL, True)).horizontalAdvance
        needed = GAP + width(self.camera.title) + NAME_ROOM + GAP + width(self.badge) + 2 * GAP + PAD
        return GAP if not self.recorded.on and needed <= self.width() else 2 * GAP + paint.PLATE_HEIGHT

    def paintEvent(self, event: QPaintEvent | None) -> None:
        self.badge_top = self._badge_row()
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.sentence:
            paint.sentence(painter, self.sentence, QRectF(self.rect()).adjusted(2 * PAD, 40, -2 * PAD, -PAD))
        self._paint_name(painter)
        self._paint_readout(painter)
        if self.selected:
            paint.selection(painter, QRectF(self.rect()))
        self._paint_role(painter)

    def _paint_role(self, painter: QPainter) -> None:
        if not self.role:
            return
        area = QRectF(self.rect())
        painter.fillRect(area, QColor(7, 9, 12, 150))
        if self.role == "target":
            paint.selection(painter, area)
            paint.sentence(painter, QCoreApplication.translate("Tile", "Swap places"), area)

    def _paint_name(self, painter: QPainter) -> None:
        status, face = self.camera.status, font(SMALL, True)
        text = self.camera.title if self.badge else f"{self.camera.title} · {state_text(status)}"  # the badge says it, too
        metrics = QFontMetricsF(face)
        recording = self._recording_label(metrics)
        room = self.width() - NAME_ROOM - 2 * GAP - (metrics.horizontalAdvance(recording) + 3 * GAP if recording else 0)
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        area = QRectF(GAP, GAP, metrics.horizontalAdvance(text) + NAME_ROOM, paint.PLATE_HEIGHT)
        paint.plate(painter, area)
        mark = QRectF(area.x() + 9, area.center().y() - 4.5, 9, 9)
        paint_state_mark(painter, status, mark, QColor(getattr(DARK, role_of(status))))
        painter.setPen(paint.INK)
        painter.setFont(face)
        painter.drawText(area.adjusted(25, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)
        if recording:
            paint.label(painter, recording, QPointF(self.width() - GAP, GAP), right=True, color=paint.RED, strong=True)

    def _recording_label(self, metrics: QFontMetricsF) -> str:
        """The clock and what is wrong, in as many words as leave half of the width to the name."""
        if not self.recorded.on:
            return ""
        texts = [f"● {self.recorded.text}"]
        if self.recorded.note:
            texts = [*(f"{texts[0]} · ▲ {words}" for words in (self.recorded.note, self.recorded.short)), f"{texts[0]} · ▲"]
        fitting = (text for text in texts if metrics.horizontalAdvance(text) <= self.width() / 2)
        return next(fitting, texts[-1])

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
        if event is not None and event.button() == Qt.MouseButton.LeftButton and self.movable:
            self._pressed_at = event.position()

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        if event is None or self._pressed_at is None:
            return
        far = (event.position() - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        if far and not self._dragging:
            self._dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._dragging:
            self.dragged.emit(event.globalPosition())

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        dragged, self._dragging, self._pressed_at = self._dragging, False, None
        if dragged and event is not None:
            self.unsetCursor()
            self.dropped.emit(event.globalPosition())

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.double_clicked.emit()
        elif event is not None and event.key() == Qt.Key.Key_Escape and self._dragging:
            self._cancel_drag()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent | None) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._dragging:
            event.accept()  # while dragging, Escape takes the drag back instead of leaving the grid
        return super().event(event)

    def _cancel_drag(self) -> None:
        self._dragging, self._pressed_at = False, None
        self.unsetCursor()
        self.dropped.emit(QPointF(-1e6, -1e6))  # over nothing
