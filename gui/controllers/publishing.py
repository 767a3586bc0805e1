"""Sending a camera's dehazed pictures to an address, or showing them as a virtual camera; the core does the work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QWidget

from dehazer import VIRTUAL_CAMERA, OutputAddress, SessionSnapshot
from gui.camera import Camera
from gui.cameras import Cameras
from gui.dialogs.publish import PublishDialog
from gui.publish_address import PublishAddress
from gui.services.background import Background
from gui.services.settings import Settings
from gui.view.core_texts import core_text

if TYPE_CHECKING:
    from dehazer import LiveSession


@dataclass(frozen=True)
class _Published:
    """What a camera is published as. session: that does it; another one of the camera takes over when it is started again."""

    session: LiveSession
    address: str
    label: bool


class PublishingController(QObject):
    """message: (text, whether it is an error, None). changed: publishing began or ended. dialog: the one that is open, if any."""

    message = pyqtSignal(str, bool, object)
    changed = pyqtSignal()

    def __init__(self, cameras: Cameras, settings: Settings, background: Background, dialog_parent: QWidget) -> None:
        super().__init__()
        self._cameras, self._settings, self._background = cameras, settings, background
        self._dialog_parent = dialog_parent
        self.dialog: PublishDialog | None = None
        self._reported: set[tuple[int, str]] = set()
        self._published: WeakKeyDictionary[Camera, _Published] = WeakKeyDictionary()
        self._asked_for: Camera | None = None  # camera of the dialog
        cameras.changed.connect(self._follow)

    def toggle(self) -> None:
        """Ask where to send the pictures of the camera that is looked at, or send no more of them."""
        camera = self._cameras.current
        if camera is None or camera.session is None:
            return
        if camera.publishing:
            self._stop(camera, camera.session)
            return
        if self.dialog is not None:
            self.dialog.close()
        self._asked_for, dialog = camera,  PublishDialog(camera.title, self._settings.text("publish/address", ""),
                                             self._settings.flag("publish/label", True), self._dialog_parent)
        dialog.chosen.connect(lambda address, label: self._publish(camera, address, label))
        dialog.finished.connect(lambda: self._dialog_closed(dialog))
        self.dialog = dialog
        dialog.show()

    def _dialog_closed(self, dialog: PublishDialog) -> None:
        dialog.deleteLater()
        if self.dialog is dialog:
            self.dialog = self._asked_for = None

    def toggle_virtual_camera(self) -> None:
        """Show the pictures of the camera that is looked at as a virtual camera, or stop that."""
        camera = self._cameras.current
        if camera is None or camera.session is None:
            return
        if camera.publishing:
            self._stop(camera, camera.session)
        else:
            self._start(camera, VIRTUAL_CAMERA, self._settings.flag("publish/label", True), self.changed.emit, self._failed)

    def _publish(self, camera: Camera, address: str, label: bool) -> None:
        self._settings.put("publish/label", label)
        self._start(camera, address, label, lambda: self._accepted(address), self._refused)

    def _start(self, camera: Camera, address: str, label: bool, accepted: Callable[[], None],
               failed: Callable[[BaseException], None]) -> None:
        if (session := camera.session) is None or camera not in self._cameras.all:
            return

        def started(_: object) -> None:
            if camera not in self._cameras.all:  # it was closed meanwhile
                self._stop(camera, session)
                return
            self._published[camera] = _Published(session, address, label)
            accepted()
            self._follow()  # it may have been started again meanwhile

        self._background.run(lambda: session.publisher.start(address, label), started, failed, "publish")

    def _follow(self) -> None:
        """A camera was closed: there is nothing to ask for any more. One was started again: it is published again."""
        if self.dialog is not None and self._asked_for not in self._cameras.all:
            self.dialog.close()
        for camera in self._cameras.all:
            known = self._published.get(camera)
            if known is not None and camera.session is not known.session:
                del self._published[camera]
                self._start(camera, known.address, known.label, self.changed.emit, self._failed)

    def _accepted(self, address: str) -> None:
        where = PublishAddress.of(address).where
        if OutputAddress(where).name == where:  # an address with a secret in it is not written down
            self._settings.put("publish/address", where)
        if self.dialog is not None:
            self.dialog.close()
        self.changed.emit()

    def _refused(self, error: BaseException) -> None:
        """Said where the address was typed."""
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.show_error(core_text(str(error)))
        else:
            self._failed(error)

    def _failed(self, error: BaseException) -> None:
        self.changed.emit()
        self.message.emit(core_text(str(error)), True, None)

    def _stop(self, camera: Camera, session: LiveSession) -> None:
        self._published.pop(camera, None)
        self._background.run(session.publisher.stop, lambda _: self.changed.emit(), self._failed, "publish")

    def check(self, camera: Camera, snapshot: SessionSnapshot) -> None:
        """Report, once, when publishing ended by itself."""
        status = snapshot.publication
        key = id(camera), status.sentence if status is not None else ""
        if status is None or status.kind != "failed":
            self._reported.discard(key)
        elif key not in self._reported:
            self._reported.add(key)
            self._published.pop(camera, None)
            self.changed.emit()
            self.message.emit(core_text(status.sentence), True, None)
