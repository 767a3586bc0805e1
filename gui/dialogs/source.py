"""What to open: a camera by name, an address with user and password apart, or a file, and how it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from dehazer import ConfigError, DehazerError
from gui import passwords
from gui.choice import Choice, address_trouble, parse, trouble
from gui.dialogs.source_pages import AddressPage, CameraPage, FilePage
from gui.theme import GAP, PAD, WIDE
from gui.webcams import Webcam
from gui.widgets.buttons import Segmented

KINDS = ("camera", "url", "file")


class SourceDialog(QDialog):
    """chosen: (Choice, password or None, whether to keep it). Not modal; the window goes on behind it."""

    chosen = pyqtSignal(object, object, bool)

    def __init__(self, cameras: Sequence[Webcam], note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Open a camera or video"))
        self.setFixedWidth(480)
        self.camera, self.address, self.file = CameraPage(cameras, note), AddressPage(passwords.available()), FilePage()
        self.kinds = Segmented([("camera", self.tr("Camera"), self.tr("A camera on this computer")),
                                ("url", self.tr("Address"), self.tr("A camera or stream in the network")),
                                ("file", self.tr("File"), self.tr("A video file"))], self.tr("Kind of source"))
        self.pages, self.name, self.mistake = QStackedWidget(), QLineEdit(), QLabel()
        for page in (self.camera, self.address, self.file):
            page.rows.addStretch(1)
            self.pages.addWidget(page)
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
        self.mistake.setObjectName("mistake")
        self.mistake.setWordWrap(True)
        self.mistake.setVisible(False)
        column.addWidget(self.mistake)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        cancel, self.open_button = QPushButton(self.tr("Cancel")), QPushButton(self.tr("Open"))
        self.open_button.setObjectName("primary")
        self.open_button.setDefault(True)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.close)
        self.open_button.clicked.connect(self.accept)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.open_button)
        return row

    def show_kind(self, kind: str) -> None:
        """Turn to a kind of source."""
        self.kinds.choose(kind)
        self.pages.setCurrentIndex(KINDS.index(kind))
        self.pages.setFixedHeight(self.pages.currentWidget().sizeHint().height())  # type: ignore[union-attr]
        self.mistake.setVisible(False)
        self.adjustSize()
        self.pages.currentWidget().setFocus()  # type: ignore[union-attr]

    def show_cameras(self, cameras: Sequence[Webcam], note: str) -> None:
        """A camera came or went."""
        self.camera.show_cameras(cameras, note)

    def edit(self, choice: Choice, why: str = "") -> None:
        """Begin with what is known of a source; why: what was wrong with it, shown below."""
        self.show_kind(choice.kind)
        pages: dict[str, CameraPage | AddressPage | FilePage] = {"camera": self.camera, "url": self.address, "file": self.file}
        pages[choice.kind].show_choice(choice)
        self.name.setText(choice.name)
        if choice.kind == "url" and choice.user is not None:
            self.address.password.setFocus()
        self._complain(why)

    def choice(self) -> tuple[Choice, str | None]:
        """What is filled in. Raises ConfigError members for what is not possible."""
        page = self.pages.currentWidget()
        if isinstance(page, AddressPage):
            made, password = _address(page.url.text().strip())
            made = replace(made, user=page.user.text() or made.user, transport=page.transport.currentData(),
                           latency=page.latency.currentData())
            password = page.password.text() or password
        else:
            assert isinstance(page, CameraPage | FilePage)
            made, password = page.choice(), None
        return replace(made, name=self.name.text().strip()), password

    def accept(self) -> None:
        """Open what is filled in, or say what is wrong with it."""
        try:
            made, password = self.choice()
        except DehazerError as error:
            self._complain(str(error))
            return
        wrong = trouble(made)
        if wrong:
            self._complain(wrong)
            return
        self.chosen.emit(made, password, self.address.keep.isChecked())
        self.close()

    def _complain(self, words: str) -> None:
        self.mistake.setText(words)
        self.mistake.setVisible(bool(words))
        self.adjustSize()


def _address(text: str) -> tuple[Choice, str | None]:
    """What stands in the address field; a text without a scheme is no file here."""
    if text and "://" not in text:
        raise ConfigError(address_trouble(text))
    return parse(text)
