"""Exact access to the pictures of a recording: any moment, one forward, one back, by number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

from dehazer.errors import Cancelled, InputError, UsageError
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.review.frame_cache import FrameCache
from dehazer.review.frame_run import FrameRun
from dehazer.sources.key_frames import KeyFrames
from dehazer.sources.picture_times import PictureTimes

CACHE = 256 * 2**20
"""Bytes of decoded pictures kept by default: 86 pictures of 1920×1080."""
AHEAD = 6
"""Pictures decoded in advance behind the playhead."""
BEHIND = 12
"""When fewer pictures than these are kept before the playhead, the ones before them are decoded in advance."""
_NEAR = 12
"""Moments at most so many pictures ahead are reached by decoding on instead of by a search."""
_PIECE = 500
"""Packets that are counted at once."""
_TOLERANCE = Fraction(1, 1_000_000)
"""Seconds by which a moment may lie before a picture's time and still mean it: wall-clock times are whole microseconds."""


def _never() -> bool:
    return False


class FrameReader:
    """One recording, picture by picture. Every picture it gives equals the one that decoding from the beginning gives.

    (Where packets are damaged, times and order are equal too; what the decoder paints in place of what is lost is not in the
    file, and may differ until the next whole key picture.)

    A search starts at the last key picture before the moment from which decoding is exact, and keeps what it decodes on the way.
    One decoder reads forward from the playhead; a second one, opened when it is first needed, reads the stretch before it, so
    that going back does not disturb going on. Kept are the pictures nearest to the playhead, at most `cache` bytes: a group of
    pictures larger than that is decoded again when the playhead has gone back through the part that was kept.

    interrupted: asked between two pictures; when it is true, the present call raises Cancelled and the playhead stays.
    One thread at a time may use it; a context manager.
    """

    def __init__(self, path: Path, cache: int = CACHE, interrupted: Callable[[], bool] = _never) -> None:
        """Raises InputError members."""
        self.path, self.interrupted = path, interrupted
        self._times = PictureTimes(path)
        if self._times.may_jump:
            self._count_all()
        self._ahead = FrameRun(path, self._times.jumped)
        self._behind: FrameRun | None = None
        self._keys: KeyFrames | None = None
        self.info: VideoInfo = self._ahead.source.info
        self._first, self._time_base = self._ahead.source.first_pts, self.info.time_base
        self._step = max(1, round(1 / ((self.info.rate or Fraction(25)) * self._time_base)))
        self.cache = FrameCache(cache)
        self._filling: tuple[int, Iterator[None]] | None = None  # (pts before which pictures are decoded in advance, the work)
        self._end: int | None = None  # pts of the last picture, once the end has been reached
        self.current: Frame | None = None
        self.decoded = 0
        """Pictures decoded so far."""

    def seconds(self, frame: Frame) -> float:
        """Time of a picture of this recording, in seconds since its first one."""
        return float(((frame.pts or 0) - self._first) * self._time_base)

    def at(self, seconds: float, exact: bool = True) -> Frame:
        """The picture shown at `seconds` since the first one: the last that begins at or before it; becomes `current`.

        exact: False takes the key picture before instead where that is quicker (`is_exact` tells). Before the first picture it is
        the first, behind the last one the last. Raises DamagedInputError when nothing can be decoded there.
        """
        target = max(self._first, self._pts_of(seconds))
        if self._end is not None and target > self._end:
            self._look_for_more()
        kept = self._shown_at(target)
        return self._moved_to(kept or (self._found(target) if exact else self._key(target)))

    def _pts_of(self, seconds: float) -> int:
        return self._first + int((Fraction(seconds) + _TOLERANCE) // self._time_base)

    def _look_for_more(self) -> bool:
        """Whether the file has grown since its end was reached; it is read on then."""
        if not self._ahead.reopen_if_grown():
            return False
        self._end = None
        self._times.close()
        self._times = PictureTimes(self.path)
        return True

    def is_exact(self, seconds: float) -> bool:
        """Whether `current` is known to be the picture shown at `seconds`."""
        shown = self._shown_at(max(self._first, self._pts_of(seconds)))
        return shown is not None and shown is self.current

    def _shown_at(self, target: int) -> Frame | None:
        if self._end is not None and target >= self._end:
            return self.cache.get(self._end)
        return self.cache.shown_at(target)

    def _moved_to(self, frame: Frame) -> Frame:
        self.current = frame
        self.cache.center = frame.pts or 0
        if self.cache.get(frame.pts or 0) is None:  # it was dropped while the playhead was still elsewhere
            self.cache.add(frame, None)
        return frame

    def _key(self, target: int) -> Frame:
        self.cache.center = target
        frame = self._key_alone(target)
        if frame is not None:
            self.cache.add(frame, None)
            return frame
        self._ahead.land(target)
        return self._advance(self._ahead) or self._last(target)

    def _key_alone(self, target: int) -> Frame | None:
        """The key picture at or before `target`, without those that a decoder reads ahead; None where it must be searched for."""
        if self._ahead.by_order or self._times.by_order:
            return None
        if self._keys is None:
            self._keys = KeyFrames(self.path, float("inf"))
        found = next(self._keys.pictures(float((target - self._first) * self._time_base), 1.0), None)
        return found.frame if found is not None and self._first <= (found.frame.pts or 0) <= target else None

    def _found(self, target: int) -> Frame:
        self.cache.center = target
        run = self._ahead
        near = run.head is not None and 0 <= target - run.head <= _NEAR * self._step
        if not near or self.cache.get(run.head or 0) is None:
            run.land(target)
        return self._read_to(run, target)

    def _read_to(self, run: FrameRun, target: int) -> Frame:
        """Read until the picture shown at `target` is certain."""
        before: Frame | None = None if run.head is None else self.cache.get(run.head)
        while True:
            self._check_interrupted()
            frame = self._advance(run)
            if frame is None:
                return before or self._last(target)
            if (frame.pts or 0) >= target:
                return frame if frame.pts == target or before is None else before
            before = frame

    def _last(self, target: int) -> Frame:
        frame = self.cache.floor(target) or self.current
        if frame is None:
            raise InputError(f"No picture of {self.path} could be decoded there.")
        return frame

    def _check_interrupted(self) -> None:
        if self.interrupted():
            raise Cancelled("Another picture was asked for.")

    def _advance(self, run: FrameRun) -> Frame | None:
        """Read one picture and keep it; None at the end."""
        before = run.head
        frame = run.read()
        if frame is not None:
            self.decoded += 1
            self.cache.add(frame, before)
        elif before is not None:
            self._end = before
        return frame

    def next(self) -> Frame | None:
        """The picture behind `current`, which it becomes; None at the end (of a growing file: asked again, it looks again)."""
        current = self._current_pts()
        frame = self.cache.after(current) or self._read_after(current)
        return None if frame is None else self._moved_to(frame)

    def _read_after(self, pts: int) -> Frame | None:
        run = self._ahead
        if self._end == pts and not self._look_for_more():
            return None
        if run.head != pts:
            run.land(pts)
            self._read_to(run, pts)
        if run.head is not None and run.head > pts:  # the picture at `pts` itself did not come again
            return self.cache.get(run.head)
        return self._advance(run)

    def previous(self) -> Frame | None:
        """The picture before `current`, which it becomes; None at the first one."""
        current = self._current_pts()
        frame = self.cache.before(current)
        if frame is None and current > self._first:
            frame = self._read_up_to(current) or self._read_up_to(current) or self.cache.floor(current - 1)
        return None if frame is None else self._moved_to(frame)

    def _read_up_to(self, pts: int) -> Frame | None:
        """The picture before `pts`; None where work done in advance for another playhead has dropped it again."""
        for _ in self._fill_before(pts):
            self._check_interrupted()
        return self.cache.before(pts)

    def _current_pts(self) -> int:
        if self.current is None:
            raise UsageError("There is no picture to step from yet; go to a moment first.")
        return self.current.pts or 0

    def _fill_before(self, pts: int) -> Iterator[None]:
        """Decode what lies before `pts`, one picture at a time; work that was begun in advance is continued."""
        if self._filling is None or self._filling[0] != pts:
            self._filling = pts, self._read_before(pts)
        yield from self._filling[1]
        self._filling = None

    def _read_before(self, pts: int) -> Iterator[None]:
        run = self._behind = self._behind or FrameRun(self.path, self._ahead.by_order)
        run.land(pts - 1)
        while run.head is None or run.head < pts:
            if self._advance(run) is None:
                return
            yield

    def prepare(self, direction: int = 0) -> bool:
        """Do one small piece of work in advance: pictures behind the playhead, pictures before it, then counting.

        direction: 1 forward only, -1 backward only, 0 both. Returns whether there is more to do.
        """
        if self.current is None:
            return False
        pts = self.current.pts or 0
        return (direction >= 0 and self._prepare_ahead(pts)) or (direction <= 0 and self._prepare_behind(pts)) or self.count()

    def _prepare_ahead(self, pts: int) -> bool:
        end, count = self.cache.run_end(pts)
        if count >= AHEAD or end == self._end or self._ahead.head != end:
            return False
        return self._advance(self._ahead) is not None

    def _prepare_behind(self, pts: int) -> bool:
        if self._filling is None:
            start, count = self.cache.run_start(pts)
            if count >= BEHIND or start <= self._first:
                return False
            self._filling = start, self._read_before(start)
        if next(self._filling[1], self) is self:
            self._filling = None
        return True

    def count(self) -> bool:
        """Count a piece of the recording's pictures; returns whether more are left."""
        return self._times.read(_PIECE)

    def _count_all(self) -> None:
        while self.count():
            self._check_interrupted()

    def number(self, frame: Frame) -> int | None:
        """Frame number of a picture: its position among all pictures of the file, from 0; None until they are counted."""
        pts = frame.pts or 0
        if self._times.complete and not self._times.timed:
            return round((pts - self._first) / self._step)
        return self._times.number(pts)

    def at_number(self, number: int) -> Frame:
        """The picture with that number; counts first, if need be. Raises UsageError for a number the file does not have."""
        self._count_all()
        pts = self._times.pts(number) if self._times.timed else self._first + number * self._step
        return self.at(float((pts - self._first) * self._time_base))

    @property
    def warnings(self) -> tuple[str, ...]:
        """Damage survived so far, one sentence per kind."""
        return self._ahead.source.warnings

    def close(self) -> None:
        """Close the file. May be called twice."""
        self._ahead.close()
        if self._behind is not None:
            self._behind.close()
        self._times.close()
        if self._keys is not None:
            self._keys.close()
        self.cache.clear()

    def __enter__(self) -> FrameReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
