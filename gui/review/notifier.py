"""Calls from any thread, heard in the main thread: at most one is ever pending."""

from __future__ import annotations

import threading

from PyQt6.QtCore import QObject, Qt, pyqtSignal


class Notifier(QObject):
    """notify: from any thread, as `on_change` of the core's parts. changed: in the main thread, once for all calls since."""

    changed = pyqtSignal()
    _called = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pending, self._closed = False, False
        self._lock = threading.Lock()
        self._called.connect(self._deliver, Qt.ConnectionType.QueuedConnection)  # type: ignore[call-arg]  # PyQt's stub lacks it

    def notify(self) -> None:
        """Something changed."""
        with self._lock:
            if self._pending or self._closed:
                return
            self._pending = True
        self._called.emit()

    def _deliver(self) -> None:
        with self._lock:
            self._pending = False
            if self._closed:
                return
        self.changed.emit()

    def close(self) -> None:
        """Deliver nothing any more."""
        with self._lock:
            self._closed = True
