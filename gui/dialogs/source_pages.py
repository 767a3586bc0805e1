"""The three pages of the source dialog."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from dehazer import SourceRequest, options_of
from gui.choice import VIDEO_SUFFIXES, Choice, parse
from gui.theme import GAP, PAD
from gui.webcams import Webcam
from gui.widgets.controls import DropDown, Switch
from gui.widgets.fold import small

RULES = options_of(SourceRequest)


class _Page(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, GAP, 0, 0)
        self.rows.setSpacing(4)

    def add(self, words: str, widget: QWidget) -> None:
        """A widget under its label."""
        label = QLabel(words)
        label.setBuddy(widget)
        widget.setAccessibleName(words)
        self.rows.addWidget(label)
        self.rows.addWidget(widget)
        self.rows.addSpacing(GAP)

    def pair(self, one: tuple[str, QWidget], other: tuple[str, QWidget]) -> None:
        """Two widgets side by side, each under its label."""
        row = QHBoxLayout()
        row.setSpacing(PAD)
        for words, widget in (one, other):
            column, label = QVBoxLayout(), QLabel(words)
            column.setSpacing(4)
            label.setBuddy(widget)
            widget.setAccessibleName(words)
            column.addWidget(label)
            column.addWidget(widget)
            row.addLayout(column, 1)
        self.rows.addLayout(row)
        self.rows.addSpacing(GAP)


class CameraPage(_Page):
    """A camera by name, with its sizes and rates."""

    def __init__(self, cameras: Sequence[Webcam], note: str) -> None:
        super().__init__()
        self.box, self.size_box, self.rate_box = DropDown(""), DropDown(""), DropDown("")
        self.about = small("")
        self.add(self.tr("Camera"), self.box)
        self.pair((self.tr("Resolution"), self.size_box), (self.tr("Frame rate"), self.rate_box))
        self.rows.addWidget(self.about)
        self.setFocusProxy(self.box)
        self.box.currentIndexChanged.connect(self._show_modes)
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

    def _show_modes(self) -> None:
        camera = self.cameras.get(self.box.currentData())
        sizes = sorted({(w, h) for w, h, _ in camera.modes}, reverse=True) if camera else []
        rates = sorted({f for _, _, f in camera.modes}, reverse=True) if camera else []
        usual = [(1920, 1080), (1280, 720), (640, 480)]
        chosen = self.tr("as the camera likes")
        self.size_box.fill([(chosen, None), *((f"{w} × {h}", (w, h)) for w, h in sizes or usual)])
        per_second = self.tr("{:g} per second")
        self.rate_box.fill([(chosen, None), *((per_second.format(r), r) for r in rates or (60.0, 30.0, 25.0, 15.0))])

    def show_choice(self, choice: Choice) -> None:
        """Begin with a known source."""
        self.box.choose(choice.where)
        self.size_box.choose((choice.width, choice.height) if choice.width else None)
        self.rate_box.choose(choice.fps)

    def choice(self) -> Choice:
        """What is filled in."""
        width, height = self.size_box.currentData() or (None, None)
        return Choice(self.box.currentData() or "", self.box.currentText(), width=width, height=height,
                      fps=self.rate_box.currentData())


class AddressPage(_Page):
    """An address, with user and password in fields of their own."""

    def __init__(self, keyring: bool) -> None:
        super().__init__()
        self.url, self.user, self.password = QLineEdit(), QLineEdit(), QLineEdit()
        self.transport, self.latency = DropDown(""), DropDown("")
        self.url.setPlaceholderText("rtsp://192.168.1.20:554/stream")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.keep = Switch(self.tr("Keep the password in the system's keyring"))
        self.keep.setEnabled(keyring)
        self.transport.fill([(t.upper(), t) for t in RULES["transport"].allowed()], "tcp")
        names = {"low": self.tr("shortest"), "balanced": self.tr("balanced"), "smooth": self.tr("longer, for poor networks")}
        self.latency.fill([(names.get(p, p), p) for p in RULES["latency"].allowed()], "low")
        for name, box in (("transport", self.transport), ("latency", self.latency)):
            box.setToolTip(RULES[name].help)
        self.add(self.tr("Address"), self.url)
        self.pair((self.tr("User"), self.user), (self.tr("Password"), self.password))
        self.pair((self.tr("Transport (RTSP)"), self.transport), (self.tr("Delay"), self.latency))
        self.rows.addWidget(self.keep)
        if not keyring:
            self.rows.addWidget(small(self.tr("No keyring is available here; the password is asked for again next time.")))
        self.setFocusProxy(self.url)
        self.url.editingFinished.connect(self._take_out_credentials)

    def _take_out_credentials(self) -> None:
        """A pasted address often holds user and password; they belong into their own fields."""
        text = self.url.text()
        if "@" not in text or "://" not in text:
            return
        made, password = parse(text)
        self.url.setText(made.where)
        if made.user:
            self.user.setText(made.user)
        if password:
            self.password.setText(password)

    def show_choice(self, choice: Choice) -> None:
        """Begin with a known source; the password is never known."""
        self.url.setText(choice.where)
        self.user.setText(choice.user or "")
        self.password.clear()
        self.transport.choose(choice.transport)
        self.latency.choose(choice.latency)


class FilePage(_Page):
    """A file, played or as if live."""

    def __init__(self) -> None:
        super().__init__()
        self.path, browse = QLineEdit(), QPushButton(self.tr("Browse …"))
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
        self.live = Switch(self.tr("Play as if it were a live camera, again and again"))
        self.rows.addWidget(self.live)
        self.setFocusProxy(self.path)

    def _browse(self) -> None:
        pattern = " ".join(f"*{s}" for s in VIDEO_SUFFIXES)
        found, _ = QFileDialog.getOpenFileName(self, self.tr("Open a video"), str(Path(self.path.text() or Path.home()).parent),
                                               self.tr("Videos ({});;All files (*)").format(pattern))
        if found:
            self.path.setText(found)

    def show_choice(self, choice: Choice) -> None:
        """Begin with a known file."""
        self.path.setText(choice.where)
        self.live.setChecked(choice.live)

    def choice(self) -> Choice:
        """What is filled in."""
        return Choice(self.path.text().strip(), live=self.live.isChecked(), loop=self.live.isChecked())
