"""Threads that end: each runs one callable, keeps the first error of the group, and is joined by its starter."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from dehazer.errors import OutOfMemory
from dehazer.runtime.channel import Closed


class WorkerGroup:
    """A few threads that end together. The first error stops all; `check` raises it again, unchanged."""

    def __init__(self, on_stop: Callable[[], None]) -> None:
        self._on_stop = on_stop
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self.error: BaseException | None = None

    def start(self, name: str, work: Callable[[], None]) -> None:
        """Run `work` in a thread of that name. Raises OutOfMemory where the system gives no more threads."""
        thread = threading.Thread(target=self._run, args=(work,), name=f"dehazer-{name}", daemon=True)
        try:
            thread.start()
        except RuntimeError as error:
            self.stop()
            raise OutOfMemory("The system has no memory for one more thread; close other programs.", str(error)) from error
        self._threads.append(thread)

    def _run(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Closed:
            pass  # another thread ended first; its error, if any, is already kept
        except BaseException as error:  # noqa: BLE001  top of a thread: kept, and raised again by check
            self.stop(error)

    def stop(self, error: BaseException | None = None) -> None:
        """Make every thread end at its next hand-off; the first error given is the one that `check` raises."""
        with self._lock:
            self.error = self.error or error
        self._on_stop()

    def running(self) -> bool:
        """Whether any thread is still at work."""
        return any(t.is_alive() for t in self._threads)

    def wait(self, timeout: float) -> bool:
        """Wait for all, at most `timeout` seconds; returns whether all have ended."""
        deadline = time.monotonic() + timeout
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not self.running()

    def check(self) -> None:
        """Raise the first error of any, unchanged."""
        if self.error is not None:
            raise self.error
