"""Cameras on the local network: found when the user presses the button, asked for their streams with a password, opened."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dehazer import CameraStream, NetworkCamera
from gui.dialogs.button_row import button_row
from gui.dialogs.fields import labelled, labelled_pair
from gui.dialogs.walls import ROW
from gui.saved_source import SavedSource
from gui.theme import PAD, WIDE, theme
from gui.widgets.collapsible import quiet_label
from gui.widgets.controls import DropDown, Switch

CAMERA = Qt.ItemDataRole.UserRole
SERVICE_PATH = "/onvif/device_service"


class FindCamerasDialog(QDialog):
    """search_requested: find cameras. stop_requested: enough. streams_requested: (service, user, password).

    chosen: (SavedSource, password or None, whether to store it). Not modal, and stays open: a site has more than one camera.
    """

    search_requested, stop_requested = pyqtSignal(), pyqtSignal()
    streams_requested = pyqtSignal(str, str, str)
    chosen = pyqtSignal(object, object, bool)

    def __init__(self, keyring: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Cameras on the network"))
        self.resize(560, 540)
        self.searching = False
        self._streams: Sequence[CameraStream] = ()
        self.find_button, self.progress, self.list = QPushButton(self.tr("Find cameras")), QProgressBar(), QListWidget()
        self.address, self.user, self.password = QLineEdit(), QLineEdit(), QLineEdit()
        self.store, self.streams = Switch(self.tr("Save the password in the system's keyring")), DropDown(self.tr("Stream"))
        self.store.setEnabled(keyring)
        self.note = QLabel()
        self.open_button = QPushButton(self.tr("Connect"))
        self._prepare()
        self._arrange()
        self._connect()
        self._show_streams(())

    def _prepare(self) -> None:
        self.list.setAccessibleName(self.tr("Cameras that answered"))
        self.list.setSpacing(2)
        self.list.setMinimumHeight(112)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.address.setPlaceholderText("192.168.1.20")
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setVisible(False)
        self.note.setWordWrap(True)
        self.note.setMinimumHeight(34)
        self.find_button.setAutoDefault(False)

    def _arrange(self) -> None:
        column, head = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(WIDE + 4, WIDE + 4, WIDE + 4, WIDE + 4)
        column.setSpacing(PAD)
        head.addWidget(quiet_label(self.tr("Asks everything on the local network once for cameras with ONVIF.")), 1)
        head.addWidget(self.find_button)
        column.addLayout(head)
        column.addWidget(self.progress)
        column.addWidget(self.list, 1)
        column.addLayout(labelled(self.tr("Camera, or its address"), self.address))
        column.addLayout(labelled_pair((self.tr("User"), self.user), (self.tr("Password"), self.password)))
        column.addWidget(self.store)
        column.addLayout(labelled(self.tr("Stream"), self.streams))
        column.addWidget(self.note)
        column.addLayout(button_row(self.tr("Close"), self.close, self.open_button, self.accept))

    def _connect(self) -> None:
        self.find_button.clicked.connect(self._search_or_stop)
        self.list.currentItemChanged.connect(self._choose_camera)
        self.list.itemDoubleClicked.connect(self._enter_password)
        for field in (self.address, self.user, self.password):
            field.textChanged.connect(self._forget_streams)

    def _search_or_stop(self) -> None:
        if self.searching:
            self.stop_requested.emit()
        else:
            self.search_requested.emit()

    def _enter_password(self) -> None:
        (self.password if self.user.text() else self.user).setFocus()

    # searching

    def begin_search(self) -> None:
        """A search has begun."""
        self.list.clear()
        self._show_searching(True)
        self._say(self.tr("Searching…"))

    def _show_searching(self, on: bool) -> None:
        self.searching = on
        self.progress.setVisible(on)
        self.find_button.setText(self.tr("Stop") if on else self.tr("Find cameras"))

    def add_camera(self, camera: NetworkCamera) -> None:
        """A camera has answered."""
        about = " · ".join(text for text in (camera.address, camera.hardware) if text)
        item = QListWidgetItem(theme.icon("cctv"), f"{camera.name or self.tr('Camera without a name')}\n{about}")
        item.setData(CAMERA, camera)
        item.setSizeHint(QSize(0, ROW))
        self.list.addItem(item)
        if self.list.count() == 1 and not self.address.text():
            self.list.setCurrentRow(0)

    def end_search(self, error: str = "") -> None:
        """The search is over; error: why there was none."""
        self._show_searching(False)
        count = self.list.count()
        nothing = self.tr("No camera answered. It may have ONVIF switched off or be in another network; enter its address.")
        self._say(error or (self.tr("Cameras found: {}").format(count) if count else nothing), bool(error))

    # one camera

    @property
    def camera(self) -> NetworkCamera | None:
        """The chosen camera, unless another address was entered."""
        item = self.list.currentItem()
        found = item.data(CAMERA) if item is not None else None
        return found if isinstance(found, NetworkCamera) and self.address.text() == found.address else None

    def _choose_camera(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.address.setText(item.data(CAMERA).address)

    @property
    def service(self) -> str:
        """The address of the camera's device service; the usual path where only a host was entered."""
        text = self.address.text().strip()
        if self.camera is not None:
            return self.camera.service
        return text if not text or "://" in text else f"http://{text}{SERVICE_PATH}"

    def show_streams(self, streams: Sequence[CameraStream]) -> None:
        """The camera offers these; the first one is its main stream."""
        self._show_streams(streams)
        self._say("")
        self.open_button.setFocus()

    def _show_streams(self, streams: Sequence[CameraStream]) -> None:
        self._streams = streams
        texts = [_describe(stream) for stream in streams] or [self.tr("known once connected")]
        self.streams.fill([(text, index) for index, text in enumerate(texts)])
        self.streams.setEnabled(bool(streams))
        self.open_button.setText(self.tr("Open") if streams else self.tr("Connect"))
        self.open_button.setEnabled(bool(self.address.text().strip()))

    def _forget_streams(self) -> None:
        """What was found was found for another camera or user."""
        self._show_streams(())

    def show_connecting(self) -> None:
        """The camera is asked for its streams."""
        self.open_button.setEnabled(False)
        self._say(self.tr("Connecting…"))

    def show_error(self, text: str) -> None:
        """Why the camera cannot be asked."""
        self.open_button.setEnabled(True)
        self._say(text, True)

    def _say(self, text: str, is_error: bool = False) -> None:
        self.note.setText(text)
        self.note.setObjectName("error" if is_error else "quiet")
        style = self.note.style()
        assert style is not None
        style.unpolish(self.note)  # anew, for the changed name
        style.polish(self.note)

    def accept(self) -> None:
        """Ask for the streams, or open the chosen one."""
        if not self.open_button.isEnabled():
            return
        if not self._streams:
            self.streams_requested.emit(self.service, self.user.text(), self.password.text())
            return
        source, index = self.source(), self.streams.currentIndex()
        self.chosen.emit(source, self.password.text() or None, self.store.isChecked())
        self._say(self.tr("Opened: {}").format(self._streams[index].name))

    def source(self) -> SavedSource:
        """The chosen stream."""
        index = self.streams.currentIndex()
        stream, name = self._streams[index], self.camera.name if self.camera is not None else ""
        if name and index:
            name = f"{name} · {stream.name}"
        return SavedSource(stream.address, name, user=self.user.text() or None)


def _describe(stream: CameraStream) -> str:
    size = f"{stream.width} × {stream.height}" if stream.width and stream.height else ""
    return " · ".join(text for text in (stream.name, size, stream.encoding) if text)
