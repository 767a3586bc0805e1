"""The original of a span: the packets of its recordings, copied and never decoded, one file for each recording."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path

from dehazer.review.export_control import ExportControl
from dehazer.review.export_request import ExportRequest
from dehazer.review.film_export import film_tags
from dehazer.review.footage import Footage, Piece, duration_text
from dehazer.review.wall_clock import WallClock
from dehazer.sinks.packet_copy import CopiedPackets, copy_packets
from dehazer.sources.file import FileSource


@dataclass(frozen=True)
class OriginalFile:
    """What was made of one piece. low, high: the span in the recording's own time, seconds. zero: time of its first picture."""

    path: Path
    piece: Piece
    low: Fraction
    high: Fraction | None
    zero: Fraction
    copied: CopiedPackets

    @property
    def begins(self) -> datetime:
        """Wall clock of the first picture in the file: of the key frame."""
        return WallClock.of(self.piece.recording).at(float(self.copied.first - self.zero))

    @property
    def lead(self) -> float:
        """Seconds between the key frame and the beginning of the span."""
        return max(0.0, float(self.low - self.copied.first))


def export_original(request: ExportRequest, footage: Footage, target: Path, control: ExportControl) -> tuple[OriginalFile, ...]:
    """Copy every piece; several become NAME-1.EXT, NAME-2.EXT and so on. Raises members of `dehazer.errors`."""
    made, passed = [], 0.0
    for number, piece in enumerate(footage.pieces, 1):
        path = target if len(footage.pieces) == 1 else target.with_stem(f"{target.stem}-{number}")
        low, high, zero = piece_times(piece)
        done, share = passed / max(footage.duration, 1e-9), piece.duration / max(footage.duration, 1e-9)

        def step(time: Fraction, done: float = done, share: float = share, piece: Piece = piece, low: Fraction = low) -> None:
            control.step(done + share * float(time - low) / max(piece.duration, 1e-9))

        copied = copy_packets(piece.recording.path, path, low, high, tags=film_tags(request, footage), step=step)
        made.append(OriginalFile(path, piece, low, high, zero, copied))
        passed += piece.duration
    return tuple(made)


def piece_times(piece: Piece) -> tuple[Fraction, Fraction | None, Fraction]:
    """(beginning, end, time of the first picture) of a piece in its recording's own time, seconds. Raises InputError members."""
    with FileSource(piece.recording.path) as source:
        zero = source.zero * source.info.time_base
    low = zero + Fraction(round((piece.start or 0.0) * 1_000_000), 1_000_000)
    high = None if piece.end is None else zero + Fraction(round(piece.end * 1_000_000), 1_000_000)
    return low, high, zero


def original_notes(files: tuple[OriginalFile, ...]) -> tuple[str, ...]:
    """What has to be said of the copies: where they really begin, how many they are, what their file type cannot hold."""
    notes = [f"{one.path.name} begins {duration_text(one.lead)} before the in point, at the key frame that its pictures need."
             for one in files if one.lead > 1e-3]
    if len(files) > 1:
        notes.append(f"The span lies in {len(files)} recordings; each was copied into a file of its own.")
    return (*notes, *(f"{one.path.name}: {note}" for one in files for note in one.copied.notes))
