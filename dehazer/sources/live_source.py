"""What live sources share: they can pause, they can be interrupted while FFmpeg waits, they count what was lost."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from dehazer.errors import UsageError
from dehazer.sources.base import Source
from dehazer.sources.interrupt import Interrupt

if TYPE_CHECKING:
    from dehazer.files.packet_tap import PacketTap


class LiveSource(Source):
    """A source with its own pace. `close` ends a waiting iteration within a fraction of a second.

    lost: pictures that arrived but could not be decoded. interrupt: shared with the caller, who may end the waiting
    before this object exists.

    tap: called with each packet as it comes, paused or not, in a thread of the source; set it before the first frame is taken.
    It is called only where the source is `copyable`. skip_late: packets that wait for a slow decoder are left out, up to the next
    key frame; else the reading waits.
    """

    tap: PacketTap | None = None
    skip_late = False

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

    def step(self, count: int = 1, base: int | None = None) -> int:
        """So many frames on (or back, where negative) while paused; steps that are asked for before one was made add up.

        base: pts of the frame they count from; None for the one given last. Returns the number of this request, which its frame
        and all behind it carry. Raises UsageError for a live source.
        """
        raise UsageError(f"{self.info.name} is live; only a file can be stepped through.")

    def move_to(self, seconds: float, exact: bool = True) -> int:
        """As `seek`, or `seek_key` where not exact, also while paused; returns the number of this request, which its
        frame and all behind it carry. Raises UsageError for a live source."""
        raise UsageError(f"{self.info.name} is live; only a file can be searched.")

    @property
    def overtaken(self) -> int:
        """Packets left out because the decoder was too slow."""
        return 0

    @property
    def copyable(self) -> bool:
        """Whether `tap` is given packets that can be kept as they are."""
        return False

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
