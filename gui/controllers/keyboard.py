"""The keys of the window: a shortcut for every action, and the one key that counts while it is held."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PyQt6.QtWidgets import QWidget

from gui.action import Action
from gui.widgets.picture import PictureView


class KeyboardController:
    """Runs actions by key, and shows the original while the backslash is held.

    parent: anything in the window; shortcuts count in the whole window. areas: where local shortcuts count.
    views: the pictures that show the original meanwhile, as they are now.
    """

    def __init__(self, actions: Iterable[Action[Any]], run: Callable[[str], None], areas: Sequence[QWidget],
                 views: Callable[[], Iterable[PictureView]], parent: QWidget) -> None:
        self._run, self._views, self._areas, self._parent = run, views, areas, parent
        for action in actions:
            for key in () if action.name == "peek" else action.keys:  # peek is held, not pressed: see press
                self._add(key, action.name, action.local and not (len(key) == 1 and key.isalpha()))

    def _add(self, key: str, name: str, is_local: bool) -> None:
        for widget in self._areas if is_local else (self._parent,):
            shortcut = QShortcut(QKeySequence(key), widget)
            if is_local:
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda: self._run(name))

    def press(self, event: QKeyEvent | None) -> bool:
        """A key that is no shortcut went down; returns whether it was used."""
        if _is_peek(event):
            self._peek(True)
        elif event is not None and event.text() == "?":
            self._run("keys")  # on many keyboards this needs Shift, which a shortcut would have to know
        else:
            return False
        return True

    def release(self, event: QKeyEvent | None) -> bool:
        """A key came up; returns whether it was used."""
        if _is_peek(event):
            self._peek(False)
            return True
        return False

    def release_all(self) -> None:
        """The window is no longer active: keys held now come up in another one."""
        self._peek(False)

    def _peek(self, on: bool) -> None:
        for view in self._views():
            view.set_peeking(on)


def _is_peek(event: QKeyEvent | None) -> bool:
    return event is not None and event.key() == Qt.Key.Key_Backslash and not event.isAutoRepeat()
