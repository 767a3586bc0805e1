"""The keys of the window: a shortcut for every command, and the one key that counts while it is held."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PyQt6.QtWidgets import QWidget

from gui.commands import COMMANDS
from gui.parts import Parts


class Keyboard:
    """Turns keys struck in a window into commands, and shows the original while the backslash is held."""

    def __init__(self, window: QWidget, parts: Parts, do: Callable[[str], None]) -> None:
        self._parts, self._do = parts, do
        for command in COMMANDS.values():
            for key in () if command.name == "peek" else command.keys:  # peek is held, not struck: see press
                local = command.local and not (len(key) == 1 and key.isalpha())
                shortcut = QShortcut(QKeySequence(key), parts.page.view if local else window)
                if local:
                    shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                shortcut.activated.connect(lambda name=command.name: do(name))

    def press(self, event: QKeyEvent | None) -> bool:
        """A key went down that is no shortcut; returns whether it meant something."""
        if _is_peek(event):
            self._peek(True)
        elif event is not None and event.text() == "?":
            self._do("keys")  # on many keyboards this needs Shift, which a shortcut would have to know
        else:
            return False
        return True

    def release(self, event: QKeyEvent | None) -> bool:
        """A key came up; returns whether it meant something."""
        if _is_peek(event):
            self._peek(False)
            return True
        return False

    def forget(self) -> None:
        """What is held now will be let go elsewhere."""
        self._peek(False)

    def _peek(self, on: bool) -> None:
        for view in (self._parts.page.view, *self._parts.grid.tiles):
            view.set_peeking(on)


def _is_peek(event: QKeyEvent | None) -> bool:
    return event is not None and event.key() == Qt.Key.Key_Backslash and not event.isAutoRepeat()
