"""Ctrl+C and the other signals that stop the program."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from dehazer.cli.messages import say
from dehazer.errors import Cancelled

if TYPE_CHECKING:
    from dehazer.sources.interrupt import Interrupt


class Stoppable(Protocol):
    """What a signal stops: a pipeline, or a pool of them. Both calls may come from a signal handler."""

    def cancel(self) -> None:
        """Finish what is in hand, and no more."""

    def abort(self) -> None:
        """End at once."""


class InterruptHandler:
    """Ctrl+C once: the current frame is finished and the file made playable. Twice: what was written is thrown away.

    Once more, or twice before the first frame: the process ends at once. Nothing is ever raised from inside the
    handler, because it may run in the middle of the loading of a native library, which ends the process with an abort.
    """

    def __init__(self) -> None:
        self.count = 0
        self._pipeline: Stoppable | None = None
        self._opening: Interrupt | None = None

    def __call__(self, number: int, frame: object) -> None:
        self.count += 1
        running = self._pipeline
        if self.count > (1 if running is None else 2):
            say("Ended at once.")
            os._exit(Cancelled.exit_code)
        if self._opening is not None:
            self._opening.set()
        if running is None:
            say("", "Stopping before the first frame; press Ctrl+C again to end at once.")
        elif self.count == 1:
            say("", "Stopping after this frame; press Ctrl+C again to throw away what was done.")
            running.cancel()
        else:
            running.abort()

    def check(self) -> None:
        """Raise Cancelled if a stop was asked for."""
        if self.count:
            raise Cancelled("Stopped before the first frame; nothing was written.")

    def opening(self) -> Interrupt:
        """What ends the waiting for an input that says nothing, when a signal comes."""
        from dehazer.sources.interrupt import Interrupt

        self._opening = Interrupt()
        if self.count:
            self._opening.set()
        return self._opening

    @contextmanager
    def stopping(self, pipeline: Stoppable) -> Iterator[None]:
        """Signals stop `pipeline` inside the block. Raises Cancelled if that was asked for before."""
        self._pipeline, self._opening = pipeline, None
        try:
            self.check()
            yield
        finally:
            self._pipeline = None

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Install the handlers, and put the old ones back. What a handler of this class heard before counts here instead."""
        old = {number: signal.signal(number, self) for number in _signals()}
        for before in {handler for handler in old.values() if isinstance(handler, InterruptHandler)}:
            heard, before.count = before.count, 0
            self.count += heard  # no call within the sum, where a signal could be lost
        try:
            yield
        finally:
            for number, handler in old.items():
                signal.signal(number, handler)


def _signals() -> list[signal.Signals]:
    """SIGHUP comes when the terminal closes; nohup has it ignored, and that stays so."""
    wanted = [signal.SIGINT, signal.SIGTERM]
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        wanted.append(signal.SIGHUP)
    return wanted


def ignore_interrupts() -> None:
    """Ignore these signals while the process ends, when Ctrl+C could only interrupt the cleaning up."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
