"""The way from the live window to the review room: asks for folders, opens the room, and closes it with the program."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QFileDialog, QWidget

from dehazer import DehazerError
from gui.first_size import limit_to_screen
from gui.services.background import Background
from gui.services.engine_loader import EngineLoader
from gui.services.settings import Settings

if TYPE_CHECKING:
    from gui.review.window import ReviewWindow


class ReviewController(QObject):
    """window: the review room, if it is open. closed: it was closed. refused: why it cannot be opened."""

    closed = pyqtSignal()
    refused = pyqtSignal(str)

    def __init__(self, settings: Settings, engine_loader: EngineLoader, background: Background, dialog_parent: QWidget) -> None:
        super().__init__()
        self._settings, self._engine_loader, self._background = settings, engine_loader, background
        self._dialog_parent = dialog_parent
        self.window: ReviewWindow | None = None

    def browse(self) -> None:
        """Ask for a folder of recordings."""
        last = self._settings.text("review/last", str(Path.home()))
        found = QFileDialog.getExistingDirectory(self._dialog_parent, self.tr("Review recordings"), last)
        if found:
            self.open([Path(found)])

    def open(self, paths: Sequence[Path]) -> None:
        """Review these folders and files, in the room that is open or in a new one."""
        from gui.review.window import ReviewWindow  # loads codecs, which the live window does not need to start

        try:
            if self.window is None:
                self.window = ReviewWindow(self._settings, self._engine_loader, self._background)
                self.window.closed.connect(self._closed)
                if self._settings.bytes("review/geometry").isEmpty():
                    limit_to_screen(self.window)
            self.window.open(paths)
        except DehazerError as error:
            self.refused.emit(str(error))
            return
        self._settings.put("review/last", str(paths[0]))
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def _closed(self) -> None:
        if self.window is not None:
            self.window.deleteLater()
        self.window = None
        self.closed.emit()

    def close(self) -> bool:
        """Close the room; returns whether it is closed (exports may run, and the user want them to end first)."""
        return self.window is None or self.window.close()

    def close_without_asking(self) -> None:
        """Close the room whatever runs in it."""
        if self.window is not None:
            self.window.close_without_asking()
