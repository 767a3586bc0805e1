"""A file, or whatever else can be opened, played as if it were live: at its own pace, repeated if wished."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from dehazer.frames.frame import Frame
from dehazer.sources.base import Source
from dehazer.sources.interrupt import Interrupt
from dehazer.sources.live_source import LiveSource
from dehazer.sources.request import SourceRequest

_LATE = 0.5
"""Seconds behind the clock from which the play continues from here instead of hurrying after it."""
_LONGEST_GAP = 5.0
"""A longer pause between two pictures of the file is not waited for."""
_USUAL_RATE = 25


class PacedSource(LiveSource):
    """Frames of a file when their time has come. Ends with the file unless `request.loop`.

    Times go on rising over repetitions. A frame is stamped when it is handed out, as a camera's would be. `seek` and
    `step` may be called from any thread, also while paused: one frame is then given and the rest goes on. opener: opens the
    file, again for each repetition. clock: what time it is, seconds; it sleeps by `interrupt.wait`.
    """

    def __init__(self, request: SourceRequest, opener: Callable[[str | Path], Source],
                 interrupt: Interrupt | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(interrupt)
        self.request, self._opener, self._clock = request, opener, clock
        self._file = self._opened()
        self.info = replace(self._file.info, live=True, name=request.name)
        self._speed = request.fps / float(self.info.rate) if request.fps and self.info.rate else 1.0
        self._index = 0
        self._first: int | None = None  # pts the current repetition began with, in the file's own time
        self._begin = 0  # and in the time given out
        self._anchor: tuple[float, float] | None = None  # (clock, seconds given out) that belong together
        self._target: float | None = None  # where `seek` wants to go on, in seconds of the file
        self._at_once = False  # the next frame is wanted even while paused

    def _opened(self) -> Source:
        return self._opener(self.request.path if self.request.kind == "file" else self.request.where)

    def __iter__(self) -> Iterator[Frame]:
        while not self.interrupt.is_set:
            end = self._begin
            for frame in self._file:
                placed = self._placed(frame)
                end = (placed.pts or 0) + self._step(placed)
                if not self._wait_for(placed):
                    return
                if self._jumped():
                    continue  # this frame belongs to the old place
                yield replace(placed, captured=self._clock())
            if not self.request.loop or self.interrupt.is_set:
                return
            self._again(end)

    def seek(self, seconds: float) -> None:
        self._target = max(0.0, seconds)
        self._running.set()

    def step(self) -> None:
        self._running.set()

    def _jumped(self) -> bool:
        """Go where `seek` wants to; whether it wanted to go anywhere."""
        target, self._target = self._target, None
        if target is not None:
            self._file.seek(target)
            self._anchor, self._at_once = None, True
        return target is not None

    def _placed(self, frame: Frame) -> Frame:
        pts = frame.pts or 0
        self._first = pts if self._first is None else self._first
        placed = replace(frame, index=self._index, pts=self._begin + pts - self._first)
        self._index += 1
        return placed

    def _step(self, frame: Frame) -> int:
        return max(1, round(1 / ((self.info.rate or _USUAL_RATE) * frame.time_base)))

    def _again(self, end: int) -> None:
        self._file.close()
        self._file = self._opened()
        self._first, self._begin = None, end

    def _wait_for(self, frame: Frame) -> bool:
        """Sleep until the frame is due, and while paused; False when closed meanwhile."""
        wanted = self._hold()
        while not self.interrupt.wait(self._ahead(frame)):
            if wanted or not self.paused:
                return True
            wanted = self._hold()  # the pause began while it slept
        return False

    def _hold(self) -> bool:
        """Wait while paused; returns whether this one frame is wanted even so."""
        at_once, self._at_once = self._at_once, False
        if not self.paused or at_once:
            return at_once
        self._running.wait()
        self._anchor = None  # the play goes on where it rested
        if self.paused:
            self._running.clear()  # resumed for one frame only
        return True

    def _ahead(self, frame: Frame) -> float:
        """Seconds until the frame is due."""
        seconds, now = frame.seconds or 0.0, self._clock()
        clock, zero = self._anchor or (now, seconds)
        due = clock + (seconds - zero) / self._speed
        if self._anchor is None or not -_LATE <= due - now <= _LONGEST_GAP:
            self._anchor, due = (now, seconds), now
        return max(0.0, due - now)

    def close(self) -> None:
        super().close()
        self._file.close()

    @property
    def warnings(self) -> tuple[str, ...]:
        return self._file.warnings
