"""Which parts of which recordings make up a span of one camera, and what is missing of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dehazer.errors import InputError
from dehazer.review.coverage import SEAM
from dehazer.review.recording import Recording
from dehazer.review.span import Span, gaps_between
from dehazer.review.wall_clock import WallClock

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
    """The pieces of `recordings` that show `span`; of two that show the same time, the one that started last, as in playback.

    Raises InputError where there are none.
    """
    inside = [one for one in recordings if one.span.intersection(span) is not None]
    notes = [f"{one.path.name} is left out: {one.fault}" for one in inside if one.fault is not None]
    shown: list[_Shown] = []
    for recording in sorted((one for one in inside if one.fault is None), key=lambda one: (one.start, str(one.path))):
        covered = [part for earlier in shown for part in earlier.beside(recording)]
        if covered != shown:
            notes.append(f"{recording.path.name} and an earlier recording show the same time; the later one is used there.")
        shown = [*covered, _Shown(recording, recording.start, recording.end)]
    pieces = [piece for part in sorted(shown, key=lambda part: part.start) if (piece := part.piece(span)) is not None]
    if not pieces:
        raise InputError(f"There is no recording of {camera} in the chosen span; choose another span or camera.")
    gaps = _gaps(pieces, span)
    return Footage(camera, span, tuple(pieces), gaps, (*notes, *map(_gap_note, gaps)))


@dataclass(frozen=True)
class _Shown:
    """A stretch of one recording that is used."""

    recording: Recording
    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    def beside(self, later: Recording) -> list[_Shown]:
        """What is left of it where a later recording takes its place; an overlap that is only a seam leaves it whole."""
        if min(self.end, later.end) - max(self.start, later.start) <= SEAM:
            return [self]
        parts = [_Shown(self.recording, self.start, min(self.end, later.start)),
                 _Shown(self.recording, max(self.start, later.end), self.end)]
        return [part for part in parts if part.length > timedelta(0)]

    def piece(self, span: Span) -> Piece | None:
        """The part inside a span, in the recording's own time; None where that is nothing."""
        clock, begin, end = WallClock.of(self.recording), max(self.start, span.start), min(self.end, span.end)
        if begin >= end:
            return None
        low, high = clock.seconds(begin) - _ROUNDING, clock.seconds(end) - _ROUNDING
        whole = end >= self.recording.end and not self.recording.growing  # what is being written ends where it did when asked for
        return Piece(self.recording, low if low > 0 else None, None if whole else high)


def _gaps(pieces: Sequence[Piece], span: Span) -> tuple[Span, ...]:
    """Also those before the first and behind the last piece."""
    edges = (Span(span.start, span.start), Span(span.end, span.end))
    return gaps_between([edges[0], *(piece.span for piece in pieces), edges[1]], SEAM)


def _gap_note(gap: Span) -> str:
    return (f"There is no recording from {gap.start:%Y-%m-%d %H:%M:%S} to {gap.end:%H:%M:%S} UTC "
            f"({duration_text(gap.duration)}); the film goes on without a pause there.")


def duration_text(seconds: float) -> str:
    """A length for people: "2 h 05 min", "3 min 07 s", "4.2 s"."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"
