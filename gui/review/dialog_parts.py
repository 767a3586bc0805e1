"""What the dialogs for exports and evidence packs have in common: title, errors, the two buttons."""

from __future__ import annotations

from PyQt6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from gui.theme import GAP, PAD, TITLE, font
from gui.widgets.collapsible import quiet_label


class DialogParts:
    """The column of a dialog, begun with its title and the marked span. column: for its fields. error: why it cannot be done.

    accept, cancel: the buttons, added with `finish`.
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
        self.accept, self.cancel = QPushButton(accept), QPushButton(cancel)
        self.accept.setObjectName("primary")
        self.accept.setDefault(True)
        self.cancel.clicked.connect(dialog.reject)

    def finish(self) -> None:
        """Below the fields: the error, and the buttons."""
        self.column.addWidget(self.error)
        self.column.addSpacing(PAD)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for one in (self.cancel, self.accept):
            buttons.addWidget(one)
        self.column.addLayout(buttons)

    def show_error(self, text: str) -> None:
        """Why it cannot be done like this; nothing where the text is empty."""
        self.error.setText(text)
        self.error.setVisible(bool(text))
