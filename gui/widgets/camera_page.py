"""One camera, large: its picture, the numbers over it, and what is said in its place when there is none."""

from __future__ import annotations

from collections.abc import Collection
from time import monotonic

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from gui import text
from gui.faults import Fault, fault_of
from gui.readout import STALE_ALARM, STALE_NOTE, STILL_NOTE, Readout, rows
from gui.session import Camera
from gui.widgets.fault_card import FaultCard
from gui.widgets.picture import PictureView
from gui.widgets.time_line import TimeLine


class CameraPage(QWidget):
    """Shows the camera it is bound to. acted: the fault card's button, with the action's name."""

    acted = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.camera: Camera | None = None
        self.fault: Fault | None = None
        self.view = PictureView()
        self.line = TimeLine()
        self.card = FaultCard(self)
        self.card.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.line)
        self.line.sought.connect(self._seek)
        self._last = 0.0
        self.view.painted.connect(self._painted)
        self.view.divided.connect(self._divided)
        self.card.acted.connect(self._act)
        self.card.changing.connect(lambda: self.acted.emit("change"))
        self.card.detailed.connect(lambda: self.acted.emit("details"))
        self.setFocusProxy(self.view)

    def bind(self, camera: Camera | None) -> None:
        """Show another camera, or none."""
        if camera is self.camera:
            return
        self.camera = camera
        self.view.clear()
        self.view.zoom_fit()
        if camera is not None:
            self.view.divider = camera.divider
            self.view.set_view(camera.view)
            self._last = 0.0
        self.line.setVisible(camera is not None and camera.plays)
        self.wake()

    def _act(self) -> None:
        if self.fault is not None and self.fault.action:
            self.acted.emit(self.fault.action)

    def _seek(self, seconds: float) -> None:
        if self.camera is not None:
            self.camera.seek(seconds)

    def _painted(self, moment: object) -> None:
        if self.camera is not None:
            self.camera.painted(moment)  # type: ignore[arg-type]

    def _divided(self, divider: float) -> None:
        if self.camera is not None:
            self.camera.divider = divider

    def wake(self) -> None:
        """Something happened to the camera: take the newest picture, if there is one, and look at the state."""
        if self.camera is None:
            self.card.setVisible(False)
            return
        moment = self.camera.take()
        if moment is not None:
            self.view.rotation, self.view.aspect = self.camera.shape
            self.view.show_moment(moment)
            self.line.show_position(self.camera.position, self.camera.duration)
            self._last = monotonic()
        self.show_state()

    def show_state(self) -> None:
        """The fault card and the fading, as the state demands."""
        if self.camera is None:
            return
        self.fault = fault_of(self.camera.status, self.view.pair is not None)
        if self.fault is None:
            self.card.setVisible(False)
            self.view.fade(False)
            return
        self.view.fade(self.fault.kind in ("reconnecting", "failed"))
        since = text.age(monotonic() - self._last) if self._last and self.view.faded else ""
        self.view.badge = ""
        if self.fault.kind == "ended":
            self.line.show_position(self.camera.duration, self.camera.duration)
        change = self.fault.kind in ("reconnecting", "failed") and self.fault.action != "password"
        self.card.show_fault(self.fault.kind, self.fault.sentence, doing=self.fault.doing, button=self.fault.button,
                             age=self.tr("Last picture {} ago").format(since) if since else "", change=change,
                             details=self.fault.details)
        self.card.place(self.view.size())
        self.card.setVisible(True)
        self.card.raise_()

    def show_readout(self, now: Readout, shown: Collection[str], threshold: float) -> None:
        """Numbers over the picture: the rows that are switched on, and the badge with the picture's age."""
        before = self.view.rows, self.view.badge
        self.view.rows = [r for r in rows(now) if r.name in shown]
        self.view.history, self.view.threshold = now.history, threshold
        self._show_age(now)
        self.show_state()
        if before != (self.view.rows, self.view.badge):
            self.view.update()

    def _show_age(self, now: Readout) -> None:
        camera = self.camera
        if camera is not None and camera.paused:
            self.view.badge, self.view.badge_alarm = self.tr("Paused"), False
            return
        self.view.badge_alarm = now.age is not None and now.age > STALE_ALARM
        if now.age is not None and now.age > STALE_NOTE:
            self.view.badge = self.tr("No new picture for {}").format(text.age(now.age))
        elif now.still is not None and now.still > STILL_NOTE:
            self.view.badge = self.tr("Picture unchanged for {}").format(text.age(now.still))
        else:
            self.view.badge = ""

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if self.card.isVisible():
            self.card.place(self.view.size())
