"""Where the dehazed pictures of a camera are sent."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from dehazer import writable_schemes
from gui.dialogs.button_row import button_row
from gui.theme import PAD, WIDE
from gui.widgets.collapsible import quiet_label
from gui.widgets.controls import Switch


class PublishDialog(QDialog):
    """chosen: (address as it was typed, whether "ENHANCED" and the clock are drawn). Not modal."""

    chosen = pyqtSignal(str, bool)

    def __init__(self, camera: str, address: str, label: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Publish {}").format(camera))
        self.setFixedWidth(480)
        self.address, self.label = QLineEdit(address), Switch(self.tr("Draw “ENHANCED” and the time into the pictures"))
        self.label.setChecked(label)
        self.error = QLabel()
        self.error.setObjectName("error")
        self.error.setWordWrap(True)
        self.error.setVisible(False)
        self.publish_button = QPushButton(self.tr("Publish"))
        self.address.textChanged.connect(self._check)
        self._arrange()
        self._check()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE + 4, WIDE + 4, WIDE + 4, WIDE + 4)
        column.setSpacing(PAD)
        column.addWidget(quiet_label(self.tr("The dehazed pictures are sent as they come. Sound is not.")))
        label, named = QLabel(self.tr("Address")), QVBoxLayout()
        label.setBuddy(self.address)
        self.address.setAccessibleName(self.tr("Address"))
        self.address.setPlaceholderText("rtsp://user:password@server/path")
        named.setSpacing(4)
        schemes = ", ".join(f"{scheme}://" for scheme in writable_schemes())
        for widget in (label, self.address, quiet_label(self.tr("Begins with one of: {}").format(schemes))):
            named.addWidget(widget)
        column.addLayout(named)
        column.addWidget(self.label)
        column.addWidget(self.error)
        column.addLayout(button_row(self.tr("Cancel"), self.close, self.publish_button, self.accept))

    def _check(self) -> None:
        self.publish_button.setEnabled("://" in self.address.text())
        self.error.setVisible(False)

    def accept(self) -> None:
        """The address is chosen; `show_error` or `close` follows."""
        if self.publish_button.isEnabled():
            self.chosen.emit(self.address.text().strip(), self.label.isChecked())

    def show_error(self, text: str) -> None:
        """Why nothing can be sent there."""
        self.error.setText(text)
        self.error.setVisible(True)
        self.adjustSize()
