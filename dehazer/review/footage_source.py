"""The frames of a span of one camera as one stream, over several recordings and gaps, each with its place on the wall clock."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from dehazer.config import DecodeOptions
from dehazer.errors import InputError
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.review.footage import Footage, Piece
from dehazer.review.recording import Recording
from dehazer.review.wall_clock import WallClock
from dehazer.sinks.additions import CopiedSpan, FollowingFile
from dehazer.sources.base import Source
from dehazer.sources.file import FileSource


@dataclass(frozen=True)
class FrameOrigin:
    """Where a frame of an export is from. pts: in units of time_base, as its file has it. when: wall clock, UTC."""

    recording: Recording
    pts: int
    time_base: Fraction
    when: datetime


class FootageSource(Source):
    """Every frame of the footage once, in order of time. The times of the first piece are its file's own; each further piece
    goes on one frame interval behind the last frame, so that gaps take no time in the film.

    origins: index of a frame → where it is from; whoever writes a frame takes its entry out. seams: the files behind the first
    one that were begun, with the shift of their times, until somebody takes them out. Raises InputError members, also in the
    middle where a recording is gone or cannot be read any more: an export with a hole in it would not be one.
    """

    def __init__(self, footage: Footage) -> None:
        self.footage = footage
        self.origins: dict[int, FrameOrigin] = {}
        self.seams: deque[FollowingFile] = deque()
        self._closed, self._index = False, 0
        self._notes: list[str] = []
        self._next_time: Fraction | None = None
        self._current = self._open(footage.pieces[0])
        self.info = _info(self._current.info, footage)

    def _open(self, piece: Piece) -> FileSource:
        try:
            return FileSource(piece.recording.path, DecodeOptions(start=piece.start, end=piece.end))
        except InputError as error:
            raise type(error)(f"A recording of {self.footage.camera} cannot be exported: {error}", error.detail) from error

    def __iter__(self) -> Iterator[Frame]:
        for number, piece in enumerate(self.footage.pieces):
            if self._closed:
                return
            if number:
                self._current.close()
                self._current = self._open(piece)
            yield from self._frames(piece)
            self._notes += [f"{piece.recording.path.name}: {note}" for note in self._current.warnings]

    def _frames(self, piece: Piece) -> Iterator[Frame]:
        clock, source = WallClock.of(piece.recording), self._current
        step = 1 / (source.info.rate or Fraction(25))
        shift: Fraction | None = None
        for frame in source:
            own = Fraction(frame.pts or 0) * frame.time_base
            if shift is None:
                shift = self._shift(piece, own, source.zero * frame.time_base)
            when = clock.at(float(own - source.zero * frame.time_base))
            self.origins[self._index] = FrameOrigin(piece.recording, frame.pts or 0, frame.time_base, when)
            self._next_time = own + shift + step
            yield replace(frame, index=self._index, pts=(frame.pts or 0) + round(shift / frame.time_base))
            self._index += 1

    def _shift(self, piece: Piece, own: Fraction, zero: Fraction) -> Fraction:
        """What is added to the times of a piece, whose first frame is shown at `own`."""
        if self._next_time is None:
            return Fraction(0)
        shift = self._next_time - own
        end = None if piece.end is None else zero + Fraction(round(piece.end * 1_000_000), 1_000_000)
        self.seams.append(FollowingFile(piece.recording.path, CopiedSpan(own, end, shift)))
        return shift

    def next_seam(self) -> FollowingFile | None:
        """The next file behind the first one, once it is begun."""
        return self.seams.popleft() if self.seams else None

    def close(self) -> None:
        self._closed = True
        self._current.close()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the footage lacks, damage survived, and pieces of another size."""
        return (*self.footage.notes, *self._notes)


def _info(first: VideoInfo, footage: Footage) -> VideoInfo:
    frames = round(footage.duration * float(first.rate)) if first.rate else None
    return replace(first, frames=frames, duration=footage.duration, name=footage.camera)
