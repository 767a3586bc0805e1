"""How names of files and folders are read: own patterns, tried before the known ones, and the time zone of their times."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dehazer.review import NamePattern
from gui.dialogs.button_row import button_row
from gui.review.pattern_preview import PatternPreview, PatternText
from gui.theme import PAD, TITLE, WIDE, font
from gui.widgets.collapsible import quiet_label
from gui.widgets.controls import DropDown

COLUMNS = 7
"""Buttons with fields in a row."""


class PatternDialog(QDialog):
    """chosen: (tuple of NamePattern, tzinfo). paths: of recordings, to try patterns on. Not modal; closes with Escape."""

    chosen = pyqtSignal(object, object)

    def __init__(self, paths: Sequence[Path], patterns: Sequence[NamePattern], zone: tzinfo,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Names and times of recordings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 560)
        self.text, self.preview = QPlainTextEdit(), PatternPreview(paths)
        self.zones = DropDown(self.tr("Time zone"))
        self.note, self.error, self.use = QLabel(), QLabel(), QPushButton(self.tr("Use"))
        self.text.setPlainText("\n".join(pattern.text for pattern in patterns))
        self._fill_zones(zone)
        self._arrange()
        self.text.textChanged.connect(self._try)
        self.zones.currentTextChanged.connect(self._try)
        self._try()

    def _fill_zones(self, zone: tzinfo) -> None:
        names = sorted(available_timezones() - {"UTC"})
        self._zones: dict[str, tzinfo] = {"UTC": UTC, **{name: ZoneInfo(name) for name in names}}
        name = str(zone) if str(zone) in self._zones else ""
        if not name:
            self._zones[name := str(zone)] = zone
        self.zones.setEditable(True)
        self.zones.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.zones.addItems(list(self._zones))
        self.zones.setCurrentText(name)

    def _arrange(self) -> None:
        title = QLabel(self.tr("Names and times of recordings"))
        title.setFont(font(TITLE, True))
        title.setObjectName("title")
        self.text.setFixedHeight(72)
        self.text.setAccessibleName(self.tr("Patterns, one in a line"))
        self.text.setPlaceholderText("{camera}_{year}{month}{day}_{hour}{minute}{second}")
        self.error.setObjectName("error")
        self.error.setWordWrap(True)
        self.note.setObjectName("quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE + 4, WIDE, WIDE + 4, WIDE)
        column.setSpacing(PAD)
        for part in (title, quiet_label(self.tr(
                "Names of well-known recorders are understood by themselves. For others, write one pattern in a line: fields in "
                "braces, a slash for a folder above, a star for any text. The first pattern that fits is used.")), self.text):
            column.addWidget(part)
        column.addLayout(self._fields())
        column.addWidget(self.error)
        column.addLayout(self._zone_row())
        column.addWidget(self.preview, 1)
        column.addLayout(button_row(self.tr("Cancel"), self.close, self.use, self.accept, note=self.note))

    def _fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(4)
        for number, name in enumerate(NamePattern.field_names()):
            button = QPushButton(f"{{{name}}}")
            button.setObjectName("link")
            button.setAutoDefault(False)
            button.setToolTip(self.tr("Insert this field"))
            button.clicked.connect(lambda _=False, name=name: self.text.insertPlainText(f"{{{name}}}"))
            grid.addWidget(button, number // COLUMNS, number % COLUMNS)
        return grid

    def _zone_row(self) -> QHBoxLayout:
        row, label = QHBoxLayout(), QLabel(self.tr("Time zone of the recordings"))
        label.setBuddy(self.zones)
        row.addWidget(label)
        row.addWidget(self.zones, 1)
        row.addStretch(1)
        return row

    @property
    def zone(self) -> tzinfo | None:
        """The time zone that is chosen; None while its name is not complete."""
        return self._zones.get(self.zones.currentText())

    def _try(self) -> None:
        """Show what is read with what is written now."""
        found, zone = PatternText.of(self.text.toPlainText()), self.zone
        self.preview.show_readings(found.patterns, zone or UTC)
        wrong = [*found.errors, *([self.tr("No time zone has this name; choose one from the list.")] if zone is None else [])]
        self.error.setText("\n".join(wrong))
        self.error.setVisible(bool(wrong))
        self.use.setEnabled(not wrong)
        text = (self.tr("The patterns fit {fitting} of {count} names, {understood} have a time") if found.patterns else
                self.tr("{understood} of {count} names are understood without a pattern"))
        self.note.setText(text.format(fitting=self.preview.fitting, understood=self.preview.understood,
                                      count=len(self.preview.paths)))

    def accept(self) -> None:
        """Use the patterns and the zone from now on."""
        found, zone = PatternText.of(self.text.toPlainText()), self.zone
        if zone is not None and not found.errors:
            self.chosen.emit(found.patterns, zone)
            self.close()
