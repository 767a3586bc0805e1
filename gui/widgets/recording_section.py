"""The section "Record": what is recorded, in which container, into which folder."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QFileDialog, QPushButton

from gui.theme import theme
from gui.widgets.collapsible import CollapsibleSection, quiet_label
from gui.widgets.controls import DropDown


class RecordingSection(CollapsibleSection):
    """changed: pictures, suffix or folder were changed; used from the next recording on."""

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__("")
        self.heading.setText(self.tr("Record"))
        self.heading.setAccessibleName(self.tr("Record"))
        self.folder = Path()
        self.pictures, self.suffix = DropDown(self.tr("What is recorded")), DropDown(self.tr("Container"))
        self.pictures.fill([(self.tr("dehazed"), "dehazed"), (self.tr("original"), "original"),
                            (self.tr("both, synchronized"), "both")])
        self.suffix.fill([(self.tr("Matroska (.mkv)"), ".mkv"), (self.tr("fragmented MP4 (.mp4)"), ".mp4")])
        self.suffix.setToolTip(self.tr("Both survive a power cut: all but the last second can be played"))
        self.where = QPushButton()
        self.where.setObjectName("left")
        self.where.setToolTip(self.tr("Folder for recordings and snapshots"))
        self.where.clicked.connect(self._choose_folder)
        theme.changed.connect(self._draw_icon)
        self._draw_icon()
        self.left = quiet_label("")
        self.add(self.tr("What"), self.pictures)
        self.add(self.tr("Container"), self.suffix)
        self.add(self.tr("Folder"), self.where)
        self.add("", self.left)
        for box in (self.pictures, self.suffix):
            box.activated.connect(self._changed)

    def show_choice(self, pictures: str, suffix: str, folder: Path) -> None:
        """Show what is set, without a signal."""
        self.pictures.choose(pictures)
        self.suffix.choose(suffix)
        self.folder = folder
        self._show_folder()

    def _show_folder(self) -> None:
        self.where.setText(self.folder.name or str(self.folder))
        self.where.setToolTip(str(self.folder))
        self.set_note(f"{self.pictures.currentText()} · {self.suffix.currentData()}")

    def _draw_icon(self) -> None:
        self.where.setIcon(theme.icon("folder-outline"))

    def _changed(self) -> None:
        self._show_folder()
        self.changed.emit()

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Folder for recordings and snapshots"), str(self.folder))
        if chosen:
            self.folder = Path(chosen)
            self._changed()

    def show_space(self, text: str) -> None:
        """How much room is left on the disk."""
        self.left.setText(text)
        self.left.setVisible(bool(text))
