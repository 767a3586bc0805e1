"""The name under which a wall is saved, or to which it is renamed."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gui.dialogs.button_row import button_row
from gui.services.walls import name_error
from gui.theme import PAD, WIDE
from gui.widgets.collapsible import quiet_label


class WallNameDialog(QDialog):
    """chosen: the name. Not modal. exists: whether a wall has a name; it is said before that one is replaced."""

    chosen = pyqtSignal(str)

    def __init__(self, about: str, name: str, exists: Callable[[str], bool], parent: QWidget | None = None, *,
                 renames: bool = False) -> None:
        """about: what is saved, in one sentence. renames: an existing wall gets this name; a taken one is refused."""
        super().__init__(parent)
        self._exists, self._renames, self._before = exists, renames, name
        self.setWindowTitle(self.tr("Rename the wall") if renames else self.tr("Save as a wall"))
        self.setFixedWidth(420)
        self.name, self.note = QLineEdit(name), quiet_label("")
        self.save_button = QPushButton(self.tr("Save"))
        self._arrange(about)
        self.name.setPlaceholderText(self.tr("for example “Harbour, night”"))
        self.name.textChanged.connect(self._check)
        self.name.selectAll()
        self._check()

    def _arrange(self, about: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE + 4, WIDE + 4, WIDE + 4, WIDE + 4)
        column.setSpacing(PAD)
        label, named = QLabel(self.tr("Name")), QVBoxLayout()
        label.setBuddy(self.name)
        self.name.setAccessibleName(self.tr("Name"))
        named.setSpacing(4)
        for widget in (label, self.name, self.note):
            named.addWidget(widget)
        if about:
            column.addWidget(quiet_label(about))
        column.addLayout(named)
        column.addLayout(button_row(self.tr("Cancel"), self.close, self.save_button, self.accept))

    def _check(self) -> None:
        """Say what would happen, and forbid what cannot."""
        name = self.name.text().strip()
        taken = bool(name) and self._exists(name) and not (self._renames and name.casefold() == self._before.casefold())
        error = name_error(name) if name else ""
        if taken:
            self.note.setText(self.tr("There is a wall of this name already.") if self._renames
                              else self.tr("The wall of this name is replaced."))
        else:
            self.note.setText(error or " ")
        self.save_button.setText(self.tr("Replace") if taken and not self._renames else self.tr("Save"))
        self.save_button.setEnabled(bool(name) and not error and not (taken and self._renames))

    def accept(self) -> None:
        """The name is chosen."""
        if self.save_button.isEnabled():
            self.chosen.emit(self.name.text().strip())
            self.close()
