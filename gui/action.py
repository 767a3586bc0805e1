"""What an action is: name, texts, keys and what it does. The actions themselves stand in `gui.actions`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PyQt6.QtGui import QKeySequence

Targets = TypeVar("Targets")

SOURCE = QT_TRANSLATE_NOOP("actions", "Source")
VIEW = QT_TRANSLATE_NOOP("actions", "View")
PICTURE = QT_TRANSLATE_NOOP("actions", "Picture")
PLAYBACK = QT_TRANSLATE_NOOP("actions", "Playing a file")
WINDOW = QT_TRANSLATE_NOOP("actions", "Window")
REVIEW = QT_TRANSLATE_NOOP("actions", "Playing")
TIME = QT_TRANSLATE_NOOP("actions", "Going to a time")
MARKS = QT_TRANSLATE_NOOP("actions", "Marks and bookmarks")
EXPORT = QT_TRANSLATE_NOOP("actions", "Exports")
ARROWS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}


@dataclass(frozen=True)
class Action(Generic[Targets]):
    """title, group: not yet translated. keys: the first is shown; none: in a menu or behind a button only.

    handler: what is done, with the objects it is done to. icon: in the Material Design set. checkable: keeps a state of its own.
    local: only while the picture has the focus, because buttons and sliders need the key.
    """

    name: str
    title: str
    keys: tuple[str, ...]
    group: str
    handler: Callable[[Targets], object]
    icon: str = ""
    checkable: bool = False
    local: bool = False

    @property
    def text(self) -> str:
        """The title in the user's language."""
        return QCoreApplication.translate("actions", self.title)

    @property
    def group_text(self) -> str:
        """The group in the user's language."""
        return QCoreApplication.translate("actions", self.group)

    @property
    def key(self) -> str:
        """The first key as the system writes it; empty for none."""
        return key_text(self.keys[0]) if self.keys else ""

    @property
    def tip(self) -> str:
        """Title and key, for a tool tip."""
        return f"{self.text}  ({self.key})" if self.keys else self.text


def key_text(key: str) -> str:
    """A key as the system writes it, arrows as arrows."""
    sequence = QKeySequence(key)
    text = sequence.toString(QKeySequence.SequenceFormat.NativeText)
    arrow = ARROWS.get(sequence.toString(QKeySequence.SequenceFormat.PortableText).rpartition("+")[2])
    if arrow is None:
        return text
    modifiers, plus, _ = text.rpartition("+")
    return f"{modifiers}{plus}{arrow}"


def by_group(actions: Iterable[Action[Any]]) -> dict[str, list[Action[Any]]]:
    """Actions that have a key, by group, in the given order."""
    groups: dict[str, list[Action[Any]]] = {}
    for action in actions:
        if action.keys:
            groups.setdefault(action.group, []).append(action)
    return groups
