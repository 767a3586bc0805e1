"""One camera, large: its picture, the numbers over it, and the fault card when there is none."""

from __future__ import annotations

from collections.abc import Collection
from time import monotonic

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from dehazer import SessionSnapshot
from gui.camera import Camera
from gui.view import formatting
from gui.view.faults import Fault, fault_of
from gui.view.readout import STALE_ALARM, STALE_NOTE, STILL_NOTE, overlay_rows
from gui.widgets.fault_card import FaultCard
from gui.widgets.picture import PictureView
from gui.widgets.seek_bar import SeekBar


class CameraPage(QWidget):
    """Shows one camera. action_requested: by the buttons of the fault card, with the name of the action."""

    action_requested = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.camera: Camera | None = None
        self.fault: Fault | None = None
        self.view = PictureView()
        self.seek_bar = SeekBar()
        self.card = FaultCard(self)
        self.card.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.seek_bar)
        self.seek_bar.seek_requested.connect(self._seek)
        self.seek_bar.again_requested.connect(lambda: self.action_requested.emit("retry"))
        self._last_picture = 0.0
        self.view.painted.connect(self._painted)
        self.view.divider_moved.connect(self._divided)
        self.card.action_clicked.connect(self._request_action)
        self.card.change_clicked.connect(lambda: self.action_requested.emit("change"))
        self.card.details_clicked.connect(lambda: self.action_requested.emit("details"))
        self.setFocusProxy(self.view)

    def show_camera(self, camera: Camera | None) -> None:
        """Show another camera, or none."""
        if camera is self.camera:
            return
        self.camera = camera
        self.view.clear()
        self.view.zoom_fit()
        if camera is not None:
            self.view.divider = camera.divider
            self.view.set_view(camera.view)
            self._last_picture = 0.0
        self.seek_bar.setVisible(camera is not None and camera.is_seekable)
        self.update_camera()

    def _request_action(self) -> None:
        if self.fault is not None and self.fault.action:
            self.action_requested.emit(self.fault.action)

    def _seek(self, seconds: float) -> None:
        if self.camera is not None:
            self.camera.seek(seconds)

    def _painted(self, moment: object) -> None:
        if self.camera is not None:
            self.camera.painted(moment)  # type: ignore[arg-type]

    def _divided(self, divider: float) -> None:
        if self.camera is not None:
            self.camera.set_divider(divider)

    def update_camera(self) -> None:
        """The camera has a new picture or state: show it."""
        if self.camera is None:
            self.card.setVisible(False)
            return
        moment = self.camera.take()
        if moment is not None:
            self.view.rotation, self.view.aspect = self.camera.shape
            self.view.show_moment(moment)
            self.seek_bar.show_position(self.camera.position, self.camera.duration, self.camera.rate)
            self._last_picture = monotonic()
        self.show_state()

    def show_state(self) -> None:
        """The fault card and the fading, as the state demands."""
        if self.camera is None:
            return
        self.fault = fault_of(self.camera.state, self.camera.error, self.camera.had_picture, self.view.pair is not None)
        self._show_end()
        if self.fault is None:
            self.card.setVisible(False)
            self.view.fade(False)
            return
        self.view.fade(self.fault.kind in ("reconnecting", "failed"))
        age = formatting.age(monotonic() - self._last_picture) if self._last_picture and self.view.faded else ""
        self.view.badge = ""
        change = self.fault.kind in ("reconnecting", "failed") and self.fault.action != "password"
        self.card.show_fault(self.fault.kind, self.fault.sentence, doing=self.fault.doing, button=self.fault.button,
                             age=self.tr("Last picture {} ago").format(age) if age else "", change=change,
                             details=self.fault.details)
        self.card.place(self.view.size())
        self.card.setVisible(True)
        self.card.raise_()

    def _show_end(self) -> None:
        """The last picture of a file stays in sight: the bar offers to play it again, no card covers it."""
        assert self.camera is not None
        ended = self.fault is not None and self.fault.kind == "ended" and self.camera.is_seekable and self.view.pair is not None
        self.seek_bar.show_ended(ended)
        if ended:
            self.seek_bar.show_position(self.camera.duration, self.camera.duration)
            self.view.badge, self.fault = "", None

    def show_snapshot(self, now: SessionSnapshot, shown: Collection[str], threshold: float) -> None:
        """Numbers over the picture: the rows that are switched on, and the badge with the picture's age."""
        before = self.view.rows, self.view.badge
        self.view.rows = overlay_rows(now, shown)
        self.view.history, self.view.threshold = now.scene.haze_history, threshold
        self._show_age(now)
        self.show_state()
        if before != (self.view.rows, self.view.badge):
            self.view.update()

    def _show_age(self, now: SessionSnapshot) -> None:
        camera = self.camera
        if camera is not None and camera.paused:
            self.view.badge, self.view.badge_alarm = self.tr("Paused"), False
            return
        self.view.badge_alarm = now.age_s is not None and now.age_s > STALE_ALARM
        if now.age_s is not None and now.age_s > STALE_NOTE:
            self.view.badge = self.tr("No new picture for {}").format(formatting.age(now.age_s))
        elif now.still_s is not None and now.still_s > STILL_NOTE:
            self.view.badge = self.tr("Picture unchanged for {}").format(formatting.age(now.still_s))
        else:
            self.view.badge = ""

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if self.card.isVisible():
            self.card.place(self.view.size())
