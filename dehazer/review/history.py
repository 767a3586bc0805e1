"""Undo and redo over immutable states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

State = TypeVar("State")
DEPTH = 200
"""Changes that can be taken back at most; older ones are forgotten."""


@dataclass(frozen=True)
class Change(Generic[State]):
    """One step: what was done, in words for a menu, and the states on both sides of it."""

    title: str
    before: State
    after: State


class History(Generic[State]):
    """The present state and how it came about. Not thread-safe; its owner locks.

    A state is never changed, only replaced, so that going back is exact.
    """

    def __init__(self, present: State) -> None:
        self.present = present
        self._done: list[Change[State]] = []
        self._undone: list[Change[State]] = []

    def record(self, title: str, after: State) -> None:
        """A new present; what was taken back before can no longer be done again."""
        self._done = [*self._done[-DEPTH + 1:], Change(title, self.present, after)]
        self._undone.clear()
        self.present = after

    @property
    def undo_title(self) -> str | None:
        """What `undo` would take back; None where there is nothing."""
        return self._done[-1].title if self._done else None

    @property
    def redo_title(self) -> str | None:
        """What `redo` would do again; None where there is nothing."""
        return self._undone[-1].title if self._undone else None

    def undo(self) -> str | None:
        """Take the last change back; returns its title, None where there is nothing."""
        if not self._done:
            return None
        change = self._done.pop()
        self._undone.append(change)
        self.present = change.before
        return change.title

    def redo(self) -> str | None:
        """Do again what was taken back last; returns its title, None where there is nothing."""
        if not self._undone:
            return None
        change = self._undone.pop()
        self._done.append(change)
        self.present = change.after
        return change.title
