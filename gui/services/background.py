"""Work that takes time: a plain callable runs in a thread, its result comes back in the main thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PyQt6.QtCore import QObject, pyqtSignal

from dehazer import Cancelled

OnResult = Callable[[Any], None]
OnError = Callable[[BaseException], None]


class Background(QObject):
    """Runs callables outside the main thread. One place shows errors: `failed`, unless the caller takes them itself.

    A Cancelled shows nothing. Threads are daemons with a name; `close` joins them.
    """

    failed = pyqtSignal(object)
    _finished = pyqtSignal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads: list[threading.Thread] = []
        self._closed = False
        self._finished.connect(self._deliver)

    def run(self, work: Callable[[], Any], on_result: OnResult | None = None, on_error: OnError | None = None,
            name: str = "work") -> None:
        """Run `work`; its result goes to `on_result`, its error to `on_error`, both in the main thread."""
        thread = threading.Thread(target=self._work, args=(work, on_result, on_error), name=f"gui-{name}", daemon=True)
        self._threads = [t for t in self._threads if t.is_alive()] + [thread]
        thread.start()

    def _work(self, work: Callable[[], Any], on_result: OnResult | None, on_error: OnError | None) -> None:
        try:
            result = work()
        except BaseException as error:  # noqa: BLE001  top of a thread: handed to the main thread
            self._send(on_error or self.failed.emit, error)
        else:
            self._send(on_result, result)

    def _send(self, receiver: Callable[[Any], None] | None, value: object) -> None:
        if not self._closed:
            self._finished.emit(receiver, value)

    def _deliver(self, receiver: Callable[[Any], None] | None, value: object) -> None:
        if receiver is not None and not self._closed and not isinstance(value, Cancelled):
            receiver(value)

    def close(self, timeout: float = 1.0) -> bool:
        """Deliver nothing any more and wait up to `timeout` seconds for each thread; returns whether all have ended."""
        self._closed = True
        for thread in self._threads:
            thread.join(timeout)
        return not any(t.is_alive() for t in self._threads)
