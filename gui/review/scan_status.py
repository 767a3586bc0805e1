"""How far a library is read: a line of text, a bar while it runs, and what could not be reached."""

from __future__ import annotations

from PyQt6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from dehazer.review import ScanProgress
from gui.theme import GAP
from gui.widgets.collapsible import quiet_label


class ScanStatus(QWidget):
    """Of the search for recordings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text, self.bar, self.trouble = quiet_label(""), QProgressBar(), QLabel()
        self.text.setObjectName("quiet")
        self.trouble.setObjectName("error")
        self.trouble.setWordWrap(True)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Files read"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP // 2)
        for part in (self.text, self.bar, self.trouble):
            column.addWidget(part)
        self.set_progress(ScanProgress(running=True))

    def set_progress(self, progress: ScanProgress) -> None:
        """Show how far the search is."""
        self.text.setText(self._text(progress))
        self.bar.setVisible(progress.running)
        self.bar.setRange(0, progress.found)  # 0 of 0 runs back and forth
        self.bar.setValue(progress.read)
        self.trouble.setText("\n".join(progress.trouble))
        self.trouble.setVisible(bool(progress.trouble))

    def _text(self, progress: ScanProgress) -> str:
        found, read = grouped(progress.found), grouped(progress.read)
        if progress.running and not progress.found:
            return self.tr("Looking for recordings…")
        if progress.running:
            return self.tr("Reading {read} of {found} files…").format(read=read, found=found)
        if not progress.found:
            return self.tr("No recordings in these folders.")
        files = self.tr("{found} files").format(found=found) if progress.found > 1 else self.tr("1 file")
        return files + (self.tr(", {} unreadable").format(grouped(progress.unreadable)) if progress.unreadable else "")


def grouped(count: int) -> str:
    """A whole number in groups of three digits."""
    return f"{count:,}".replace(",", " ")
