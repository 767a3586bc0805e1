"""A short message above the lower edge: what was saved where, or why something could not be done. It disappears by itself."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QEvent, QObject, Qt, QTimer
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from gui.theme import GAP, PAD, WIDE

SHORT, LONG = 4000, 9000
"""Milliseconds a message stays; an error stays longer."""


class Notice(QWidget):
    """One line at a time; a newer one takes the place of an older one."""

    def __init__(self, parent: QWidget, reserved: Callable[[], int] = lambda: 0) -> None:
        """reserved: pixels at the lower edge that must stay free, such as those of a seek bar."""
        super().__init__(parent)
        self._reserved, self._number = reserved, 0
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.label, self.button = QLabel(), QPushButton()
        self.label.setWordWrap(True)
        self.button.setObjectName("link")
        self.button.clicked.connect(self._run_action)
        self._action: Callable[[], None] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(PAD, GAP, PAD, GAP)
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return False

    def show_message(self, text: str, *, is_error: bool = False, button: str = "",
                     action: Callable[[], None] | None = None, stays: bool = False) -> int:
        """Show a message, with something to press if given; returns its number. stays: until it is pressed or hidden."""
        self.label.setText(text)
        self.label.setObjectName("error" if is_error else "")
        style = self.label.style()
        assert style is not None
        style.unpolish(self.label)  # anew, for the changed name
        style.polish(self.label)
        self._action = action
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.place()
        self.show()
        self.raise_()
        self._timer.stop()
        if not stays:
            self._timer.start(LONG if is_error else SHORT)
        self._number += 1
        return self._number

    def hide_message(self, number: int) -> None:
        """What the message of that number said does not hold any more; a newer one stays."""
        if number == self._number:
            self._timer.stop()
            self.hide()

    def _run_action(self) -> None:
        self.hide()
        if self._action is not None:
            self._action()

    def place(self) -> None:
        """At the lower edge, in the middle, above what must stay free."""
        room = self.parentWidget()
        if room is None:
            return
        needed = self.label.fontMetrics().horizontalAdvance(self.label.text()) + 2 * PAD + 12
        needed += self.button.sizeHint().width() + GAP if self.button.text() else 0
        width = min(max(200, needed), room.width() - 48)
        beside = self.button.sizeHint().width() + GAP if self.button.text() else 0
        tall = self.label.heightForWidth(width - beside - 2 * PAD)
        height = max(tall, self.button.sizeHint().height() if beside else 0) + 2 * GAP
        self.setGeometry((room.width() - width) // 2, room.height() - height - WIDE - self._reserved(), width, height)
