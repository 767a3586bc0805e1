"""The one question that is asked before a window closes while something runs behind it."""

from __future__ import annotations

from PyQt6.QtWidgets import QAbstractButton, QMessageBox, QWidget


class ClosingQuestion:
    """Asks whether to close; Enter and Escape give the safe answer, which is not to."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent
        self._ask = True
        self._close_button: QAbstractButton | None = None

    def agreed(self, title: str, text: str, close: str, stay: str) -> bool:
        """Whether the window may close. close, stay: texts of the buttons. True without a question after `stop_asking`."""
        if not self._ask:
            return True
        box = QMessageBox(QMessageBox.Icon.NoIcon, title, text, QMessageBox.StandardButton.NoButton, self._parent)
        closing = self._close_button = box.addButton(close, QMessageBox.ButtonRole.AcceptRole)
        staying = box.addButton(stay, QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(staying)
        box.setEscapeButton(staying)
        box.exec()
        self._close_button = None
        return box.clickedButton() is closing

    def stop_asking(self) -> bool:
        """Never ask from now on. A question that is open is answered, which closes the window; returns whether one was."""
        self._ask = False
        if self._close_button is None:
            return False
        self._close_button.click()
        return True
