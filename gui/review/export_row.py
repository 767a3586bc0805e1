"""One export of the queue: what it is, how far, what can be done with it, and how every check of its result ended."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PyQt6.QtCore import QSize, Qt, pyqtBoundSignal, pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from gui.review import export_texts
from gui.review.recording_text import breakable
from gui.theme import BASE, GAP, PAD, SMALL, font, theme
from gui.widgets.buttons import IconButton
from gui.widgets.collapsible import quiet_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dehazer import Check
    from dehazer.review import ExportStatus

LONGEST = 160
"""Characters of a value that is shown."""
CHECKSUM = re.compile(r"\b[0-9a-f]{32,}\b")
PRECISION = 1000
"""Steps of the progress bar."""


class ExportRow(QWidget):
    """pause_requested, resume_requested, cancel_requested, remove_requested, again_requested, folder_requested, verify_requested:
    with its id."""

    pause_requested, resume_requested = pyqtSignal(str), pyqtSignal(str)
    cancel_requested, remove_requested = pyqtSignal(str), pyqtSignal(str)
    again_requested, folder_requested, verify_requested = pyqtSignal(str), pyqtSignal(str), pyqtSignal(str)

    def __init__(self, status: ExportStatus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.status = status
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title, self.state, self.sentence = QLabel(), QLabel(), quiet_label("")
        self.progress = QProgressBar()
        self.details = QPushButton()
        self.checks = QWidget()
        self._opened = False
        self._buttons = {
            "pause": self._button("pause", self.tr("Pause"), self.pause_requested),
            "resume": self._button("play", self.tr("Continue"), self.resume_requested),
            "again": self._button("refresh", self.tr("Start again"), self.again_requested),
            "verify": self._button("shield-check-outline", self.tr("Verify the pack"), self.verify_requested),
            "folder": self._button("folder-outline", self.tr("Show in folder"), self.folder_requested),
            "cancel": self._button("close", self.tr("Cancel"), self.cancel_requested),
            "remove": self._button("delete-outline", self.tr("Remove from the list"), self.remove_requested)}
        self._set_up()
        self._arrange()
        self.show_status(status)

    def _button(self, icon: str, tip: str, signal: pyqtBoundSignal) -> IconButton:
        button = IconButton(icon, tip)
        button.clicked.connect(lambda: signal.emit(self.status.id))
        return button

    def _set_up(self) -> None:
        self.progress.setRange(0, PRECISION)
        self.progress.setTextVisible(False)
        self.title.setFont(font(BASE, True))
        self.title.setWordWrap(True)
        self.state.setFont(font(SMALL, True))
        self.sentence.setFont(font(SMALL))
        self.details.setObjectName("link")
        self.details.setProperty("flush", True)
        self.details.clicked.connect(self._toggle)
        self.checks.setVisible(False)
        theme.changed.connect(self._show_again)

    def _arrange(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.state, 1)
        head.setSpacing(0)
        for button in self._buttons.values():
            head.addWidget(button)
        foot.addWidget(self.details)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAD, GAP, GAP, GAP)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addLayout(head)
        column.addWidget(self.progress)
        column.addWidget(self.sentence)
        column.addLayout(foot)
        column.addWidget(self.checks)

    def sizeHint(self) -> QSize:
        return QSize(240, super().sizeHint().height())

    def _show_again(self) -> None:
        """In the colours of another theme."""
        self._fill_checks()
        self.show_status(self.status)

    def show_status(self, status: ExportStatus) -> None:
        """How it stands now."""
        before, self.status = self.status, status
        kind = export_texts.text(export_texts.KINDS, status.request.kind)
        self.title.setText(f"{kind} · {', '.join(status.request.cameras)}")
        self.title.setToolTip(str(status.request.target))
        verdict = export_texts.verdict_of(status)
        role = "fault" if status.state == "failed" else export_texts.ROLES.get(verdict, "quiet")
        self.state.setText(self._state_text(verdict))
        self.state.setStyleSheet(f"color: {getattr(theme.tokens, role)};")
        self.progress.setValue(round(status.fraction * PRECISION))
        self.progress.setVisible(not status.over)
        self.sentence.setText(breakable(" ".join((status.sentence, *status.notes))))
        self.sentence.setToolTip("\n".join((status.sentence, *status.notes)))
        self._show_buttons()
        if before.checks != status.checks or self.checks.layout() is None:
            self._fill_checks()
        self.setAccessibleName(f"{self.title.text()}: {self.state.text()}. {status.sentence}")

    def _state_text(self, verdict: str) -> str:
        state = export_texts.text(export_texts.STATES, self.status.state)
        if self.status.state in ("running", "paused"):
            return f"{state} · {self.status.fraction * 100:.0f} %"
        return f"{state} · {export_texts.text(export_texts.VERDICTS, verdict)}" if verdict else state

    def _show_buttons(self) -> None:
        state = self.status.state
        done = bool(self.status.products)
        shown = {"pause": state in ("running", "waiting"), "resume": state == "paused", "again": state in ("failed", "cancelled"),
                 "verify": done and self.status.request.kind == "evidence", "folder": done,
                 "cancel": not self.status.over, "remove": self.status.over}
        for name, on in shown.items():
            self._buttons[name].setVisible(on)
        self.details.setVisible(bool(self.status.checks))
        self.details.setText(export_texts.summary(self.status) + ("  ▴" if self._opened else "  ▾"))

    def _toggle(self) -> None:
        self._opened = not self._opened
        self.checks.setVisible(self._opened)
        self._show_buttons()

    def open_checks(self) -> None:
        """Show every check."""
        if not self._opened:
            self._toggle()

    def _fill_checks(self) -> None:
        old = self.checks.layout()
        if old is not None:
            QWidget().setLayout(old)  # its labels go with it
        grid = QGridLayout(self.checks)
        grid.setContentsMargins(0, 0, 0, 4)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        row = 0
        for name, checks in _by_file(self.status.checks).items():
            if name:
                grid.addWidget(_small(breakable(name), quiet=True), row, 0, 1, 2)
                row += 1
            for property, check in checks:
                verdict = _small(export_texts.text(export_texts.VERDICTS, check.verdict).partition(",")[0])
                verdict.setFont(font(SMALL, True))
                verdict.setStyleSheet(f"color: {getattr(theme.tokens, export_texts.ROLES[check.verdict])};")
                found = check.found if check.given == check.found else f"{check.given} → {check.found}"
                text = _small(breakable(_shown(f"{property}: {found}")))
                text.setToolTip(f"{property}: {found}")
                grid.addWidget(verdict, row, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(text, row, 1)
                row += 1


def _by_file(checks: Sequence[Check]) -> dict[str, list[tuple[str, Check]]]:
    """Name of the file → (property, check); an export of one file names none."""
    found: dict[str, list[tuple[str, Check]]] = {}
    for check in checks:
        name, colon, property = check.property.rpartition(": ")
        found.setdefault(name if colon else "", []).append((property, check))
    return found


def _shown(text: str) -> str:
    """A value as it is shown: of checksums both ends, of what is long the beginning; the tool tip has all of it."""
    text = CHECKSUM.sub(lambda found: f"{found[0][:8]}…{found[0][-4:]}", text)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _small(text: str, quiet: bool = False) -> QLabel:
    """A small label that takes the width there is."""
    label = QLabel(text)
    label.setFont(font(SMALL))
    label.setWordWrap(True)
    label.setObjectName("quiet" if quiet else "")
    return label
