"""What the dialogs for exports and evidence packs have in common: title, errors, the two buttons."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout

from gui.dialogs.button_row import button_row
from gui.theme import GAP, PAD, TITLE, font
from gui.widgets.collapsible import quiet_label


class DialogParts:
    """The column of a dialog, begun with its title and the marked span. column: for its fields. error: why it cannot be done.

    accept: the button that does it.
    """

    def __init__(self, dialog: QDialog, title: str, span: str, accept: str, cancel: str) -> None:
        heading = QLabel(title)
        heading.setFont(font(TITLE, True))
        heading.setObjectName("title")
        self.column = QVBoxLayout(dialog)
        self.column.setContentsMargins(28, 24, 28, 24)
        self.column.setSpacing(GAP)
        self.column.addWidget(heading)
        self.column.addWidget(quiet_label(span))
        self.error = QLabel()
        self.error.setObjectName("error")
        self.error.setWordWrap(True)
        self.error.setVisible(False)
        self.accept, self._cancel, self._dialog = QPushButton(accept), cancel, dialog

    def finish(self, answer: Callable[[], object]) -> None:
        """Below the fields: the error, and the buttons. answer: what the one that does it calls."""
        self.column.addWidget(self.error)
        self.column.addSpacing(PAD)
        self.column.addLayout(button_row(self._cancel, self._dialog.reject, self.accept, answer))

    def show_error(self, text: str) -> None:
        """Why it cannot be done like this; nothing where the text is empty."""
        self.error.setText(text)
        self.error.setVisible(bool(text))
