"""The list of keys of the review room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PyQt6.QtWidgets import QWidget

from gui.action import Action
from gui.dialogs.keys import KeysDialog


class HelpController:
    """groups: names of groups of actions, by column."""

    def __init__(self, actions: Mapping[str, Action[Any]], groups: Sequence[Sequence[str]], dialog_parent: QWidget) -> None:
        self._actions, self._groups, self._dialog_parent = actions, groups, dialog_parent

    def show_keys(self) -> None:
        """The list of keys."""
        KeysDialog(self._actions.values(), self._dialog_parent, groups=self._groups).show()
