"""What stands over the faded last picture when there is none: one sentence, what is being done, one button."""

from __future__ import annotations

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.theme import BASE, GAP, LARGE, WIDE, font, theme
from gui.widgets.state_mark import role_of

WIDTH = 440
_ICONS = {"reconnecting": "lan-disconnect", "trying": "lan-disconnect", "failed": "alert-outline", "connecting": "lan-connect",
          "over": "stop-circle-outline"}


class FaultCard(QWidget):
    """A card over the last picture. change_clicked: another address or camera is to be tried."""

    action_clicked, change_clicked, details_clicked = pyqtSignal(), pyqtSignal(), pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.kind = ""
        self.icon, self.sentence, self.doing, self.age = QLabel(), QLabel(), QLabel(), QLabel()
        self.button, self.change, self.details = QPushButton(), QPushButton(self.tr("Change…")), QPushButton(self.tr("Details"))
        self.change.setToolTip(self.tr("Correct the address, or choose another source"))
        self._set_styles()
        self._arrange()
        self.button.clicked.connect(self.action_clicked)
        self.change.clicked.connect(self.change_clicked)
        self.details.clicked.connect(self.details_clicked)
        theme.changed.connect(self._draw_icon)

    def _set_styles(self) -> None:
        self.sentence.setFont(font(LARGE, True))
        self.sentence.setStyleSheet(f"font-size: {LARGE}px; font-weight: 600;")
        self.doing.setFont(font(BASE))
        self.age.setObjectName("quiet")
        self.button.setObjectName("primary")
        for button in (self.change, self.details):
            button.setObjectName("link")
        for label in (self.sentence, self.doing, self.age):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _arrange(self) -> None:
        column, row, buttons = QVBoxLayout(), QHBoxLayout(self), QHBoxLayout()
        for label in (self.sentence, self.doing, self.age):
            column.addWidget(label)
        for button in (self.button, self.change, self.details):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addSpacing(GAP)
        column.addLayout(buttons)
        column.setSpacing(GAP)
        row.setContentsMargins(24, 20, 24, 20)
        row.setSpacing(WIDE)
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    def show_fault(self, kind: str, sentence: str, *, doing: str = "", age: str = "", button: str = "",
                   change: bool = False, details: bool = False, original: str = "") -> None:
        """kind: the state, a name in `DISPLAYS`. Empty texts are left out. original: the sentence in English, a tool tip."""
        if kind != self.kind:
            self.kind = kind
            self._draw_icon()
        for label, text in ((self.sentence, sentence), (self.doing, doing), (self.age, age)):
            if label.text() != text:
                label.setText(text)
            label.setVisible(bool(text))
        self.sentence.setToolTip(original if original != sentence else "")
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.change.setVisible(change)
        self.details.setVisible(details)
        self.setAccessibleName(f"{sentence} {doing}".strip())

    def _draw_icon(self) -> None:
        if self.kind:
            icon = theme.icon(_ICONS.get(self.kind, "alert-outline"), role_of(self.kind))
            self.icon.setPixmap(icon.pixmap(QSize(28, 28), self.devicePixelRatioF()))

    def place(self, room: QSize) -> None:
        """Sit in the middle of a room."""
        width = min(WIDTH, max(200, room.width() - 32))
        self.setFixedWidth(width)
        for label in (self.sentence, self.doing, self.age):
            label.ensurePolished()  # the style decides how high the text is
        layout = self.layout()
        assert layout is not None
        layout.invalidate()
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        self.setGeometry((room.width() - width) // 2, max(8, (room.height() - height) // 2), width, height)
