"""A button that files and folders can be dropped on."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QMimeData, pyqtSignal
from PyQt6.QtGui import QDragEnterEvent, QDropEvent
from PyQt6.QtWidgets import QPushButton, QWidget


class DropButton(QPushButton):
    """dropped: list of paths on this computer."""

    dropped = pyqtSignal(list)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent | None) -> None:
        if event is not None and local_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent | None) -> None:
        paths = local_paths(event.mimeData()) if event is not None else []
        if paths:
            self.dropped.emit(paths)


def local_paths(data: QMimeData | None) -> list[Path]:
    """Files and folders of this computer in what is dragged; addresses and texts are left out."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data is not None else []
