"""Short messages at the lower edge of the pictures, with a button that opens the folder they are about."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QObject

from gui.services.folders import open_folder
from gui.widgets.notice import Notice


class ReviewMessages(QObject):
    """Shows what was saved where, and why something could not be done."""

    def __init__(self, notice: Notice) -> None:
        super().__init__()
        self._notice = notice

    def show(self, text: str, is_error: bool, folder: Path | None = None) -> None:
        """One message."""
        if folder is None:
            self._notice.show_message(text, is_error=is_error)
        else:
            self._notice.show_message(text, is_error=is_error, button=self.tr("Show in folder"),
                                      action=lambda: open_folder(folder))

    def show_refusal(self, text: str) -> None:
        """Something that was typed or asked for cannot be done."""
        self.show(text, True)
