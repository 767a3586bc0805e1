"""Warnings of the core, such as another way to compute that had to be taken: each is said once, and kept to be read again."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from PyQt6.QtCore import QObject, pyqtSignal

from dehazer import SessionSnapshot
from gui.camera import Camera


class WarningWatch(QObject):
    """`check` takes the numbers of a camera. warned: (camera, sentence), once for each sentence of a camera."""

    warned = pyqtSignal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._known: WeakKeyDictionary[Camera, set[str]] = WeakKeyDictionary()
        self._everywhere: set[str] = set()  # cameras share the engine, and its warnings

    def check(self, camera: Camera, now: SessionSnapshot) -> None:
        """Look at the numbers of a camera."""
        known = self._known.setdefault(camera, set())
        for sentence in now.warnings:
            if sentence not in known and sentence not in self._everywhere:
                self.warned.emit(camera, sentence)
            known.add(sentence)
        self._everywhere.update(now.warnings)
