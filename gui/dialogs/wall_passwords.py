"""Passwords of a wall's cameras that no keyring holds, asked for once, all in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.dialogs.button_row import button_row
from gui.theme import GAP, PAD, WIDE
from gui.widgets.collapsible import quiet_label
from gui.widgets.controls import Switch


class WallPasswordsDialog(QDialog):
    """answered: (account → password, whether to store them); accounts left empty are missing. Not modal.

    accounts: account as `passwords.account` names it → titles of the cameras that use it.
    """

    answered = pyqtSignal(dict, bool)

    def __init__(self, wall: str, accounts: Mapping[str, Sequence[str]], keyring: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Passwords for “{}”").format(wall))
        self.setMinimumWidth(440)
        self.fields: dict[str, QLineEdit] = {}
        self.store = Switch(self.tr("Save the passwords in the system's keyring"))
        self.store.setVisible(keyring)
        self._done = False
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE + 4, WIDE + 4, WIDE + 4, WIDE + 4)
        column.setSpacing(PAD)
        column.addWidget(quiet_label(self.tr("Passwords are not part of a wall. The other cameras are open; these follow.")))
        column.addWidget(self._scrolled(accounts), 1)
        column.addWidget(self.store)
        if not keyring:
            column.addWidget(quiet_label(self.tr("No keyring is available here; the passwords are asked for again next time.")))
        later = self.tr("The cameras are shown with a button to enter the password later")
        column.addLayout(button_row(self.tr("Open without"), self.close, QPushButton(self.tr("Open")), self.accept,
                                    cancel_tip=later))
        next(iter(self.fields.values())).setFocus()

    def _scrolled(self, accounts: Mapping[str, Sequence[str]]) -> QScrollArea:
        inside, area = QWidget(), QScrollArea()
        inside.setObjectName("scrolled")
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, GAP, 0)
        rows.setSpacing(4)
        for account, titles in accounts.items():
            self._add(rows, account, titles)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.setMinimumHeight(min(320, inside.sizeHint().height() + 2))
        return area

    def _add(self, rows: QVBoxLayout, account: str, titles: Sequence[str]) -> None:
        label, field = QLabel(", ".join(titles)), self.fields.setdefault(account, QLineEdit())
        label.setWordWrap(True)
        label.setBuddy(field)
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setPlaceholderText(self.tr("password of {}").format(account))
        field.setAccessibleName(self.tr("password of {}").format(account))
        rows.addWidget(label)
        rows.addWidget(field)
        rows.addSpacing(GAP)

    def accept(self) -> None:
        """Open with what was filled in."""
        self._answer({account: field.text() for account, field in self.fields.items() if field.text()}, self.store.isChecked())
        super().accept()

    def reject(self) -> None:
        """Closed, by whatever means: open without them."""
        self._answer({}, False)
        super().reject()

    def _answer(self, found: dict[str, str], store: bool) -> None:
        if not self._done:
            self._done = True
            self.answered.emit(found, store)
