"""Entries of menus."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QMenu


def add_action(menu: QMenu, text: str, handler: Callable[[], object], checked: bool | None = None) -> QAction:
    """One more entry of a menu. checked: None for one that is not switched."""
    action = menu.addAction(text)
    assert action is not None
    action.triggered.connect(lambda _checked: handler())
    if checked is not None:
        action.setCheckable(True)
        action.setChecked(checked)
    return action


def add_submenu(menu: QMenu, text: str) -> QMenu:
    """One more menu inside a menu."""
    submenu = menu.addMenu(text)
    assert submenu is not None
    return submenu
