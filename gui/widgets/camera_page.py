"""One camera, large: its picture, the numbers over it, and the fault card when there is none."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from dehazer import SessionSnapshot
from gui.camera import Camera
from gui.view import formatting
from gui.view.camera_state import DISPLAYS
from gui.view.faults import Fault, fault_of
from gui.view.readout import overlay_rows
from gui.widgets.fault_card import FaultCard
from gui.widgets.picture import PictureView
from gui.widgets.seek_bar import SeekBar

if TYPE_CHECKING:
    from dehazer import Moment
    from gui.view.images import ImagePair


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
        self.seek_bar.scrubbed.connect(self._scrub)
        self.seek_bar.rested.connect(lambda seconds: self._scrub(seconds, exact=True))
        self.seek_bar.again_requested.connect(lambda: self.action_requested.emit("retry"))
        self.view.painted.connect(self._painted)
        self.view.divider_moved.connect(self._divided)
        self.card.action_clicked.connect(self._request_action)
        self.card.change_clicked.connect(lambda: self.action_requested.emit("change"))
        self.card.details_clicked.connect(lambda: self.action_requested.emit("details"))
        self.setFocusProxy(self.view)

    def dock_seek_bar(self) -> None:
        """Put the seek bar under the picture; in full screen it lies elsewhere."""
        layout, shown = self.layout(), not self.seek_bar.isHidden()
        assert layout is not None
        layout.addWidget(self.seek_bar)
        self.seek_bar.setVisible(shown)

    def show_camera(self, camera: Camera | None) -> None:
        """Show another camera, or none."""
        if camera is self.camera:
            return
        if self.camera is not None:
            self.camera.view_changed.disconnect(self._follow_view)
            self.camera.taken.disconnect(self._show_moment)
        self.camera = camera
        self.view.clear()
        self.view.zoom_fit()
        if camera is not None:
            camera.view_changed.connect(self._follow_view)
            camera.taken.connect(self._show_moment)
            self._follow_view()
            self._show_kept(camera)
        self.seek_bar.setVisible(camera is not None and camera.is_seekable)
        self.update_camera()

    def _show_kept(self, camera: Camera) -> None:
        """What is known of a camera that was open before: its place in the file, and its last picture."""
        self.view.rows = ()
        self.seek_bar.reset(camera.position, camera.duration, camera.rate)
        if camera.latest is not None:
            self._show_moment(camera.latest)

    def _follow_view(self) -> None:
        if self.camera is not None:
            self.view.divider = self.camera.divider
            self.view.set_view(self.camera.view)

    def _request_action(self) -> None:
        if self.fault is not None and self.fault.action:
            self.action_requested.emit(self.fault.action)

    def _seek(self, seconds: float) -> None:
        if self.camera is not None:
            self.camera.seek(seconds)

    def _scrub(self, seconds: float, exact: bool = False) -> None:
        if self.camera is not None:
            self.camera.scrub(seconds, exact)

    def _painted(self, pair: ImagePair) -> None:
        if self.camera is not None:
            self.camera.painted(pair)

    def _divided(self, divider: float) -> None:
        if self.camera is not None:
            self.camera.set_divider(divider)

    def update_camera(self) -> None:
        """The camera has a new picture or state: show it."""
        if self.camera is None:
            self.card.setVisible(False)
            return
        self.camera.take()
        self.show_state()

    def _show_moment(self, moment: Moment) -> None:
        """The newest pair, whichever window took it from the camera."""
        if self.camera is None:
            return
        self.view.rotation, self.view.aspect = self.camera.shape
        self.view.show_moment(moment)
        self.seek_bar.show_position(self.camera.position, self.camera.duration, self.camera.rate)

    def show_state(self) -> None:
        """Card, fading, badge and end of the time line, as the state demands."""
        if self.camera is None:
            return
        shown, badge = DISPLAYS[self.camera.status], self.camera.badge
        self.fault = fault_of(self.camera.status, self.camera.state, self.camera.error)
        self.view.fade(shown.faded)
        self.view.set_badge(badge.text, badge.alarm)
        self.seek_bar.show_ended(shown.at_end)
        if shown.at_end:
            self.seek_bar.show_position(self.camera.duration, self.camera.duration)
        self._show_card(self.fault)

    def _show_card(self, fault: Fault | None) -> None:
        self.card.setVisible(fault is not None)
        if fault is None:
            return
        since = self.camera.since_picture if self.camera is not None and self.view.faded else None
        change = fault.kind in ("trying", "reconnecting", "failed") and fault.action != "password"
        self.card.show_fault(fault.kind, fault.sentence, doing=fault.doing, button=fault.button,
                             age="" if since is None else self.tr("Last picture {} ago").format(formatting.age(since)),
                             change=change, details=fault.details, original=fault.original)
        self.card.place(self.view.size())
        self.card.raise_()

    def show_snapshot(self, now: SessionSnapshot, shown: Collection[str], threshold: float) -> None:
        """Numbers over the picture: the rows that are switched on."""
        assert self.camera is not None
        before = self.view.rows
        self.view.rows = overlay_rows(now, shown, DISPLAYS[self.camera.status].numbers)
        self.view.history, self.view.threshold = now.scene.haze_history, threshold
        self.show_state()
        if before != self.view.rows:
            self.view.update()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if self.card.isVisible():
            self.card.place(self.view.size())
