"""What to open: a camera by name, an address with user and password apart, or a file, and how it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from dehazer import DehazerError
from gui.dialogs.button_row import button_row
from gui.dialogs.source_forms import AddressForm, CameraForm, FileForm, SourceForm
from gui.saved_source import SavedSource, source_error
from gui.services import passwords
from gui.services.webcams import Webcam
from gui.theme import PAD, WIDE
from gui.view.core_texts import core_text
from gui.widgets.buttons import Segmented


class SourceDialog(QDialog):
    """chosen: (SavedSource, password or None, whether to store it). Not modal; the window goes on behind it."""

    chosen = pyqtSignal(object, object, bool)

    def __init__(self, cameras: Sequence[Webcam], note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Open a camera or video"))
        self.setFixedWidth(480)
        self.camera, self.address, self.file = CameraForm(cameras, note), AddressForm(passwords.available()), FileForm()
        self._forms: dict[str, SourceForm] = {"camera": self.camera, "url": self.address, "file": self.file}
        self.kinds = Segmented([("camera", self.tr("Camera"), self.tr("A camera on this computer")),
                                ("url", self.tr("Address"), self.tr("A camera or stream in the network")),
                                ("file", self.tr("File"), self.tr("A video file"))], self.tr("Kind of source"))
        self.pages, self.name, self.error = QStackedWidget(), QLineEdit(), QLabel()
        for form in self._forms.values():
            form.rows.addStretch(1)
            form.changed.connect(self._check)
            self.pages.addWidget(form)
        self.kinds.picked.connect(self.show_kind)
        self._arrange()
        self.show_kind("camera" if cameras else "url")

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE + 4, WIDE + 4, WIDE + 4, WIDE + 4)
        column.setSpacing(PAD)
        head = QHBoxLayout()
        head.addWidget(self.kinds)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.pages)
        self.name.setPlaceholderText(self.tr("optional, for example “Gate north”"))
        label = QLabel(self.tr("Name"))
        label.setBuddy(self.name)
        named = QVBoxLayout()
        named.setSpacing(4)
        named.addWidget(label)
        named.addWidget(self.name)
        column.addLayout(named)
        self.error.setObjectName("error")
        self.error.setWordWrap(True)
        self.error.setVisible(False)
        column.addWidget(self.error)
        cancel, self.open_button = self.tr("Cancel"), QPushButton(self.tr("Open"))
        column.addLayout(button_row(cancel, self.close, self.open_button, self.accept))

    def show_kind(self, kind: str) -> None:
        """Turn to a kind of source."""
        self._kind, form = kind, self._forms[kind]
        self.kinds.choose(kind)
        self.pages.setCurrentWidget(form)
        self.pages.setFixedHeight(form.sizeHint().height())
        self.error.setVisible(False)
        self._check()
        self.adjustSize()
        form.setFocus()

    def _check(self) -> None:
        """There is nothing to open before something is chosen."""
        self.open_button.setEnabled(self._forms[self._kind].is_filled())

    def show_cameras(self, cameras: Sequence[Webcam], note: str) -> None:
        """A camera came or went."""
        self.camera.show_cameras(cameras, note)

    def edit(self, source: SavedSource, error: str = "") -> None:
        """Begin with what is known of a source; error: what was wrong with it, shown below."""
        self.show_kind(source.kind)
        self._forms[source.kind].show_source(source)
        self.name.setText(source.name)
        if source.kind == "url" and (source.user is not None or source.lacks_secret):
            self.address.password.setFocus()
        self._show_error(error)

    def source(self) -> tuple[SavedSource, str | None]:
        """What is filled in, and the password. Raises ConfigError members for what is not possible."""
        source, password = self._forms[self._kind].source()
        return replace(source, name=self.name.text().strip()), password

    def accept(self) -> None:
        """Open what is filled in, or say what is wrong with it."""
        try:
            source, password = self.source()
        except DehazerError as error:
            self._show_error(core_text(str(error)))
            return
        text = source_error(source)
        if text:
            self._show_error(text)
            return
        self.chosen.emit(source, password, self.address.store.isChecked())
        self.close()

    def _show_error(self, text: str) -> None:
        self.error.setText(text)
        self.error.setVisible(bool(text))
        self.adjustSize()
