"""Finding cameras on the network: only when the user presses the button, in the background, and stopped with the dialog."""

from __future__ import annotations

import threading

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QWidget

from dehazer import CameraStream, DehazerError, NetworkCamera
from gui.dialogs.find_cameras import FindCamerasDialog
from gui.services import passwords
from gui.services.background import Background
from gui.view.core_texts import core_text

SEARCH_SECONDS = 5.0


class FindingController(QObject):
    """chosen: (SavedSource, password or None, whether to store it): a stream to open. dialog: while it is open."""

    chosen = pyqtSignal(object, object, bool)
    _found = pyqtSignal(object, object)

    def __init__(self, background: Background, dialog_parent: QWidget) -> None:
        super().__init__()
        self._background, self._parent = background, dialog_parent
        self.dialog: FindCamerasDialog | None = None
        self._stop = threading.Event()
        self._found.connect(self._add)

    def show(self) -> None:
        """The dialog; nothing is searched yet."""
        if self.dialog is None:
            dialog = self.dialog = FindCamerasDialog(passwords.available(), self._parent)
            dialog.search_requested.connect(self.search)
            dialog.stop_requested.connect(self.stop)
            dialog.streams_requested.connect(self._ask)
            dialog.chosen.connect(self.chosen)
            dialog.finished.connect(self._closed)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def _closed(self) -> None:
        self.stop()
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None

    def search(self) -> None:
        """Ask the network."""
        from dehazer import find_network_cameras

        if self.dialog is None:
            return
        stop = self._stop = threading.Event()
        self.dialog.begin_search()
        self._background.run(lambda: find_network_cameras(SEARCH_SECONDS, lambda camera: self._found.emit(stop, camera), stop),
                             lambda _: self._end(stop), lambda error: self._end(stop, error), name="find")

    def stop(self) -> None:
        """End a search that runs."""
        self._stop.set()

    def _add(self, search: threading.Event, camera: NetworkCamera) -> None:
        if self.dialog is not None and search is self._stop:
            self.dialog.add_camera(camera)

    def _end(self, search: threading.Event, error: BaseException | None = None) -> None:
        if error is not None and not isinstance(error, DehazerError):
            self._background.failed.emit(error)
        if self.dialog is not None and search is self._stop:
            self.dialog.end_search(core_text(str(error)) if isinstance(error, DehazerError) else "")

    def _ask(self, service: str, user: str, password: str) -> None:
        """Ask a camera for its streams."""
        from dehazer import camera_streams

        assert self.dialog is not None
        self.stop()
        self.dialog.show_connecting()
        asked = (service, user, password)
        self._background.run(lambda: camera_streams(service, user, password), lambda found: self._show(asked, found),
                             lambda error: self._fail(asked, error), name="onvif")

    def _is_current(self, asked: tuple[str, str, str]) -> bool:
        """Whether the dialog still shows what was asked for."""
        dialog = self.dialog
        return dialog is not None and (dialog.service, dialog.user.text(), dialog.password.text()) == asked

    def _show(self, asked: tuple[str, str, str], found: tuple[CameraStream, ...]) -> None:
        if self.dialog is not None and self._is_current(asked):
            self.dialog.show_streams(found)

    def _fail(self, asked: tuple[str, str, str], error: BaseException) -> None:
        if not isinstance(error, DehazerError):
            self._background.failed.emit(error)
        elif self.dialog is not None and self._is_current(asked):
            self.dialog.show_error(core_text(str(error)))
