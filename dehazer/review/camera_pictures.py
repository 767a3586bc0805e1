"""The recordings of one camera as one film on the wall clock."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from dehazer.errors import UsageError
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.review.frame_reader import FrameReader
from dehazer.review.recording import Recording
from dehazer.review.wall_clock import WallClock

if TYPE_CHECKING:
    from dehazer.review.library import Library

_USUAL_STEP = timedelta(milliseconds=40)
_END = 1e9
"""Seconds, behind the last picture of any recording."""


@dataclass(frozen=True, eq=False)
class FoundPicture:
    """A picture and its place. number: None until the recording's pictures are counted. exact: it is the one asked for.

    info: of its file.
    """

    frame: Frame
    recording: Recording
    when: datetime
    number: int | None
    exact: bool
    info: VideoInfo


class CameraPictures:
    """Finds pictures by wall-clock time, and goes from one to the next, over the borders of files. One thread at a time.

    One file is open at a time. cache: bytes of decoded pictures kept. interrupted: as in `FrameReader`.
    All methods raise InputError members for files that cannot be read, and Cancelled.
    """

    def __init__(self, library: Library, camera: str, cache: int, interrupted: Callable[[], bool]) -> None:
        self._library, self._camera, self._cache, self._interrupted = library, camera, cache, interrupted
        self._reader: FrameReader | None = None
        self._recording: Recording | None = None

    def at(self, when: datetime, exact: bool = True) -> FoundPicture | None:
        """The picture shown at `when`, or the key picture before it; None in a gap."""
        recording = self._library.at(self._camera, when)
        if recording is None:
            return None
        reader = self._open(recording)
        seconds = WallClock.of(recording).seconds(when)
        frame = reader.at(seconds, exact)
        return self._found(frame, exact or reader.is_exact(seconds))

    def _open(self, recording: Recording) -> FrameReader:
        """The reader of a recording; that of another one is closed. A file that only grew is read on."""
        if self._reader is None or self._recording is None or self._recording.path != recording.path:
            self.close()
            self._reader = FrameReader(recording.path, self._cache, self._interrupted)
        self._recording = recording
        return self._reader

    def _found(self, frame: Frame, exact: bool = True) -> FoundPicture:
        reader, recording = self._reader, self._recording
        assert reader is not None
        assert recording is not None
        when = WallClock.of(recording).at(reader.seconds(frame))
        return FoundPicture(frame, recording, when, reader.number(frame), exact, reader.info)

    def step(self, count: int) -> FoundPicture | None:
        """So many pictures on, or back below 0; stays at the first or last picture of all. None before the first `at`."""
        if self._reader is None or self._reader.current is None:
            return None
        for _ in range(abs(count)):
            if not (self._forward() if count > 0 else self._back()):
                break
        return self._found(self._current)

    @property
    def _current(self) -> Frame:
        assert self._reader is not None
        assert self._reader.current is not None
        return self._reader.current

    def _forward(self) -> bool:
        assert self._reader is not None
        if self._reader.next() is not None:
            return True
        recording = self._beside(1)
        if recording is not None:
            self._open(recording).at(0)
        return recording is not None

    def _back(self) -> bool:
        assert self._reader is not None
        if self._reader.previous() is not None:
            return True
        recording = self._beside(-1)
        if recording is not None:
            self._open(recording).at(_END)
        return recording is not None

    def _beside(self, places: int) -> Recording | None:
        """The recording of this camera that starts next, or before."""
        own = self._library.of(self._camera)
        assert self._recording is not None
        starts = [recording.start for recording in own]
        index = bisect_right(starts, self._recording.start) - 1 + places
        return own[index] if 0 <= index < len(own) else None

    def at_number(self, number: int) -> FoundPicture:
        """The picture of that number in the present file. Raises UsageError for others, and where no file is open."""
        if self._reader is None:
            raise UsageError(f"{self._camera} shows no recording at present; go to one first.")
        return self._found(self._reader.at_number(number))

    def numbered(self, found: FoundPicture) -> FoundPicture:
        """The same picture with its frame number, if that has become known since."""
        if found.number is not None or self._reader is None or found.recording is not self._recording:
            return found
        number = self._reader.number(found.frame)
        return found if number is None else replace(found, number=number)

    def beside(self, found: FoundPicture, forward: bool) -> datetime:
        """When the neighbour of a picture is shown; where that is not known yet, by the recording's rate."""
        reader, pts = self._reader, found.frame.pts or 0
        if reader is not None and found.recording is self._recording:
            frame = reader.cache.after(pts) if forward else reader.cache.before(pts)
            if frame is not None:
                return WallClock.of(found.recording).at(reader.seconds(frame))
        rate = found.recording.rate
        step = timedelta(seconds=float(1 / rate)) if rate else _USUAL_STEP
        return found.when + step if forward else found.when - step

    def next_footage(self, when: datetime, forward: bool) -> datetime | None:
        """Where in a gap the camera's next recording begins, or backwards the last one before ends; None if there is none."""
        own = self._library.of(self._camera)
        if forward:
            return min((r.start for r in own if r.start > when), default=None)
        return max((r.end - timedelta(microseconds=1) for r in own if r.end <= when), default=None)

    def set_cache(self, limit: int) -> None:
        """Keep at most so many bytes from the next picture on. May be called from any thread."""
        self._cache = limit
        if (reader := self._reader) is not None:
            reader.cache.limit = limit

    def prepare(self, direction: int) -> bool:
        """A small piece of work in advance, as in `FrameReader`."""
        return self._reader is not None and self._reader.prepare(direction)

    def close(self) -> None:
        """Close the file."""
        if self._reader is not None:
            self._reader.close()
        self._reader = self._recording = None
