"""A source that reconnects: opens what is asked for, and opens it again when the connection is lost, until it is closed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dehazer.errors import LinkError, UsageError
from dehazer.frames.frame import PIXEL_FORMATS, Frame, VideoInfo
from dehazer.live.state import StateKind
from dehazer.redact import module_logger
from dehazer.runtime.backoff import Backoff
from dehazer.runtime.memory import free_closed_media
from dehazer.runtime.stats import Rate
from dehazer.sources import open_live
from dehazer.sources.base import Source
from dehazer.sources.interrupt import Interrupt
from dehazer.sources.live_source import LiveSource
from dehazer.sources.request import SourceRequest

if TYPE_CHECKING:
    from dehazer.files.packet_tap import PacketTap

log = module_logger(__name__)

StateReport = Callable[[StateKind, str, int, float | None], None]
"""Called with (kind, sentence, attempt, seconds until the next try or None) at every change."""

Opener = Callable[[SourceRequest, Interrupt], LiveSource]

HEALTHY = 5.0
"""Seconds a connection must have lasted before the next failure starts again with the shortest wait."""


def _nothing(_frame: Frame) -> None:
    return


class ReconnectingSource(Source):
    """The frames of a live source over all its connections. Ends when closed, or when a file has been played.

    Raises what trying again cannot solve (AccessError, a missing file, …); after a LinkError it tries again without
    limit. `info` holds zero size until the first connection. captured: frames that came so far. keep: give only every n-th of
    them, but all requested ones while paused; skipped: how many were left out. on_frame: called with every frame that came, in
    the thread that captures. tap: given the packets of `copyable` sources (see LiveSource); set it before the iteration begins.
    skip_late: likewise. must_begin: a source that cannot be reached at first is not tried again.
    """

    def __init__(self, request: SourceRequest, report: StateReport, backoff: Backoff | None = None,
                 opener: Opener = open_live, clock: Callable[[], float] = time.monotonic) -> None:
        self.request, self._report, self._open, self._clock = request, report, opener, clock
        self._backoff = backoff or Backoff()
        self._interrupt, self._connecting = Interrupt(), Interrupt()
        self._lock = threading.Lock()
        self._current: LiveSource | None = None
        self._paused = False
        self._lost = self._overtaken = 0
        self._rate = Rate(clock=clock)
        self.captured = self.skipped = self._request = 0
        self.keep = 1
        self.on_frame: Callable[[Frame], None] = _nothing
        self.tap: PacketTap | None = None
        self.skip_late, self.must_begin = True, False
        self.info = VideoInfo(0, 0, PIXEL_FORMATS["yuv420p"], live=True, name=request.name)

    def __iter__(self) -> Iterator[Frame]:
        self._report("opening", f"Connecting to {self.request.name}…", 0, None)
        while not self._interrupt.is_set:
            try:
                yield from self._connection()
            except LinkError as error:
                if self.must_begin and not self.captured:
                    raise
                if not self._wait(str(error)):
                    return
            else:
                return

    def _connection(self) -> Iterator[Frame]:
        """The frames of one connection; ends with a file, or when closed."""
        source = self._open(self.request, self._new_interrupt())
        source.tap, source.skip_late = self.tap, self.skip_late
        self._set_current(source)
        log.info("Connected to %s: %s", self.request.name, self.info.summary)
        began: float | None = None
        try:
            for frame in source:
                now = self._clock()
                began = self._report_first_frame() if began is None else began
                if self._backoff.attempt and now - began > HEALTHY:
                    self._backoff.reset()
                self.captured += 1
                self.on_frame(frame)
                with self._lock:
                    self._rate.tick()
                if self.captured % self.keep == 0 or self._paused or frame.request != self._request:
                    self._request = frame.request
                    yield frame
                else:
                    self.skipped += 1
        finally:
            self._set_current(None)
            source.close()
            free_closed_media()
            log.info("Closed %s after %d frames", self.request.name, self.captured)

    def _new_interrupt(self) -> Interrupt:
        """One per connection: closing a connection must not end the next one."""
        with self._lock:
            self._connecting = Interrupt()
            if self._interrupt.is_set:
                self._connecting.set()
            return self._connecting

    def _report_first_frame(self) -> float:
        """The first frame of a connection."""
        self._report("live", f"{self.request.name} is live.", 0, None)
        return self._clock()

    def _set_current(self, source: LiveSource | None) -> None:
        with self._lock:
            if self._current is not None:
                self._lost += self._current.lost
                self._overtaken += self._current.overtaken
            self._current = source
            if source is not None:
                self.info = replace(source.info, live=True)
                if self._paused:
                    source.pause()

    def _wait(self, sentence: str) -> bool:
        """Sleep until it is time to try again; False when closed meanwhile."""
        if self._interrupt.is_set:
            return False
        seconds = self._backoff.next()
        log.warning("%s Attempt %d follows in %.1f s.", sentence, self._backoff.attempt, seconds)
        self._report("reconnecting", sentence, self._backoff.attempt, seconds)
        if self._interrupt.wait(seconds):
            return False
        self._report("reconnecting", sentence, self._backoff.attempt, None)
        return True

    @property
    def captured_fps(self) -> float:
        """Frames per second that come from the source now."""
        with self._lock:
            return self._rate.per_second()

    @property
    def lost(self) -> int:
        """Pictures that arrived but could not be decoded, over all connections."""
        with self._lock:
            return self._lost + (self._current.lost if self._current is not None else 0)

    @property
    def overtaken(self) -> int:
        """Pictures that were left out because decoding was too slow, over all connections."""
        with self._lock:
            return self._overtaken + (self._current.overtaken if self._current is not None else 0)

    @property
    def copyable(self) -> bool | None:
        """Whether the present connection gives packets to `tap`; None where there is none."""
        with self._lock:
            return None if self._current is None else self._current.copyable

    def pause(self) -> None:
        """Give no frames for a while, at almost no cost; the connection is kept."""
        with self._lock:
            self._paused = True
            if self._current is not None:
                self._current.pause()

    def resume(self) -> None:
        """Give frames again."""
        with self._lock:
            self._paused = False
            if self._current is not None:
                self._current.resume()

    def seek(self, seconds: float) -> None:
        self.move_to(seconds)

    def move_to(self, seconds: float, exact: bool = True) -> int:
        """A search (see `LiveSource.move_to`). Raises UsageError for a live source."""
        return self._require_current().move_to(seconds, exact)

    def step(self, count: int = 1, base: int | None = None) -> int:
        """Frames on or back while paused (see `LiveSource.step`). Raises UsageError for a live source."""
        return self._require_current().step(count, base)

    def _require_current(self) -> LiveSource:
        with self._lock:
            if self._current is None:
                raise UsageError(f"{self.request.name} is not open.")
            return self._current

    def close(self) -> None:
        self._interrupt.set()
        with self._lock:
            self._connecting.set()
            if self._current is not None:
                self._current.end()  # the iterating thread closes it

    @property
    def warnings(self) -> tuple[str, ...]:
        with self._lock:
            return self._current.warnings if self._current is not None else ()
