"""Files that cannot be read, each with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from dehazer.review import Recording
from gui.theme import SMALL, font
from gui.view.core_texts import core_text
from gui.widgets.collapsible import CollapsibleSection

HEIGHT = 112
SHOWN = 500
"""Files listed; more than that help nobody, and the count stands above."""


class FaultList(CollapsibleSection):
    """Folded away; the heading says how many there are. Hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.heading.setText(self.tr("Unreadable files"))
        self.heading.setAccessibleName(self.tr("Unreadable files"))
        self._recordings: tuple[Recording, ...] = ()
        self.files = QListWidget()
        self.files.setObjectName("bare")
        self.files.setFont(font(SMALL))
        self.files.setWordWrap(True)
        self.files.setSpacing(2)
        self.files.setFixedHeight(HEIGHT)
        self.files.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.files.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.files.setAccessibleName(self.tr("Unreadable files with the reason"))
        self.add("", self.files)
        self.hide()

    def set_recordings(self, recordings: Sequence[Recording]) -> None:
        """Show these files."""
        if tuple(recordings) == self._recordings:
            return
        self._recordings = tuple(recordings)
        self.setVisible(bool(recordings))
        self.set_note(str(len(recordings)))
        self.files.clear()
        for recording in self._recordings[:SHOWN]:
            fault = core_text(recording.fault or "")
            item = QListWidgetItem(f"{recording.path.name}\n{fault.removeprefix(f'{recording.path} ')}")
            item.setToolTip(f"{recording.path}\n{fault}")
            self.files.addItem(item)
        if len(recordings) > SHOWN:
            self.files.addItem(self.tr("and {} more").format(len(recordings) - SHOWN))
