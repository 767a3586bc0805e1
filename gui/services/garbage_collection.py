"""Python's garbage collection in the main thread, between two events, and nowhere else.

By itself Python looks for circles of objects in whichever thread happens to make the next object, and also in the middle of a
painting. Qt's objects belong to the main thread: taken apart by another one, or while they paint, they end the program (seen as
a segmentation fault inside sip at start, and as a tile without its camera in its own paintEvent).
"""

from __future__ import annotations

import gc
import time

from PyQt6.QtCore import QObject, QTimer

INTERVAL = 1000
"""Milliseconds between two collections."""
LONG = 0.005
"""Seconds of processor time: where a collection took longer, what survived it is left out of the next ones."""
WHOLE = 120.0
"""Seconds between two collections that look at everything again, which takes some 50 ms."""


class GarbageCollection(QObject):
    """Collects from its making to `stop`; one at a time. What exists at its beginning, all modules, is looked at every WHOLE
    seconds only, so that the others take a fraction of a millisecond."""

    def __init__(self) -> None:
        super().__init__()
        gc.disable()
        gc.freeze()
        self._whole_at = time.monotonic() + WHOLE
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect)
        self._timer.start(INTERVAL)

    def _collect(self) -> None:
        whole = time.monotonic() >= self._whole_at
        if whole:
            self._whole_at = time.monotonic() + WHOLE
            gc.unfreeze()
        started = time.thread_time()
        gc.collect()
        if whole or time.thread_time() - started > LONG:
            gc.freeze()

    def stop(self) -> None:
        """Leave collecting to Python again; what was set aside stays so."""
        self._timer.stop()
        gc.enable()
