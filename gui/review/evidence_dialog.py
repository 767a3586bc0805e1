"""The dialog that asks what an evidence pack says of itself, which cameras it holds, whether it is signed, and where it goes."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from dehazer.review import CaseNotes
from gui.review.dialog_parts import DialogParts
from gui.review.export_dialog import WIDTH, CameraChoice, ExportOffer
from gui.theme import BASE, CONTROL, GAP, font
from gui.widgets.collapsible import quiet_label
from gui.widgets.path_field import PathField


class EvidenceDialog(QDialog):
    """case, cameras, target: as entered. wanted: the user wants it so; the dialog stays open until `done`."""

    wanted = pyqtSignal()

    def __init__(self, offer: ExportOffer, operator: str, key: str, parent: QWidget | None = None) -> None:
        """operator, key: as they were entered last."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Evidence pack"))
        self.setMinimumWidth(WIDTH)
        self.title, self.operator, self.note, self.key = QLineEdit(), QLineEdit(operator), QPlainTextEdit(), PathField(key)
        self.place = PathField(str(offer.folder / f"{offer.stem}_evidence.zip"))
        self.choice = CameraChoice(offer)
        self.parts = DialogParts(self, self.tr("Evidence pack"), offer.span, self.tr("Add to the queue"), self.tr("Cancel"))
        self.accept_button, self.error = self.parts.accept, self.parts.error
        self._set_up()
        self._arrange()

    def _set_up(self) -> None:
        for field, name, hint in ((self.title, self.tr("Case"), self.tr("for example a file number")),
                                  (self.operator, self.tr("Operator"), self.tr("your name")),
                                  (self.key, self.tr("Key to sign with"), self.tr("none: the pack is not signed")),
                                  (self.place, self.tr("File to write"), "")):
            field.setAccessibleName(name)
            field.setPlaceholderText(hint)
        self.note.setAccessibleName(self.tr("Note"))
        self.note.setFixedHeight(64)
        self.note.setTabChangesFocus(True)

    def _arrange(self) -> None:
        column = self.parts.column
        column.addWidget(quiet_label(self.tr(
            "One ZIP file with the original packets, the dehazed films, pairs of snapshots, checksums of everything, all "
            "settings and the log of what was done. dehazer-verify says later whether anything in it was altered.")))
        rows = ((self.tr("Case"), self.title, None), (self.tr("Operator"), self.operator, None),
                (self.tr("Note"), self.note, None), (self.tr("Cameras"), self.choice, None),
                (self.tr("Sign with"), self.key, self._chooser(self._browse_key)),
                (self.tr("Where"), self.place, self._chooser(self._browse)))
        for text, field, button in rows:
            column.addLayout(_labelled(text, field, button))
        self.parts.finish(self.wanted.emit)

    def _chooser(self, handler: object) -> QPushButton:
        button = QPushButton(self.tr("Choose…"))
        button.clicked.connect(handler)  # type: ignore[arg-type]  # a bound method
        return button

    @property
    def cameras(self) -> tuple[str, ...]:
        """Names of the chosen cameras."""
        return self.choice.chosen

    @property
    def target(self) -> Path:
        """Where the pack goes."""
        return Path(self.place.text().strip()).expanduser()

    @property
    def case(self) -> CaseNotes:
        """What the pack says of itself."""
        key = self.key.text().strip()
        return CaseNotes(self.title.text().strip(), self.operator.text().strip(), self.note.toPlainText().strip(),
                         Path(key).expanduser() if key else None)

    def _browse_key(self) -> None:
        found, _ = QFileDialog.getOpenFileName(self, self.tr("Key to sign with"), self.key.text(), "*.pem")
        if found:
            self.key.setText(found)

    def _browse(self) -> None:
        found, _ = QFileDialog.getSaveFileName(self, self.tr("Evidence pack"), str(self.target), "*.zip")
        if found:
            self.place.setText(found)

    def show_error(self, text: str) -> None:
        """Why it cannot be done like this."""
        self.parts.show_error(text)


def _labelled(text: str, field: QWidget, button: QWidget | None) -> QHBoxLayout:
    row, label = QHBoxLayout(), QLabel(text)
    row.setSpacing(GAP)
    label.setFont(font(BASE))
    label.setObjectName("quiet")
    label.setFixedWidth(84)
    label.setBuddy(field)
    label.setFixedHeight(CONTROL + 2)
    row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(field, 1)
    if button is not None:
        row.addWidget(button)
    return row
