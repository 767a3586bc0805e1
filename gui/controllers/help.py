"""The list of keys, the report on this system, and the details of an error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QApplication, QWidget

from gui.action import Action
from gui.cameras import Cameras
from gui.dialogs.keys import KeysDialog
from gui.error_report import system_report
from gui.error_reporter import ErrorReporter


class HelpController(QObject):
    """message: (text, whether it is an error, None)."""

    message = pyqtSignal(str, bool, object)

    def __init__(self, actions: Mapping[str, Action[Any]], cameras: Cameras, error_reporter: ErrorReporter,
                 dialog_parent: QWidget) -> None:
        super().__init__()
        self._actions, self._cameras, self._error_reporter = actions, cameras, error_reporter
        self._dialog_parent = dialog_parent

    def show_keys(self) -> None:
        """The list of keys."""
        KeysDialog(self._actions.values(), self._dialog_parent).show()

    def copy_report(self) -> None:
        """Put a report on this system into the clipboard."""
        clipboard = QApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(system_report(self._error_reporter.circumstances()))
            self.message.emit(self.tr("A report on this system is in the clipboard; it contains no passwords."), False, None)

    def show_error_details(self) -> None:
        """Everything that is known of why the camera shows no picture."""
        camera = self._cameras.current
        if camera is not None and camera.error is not None:
            self._error_reporter.show(camera.error)
