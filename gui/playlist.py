"""A list of videos that are played one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal


@dataclass
class Entry:
    """One video. problem: why it cannot be played, empty as far as is known."""

    path: Path
    problem: str = ""


class Playlist(QObject):
    """entries: in their order. index: the one that plays, -1 for none. changed: anything of it."""

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self.index = -1

    def fill(self, paths: Sequence[Path]) -> None:
        """Another list."""
        self.entries, self.index = [Entry(path) for path in paths], -1
        self.changed.emit()

    def choose(self, index: int) -> None:
        """That one plays now."""
        self.index = index
        self.changed.emit()

    def report(self, index: int, problem: str) -> None:
        """What is wrong with one of them; empty for nothing."""
        if self.entries[index].problem != problem:
            self.entries[index].problem = problem
            self.changed.emit()

    def beside(self, step: int) -> int | None:
        """The next (1) or previous (-1) one that can be played; None at the end."""
        rest = range(self.index + step, len(self.entries) if step > 0 else -1, step)
        return next((index for index in rest if not self.entries[index].problem), None)
