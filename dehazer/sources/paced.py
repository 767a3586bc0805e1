"""A file, or whatever else can be opened, played as if it were live: at its own pace, repeated on request."""

from __future__ import annotations

import threading
import time
from collections import deque
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

    Times go on rising over repetitions. A frame is stamped when it is handed out, as a camera's would be. `seek`, `move_to` and
    `step` may be called from any thread, also while paused: one frame is then given. A file that is paused does not end: at its
    last frame it waits for a step back. opener: opens the file, again for each repetition. clock: what time it is, seconds; it
    sleeps by `interrupt.wait`.
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
        self._moves = threading.Lock()  # of the requests
        self._seek_target: tuple[float, bool] | None = None  # seconds of the file to go to, and whether exactly there
        self._steps: tuple[int, int | None] | None = None  # (how many, from which pts)
        self._request = self._answered = 0  # number of the newest request, and of the one that was done last
        self._found: deque[Frame] = deque()  # frames that a step has read
        self._given: int | None = None  # pts of the frame given last
        self._give_next = False  # give the next frame even while paused

    def _open(self) -> Source:
        return self._opener(self.request.path if self.request.kind == "file" else self.request.where)

    def __iter__(self) -> Iterator[Frame]:
        while not self.interrupt.is_set:
            end = self._first_output_pts
            before: int | None = None
            for frame in self._frames():
                moved = self._with_output_time(frame)
                end = (moved.pts or 0) + self._frame_duration(moved)
                if not self._wait_for(moved):
                    return
                if self._moved_away(before):
                    before = None
                    continue  # this frame is not the one that was asked for
                before = self._given = moved.pts
                yield replace(moved, captured=self._clock(), request=self._answered)
            if not self.request.loop and not self._rests_at_the_end():
                return
            if self.request.loop and not self.interrupt.is_set:
                self._restart(end)

    def _frames(self) -> Iterator[Frame]:
        """What a step has found, then what follows in the file."""
        frames = iter(self._file)
        while (frame := self._found.popleft() if self._found else next(frames, None)) is not None:
            yield frame

    def seek(self, seconds: float) -> None:
        self.move_to(seconds)

    def move_to(self, seconds: float, exact: bool = True) -> int:
        with self._moves:
            self._seek_target, self._steps = (max(0.0, seconds), exact), None
            return self._requested()

    def step(self, count: int = 1, base: int | None = None) -> int:
        with self._moves:
            waiting = self._steps
            self._steps = (count, base) if waiting is None else (waiting[0] + count, waiting[1])
            return self._requested()

    def _requested(self) -> int:
        self._request += 1
        self._running.set()
        return self._request

    def _moved_away(self, before: int | None, at_end: bool = False) -> bool:
        """Do what was asked for; returns whether the frame in hand is given up for it.

        before: pts of the frame before the one in hand, None where something else lies between them. at_end: no frame is in hand.
        """
        with self._moves:
            target, self._seek_target = self._seek_target, None
            steps, self._steps = (self._steps, None) if target is None else (None, self._steps)
            self._answered = self._request if target is not None or steps is not None else self._answered
        if target is not None:
            self._found.clear()
            (self._file.seek if target[1] else self._file.seek_key)(target[0])
        elif steps is None or not self._step_from(*steps, None if at_end else before):
            return False
        self._anchor, self._give_next = None, True
        return True

    def _step_from(self, count: int, base: int | None, before: int | None) -> bool:
        """Find the frame so many steps from `base`; False where that is the frame in hand."""
        start = self._given if base is None else base
        if start is None or (count == 1 and start == before):
            return False
        self._found = deque(self._behind(start, count) if count > 0 else self._ahead_of(start, -count))
        return True

    def _behind(self, start: int, count: int) -> list[Frame]:
        """The frame so many behind `start`, the last one where there are fewer."""
        self._file.seek(self._file_seconds(start))
        last: list[Frame] = []
        for frame in self._file:
            last, count = [frame], count - (self._output_pts(frame) > start)
            if count == 0:
                break
        return last

    def _ahead_of(self, start: int, count: int) -> list[Frame]:
        """The frame so many before `start`, or `start` for none, and what was read behind it."""
        found: list[Frame] = []
        for _ in range(max(1, count)):
            found = self._neighbours(start, bool(count))
            if not found:
                return []
            start = self._output_pts(found[0])
        return found

    def _neighbours(self, start: int, want_before: bool) -> list[Frame]:
        """The frame at `start`, and the one before it if wanted, where there is one."""
        self._file.seek(self._file_seconds(start - 1 if want_before else start))
        found: list[Frame] = []
        for frame in self._file:
            pts = self._output_pts(frame)
            found = [*found[-1:], frame] if want_before and pts <= start else [frame]
            if pts >= start:
                break
        return found

    def _output_pts(self, frame: Frame) -> int:
        return self._first_output_pts + (frame.pts or 0) - (self._first_file_pts or 0)

    def _file_seconds(self, pts: int) -> float:
        """Seconds from the first picture of the file at a time that was given out."""
        return max(0.0, float((pts - self._first_output_pts) * self._file.info.time_base))

    def _rests_at_the_end(self) -> bool:
        """At the end of a paused file: wait for a step back or a search; False when playing ends here."""
        self._wait_for_moves()
        return self.paused and not self.interrupt.is_set and self._moved_away(None, at_end=True)

    def _with_output_time(self, frame: Frame) -> Frame:
        pts = frame.pts or 0
        self._first_file_pts = pts if self._first_file_pts is None else self._first_file_pts
        moved = replace(frame, index=self._index, pts=self._output_pts(frame))
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
        self._wait_for_moves()
        self._anchor = None  # playing continues from here
        return True

    def _wait_for_moves(self) -> None:
        """Until a search or step is asked for, or the pause ends."""
        while self.paused and self._seek_target is None and self._steps is None and not self.interrupt.is_set:
            self._running.wait()
            if self.paused:
                self._running.clear()  # set for one request only

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
