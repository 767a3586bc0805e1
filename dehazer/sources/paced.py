"""A file, or whatever else can be opened, played as if it were live: at its own pace, repeated on request."""

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
"""Seconds behind the clock from which playing continues from here instead of catching up."""
_LONGEST_GAP = 5.0
"""A longer pause between two pictures of the file is not waited for."""
_USUAL_RATE = 25


class PacedSource(LiveSource):
    """Frames of a file when their time has come. Ends with the file unless `request.loop`.

    Times go on rising over repetitions. A frame is stamped when it is handed out, as a camera's would be. `seek` and
    `step` may be called from any thread, also while paused: one frame is then given. opener: opens the
    file, again for each repetition. clock: what time it is, seconds; it sleeps by `interrupt.wait`.
    """

    def __init__(self, request: SourceRequest, opener: Callable[[str | Path], Source],
                 interrupt: Interrupt | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(interrupt)
        self.request, self._opener, self._clock = request, opener, clock
        self._file = self._open()
        self.info = replace(self._file.info, live=True, name=request.name)
        self._speed = request.fps / float(self.info.rate) if request.fps and self.info.rate else 1.0
        self._index = 0
        self._first_file_pts: int | None = None  # pts the current repetition began with, in the file's own time
        self._first_output_pts = 0  # and in the time given out
        self._anchor: tuple[float, float] | None = None  # (clock, seconds given out) that belong together
        self._seek_target: float | None = None  # target of `seek`, seconds of the file
        self._give_next = False  # give the next frame even while paused

    def _open(self) -> Source:
        return self._opener(self.request.path if self.request.kind == "file" else self.request.where)

    def __iter__(self) -> Iterator[Frame]:
        while not self.interrupt.is_set:
            end = self._first_output_pts
            for frame in self._file:
                moved = self._with_output_time(frame)
                end = (moved.pts or 0) + self._frame_duration(moved)
                if not self._wait_for(moved):
                    return
                if self._apply_seek():
                    continue  # this frame is from before the seek
                yield replace(moved, captured=self._clock())
            if not self.request.loop or self.interrupt.is_set:
                return
            self._restart(end)

    def seek(self, seconds: float) -> None:
        self._seek_target = max(0.0, seconds)
        self._running.set()

    def step(self) -> None:
        self._running.set()

    def _apply_seek(self) -> bool:
        """Seek where that was requested; returns whether it was."""
        target, self._seek_target = self._seek_target, None
        if target is not None:
            self._file.seek(target)
            self._anchor, self._give_next = None, True
        return target is not None

    def _with_output_time(self, frame: Frame) -> Frame:
        pts = frame.pts or 0
        self._first_file_pts = pts if self._first_file_pts is None else self._first_file_pts
        moved = replace(frame, index=self._index, pts=self._first_output_pts + pts - self._first_file_pts)
        self._index += 1
        return moved

    def _frame_duration(self, frame: Frame) -> int:
        return max(1, round(1 / ((self.info.rate or _USUAL_RATE) * frame.time_base)))

    def _restart(self, end: int) -> None:
        self._file.close()
        self._file = self._open()
        self._first_file_pts, self._first_output_pts = None, end

    def _wait_for(self, frame: Frame) -> bool:
        """Sleep until the frame is due, and while paused; False when closed meanwhile."""
        wanted = self._wait_while_paused()
        while not self.interrupt.wait(self._seconds_until_due(frame)):
            if wanted or not self.paused:
                return True
            wanted = self._wait_while_paused()  # the pause began while it slept
        return False

    def _wait_while_paused(self) -> bool:
        """Wait while paused; returns whether this frame is given in spite of it."""
        at_once, self._give_next = self._give_next, False
        if not self.paused or at_once:
            return at_once
        self._running.wait()
        self._anchor = None  # playing continues from here
        if self.paused:
            self._running.clear()  # resumed for one frame only
        return True

    def _seconds_until_due(self, frame: Frame) -> float:
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
