"""The view modes, in one list. Needs no Qt, so that `--help` names them at once.

A new mode is one entry in VIEW_MODES; a new kind of picture is one entry in `gui.view.images.PICTURES`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Layout = Literal["single", "divided", "side by side"]


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Mark a text for translation, as Qt's macro of this name does."""
    return text


@dataclass(frozen=True)
class ViewMode:
    """name: on the command line. title: on the button, not yet translated. keys: shortcuts.

    layout: how the pictures are placed. pictures: what is shown, from left to right; names of `gui.view.images.PICTURES`.
    """

    name: str
    title: str
    keys: tuple[str, ...]
    layout: Layout
    pictures: tuple[str, ...]


_BOTH = ("original", "dehazed")
_ENTRIES = (
    ViewMode("original", QT_TRANSLATE_NOOP("actions", "Original"), ("1",), "single", ("original",)),
    ViewMode("dehazed", QT_TRANSLATE_NOOP("actions", "Dehazed"), ("2",), "single", ("dehazed",)),
    ViewMode("wipe", QT_TRANSLATE_NOOP("actions", "Wipe"), ("3", "W"), "divided", _BOTH),
    ViewMode("side", QT_TRANSLATE_NOOP("actions", "Side"), ("4",), "side by side", _BOTH),
    ViewMode("difference", QT_TRANSLATE_NOOP("actions", "Difference"), ("5", "D"), "single", ("difference",)),
)
VIEW_MODES: dict[str, ViewMode] = {mode.name: mode for mode in _ENTRIES}
DEFAULT_VIEW = "dehazed"
