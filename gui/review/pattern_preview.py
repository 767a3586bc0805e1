"""What name patterns read in the names of a library's recordings, as a table that follows every key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from dehazer import UsageError
from dehazer.review import NamePattern, NameReading, read_name
from gui.review.time_ticks import zone_name
from gui.theme import theme

EXAMPLES = 200
"""Names that are tried."""


@dataclass(frozen=True)
class PatternText:
    """What a text of one pattern per line means. errors: a sentence for each line that is no pattern."""

    patterns: tuple[NamePattern, ...]
    errors: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> PatternText:
        """Empty lines do not count."""
        patterns, errors = list[NamePattern](), list[str]()
        for line in filter(None, map(str.strip, text.splitlines())):
            try:
                patterns.append(NamePattern(line))
            except UsageError as error:
                errors.append(str(error))
        return cls(tuple(patterns), tuple(errors))


def first_reading(path: Path, patterns: Sequence[NamePattern]) -> NameReading | None:
    """What the first pattern that fits reads."""
    return next((reading for pattern in patterns if (reading := pattern.read(path)) is not None), None)


class PatternPreview(QTableWidget):
    """One row for each name: its camera and time. What is known without a pattern is quiet; a dash stands for nothing.

    fitting, understood: names with a time, by the patterns and by what is known without any.
    """

    def __init__(self, paths: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(min(len(paths), EXAMPLES), 3, parent)
        self.paths = tuple(paths)[:EXAMPLES]
        self.fitting = self.understood = 0
        self.setHorizontalHeaderLabels([self.tr("Name"), self.tr("Camera"), self.tr("Time")])
        self.setAccessibleName(self.tr("What the patterns read"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        if rows is not None and columns is not None:
            rows.hide()
            rows.setDefaultSectionSize(26)
            columns.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
            columns.resizeSection(1, 150)
            columns.resizeSection(2, 200)
            columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for row, path in enumerate(self.paths):
            for column in range(3):
                self.setItem(row, column, QTableWidgetItem())
            self._cell(row, 0).setText("/".join(path.parts[-3:]))
            self._cell(row, 0).setToolTip(str(path))

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        item = self.item(row, column)
        assert item is not None
        return item

    def show_readings(self, patterns: Sequence[NamePattern], zone: tzinfo) -> None:
        """Try patterns on all names. zone: of times without one."""
        self.fitting = self.understood = 0
        for row, path in enumerate(self.paths):
            own = first_reading(path, patterns)
            reading = own or read_name(path)
            self.fitting += own is not None and own.when is not None
            self.understood += reading.when is not None
            for column, text in ((1, reading.camera), (2, _time_text(reading.when, zone))):
                self._cell(row, column).setText(text or "–")
                self._cell(row, column).setForeground(theme.color("text" if own is not None else "quiet"))


def _time_text(when: datetime | None, zone: tzinfo) -> str | None:
    if when is None:
        return None
    known = when if when.tzinfo is not None else when.replace(tzinfo=zone)
    local = known.astimezone(zone)
    return f"{local:%Y-%m-%d %H:%M:%S} {zone_name(local.timestamp(), zone)}"
