"""Finished exports are opened again, counted and compared with their recordings, before they get their names.

The list of properties and the verdicts are those of the self-check of `dehazer-video` (`dehazer.verification`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from dehazer.errors import DehazerError
from dehazer.files.pictures import pictures_in
from dehazer.review.footage import Footage, Piece
from dehazer.sinks.additions import FilmChapter
from dehazer.verification.checks import Check, Promised, judged
from dehazer.verification.film import Film, chosen, read_film, read_span
from dehazer.verification.verify import check_film

_DAMAGE = "skipped|could not be decoded|ends early|damaged"
_SOUND = "left out|could not be copied|they pause there|could not be read to its end|times that went back"
_MARGIN = 10
"""Seconds: where a search aims before what is looked for."""
_FROM_FIRST = 1e-9
"""Seconds: sound before the first picture, a codec's warm-up, is left out where a file follows another one."""


@dataclass(frozen=True)
class ExpectedFilm:
    """What an exported film was to be. size: width and height. chapters: those given to it; none means the recording's own."""

    footage: Footage
    size: tuple[int, int]
    codec: str | None = None
    chapters: tuple[FilmChapter, ...] = ()
    notes: tuple[str, ...] = ()


def check_computed(path: Path, expected: ExpectedFilm) -> tuple[Check, ...]:
    """A dehazed film, or one side by side: against the packets of its recordings in the span."""
    pieces = expected.footage.pieces
    given = [read_span(piece.recording.path, piece.start or (number and _FROM_FIRST) or None, piece.end)
             for number, piece in enumerate(pieces)]
    if len(pieces) > 1:
        return _check_joined(path, expected, given)
    piece = pieces[0]
    promised = Promised(None, piece.start, piece.end, *expected.size, expected.codec, expected.notes)
    checks = check_film(given[0], path, promised)
    if not expected.chapters or checks[0].property == "opens":
        return checks
    kept = tuple(check for check in checks if check.property != "chapters")
    return (*kept, _check_chapters(read_film(path), expected))


def _check_joined(path: Path, expected: ExpectedFilm, given: Sequence[Film]) -> tuple[Check, ...]:
    """A film of several recordings: their frames and the bytes of their sound one behind the other."""
    try:
        found = read_film(path)
    except DehazerError as error:
        return (Check("opens", "FAIL", "a film", str(error)),)
    frames = sum(_count(film, piece) for film, piece in zip(given, expected.footage.pieces, strict=True))
    notes, size = expected.notes, f"{found.width}×{found.height}"
    wanted = f"{expected.size[0]}×{expected.size[1]}"
    sound = sum(stream.size for film in given for stream in film.streams if stream.kind == "audio")
    heard = sum(stream.size for stream in found.streams if stream.kind == "audio")
    rising = all(a < b for a, b in zip(found.times, found.times[1:], strict=False))
    return (judged("frames", frames == len(found.times), _DAMAGE, notes, (str(frames), str(len(found.times)))),
            judged("times", rising, "$^", (), ("each behind the one before", "so" if rising else "not so")),
            judged("size", size == wanted, "scaled", notes, (wanted, size)),
            judged("sound", sound == heard, _SOUND, notes, (f"{sound} bytes", f"{heard} bytes")),
            judged("damaged packets", not found.damaged, "$^", (), ("none", str(found.damaged))),
            *((_check_chapters(found, expected),) if expected.chapters else ()))


def _count(film: Film, piece: Piece) -> int:
    return len(chosen(film.times, piece.start, piece.end))


def _check_chapters(found: Film, expected: ExpectedFilm) -> Check:
    given = [(chapter.start, chapter.title) for chapter in expected.chapters]
    there = [(start, title) for start, _, title in found.chapters]
    same = [title for _, title in given] == [title for _, title in there] and all(
        abs(a - b) < Fraction(1, 100) for (a, _), (b, _) in zip(given, there, strict=True))
    return judged("chapters", same, "cannot hold chapters", expected.notes, (_titles(given), _titles(there)))


def _titles(chapters: Sequence[tuple[Fraction, str]]) -> str:
    return "; ".join(f"{float(start):.2f} s {title}" for start, title in chapters) or "none"


def check_encoded(path: Path, frames: int, size: tuple[int, int]) -> tuple[Check, ...]:
    """A film without one recording to compare with: frames that were written, size, and that it decodes."""
    try:
        found = read_film(path)
    except DehazerError as error:
        return (Check("opens", "FAIL", "a film", str(error)),)
    there = found.width, found.height
    return (judged("frames", frames == len(found.times), "$^", (), (str(frames), str(len(found.times)))),
            judged("size", size == there, "$^", (), (f"{size[0]}×{size[1]}", f"{there[0]}×{there[1]}")),
            judged("damaged packets", not found.damaged, "$^", (), ("none", str(found.damaged))))


def check_pictures(folder: Path, footage: Footage, size: tuple[int, int], notes: tuple[str, ...]) -> tuple[Check, ...]:
    """A folder of pictures: one for each frame, each of them readable and of the right size."""
    frames = sum(_count(read_span(p.recording.path, p.start, p.end), p) for p in footage.pieces)
    files = pictures_in(folder)
    faults = [path.name for path in files if _size(path) != size]
    return (judged("frames", frames == len(files), _DAMAGE, notes, (str(frames), str(len(files)))),
            judged("pictures", not faults, "changed their size|other size", notes,
                   (f"each {size[0]}×{size[1]}", f"not {', '.join(faults[:3])}" if faults else "so")))


def _size(path: Path) -> tuple[int, int] | None:
    try:
        with Image.open(path) as picture:
            picture.load()
            return picture.size
    except (OSError, UnidentifiedImageError, SyntaxError):
        return None
