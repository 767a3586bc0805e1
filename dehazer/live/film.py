"""A camera or stream as a film that goes on when the connection was lost; what is missing is said."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from dehazer.config import DecodeOptions
from dehazer.live.reconnect import Opener, ReconnectingSource
from dehazer.live.state import StateKind
from dehazer.runtime.backoff import Backoff
from dehazer.sources import check_live, open_live
from dehazer.sources.interrupt import Interrupt
from dehazer.sources.live_film import LiveFilm
from dehazer.sources.live_source import LiveSource
from dehazer.sources.request import SourceRequest

Tell = Callable[[str], None]


class ReconnectingFilm(LiveFilm):
    """The pictures and the sound of a live source over all its connections.

    tell: gets a sentence when the connection is lost and when it is there again. interrupt: ends the waiting for the first
    picture. Raises what `open_live` raises where the first connection cannot be made; later ones are tried without limit, until
    `decode.end` has passed.
    """

    def __init__(self, where: str | Path, decode: DecodeOptions, interrupt: Interrupt | None = None, *, tell: Tell,
                 backoff: Backoff | None = None, opener: Opener = open_live) -> None:
        check_live(decode)
        self._tell, self._until, self._first_interrupt, self._opener = tell, decode.end, interrupt, opener
        self._lost_at: float | None = None
        self._gaps: list[float] = []
        self._timer: threading.Timer | None = None
        source = ReconnectingSource(SourceRequest(str(where)), self._changed, backoff, self._opened)
        source.skip_late, source.must_begin = False, True
        super().__init__(source, decode.end)

    def _opened(self, request: SourceRequest, interrupt: Interrupt) -> LiveSource:
        """The first connection ends with the interrupt of the caller, all others with their own."""
        first, self._first_interrupt = self._first_interrupt, None
        return self._opener(request, first or interrupt)

    def _changed(self, kind: StateKind, sentence: str, _attempt: int, _wait: float | None) -> None:
        """In the thread that reads."""
        if kind == "reconnecting" and self._lost_at is None:
            self._lost_at = time.monotonic()
            self.lose_clock()
            self._tell(f"{sentence} Trying again…")
            self._end_in_time()
        elif kind == "live" and self._lost_at is not None:
            gap, self._lost_at = time.monotonic() - self._lost_at, None
            self._stop_timer()
            self._gaps.append(gap)
            self._tell(f"{self.info.name} is there again; {gap:.1f} s are missing.")

    def _end_in_time(self) -> None:
        """A source that does not come back must not keep a film with an end from being completed."""
        if self._until is not None:
            self._timer = threading.Timer(max(0.0, self._until - self.elapsed), self._live.close)
            self._timer.name, self._timer.daemon = "dehazer-film", True
            self._timer.start()

    def _stop_timer(self) -> None:
        timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()

    @property
    def warnings(self) -> tuple[str, ...]:
        """Those of a film, and what is missing in it."""
        gaps = [*self._gaps, *(() if self._lost_at is None else (time.monotonic() - self._lost_at,))]
        if not gaps:
            return super().warnings
        times = "once" if len(gaps) == 1 else f"{len(gaps)} times"
        missing = f"The connection to {self.info.name} was lost {times}; {sum(gaps):.1f} s are missing."
        return (*super().warnings, missing)

    def close(self) -> None:
        """Close the source, and wait for it no more."""
        self._stop_timer()
        super().close()
