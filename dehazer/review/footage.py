"""Which parts of which recordings make up a span of one camera, and what is missing of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dehazer.errors import InputError
from dehazer.review.recording import Recording
from dehazer.review.span import Span, gaps_between
from dehazer.review.wall_clock import WallClock

TOLERANCE = timedelta(seconds=2)
"""Gaps and overlaps up to this are none: names give whole seconds, and recorders change files between two key frames."""
_ROUNDING = 1e-6
"""Wall-clock times are kept in microseconds; a frame whose time was rounded belongs to the same side of a mark."""


@dataclass(frozen=True)
class Piece:
    """Part of one recording. start, end: seconds since its first picture, end exclusive; None is the recording's own."""

    recording: Recording
    start: float | None
    end: float | None

    @property
    def duration(self) -> float:
        """Seconds, as far as the recording's length is known."""
        return max(0.0, (self.recording.duration if self.end is None else self.end) - (self.start or 0.0))

    @property
    def span(self) -> Span:
        """The same on the wall clock."""
        begin = WallClock.of(self.recording).at(0.0 if self.start is None else self.start + _ROUNDING)
        return Span(begin, begin + timedelta(seconds=self.duration))


@dataclass(frozen=True)
class Footage:
    """The pieces of a span in order of time. gaps: stretches of it without a recording. notes: a sentence on each oddity."""

    camera: str
    span: Span
    pieces: tuple[Piece, ...]
    gaps: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def duration(self) -> float:
        """Seconds of footage, gaps left out."""
        return sum(piece.duration for piece in self.pieces)

    def seconds(self, when: datetime) -> float:
        """Seconds from the beginning of the film that these pieces make; in a gap those of the piece behind it."""
        passed = 0.0
        for piece in self.pieces:
            if when < piece.span.end:
                return passed + max(0.0, (when - piece.span.start).total_seconds())
            passed += piece.duration
        return passed


def footage_of(recordings: Sequence[Recording], camera: str, span: Span) -> Footage:
    """The pieces of `recordings` that show `span`. Raises InputError where there are none."""
    pieces: list[Piece] = []
    notes: list[str] = []
    reach = span.start
    for recording in sorted(recordings, key=lambda one: (one.start, str(one.path))):
        if recording.span.intersection(span) is None:
            continue
        if recording.fault is not None:
            notes.append(f"{recording.path.name} is left out: {recording.fault}")
            continue
        begin = recording.start if reach - recording.start <= TOLERANCE and pieces else max(reach, recording.start)
        if begin >= min(span.end, recording.end):
            notes.append(f"{recording.path.name} is left out: other recordings show the same time.")
            continue
        if pieces and begin > recording.start:
            notes.append(f"{recording.path.name} begins while the recording before it still runs; it is used from "
                         f"{(begin - recording.start).total_seconds():.1f} s on.")
        pieces.append(_piece(recording, begin, span))
        reach = max(reach, recording.end)
    if not pieces:
        raise InputError(f"There is no recording of {camera} in the chosen span; choose another span or camera.")
    gaps = _gaps(pieces, span)
    return Footage(camera, span, tuple(pieces), gaps, (*notes, *map(_gap_note, gaps)))


def _piece(recording: Recording, begin: datetime, span: Span) -> Piece:
    clock = WallClock.of(recording)
    start = clock.seconds(max(begin, span.start)) - _ROUNDING
    end = clock.seconds(span.end) - _ROUNDING
    return Piece(recording, start if start > 0 else None, end if end < recording.duration else None)


def _gaps(pieces: Sequence[Piece], span: Span) -> tuple[Span, ...]:
    """Also those before the first and behind the last piece."""
    edges = (Span(span.start, span.start), Span(span.end, span.end))
    return gaps_between([edges[0], *(piece.span for piece in pieces), edges[1]], TOLERANCE)


def _gap_note(gap: Span) -> str:
    return (f"There is no recording from {gap.start:%Y-%m-%d %H:%M:%S} to {gap.end:%H:%M:%S} UTC "
            f"({duration_text(gap.duration)}); the film goes on without a pause there.")


def duration_text(seconds: float) -> str:
    """A length for people: "2 h 05 min", "3 min 07 s", "4.2 s"."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"
