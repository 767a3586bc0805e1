"""Looks whether an evidence pack is as it was written, in the background, and shows the verdict."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QFileDialog, QWidget

from gui.review.review_settings import ReviewSettings
from gui.review.verify_dialog import VerifyDialog
from gui.services.background import Background

if TYPE_CHECKING:
    from dehazer.review import PackVerdict


class VerifyController(QObject):
    """message: (text, whether it is an error, None). dialog: the last one that was shown."""

    message = pyqtSignal(str, bool, object)

    def __init__(self, settings: ReviewSettings, background: Background, dialog_parent: QWidget) -> None:
        super().__init__()
        self._settings, self._background, self._dialog_parent = settings, background, dialog_parent
        self.dialog: VerifyDialog | None = None

    def browse(self) -> None:
        """Ask for a pack."""
        found, _ = QFileDialog.getOpenFileName(self._dialog_parent, self.tr("Verify an evidence pack"),
                                               self._settings.text("folder"), "*.zip")
        if found:
            self.verify(Path(found))

    def verify(self, path: Path) -> None:
        """Compare everything in a pack with what its manifest says."""
        from dehazer.review import verify_pack

        self.message.emit(self.tr("Verifying {}…").format(path.name), False, None)
        self._background.run(lambda: verify_pack(path), lambda verdict: self._show(path, verdict), self._failed, "verify")

    def _failed(self, error: BaseException) -> None:
        self.message.emit(str(error), True, None)

    def _show(self, path: Path, verdict: PackVerdict) -> None:
        self.dialog = VerifyDialog(path, verdict, self._dialog_parent)
        self.dialog.show()
