"""The page of exports: what was asked for, how far it is, and how the checks of every result ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from gui.review.export_row import ExportRow
from gui.theme import GAP, PAD
from gui.widgets.collapsible import quiet_label

if TYPE_CHECKING:
    from dehazer.review import ExportStatus


class ExportsTab(QWidget):
    """action_requested: "export" or "evidence". row_made: a row for a new export, to be connected. rows: by id, newest first."""

    action_requested = pyqtSignal(str)
    row_made = pyqtSignal(object)

    def __init__(self, tips: dict[str, str], parent: QWidget | None = None) -> None:
        """tips: tool tips of the actions "export" and "evidence"."""
        super().__init__(parent)
        self.rows: dict[str, ExportRow] = {}
        self.buttons: dict[str, QPushButton] = {}
        self.empty = quiet_label(self.tr("Nothing was exported yet. Mark a beginning and an end, then export."))
        column = QVBoxLayout(self)
        column.setContentsMargins(PAD, GAP, PAD, PAD)
        column.setSpacing(GAP)
        column.addLayout(self._head(tips))
        column.addWidget(self.empty)
        column.addWidget(self._list(), 1)

    def _head(self, tips: dict[str, str]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for name, text in (("export", self.tr("Export…")), ("evidence", self.tr("Evidence pack…"))):
            button = self.buttons[name] = QPushButton(text)
            button.setToolTip(tips[name])
            button.clicked.connect(lambda _=False, name=name: self.action_requested.emit(name))
            row.addWidget(button, 1)
        self.buttons["export"].setObjectName("primary")
        return row

    def _list(self) -> QScrollArea:
        area, inside = QScrollArea(), QWidget()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside.setObjectName("scrolled")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._column.addStretch(1)
        area.setWidget(inside)
        return area

    def show_exports(self, exports: Sequence[ExportStatus]) -> None:
        """How the queue stands, the newest on top."""
        known = {status.id for status in exports}
        for id in [id for id in self.rows if id not in known]:
            row = self.rows.pop(id)
            row.setParent(None)
            row.deleteLater()
        for status in exports:
            if status.id in self.rows:
                if self.rows[status.id].status != status:
                    self.rows[status.id].show_status(status)
                continue
            row = self.rows[status.id] = ExportRow(status)
            self._column.insertWidget(0, row)
            self.row_made.emit(row)
        self.empty.setVisible(not exports)
