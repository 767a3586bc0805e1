"""The menu of the review room: everything that has no button of its own, and what was opened before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QMenu

from gui.action import Action
from gui.review.library_controller import LibraryController
from gui.review.review_settings import ReviewSettings
from gui.theme import theme
from gui.widgets.menu import add_action, add_submenu


class ReviewMenu(QObject):
    """Fills the menu whenever it is opened."""

    def __init__(self, menu: QMenu, actions: Mapping[str, Action[Any]], *, run: Callable[[str], None],
                 library: LibraryController, settings: ReviewSettings) -> None:
        super().__init__()
        self._actions, self._run, self._library, self._settings = actions, run, library, settings
        menu.aboutToShow.connect(lambda: self._fill(menu))

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        self._add(menu, "open")
        self._fill_recent(add_submenu(menu, self.tr("Opened before")))
        self._add(menu, "names")
        menu.addSeparator()
        self._add(menu, "foggiest", "clearest", "next_foggy", "next_change")
        menu.addSeparator()
        self._add(menu, "contact_sheet", "verify", "clear_marks", "loupe", "zoom_in", "zoom_out", "zoom_fit", "alone")
        menu.addSeparator()
        self._add(menu, "keys", "close")

    def _add(self, menu: QMenu, *names: str) -> None:
        for name in names:
            action = self._actions[name]
            added = add_action(menu, f"{action.text}\t{action.key}", lambda name=name: self._run(name))  # type: ignore[misc]
            if action.icon:
                added.setIcon(theme.icon(action.icon))

    def _fill_recent(self, menu: QMenu) -> None:
        for paths in self._settings.recent:
            text = ", ".join(str(path) for path in paths)
            add_action(menu, text, lambda paths=paths: self._library.open(paths))  # type: ignore[misc]
        menu.setEnabled(bool(self._settings.recent))
