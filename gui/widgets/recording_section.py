"""The section "Record": what is recorded, in which container, into which folder."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QFileDialog, QPushButton

from dehazer import RecordOptions
from gui.theme import theme
from gui.widgets.collapsible import CollapsibleSection, quiet_label
from gui.widgets.controls import DropDown

PRE_ROLLS = (0.0, 5.0, 10.0, 30.0, 60.0)
"""Seconds."""
LENGTHS = (0.0, 5.0, 15.0, 30.0, 60.0)
"""Minutes."""


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
        self.early, self.segments = DropDown(self.tr("Begins")), DropDown(self.tr("New file"))
        self.early.setToolTip(self.tr("How long before the button is pressed recordings of originals begin"))
        self.where = QPushButton()
        self.where.setObjectName("left")
        self.where.setToolTip(self.tr("Folder for recordings and snapshots"))
        self.where.clicked.connect(self._choose_folder)
        theme.changed.connect(self._draw_icon)
        self._draw_icon()
        self.left, self.kept = quiet_label(""), quiet_label("")
        self.add(self.tr("What"), self.pictures)
        self.add(self.tr("Begins"), self.early)
        self.add("", self.kept)
        self.add(self.tr("New file"), self.segments)
        self.add(self.tr("Container"), self.suffix)
        self.add(self.tr("Folder"), self.where)
        self.add("", self.left)
        for box in (self.pictures, self.suffix, self.early, self.segments):
            box.activated.connect(self._changed)

    def show_choice(self, pictures: str, suffix: str, folder: Path) -> None:
        """Show what is set, without a signal."""
        self.pictures.choose(pictures)
        self.suffix.choose(suffix)
        self.folder = folder
        self._show_folder()

    def show_options(self, options: RecordOptions) -> None:
        """Show pre-roll and length of files, without a signal; values that are not in the lists are added to them."""
        early = sorted({*PRE_ROLLS, options.pre_roll})
        self.early.fill([(self.tr("{:g} s before").format(one) if one else self.tr("when pressed"), one) for one in early],
                        options.pre_roll)
        lengths = sorted({*LENGTHS, options.segment_minutes})
        self.segments.fill([(self.tr("every {:g} minutes").format(one) if one else self.tr("never"), one) for one in lengths],
                           options.segment_minutes)

    @property
    def options(self) -> RecordOptions:
        """What is chosen."""
        return RecordOptions(float(self.early.currentData()), float(self.segments.currentData()))

    def show_kept(self, text: str) -> None:
        """What is kept in memory for a recording that begins early."""
        self.kept.setText(text)
        self.kept.setVisible(bool(text))

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
