"""Tells whether an evidence pack is as it was written; if not, what was altered, is missing or was added."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from gui.theme import GAP, LARGE, PAD, WIDE, font, theme
from gui.widgets.collapsible import quiet_label

if TYPE_CHECKING:
    from dehazer.review import PackVerdict

WIDTH = 520


class VerifyDialog(QDialog):
    """sentence: the verdict. faults: everything that is wrong, one in a line; hidden where nothing is."""

    def __init__(self, path: Path, verdict: PackVerdict, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Evidence pack"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(WIDTH)
        self.sentence, self.mark = QLabel(_sentence(self, verdict)), QLabel()
        self.sentence.setFont(font(LARGE, True))
        self.sentence.setStyleSheet(f"font-size: {LARGE}px; font-weight: 600;")
        self.sentence.setWordWrap(True)
        icon = theme.icon("shield-check-outline" if verdict.intact else "alert-outline", "live" if verdict.intact else "fault")
        self.mark.setPixmap(icon.pixmap(QSize(28, 28), self.devicePixelRatioF()))
        self.faults = QPlainTextEdit("\n".join(verdict.faults))
        self.faults.setReadOnly(True)
        self.faults.setVisible(not verdict.intact)
        self.facts = quiet_label("\n".join((path.name, verdict.signature_text,
                                            self.tr("Fingerprint of the pack: {}").format(_grouped(verdict.fingerprint)))))
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.clicked.connect(self.accept)
        self._arrange()

    def _arrange(self) -> None:
        head, foot, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        head.setSpacing(WIDE)
        head.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.sentence, 1)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(PAD)
        column.addLayout(head)
        column.addWidget(self.faults)
        column.addWidget(self.facts)
        column.addSpacing(GAP)
        column.addLayout(foot)


def _sentence(dialog: VerifyDialog, verdict: PackVerdict) -> str:
    if verdict.intact:
        return dialog.tr("Nothing was altered, taken away or added: {} files are as they were written.").format(verdict.members)
    return dialog.tr("This pack is not as it was written: {} altered, {} missing, {} added.").format(
        len(verdict.altered), len(verdict.missing), len(verdict.added))


def _grouped(digest: str) -> str:
    """A checksum in groups of eight digits, so that it can be read out and broken into lines."""
    return " ".join(digest[i:i + 8] for i in range(0, len(digest), 8))
