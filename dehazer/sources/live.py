"""What live sources share: they can rest, they can be interrupted while FFmpeg waits, they count what was lost."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import av.container.core

from dehazer.errors import UsageError
from dehazer.sources.base import Source
from dehazer.sources.request import RequestKind, SourceRequest

_here = threading.local()


class Interrupt:
    """A way to end FFmpeg's waiting from another thread: `with interrupt.watching(): av.open(…)` ends soon after `set`."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def set(self) -> None:
        """Stop waiting, now and for ever."""
        self._event.set()

    @property
    def is_set(self) -> bool:
        """Whether somebody wants the waiting to end."""
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Sleep for `seconds`, less if interrupted; returns whether it was."""
        return self._event.wait(seconds)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """What FFmpeg does in this thread inside the block ends when `set` is called."""
        before = getattr(_here, "interrupt", None)
        _here.interrupt = self
        try:
            yield
        finally:
            _here.interrupt = before


class _Clock:
    """Stands in for the `time` module inside PyAV's own interrupt callback.

    FFmpeg asks that callback ten times a second whether to go on; PyAV answers by comparing time.monotonic() with its
    deadline and offers no other way to say no. For an interrupted thread it is simply too late, always.
    """

    @staticmethod
    def monotonic() -> float:
        interrupt: Interrupt | None = getattr(_here, "interrupt", None)
        return math.inf if interrupt is not None and interrupt.is_set else time.monotonic()


av.container.core.time = _Clock()  # type: ignore[attr-defined]


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


def _camera(request: SourceRequest, interrupt: Interrupt) -> LiveSource:
    from dehazer.sources.camera import open_camera

    return open_camera(request, interrupt)


def _stream(request: SourceRequest, interrupt: Interrupt) -> LiveSource:
    from dehazer.sources.stream import StreamSource

    return StreamSource(request, interrupt)


def _file(request: SourceRequest, interrupt: Interrupt) -> LiveSource:
    from dehazer.sources.paced import PacedSource

    return PacedSource(request, interrupt)


LiveOpener = Callable[[SourceRequest, Interrupt], LiveSource]
LIVE_SOURCES: dict[RequestKind, LiveOpener] = {"camera": _camera, "url": _stream, "file": _file}


def open_live(request: SourceRequest, interrupt: Interrupt | None = None) -> LiveSource:
    """Open what is asked for. Blocks until connected, `request.deadline` has passed, or `interrupt` is set.

    Raises LinkError where trying again may help; AccessError, InputError, UsageError where it will not.
    """
    return LIVE_SOURCES[request.kind](request, interrupt or Interrupt())
