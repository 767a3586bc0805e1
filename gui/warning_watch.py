"""Warnings of the core, such as another way to compute that had to be taken: each is said once, and kept to be read again."""

from __future__ import annotations

import re
from collections.abc import Callable
from weakref import WeakKeyDictionary

from PyQt6.QtCore import QObject, pyqtSignal

from dehazer import SessionSnapshot
from gui.camera import Camera

MOST = 200
"""Sentences that are remembered; the oldest is forgotten first."""


class WarningWatch(QObject):
    """`check` takes the numbers of a camera. warned: (camera, sentence), once for each sentence of a camera, whatever
    numbers are in it: "3 pictures …" and "4 pictures …" are one.
    """

    warned = pyqtSignal(object, str)

    def __init__(self, engine_warnings: Callable[[], tuple[str, ...]]) -> None:
        """engine_warnings: those of the engine that all cameras share, said once for all of them."""
        super().__init__()
        self._engine_warnings = engine_warnings
        self._known: WeakKeyDictionary[Camera, dict[str, None]] = WeakKeyDictionary()
        self._everywhere: dict[str, None] = {}

    def check(self, camera: Camera, now: SessionSnapshot) -> None:
        """Look at the numbers of a camera."""
        own, shared = self._known.setdefault(camera, {}), self._engine_warnings()
        for sentence in now.warnings:
            if _note(self._everywhere if sentence in shared else own, sentence):
                self.warned.emit(camera, sentence)


def _note(known: dict[str, None], sentence: str) -> bool:
    """Remember a sentence; returns whether it is new."""
    kind = re.sub(r"\d+", "", sentence)
    if kind in known:
        return False
    if len(known) >= MOST:
        del known[next(iter(known))]
    known[kind] = None
    return True
