"""Short messages to the user: at the lower edge of the picture, or on the start page."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QObject

from dehazer import DehazerError
from gui.camera import Camera
from gui.cameras import Cameras
from gui.error_reporter import ErrorReporter
from gui.services.folders import open_folder
from gui.view.core_texts import core_text
from gui.widgets.notice import Notice
from gui.widgets.start_page import StartPage


class MessageController(QObject):
    """Shows what was saved where, and why something could not be done."""

    def __init__(self, notice: Notice, start_page: StartPage, cameras: Cameras, error_reporter: ErrorReporter) -> None:
        super().__init__()
        self._notice, self._start_page, self._cameras = notice, start_page, cameras
        self._error_reporter = error_reporter

    def show(self, text: str, is_error: bool, folder: Path | None = None) -> None:
        """A message at the lower edge, with a button that opens the folder it is about."""
        if folder is None:
            self._notice.show_message(text, is_error=is_error)
        else:
            self._notice.show_message(text, is_error=is_error, button=self.tr("Show in folder"),
                                      action=lambda: open_folder(folder))

    def show_warning(self, camera: Camera, text: str) -> None:
        """The core warns of something, once: the work goes on."""
        self._notice.show_message(self.tr("{}: {}").format(camera.title, text), stays=True, button=self.tr("Close"))

    def show_warnings(self) -> None:
        """Everything that the core warns of for the camera in view."""
        camera = self._cameras.current
        if camera is not None and camera.numbers is not None and camera.numbers.warnings:
            self._notice.show_message("\n".join(camera.numbers.warnings), stays=True, button=self.tr("Close"))

    def show_refusal(self, text: str) -> None:
        """Something could not be opened or loaded."""
        self._start_page.show_error(text)
        if self._cameras.current is not None:
            self.show(text, True)

    def clear_refusal(self) -> None:
        """Something else was opened since."""
        self._start_page.show_error("")

    def show_engine_error(self, error: BaseException) -> None:
        """An engine could not be loaded."""
        if isinstance(error, DehazerError):
            self.show_refusal(core_text(str(error)))
        else:
            self._error_reporter.show(error)
