"""What live sources share: they can pause, they can be interrupted while FFmpeg waits, they count what was lost."""

from __future__ import annotations

import threading

from dehazer.errors import UsageError
from dehazer.sources.base import Source
from dehazer.sources.interrupt import Interrupt


class LiveSource(Source):
    """A source with its own pace. `close` ends a waiting iteration within a fraction of a second.

    lost: pictures that arrived but could not be decoded. interrupt: shared with the caller, who may end the waiting
    before this object exists. unread: one sentence for each part of the source that is not read.
    """

    unread: tuple[str, ...] = ()

    def __init__(self, interrupt: Interrupt | None = None) -> None:
        self.interrupt = interrupt or Interrupt()
        self.lost = 0
        self._paused = threading.Event()
        self._running = threading.Event()
        self._running.set()

    def pause(self) -> None:
        """Keep the connection but give no more frames, at next to no cost."""
        self._paused.set()
        self._running.clear()

    def resume(self) -> None:
        """Give frames again, the newest first."""
        self._paused.clear()
        self._running.set()

    def step(self) -> None:
        """One more frame while paused; raises UsageError for a live source."""
        raise UsageError(f"{self.info.name} is live; only a file can be stepped through.")

    @property
    def paused(self) -> bool:
        """Whether `pause` was asked for."""
        return self._paused.is_set()

    def end(self) -> None:
        """Make the iteration end soon; returns at once. The iterating thread still has to `close`."""
        self.interrupt.set()
        self._running.set()

    def close(self) -> None:
        self.end()
