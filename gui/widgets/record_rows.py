"""The fold "Record": what is recorded, in which container, into which folder."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QFileDialog, QPushButton

from gui.theme import theme
from gui.widgets.controls import DropDown
from gui.widgets.fold import Fold, small


class RecordRows(Fold):
    """changed: (what, suffix, folder) was chosen anew; used from the next recording on."""

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__("")
        self.heading.setText(self.tr("Record"))
        self.heading.setAccessibleName(self.tr("Record"))
        self.folder = Path()
        self.what, self.suffix = DropDown(self.tr("What is recorded")), DropDown(self.tr("Container"))
        self.what.fill([(self.tr("dehazed"), "dehazed"), (self.tr("original"), "original"), (self.tr("both, in step"), "both")])
        self.suffix.fill([(self.tr("Matroska (.mkv)"), ".mkv"), (self.tr("fragmented MP4 (.mp4)"), ".mp4")])
        self.suffix.setToolTip(self.tr("Both survive a power cut: all but the last second can be played"))
        self.where = QPushButton()
        self.where.setObjectName("left")
        self.where.setToolTip(self.tr("Folder for recordings and snapshots"))
        self.where.clicked.connect(self._ask)
        theme.changed.connect(self._draw)
        self._draw()
        self.left = small("")
        self.add(self.tr("What"), self.what)
        self.add(self.tr("Container"), self.suffix)
        self.add(self.tr("Folder"), self.where)
        self.add("", self.left)
        for box in (self.what, self.suffix):
            box.activated.connect(self._changed)

    def show_choice(self, what: str, suffix: str, folder: Path) -> None:
        """Show what is set, without a signal."""
        self.what.choose(what)
        self.suffix.choose(suffix)
        self.folder = folder
        self._reflect()

    def _reflect(self) -> None:
        self.where.setText(self.folder.name or str(self.folder))
        self.where.setToolTip(str(self.folder))
        self.set_note(f"{self.what.currentText()} · {self.suffix.currentData()}")

    def _draw(self) -> None:
        self.where.setIcon(theme.icon("folder-outline"))

    def _changed(self) -> None:
        self._reflect()
        self.changed.emit()

    def _ask(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Folder for recordings and snapshots"), str(self.folder))
        if chosen:
            self.folder = Path(chosen)
            self._changed()

    def show_space(self, words: str) -> None:
        """How much room is left on the disk."""
        self.left.setText(words)
        self.left.setVisible(bool(words))
