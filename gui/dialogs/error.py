"""The dialog for unexpected errors: a sentence and details that can be copied; there is never a second one."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QFontDatabase, QGuiApplication
from PyQt6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from gui.error_report import report, sentence_of
from gui.theme import GAP, LARGE, PAD, WIDE
from gui.view.core_texts import core_text


class ErrorDialog(QDialog):
    """Further errors while it is open are added to its report and counted, never shown one by one."""

    def __init__(self, error: BaseException, circumstances: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Unexpected error"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.count = 1
        self.sentence, self.more = QLabel(core_text(sentence_of(error))), QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sentence.setStyleSheet(f"font-size: {LARGE}px; font-weight: 600;")
        self.more.setObjectName("quiet")
        self.more.setText(self.tr("The other cameras continue. The report below contains no passwords."))
        self.more.setWordWrap(True)
        self.details = QPlainTextEdit(report(error, circumstances))
        self.details.setReadOnly(True)
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.details.setAccessibleName(self.tr("Report"))
        self._arrange()
        self.resize(620, 420)

    def _arrange(self) -> None:
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(WIDE + 4, WIDE + 4, WIDE + 4, WIDE)
        column.setSpacing(PAD)
        column.addWidget(self.sentence)
        column.addWidget(self.more)
        column.addWidget(self.details, 1)
        self.copy_button, close = QPushButton(self.tr("Copy report")), QPushButton(self.tr("Close"))
        self.copy_button.clicked.connect(self.copy)
        close.clicked.connect(self.close)
        close.setDefault(True)
        row.setSpacing(GAP)
        row.addWidget(self.copy_button)
        row.addStretch(1)
        row.addWidget(close)
        column.addLayout(row)

    def add(self, error: BaseException, circumstances: str = "") -> None:
        """One more, while this one is being read."""
        self.count += 1
        text = self.tr("{} more errors since then; all are in the report, which contains no passwords.")
        self.more.setText(text.format(self.count - 1))
        self.details.appendPlainText("\n" + report(error, circumstances))

    def copy(self) -> None:
        """Put the report into the clipboard."""
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(self.details.toPlainText())
            self.copy_button.setText(self.tr("Copied"))
