"""From what the user points at to an open camera: passwords are looked up or asked for, sources are remembered."""

from __future__ import annotations

from PyQt6.QtCore import QMimeData, QObject, pyqtSignal
from PyQt6.QtWidgets import QWidget

from dehazer import DehazerError
from gui.camera import Camera
from gui.cameras import Cameras
from gui.dialogs.source import SourceDialog
from gui.saved_source import SavedSource, parse_source, source_error
from gui.services import passwords
from gui.services.background import Background
from gui.services.settings import Settings
from gui.services.webcams import Webcams
from gui.view.core_texts import core_text


class OpeningController(QObject):
    """opened: a source was opened. refused: why one could not be. dialog: the one that is open, if any.

    find_requested: the user wants to look for cameras on the network instead.
    """

    opened = pyqtSignal(object)
    refused = pyqtSignal(str)
    find_requested = pyqtSignal()

    def __init__(self, cameras: Cameras, settings: Settings, background: Background, webcams: Webcams,
                 dialog_parent: QWidget) -> None:
        super().__init__()
        self._cameras, self._settings = cameras, settings
        self._background, self._webcams, self._dialog_parent = background, webcams, dialog_parent
        self.dialog: SourceDialog | None = None
        webcams.changed.connect(self._show_webcams)

    def open_text(self, text: str, live: bool = False) -> None:
        """Open what was typed, dropped or given on the command line."""
        try:
            source, password = parse_source(text, live)
        except DehazerError as error:
            self.refused.emit(str(error))
            return
        self.open(source, password)

    def open_dropped(self, data: QMimeData) -> int:
        """Open every file or address that was dropped; returns how many there were."""
        urls = [u.toLocalFile() if u.isLocalFile() else u.toString() for u in data.urls()] if data.hasUrls() else [data.text()]
        for url in urls:
            self.open_text(url)
        return len(urls)

    def open(self, source: SavedSource, password: str | None = None, store_password: bool = False) -> None:
        """Open a source; a missing password is looked up in the keyring, then asked for."""
        error = source_error(source)
        if error:
            self.refused.emit(error)
        elif source.lacks_secret and not password:
            self._open_with(source, None)
        elif source.user and password is None:
            self._background.run(lambda: passwords.load(source), lambda found: self._open_with(source, found), name="keyring")
        else:
            if store_password and password:
                self._background.run(lambda: passwords.store(source, password), name="keyring")
            self._open(*source.with_secret(password))

    def _open_with(self, source: SavedSource, password: str | None) -> None:
        if password is None:
            self.show_dialog(source, self.tr("The password of {} is needed again.").format(source.title))
        else:
            self._open(source, password)

    def _open(self, source: SavedSource, password: str | None) -> None:
        try:
            camera = self._cameras.open(source, password, self._settings.adjustments(source))
        except DehazerError as error:
            self.refused.emit(str(error))
            return
        camera.pictured.connect(lambda: self._settings.remember(source))  # what never gave a picture is not offered again
        self.opened.emit(camera)

    def ask_for_password(self) -> None:
        """Ask for user and password of the camera that is looked at."""
        if (camera := self._cameras.current) is not None:
            self.show_dialog(camera.source, core_text(camera.state.sentence), replaces=camera)

    def change_source(self) -> None:
        """Correct the source that is looked at, or choose another one instead."""
        if (camera := self._cameras.current) is not None:
            self.show_dialog(camera.source, replaces=camera)

    def show_dialog(self, source: SavedSource | None = None, error: str = "", kind: str = "",
                    replaces: Camera | None = None) -> None:
        """Show the dialog, with what is known of a source. replaces: a camera that is closed when a source was chosen."""
        self._webcams.start()
        if self.dialog is not None:
            self.dialog.close()
        dialog = self.dialog = SourceDialog(self._webcams.cameras, self._webcams.note, self._dialog_parent)
        if replaces is not None:
            dialog.chosen.connect(lambda: self._close(replaces))
        dialog.chosen.connect(self.open)
        dialog.address.find_requested.connect(dialog.close)
        dialog.address.find_requested.connect(self.find_requested)
        dialog.finished.connect(self._dialog_closed)
        if source is not None:
            dialog.edit(source, error)
        elif kind:
            dialog.show_kind(kind)
        dialog.show()

    def _close(self, camera: Camera) -> None:
        if camera in self._cameras.all:
            self._cameras.close(camera)

    def _dialog_closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None

    def _show_webcams(self) -> None:
        if self.dialog is not None:
            self.dialog.show_cameras(self._webcams.cameras, self._webcams.note)
