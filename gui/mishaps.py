"""What must be noticed of every camera, in view or not, and the one dialog for what nobody foresaw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary, WeakSet

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QApplication

from dehazer import DehazerError
from gui.dialogs.error import ErrorDialog
from gui.session import Camera

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class Mishaps(QObject):
    """Watches for haze above the alarm, recordings that ended by themselves and errors that are no DehazerError."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.dialog: ErrorDialog | None = None
        self.alarmed: WeakSet[Camera] = WeakSet()
        self._told: WeakKeyDictionary[Camera, BaseException] = WeakKeyDictionary()  # the last one of each

    def watch(self, camera: Camera, numbers: dict[str, Any]) -> None:
        """Look at the numbers of a camera."""
        self._window.recording.watch(numbers["recording"])
        self._watch_haze(camera, (numbers["haze"] or 0.0) * 100)
        error = camera.status.error
        if error is not None and not isinstance(error, DehazerError):
            new = all(error is not one for one in self._told.values())  # cameras may share it, with the engine
            self._told[camera] = error
            if new:
                self.show(error)

    def _watch_haze(self, camera: Camera, haze: float) -> None:
        limit = camera.look.alarm
        hazy = limit > 0 and haze >= (limit * 0.9 if camera in self.alarmed else limit)  # a scene at the limit warns once
        if hazy and camera not in self.alarmed:
            QApplication.alert(self._window)
            self._window.say(self.tr("{}: haze above {:.0f} %").format(camera.choice.title, limit), True, None)
        (self.alarmed.add if hazy else self.alarmed.discard)(camera)

    def circumstances(self) -> str:
        """What is open and what computes, for a report."""
        fleet = self._window.fleet
        lines = [f"{c.choice.request().name}: {c.status.kind}: {c.status.sentence}" for c in fleet.cameras]
        engine = fleet.engine.describe() if fleet.engine is not None else fleet.options
        return "\n".join([str(engine), *lines])

    def show(self, error: BaseException) -> None:
        """Open the dialog; while it is open, further errors are added to it."""
        if self.dialog is not None:
            self.dialog.add(error, self.circumstances())
            return
        self.dialog = ErrorDialog(error, self.circumstances(), self._window)
        self.dialog.finished.connect(self._read)
        self.dialog.show()

    def _read(self) -> None:
        self.dialog = None
