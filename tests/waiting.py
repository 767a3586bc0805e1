"""Waiting for what must come true, in tests with threads: by the condition itself, never by a guessed time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

PATIENCE = 30.0
"""Seconds after which a test that waits in vain fails; no test that passes comes near them."""
MOMENT = 0.05
"""Seconds given to what must *not* happen. Only a defect can be missed when it is too short, nothing fails by it."""


def until(condition: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Return as soon as `condition` holds; AssertionError when it never does."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.005)


def never(condition: Callable[[], object], seconds: float = MOMENT) -> None:
    """AssertionError when `condition` comes true within a moment."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert not condition(), "what must not happen has happened"
        time.sleep(0.005)


def threads_of_the_program() -> list[str]:
    """Names of the threads that dehazer itself started and that still run."""
    return [t.name for t in threading.enumerate() if t.name.startswith("dehazer-")]


class FakeClock:
    """Seconds that pass only when a test says so; in place of `time.monotonic`."""

    def __init__(self, now: float = 50.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        """Let so much time pass."""
        self.now += seconds


class InThread:
    """Runs one callable in a thread; a context manager that joins it. done: set when it has returned or raised."""

    def __init__(self, work: Callable[[], object]) -> None:
        self.done = threading.Event()
        self.result: object = None
        self.error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, args=(work,), daemon=True)

    def _run(self, work: Callable[[], object]) -> None:
        try:
            self.result = work()
        except BaseException as error:  # noqa: BLE001  kept for the test
            self.error = error
        self.done.set()

    def __enter__(self) -> InThread:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive(), "the thread did not end"
