"""The bar under the picture: the status bar, and in full screen the position in the file above it, as one bar."""

from __future__ import annotations

from PyQt6.QtWidgets import QVBoxLayout, QWidget

from gui.theme import STATUS_BAR_HEIGHT


class BottomBar(QWidget):
    """Holds the status bar, and the seek bar while `take` has it."""

    def __init__(self, status_bar: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._taken: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(status_bar)

    def take(self, seek_bar: QWidget | None) -> None:
        """Hold the seek bar, until None is given: its owner takes it back then."""
        self._taken = seek_bar
        if seek_bar is not None:
            shown = not seek_bar.isHidden()
            self._column.insertWidget(0, seek_bar)
            seek_bar.setVisible(shown)

    @property
    def needed_height(self) -> int:
        """Pixels."""
        taken = self._taken
        return STATUS_BAR_HEIGHT + (taken.height() if taken is not None and not taken.isHidden() else 0)
