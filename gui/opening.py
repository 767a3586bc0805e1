"""From what the user points at to an open camera: passwords are found or asked for, sources are remembered."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QFileDialog, QWidget

from dehazer import DehazerError
from gui import passwords
from gui.background import Background
from gui.choice import VIDEO_SUFFIXES, Choice, parse, trouble
from gui.dialogs.source import SourceDialog
from gui.fleet import Fleet
from gui.session import Camera
from gui.settings import Settings
from gui.webcams import Webcams


class Opening(QObject):
    """opened: a source was opened. refused: why something could not be."""

    opened = pyqtSignal(object)
    refused = pyqtSignal(str)

    def __init__(self, window: QWidget, fleet: Fleet, settings: Settings, background: Background, webcams: Webcams) -> None:
        super().__init__(window)
        self._window, self._fleet, self._settings = window, fleet, settings
        self._background, self._webcams = background, webcams
        self.dialog: SourceDialog | None = None
        webcams.changed.connect(self._cameras_changed)

    def open_text(self, text: str, live: bool = False) -> None:
        """Open what was typed, dropped or given on the command line."""
        try:
            choice, password = parse(text, live)
        except DehazerError as error:
            self.refused.emit(str(error))
            return
        self.open(choice, password)

    def open(self, choice: Choice, password: str | None = None, keep: bool = False) -> None:
        """Open a source; a missing password is looked for in the keyring, then asked for."""
        wrong = trouble(choice)
        if wrong:
            self.refused.emit(wrong)
        elif choice.user and password is None:
            self._background.run(lambda: passwords.recall(choice), lambda found: self._recalled(choice, found), name="keyring")
        else:
            if keep and password:
                self._background.run(lambda: passwords.keep(choice, password), name="keyring")
            self._open(choice, password)

    def _recalled(self, choice: Choice, password: str | None) -> None:
        if password is None:
            self.ask(choice, self.tr("The password of {} is needed again.").format(choice.title))
        else:
            self._open(choice, password)

    def _open(self, choice: Choice, password: str | None) -> None:
        try:
            camera = self._fleet.open(choice, password, self._settings.look(choice))
        except DehazerError as error:
            self.refused.emit(str(error))
            return
        self._settings.remember(choice)
        self.opened.emit(camera)

    def ask(self, choice: Choice | None = None, why: str = "", kind: str = "", instead: Camera | None = None) -> None:
        """Show the dialog, with what is known of a source. instead: a camera that is closed when another choice was made."""
        self._webcams.start()
        if self.dialog is not None:
            self.dialog.close()
        dialog = self.dialog = SourceDialog(self._webcams.cameras, self._webcams.note, self._window)
        if instead is not None:
            dialog.chosen.connect(lambda: self._give_up(instead))
        dialog.chosen.connect(self.open)
        dialog.finished.connect(self._dialog_gone)
        if choice is not None:
            dialog.edit(choice, why)
        elif kind:
            dialog.show_kind(kind)
        dialog.show()

    def _give_up(self, camera: Camera) -> None:
        if camera in self._fleet.cameras:
            self._fleet.close(camera)

    def _dialog_gone(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None

    def _cameras_changed(self) -> None:
        if self.dialog is not None:
            self.dialog.show_cameras(self._webcams.cameras, self._webcams.note)

    def browse(self) -> None:
        """Choose a file."""
        pattern = " ".join(f"*{s}" for s in VIDEO_SUFFIXES)
        last = next((Path(c.where).parent for c in self._settings.recents() if c.kind == "file"), Path.home())
        found, _ = QFileDialog.getOpenFileName(self._window, self.tr("Open a video"), str(last),
                                               self.tr("Videos ({});;All files (*)").format(pattern))
        if found:
            self.open(Choice(found))
