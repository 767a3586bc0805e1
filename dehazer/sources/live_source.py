"""What live sources share: they can rest, they can be interrupted while FFmpeg waits, they count what was lost."""

from __future__ import annotations

import threading

from dehazer.errors import UsageError
from dehazer.sources.base import Source
from dehazer.sources.interrupt import Interrupt


class LiveSource(Source):
    """A source with its own pace. `close` ends a waiting iteration within a fraction of a second.

    lost: pictures that arrived but could not be decoded. interrupt: shared with whoever may want to end the waiting
    before this object exists.
    """

    def __init__(self, interrupt: Interrupt | None = None) -> None:
        self.interrupt = interrupt or Interrupt()
        self.lost = 0
        self._resting = threading.Event()
        self._awake = threading.Event()
        self._awake.set()

    def rest(self) -> None:
        """Keep the connection but give no more frames, at next to no cost."""
        self._resting.set()
        self._awake.clear()

    def wake(self) -> None:
        """Give frames again, the newest first."""
        self._resting.clear()
        self._awake.set()

    def step(self) -> None:
        """One more frame while resting; raises UsageError where frames come when they want."""
        raise UsageError(f"{self.info.name} is live; only a file can be stepped through.")

    @property
    def resting(self) -> bool:
        """Whether `rest` was asked for."""
        return self._resting.is_set()

    def end(self) -> None:
        """Make the iteration end soon; returns at once. Whoever iterates still has to `close`."""
        self.interrupt.set()
        self._awake.set()

    def close(self) -> None:
        self.end()
