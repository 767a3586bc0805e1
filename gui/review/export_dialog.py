"""The dialog that asks what is to be exported, of which cameras, with what drawn into it, and where to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dehazer.review import BurnIn, ExportKind
from gui.review import export_texts
from gui.review.dialog_parts import DialogParts
from gui.theme import BASE, CONTROL, GAP, font
from gui.widgets.collapsible import quiet_label
from gui.widgets.controls import DropDown, Switch
from gui.widgets.path_field import PathField

WIDTH = 520


@dataclass(frozen=True)
class ExportOffer:
    """What there is to choose from. cameras: names, with those to begin with in `chosen`. span: what is marked, in words.

    folder: where results go unless another place is chosen. stem: how their names begin.
    """

    cameras: Sequence[str]
    chosen: Sequence[str]
    span: str
    folder: Path
    stem: str


ROWS = 5
"""Cameras up to which the list of them does not scroll."""


class CameraChoice(QScrollArea):
    """A switch for every camera."""

    def __init__(self, offer: ExportOffer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.switches = {camera: Switch(camera) for camera in offer.cameras}
        for camera, switch in self.switches.items():
            switch.setChecked(camera in offer.chosen)
            switch.setFixedHeight(CONTROL)
            column.addWidget(switch)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(CONTROL * min(ROWS, len(self.switches)))

    @property
    def chosen(self) -> tuple[str, ...]:
        """The cameras that are switched on."""
        return tuple(camera for camera, switch in self.switches.items() if switch.isChecked())


class ExportDialog(QDialog):
    """kind, cameras, burn_in, chapters, target: as chosen. wanted: the user wants it so; the dialog stays open until `done`."""

    wanted = pyqtSignal()

    def __init__(self, offer: ExportOffer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer, self._named = offer, False
        self.setWindowTitle(self.tr("Export"))
        self.setMinimumWidth(WIDTH)
        self.parts = DialogParts(self, self.tr("Export"), offer.span, self.tr("Add to the queue"), self.tr("Cancel"))
        self.accept_button, self.error = self.parts.accept, self.parts.error
        self._make_fields()
        self._arrange()
        self._show_kind()

    def _make_fields(self) -> None:
        self.kinds = DropDown(self.tr("What to export"))
        titles = export_texts.KINDS
        self.kinds.fill([(export_texts.text(titles, kind), kind) for kind in titles if kind != "evidence"])
        self.kinds.activated.connect(self._show_kind)
        self.about = quiet_label("")
        self.choice = CameraChoice(self._offer)
        self.clock, self.camera = Switch(self.tr("Draw the time into the pictures")), Switch(self.tr("Draw the camera's name"))
        self.label = Switch(self.tr("Draw “ENHANCED” into dehazed pictures"))
        self.bookmarks = Switch(self.tr("Bookmarks as chapters"))
        for switch in (self.clock, self.camera, self.label, self.bookmarks):
            switch.setChecked(True)
        self.place = PathField()
        self.place.setAccessibleName(self.tr("File or folder to write"))
        self.place.textEdited.connect(self._place_edited)
        self.browse = QPushButton(self.tr("Choose…"))
        self.browse.clicked.connect(self._browse)

    def _arrange(self) -> None:
        column = self.parts.column
        for heading, widgets in ((self.tr("What"), (self.kinds, self.about, self.bookmarks)),
                                 (self.tr("Cameras"), (self.choice,)),
                                 (self.tr("Drawn into the pictures"), (self.clock, self.camera, self.label))):
            column.addSpacing(4)
            column.addWidget(_heading(heading))
            for widget in widgets:
                column.addWidget(widget)
        column.addSpacing(4)
        column.addWidget(_heading(self.tr("Where")))
        column.addLayout(_row(self.place, self.browse, stretch=0))
        self.parts.finish(self.wanted.emit)

    @property
    def kind(self) -> ExportKind:
        """A kind of export, by name."""
        kind: ExportKind = self.kinds.currentData()
        return kind

    @property
    def cameras(self) -> tuple[str, ...]:
        """Names of the chosen cameras."""
        return self.choice.chosen

    @property
    def burn_in(self) -> BurnIn:
        """What is drawn into the pictures; nothing into copied originals."""
        if self.kind == "original":
            return BurnIn(clock=False, camera=False, label=False)
        return BurnIn(clock=self.clock.isChecked(), camera=self.camera.isChecked(), label=self.label.isChecked())

    @property
    def target(self) -> Path:
        """Where the result goes."""
        return Path(self.place.text().strip()).expanduser()

    def _show_kind(self) -> None:
        kind = self.kind
        self.about.setText(export_texts.text(export_texts.ABOUT, kind))
        for switch in (self.clock, self.camera, self.label):
            switch.setEnabled(kind != "original")
        self.bookmarks.setEnabled(kind != "pictures")
        if not self._named:
            suffix = "" if kind == "pictures" else ".mkv" if kind == "original" else ".mp4"
            self.place.setText(str(self._offer.folder / f"{self._offer.stem}_{kind}{suffix}"))

    def _place_edited(self) -> None:
        self._named = True

    def _browse(self) -> None:
        if self.kind == "pictures":
            found = QFileDialog.getExistingDirectory(self, self.tr("Folder for the pictures"), str(self.target.parent))
        else:
            found, _ = QFileDialog.getSaveFileName(self, self.tr("Export to"), str(self.target), "*.mp4 *.mkv *.mov")
        if found:
            self._named = True
            self.place.setText(found)

    def show_error(self, text: str) -> None:
        """Why it cannot be exported like this."""
        self.parts.show_error(text)


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setFont(font(BASE, True))
    return label


def _row(field: QWidget, button: QWidget, stretch: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(GAP)
    row.addWidget(field, 1)
    row.addWidget(button, stretch, Qt.AlignmentFlag.AlignVCenter)
    return row
