"""Where the dehazed pictures of a camera are sent."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from dehazer import ConfigError, writable_schemes
from gui.dialogs.button_row import button_row
from gui.dialogs.fields import labelled, labelled_pair
from gui.publish_address import PublishAddress
from gui.theme import PAD, WIDE
from gui.widgets.collapsible import quiet_label
from gui.widgets.controls import Switch


class PublishDialog(QDialog):
    """chosen: (complete address, whether "ENHANCED" and the clock are drawn). Not modal.

    A password, the key of a stream or a secret parameter that is typed or pasted into the address goes into the field `password`.
    """

    chosen = pyqtSignal(str, bool)

    def __init__(self, camera: str, address: str, label: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Publish {}").format(camera))
        self.setFixedWidth(480)
        self.address, self.user, self.password = QLineEdit(address), QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.label = Switch(self.tr("Draw “ENHANCED” and the time into the pictures"))
        self.label.setChecked(label)
        self._seen = address  # before the newest change
        self.error = QLabel()
        self.error.setObjectName("error")
        self.error.setWordWrap(True)
        self.error.setVisible(False)
        self.publish_button = QPushButton(self.tr("Publish"))
        for field in (self.address, self.user, self.password):
            field.textChanged.connect(self._check)
        self.address.textChanged.connect(self._take_pasted_secret)
        self.address.editingFinished.connect(self._take_secret)
        self._arrange()
        self._check()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE + 4, WIDE + 4, WIDE + 4, WIDE + 4)
        column.setSpacing(PAD)
        column.addWidget(quiet_label(self.tr("The dehazed pictures are sent as they come. Sound is not.")))
        self.address.setPlaceholderText("rtsp://192.168.1.5/path")
        schemes = ", ".join(f"{scheme}://" for scheme in writable_schemes())
        named = labelled(self.tr("Address"), self.address)
        named.addWidget(quiet_label(self.tr("Begins with one of: {}").format(schemes)))
        column.addLayout(named)
        column.addLayout(labelled_pair((self.tr("User"), self.user), (self.tr("Password, or key of the stream"), self.password)))
        column.addWidget(self.label)
        column.addWidget(self.error)
        column.addLayout(button_row(self.tr("Cancel"), self.close, self.publish_button, self.accept))

    def _check(self) -> None:
        self.publish_button.setEnabled("://" in self.address.text() and not self._typed().lacks_secret)
        self.error.setVisible(False)

    def _typed(self) -> PublishAddress:
        return PublishAddress(self.address.text().strip(), self.user.text(), self.password.text())

    def _take_pasted_secret(self, text: str) -> None:
        """At once; of what is typed nobody knows where it ends before the field is left."""
        before, self._seen = self._seen, text
        if len(text) > len(before) + 1:
            self._take_secret()

    def _take_secret(self) -> None:
        """What is secret in a pasted address goes into its own field."""
        try:
            found = PublishAddress.of(self.address.text().strip())
        except ConfigError:  # said when it is sent there
            return
        self.address.setText(found.where)
        if found.user:
            self.user.setText(found.user)
        if found.password:
            self.password.setText(found.password)

    def accept(self) -> None:
        """The address is chosen; `show_error` or `close` follows."""
        self._take_secret()  # Enter leaves no field
        if self._typed().lacks_user:
            self.show_error(self.tr("A password was entered, but no user; enter both, or none."))
        elif self.publish_button.isEnabled():
            self.chosen.emit(self._typed().complete(), self.label.isChecked())

    def show_error(self, text: str) -> None:
        """Why nothing can be sent there."""
        self.error.setText(text)
        self.error.setVisible(True)
        self.adjustSize()
