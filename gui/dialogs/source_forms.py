"""The three forms of the source dialog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from dehazer import ConfigError, SourceRequest, options_of
from gui.dialogs.fields import labelled_pair
from gui.saved_source import SavedSource, address_error, parse_source, video_filter
from gui.services.webcams import Webcam
from gui.theme import GAP
from gui.view.option_texts import option_help
from gui.widgets.collapsible import quiet_label
from gui.widgets.controls import DropDown, Switch
from gui.widgets.path_field import PathField

RULES = options_of(SourceRequest)


class SourceForm(QWidget):
    """Fields that describe a source. changed: what the source is was chosen or typed."""

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, GAP, 0, 0)
        self.rows.setSpacing(4)

    def show_source(self, source: SavedSource) -> None:
        """Begin with a known source."""
        raise NotImplementedError

    def source(self) -> tuple[SavedSource, str | None]:
        """What is filled in, and the password. Raises ConfigError members for what is not possible."""
        raise NotImplementedError

    def is_filled(self) -> bool:
        """Whether it says at all what to open."""
        raise NotImplementedError

    def add(self, text: str, widget: QWidget) -> None:
        """A widget under its label."""
        label = QLabel(text)
        label.setBuddy(widget)
        widget.setAccessibleName(text)
        self.rows.addWidget(label)
        self.rows.addWidget(widget)
        self.rows.addSpacing(GAP)

    def pair(self, one: tuple[str, QWidget], other: tuple[str, QWidget]) -> None:
        """Two widgets side by side, each under its label."""
        self.rows.addLayout(labelled_pair(one, other))
        self.rows.addSpacing(GAP)


class CameraForm(SourceForm):
    """A camera by name, with its sizes and rates."""

    def __init__(self, cameras: Sequence[Webcam], note: str) -> None:
        super().__init__()
        self.box, self.size_box, self.rate_box = DropDown(""), DropDown(""), DropDown("")
        self.about = quiet_label("")
        self.add(self.tr("Camera"), self.box)
        self.pair((self.tr("Resolution"), self.size_box), (self.tr("Frame rate"), self.rate_box))
        self.rows.addWidget(self.about)
        self.setFocusProxy(self.box)
        self.box.currentIndexChanged.connect(self._show_modes)
        self.box.currentIndexChanged.connect(self.changed)
        self.show_cameras(cameras, note)

    def show_cameras(self, cameras: Sequence[Webcam], note: str) -> None:
        """The cameras there are now."""
        self.cameras = {c.where: c for c in cameras}
        self.box.fill([(c.name, c.where) for c in cameras], self.box.currentData())
        self.box.setEnabled(bool(cameras))
        nothing = self.tr("No camera is connected to this computer. Plug one in; it appears here by itself.")
        self.about.setText(note if cameras else nothing)
        self.about.setVisible(bool(self.about.text()))
        self._show_modes()
        self.changed.emit()

    def is_filled(self) -> bool:
        return bool(self.box.currentData())

    def _show_modes(self) -> None:
        camera = self.cameras.get(self.box.currentData())
        sizes = sorted({(w, h) for w, h, _ in camera.modes}, reverse=True) if camera else []
        rates = sorted({f for _, _, f in camera.modes}, reverse=True) if camera else []
        usual = [(1920, 1080), (1280, 720), (640, 480)]
        chosen = self.tr("camera default")
        self.size_box.fill([(chosen, None), *((f"{w} × {h}", (w, h)) for w, h in sizes or usual)])
        per_second = self.tr("{:g} per second")
        self.rate_box.fill([(chosen, None), *((per_second.format(r), r) for r in rates or (60.0, 30.0, 25.0, 15.0))])

    def show_source(self, source: SavedSource) -> None:
        """Begin with a known source."""
        self.box.choose(source.where)
        self.size_box.choose((source.width, source.height) if source.width else None)
        self.rate_box.choose(source.fps)

    def source(self) -> tuple[SavedSource, str | None]:
        width, height = self.size_box.currentData() or (None, None)
        return SavedSource(self.box.currentData() or "", self.box.currentText(), width=width, height=height,
                           fps=self.rate_box.currentData()), None


class AddressForm(SourceForm):
    """An address, with user and password in fields of their own. find_requested: the user does not know the address."""

    find_requested = pyqtSignal()

    def __init__(self, keyring: bool) -> None:
        super().__init__()
        self.url, self.user, self.password = QLineEdit(), QLineEdit(), QLineEdit()
        self.transport, self.latency = DropDown(""), DropDown("")
        self.url.setPlaceholderText("rtsp://192.168.1.20:554/stream")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.store = Switch(self.tr("Save the password in the system's keyring"))
        self.store.setEnabled(keyring)
        self.transport.fill([(t.upper(), t) for t in RULES["transport"].allowed()], "tcp")
        names = {"low": self.tr("shortest"), "balanced": self.tr("balanced"), "smooth": self.tr("longer, for poor networks")}
        self.latency.fill([(names.get(p, p), p) for p in RULES["latency"].allowed()], "low")
        for name, box in (("transport", self.transport), ("latency", self.latency)):
            box.setToolTip(option_help(SourceRequest, name))
        self.add(self.tr("Address"), self.url)
        self.find_button = QPushButton(self.tr("Find cameras on the network…"))
        self.find_button.setObjectName("link")
        self.find_button.setProperty("flush", True)  # below a label, it begins where the label does
        self.find_button.setAutoDefault(False)
        self.find_button.clicked.connect(self.find_requested)
        self.rows.addWidget(self.find_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.rows.addSpacing(GAP)
        self.pair((self.tr("User"), self.user), (self.tr("Password"), self.password))
        self.pair((self.tr("Transport (RTSP)"), self.transport), (self.tr("Delay"), self.latency))
        self.rows.addWidget(self.store)
        if not keyring:
            self.rows.addWidget(quiet_label(self.tr("No keyring is available here; the password is asked for again next time.")))
        self.setFocusProxy(self.url)
        self.url.editingFinished.connect(self._split_credentials)
        self.url.textChanged.connect(self.changed)

    def is_filled(self) -> bool:
        return bool(self.url.text().strip())

    def _split_credentials(self) -> None:
        """A pasted address often holds user and password; they go into their own fields."""
        text = self.url.text()
        if "@" not in text or "://" not in text:
            return
        try:
            source, password = parse_source(text)
        except ConfigError:  # said when it is opened
            return
        self.url.setText(source.where)
        if source.user:
            self.user.setText(source.user)
        if password:
            self.password.setText(password)

    def show_source(self, source: SavedSource) -> None:
        """Begin with a known source; the password is never known."""
        self.url.setText(source.where)
        self.user.setText(source.user or "")
        self.password.clear()
        self.transport.choose(source.transport)
        self.latency.choose(source.latency)

    def source(self) -> tuple[SavedSource, str | None]:
        text = self.url.text().strip()
        if text and "://" not in text:  # no file here
            raise ConfigError(address_error(text))
        source, password = parse_source(text)
        source = replace(source, user=self.user.text() or source.user, transport=self.transport.currentData(),
                         latency=self.latency.currentData())
        return source, self.password.text() or password


class FileForm(SourceForm):
    """A file, played or as if live."""

    def __init__(self) -> None:
        super().__init__()
        self.path, browse = PathField(), QPushButton(self.tr("Browse…"))
        self.path.setAccessibleName(self.tr("File"))
        browse.clicked.connect(self._browse)
        browse.setAutoDefault(False)
        row, label = QHBoxLayout(), QLabel(self.tr("File"))
        label.setBuddy(self.path)
        row.setSpacing(GAP)
        row.addWidget(self.path, 1)
        row.addWidget(browse)
        self.rows.addWidget(label)
        self.rows.addLayout(row)
        self.rows.addSpacing(GAP)
        self.live = Switch(self.tr("Play like a live camera, in a loop"))
        self.rows.addWidget(self.live)
        self.setFocusProxy(self.path)
        self.path.textChanged.connect(self.changed)

    def is_filled(self) -> bool:
        return bool(self.path.text().strip())

    def _browse(self) -> None:
        folder = str(Path(self.path.text() or Path.home()).parent)
        found, _ = QFileDialog.getOpenFileName(self, self.tr("Open a video"), folder, video_filter())
        if found:
            self.path.setText(found)

    def show_source(self, source: SavedSource) -> None:
        """Begin with a known file."""
        self.path.setText(source.where)
        self.live.setChecked(source.live)

    def source(self) -> tuple[SavedSource, str | None]:
        return SavedSource(self.path.text().strip(), live=self.live.isChecked(), loop=self.live.isChecked()), None
