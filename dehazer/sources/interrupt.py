"""Ending FFmpeg's waiting from another thread."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import av.container.core

_current = threading.local()
_YEAR = 365.25 * 86400
"""Seconds; longer than any deadline."""


class Interrupt:
    """A way to end FFmpeg's waiting from another thread: `with interrupt.watching(): av.open(…)` ends soon after `set`."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def set(self) -> None:
        """Stop waiting, now and for ever."""
        self._event.set()

    @property
    def is_set(self) -> bool:
        """Whether the waiting is to end."""
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Sleep for `seconds`, less if interrupted; returns whether it was."""
        return self._event.wait(seconds)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """FFmpeg calls of this thread inside the block end when `set` is called."""
        before = getattr(_current, "interrupt", None)
        _current.interrupt = self
        _CLOCK.install()
        try:
            yield
        finally:
            _CLOCK.remove()
            _current.interrupt = before


class _InterruptibleClock:
    """Stands in for the `time` module inside PyAV's interrupt callback while any thread is in `Interrupt.watching`.

    FFmpeg asks that callback ten times a second whether to go on; PyAV answers by comparing time.monotonic() with its
    deadline and offers no other way to say no. For an interrupted thread a year passes with every look, so that a deadline has
    passed also where it was set after the interruption; all other threads get the true time. Outside of the blocks PyAV has
    the `time` module itself.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users = 0
        self._years = itertools.count(1)

    def install(self) -> None:
        with self._lock:
            self._users += 1
            av.container.core.time = self  # type: ignore[attr-defined]

    def remove(self) -> None:
        with self._lock:
            self._users -= 1
            if self._users == 0:
                av.container.core.time = time  # type: ignore[attr-defined]

    def monotonic(self) -> float:
        interrupt: Interrupt | None = getattr(_current, "interrupt", None)
        ahead = next(self._years) * _YEAR if interrupt is not None and interrupt.is_set else 0.0
        return time.monotonic() + ahead

    def __getattr__(self, name: str) -> Any:
        return getattr(time, name)


_CLOCK = _InterruptibleClock()
