"""The list of saved walls: open, rename, remove; those that are damaged with the reason."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtWidgets import QDialog, QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from gui.services.walls import WallStore
from gui.theme import GAP, PAD, WIDE, theme
from gui.wall import Wall
from gui.widgets.controls import Switch

NAME, FILE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
ROW = 46
"""Pixels of two lines with room around them."""


class WallsDialog(QDialog):
    """open_requested, rename_requested: the name of a wall. remove_requested: its file and name. reopening_changed: the switch.

    Not modal.
    """

    open_requested, rename_requested = pyqtSignal(str), pyqtSignal(str)
    remove_requested, reopening_changed = pyqtSignal(object, str), pyqtSignal(bool)

    def __init__(self, store: WallStore, current: str, reopens: bool, parent: QWidget | None = None) -> None:
        """current: the wall that is open."""
        super().__init__(parent)
        self._store, self._current = store, current
        self.setWindowTitle(self.tr("Walls"))
        self.resize(520, 380)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Walls"))
        self.list.setSpacing(2)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.empty = QLabel(
            self.tr("No wall is saved yet. Open and arrange cameras, then choose “Save these cameras as a wall”."))
        self.empty.setWordWrap(True)
        self.empty.setObjectName("quiet")
        self.reopening = Switch(self.tr("Open the last wall at start"))
        self.reopening.setChecked(reopens)
        self.reopening.toggled.connect(self.reopening_changed)
        self.open_button, self.rename_button, self.remove_button = (
            QPushButton(self.tr("Open")), QPushButton(self.tr("Rename…")), QPushButton(self.tr("Remove…")))
        self.close_button = QPushButton(self.tr("Close"))
        self._arrange()
        self._connect()
        self.show_walls()

    def _arrange(self) -> None:
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(WIDE + 4, WIDE + 4, WIDE + 4, WIDE + 4)
        column.setSpacing(PAD)
        for widget in (self.empty, self.list, self.reopening):
            column.addWidget(widget, 1 if widget is self.list else 0)
        row.setSpacing(GAP)
        self.open_button.setObjectName("primary")
        self.open_button.setDefault(True)
        for button in (self.remove_button, self.rename_button, self.close_button, self.open_button):
            button.setAutoDefault(button is self.open_button)
            row.addWidget(button)
        row.insertStretch(2, 1)
        column.addLayout(row)

    def _connect(self) -> None:
        self.open_button.clicked.connect(self._open)
        self.rename_button.clicked.connect(self._rename)
        self.remove_button.clicked.connect(self._remove)
        self.close_button.clicked.connect(self.close)
        self.list.itemDoubleClicked.connect(self._open)
        self.list.currentItemChanged.connect(self._selection_changed)

    def show_walls(self) -> None:
        """The walls there are now."""
        self.list.clear()
        for wall in self._store.all():
            self._add(self._describe(wall), wall.name, self._store.path(wall.name), "view-grid-outline")
        for path, reason in self._store.damaged().items():
            self._add(self.tr("{}\nDamaged: {}").format(path.name, reason), "", path, "alert-outline")
        self.empty.setVisible(not self.list.count())
        self.list.setVisible(bool(self.list.count()))
        self.list.setCurrentRow(0)
        self._selection_changed()

    def _describe(self, wall: Wall) -> str:
        titles = ", ".join(one.source.title for one in wall.cameras)
        name = self.tr("{} (open)").format(wall.name) if wall.name == self._current else wall.name
        return self.tr("{}\nCameras: {} · {}").format(name, len(wall.cameras), titles)

    def _add(self, text: str, name: str, path: Path, icon: str) -> None:
        item = QListWidgetItem(theme.icon(icon, "quiet" if name else "warning"), text)
        item.setData(NAME, name)
        item.setData(FILE, str(path))
        item.setToolTip(text)
        item.setSizeHint(QSize(0, ROW))
        self.list.addItem(item)

    def _selection_changed(self) -> None:
        name = self._selected_name()
        self.open_button.setEnabled(bool(name))
        self.rename_button.setEnabled(bool(name))
        self.remove_button.setEnabled(self.list.currentItem() is not None)

    def _selected_name(self) -> str:
        item = self.list.currentItem()
        return str(item.data(NAME)) if item is not None else ""

    def _open(self) -> None:
        if name := self._selected_name():
            self.close()
            self.open_requested.emit(name)

    def _rename(self) -> None:
        if name := self._selected_name():
            self.rename_requested.emit(name)

    def _remove(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        path = Path(item.data(FILE))
        self.remove_requested.emit(path, item.data(NAME) or path.name)
