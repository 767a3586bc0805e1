"""Progress, pause and cancellation of one running export."""

from __future__ import annotations

import threading
from collections.abc import Callable

from dehazer.errors import Cancelled

Report = Callable[[float, str], None]


def _silent(fraction: float, sentence: str) -> None:
    """Say nothing."""


class ExportControl:
    """What an export calls between two pieces of work, and others call to steer it. Safe from any thread.

    report: called with the share of the work that is done, 0 to 1, and a sentence on what is being done.
    """

    def __init__(self, report: Report = _silent) -> None:
        self._report = report
        self._go = threading.Event()
        self._go.set()
        self._cancelled = False
        self._low, self._high = 0.0, 1.0
        self._sentence = ""

    def pause(self) -> None:
        """Hold the work at its next step."""
        self._go.clear()

    def resume(self) -> None:
        """Let it go on."""
        self._go.set()

    def cancel(self) -> None:
        """Let the next step raise Cancelled."""
        self._cancelled = True
        self._go.set()

    def part(self, low: float, high: float, sentence: str) -> None:
        """What follows is the work from `low` to `high` of the whole."""
        self._low, self._high, self._sentence = low, high, sentence
        self.step(0.0)

    def step(self, fraction: float) -> None:
        """A share of this part is done. Blocks while paused; raises Cancelled."""
        self._go.wait()
        if self._cancelled:
            raise Cancelled("The export was cancelled; nothing was kept.")
        done = self._low + min(1.0, max(0.0, fraction)) * (self._high - self._low)
        self._report(done, self._sentence)

    def within(self, low: float, high: float) -> ExportControl:
        """A control for work that is a part of this one's, steered by this one."""
        def report(fraction: float, sentence: str) -> None:
            self._sentence = sentence
            self.step(low + fraction * (high - low))

        return ExportControl(report)
