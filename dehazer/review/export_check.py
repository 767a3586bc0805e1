"""Finished exports are opened again, counted and compared with their recordings, before they get their names.

The list of properties and the verdicts are those of the self-check of `dehazer-video` (`dehazer.verification`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

import av
from av.packet import Packet
from PIL import Image, UnidentifiedImageError

from dehazer.errors import DehazerError
from dehazer.files.media import FFMPEG_ERRORS, open_input, picture_stream
from dehazer.files.pictures import pictures_in
from dehazer.files.time_jumps import TimeJumps
from dehazer.review.footage import Footage, Piece
from dehazer.review.original_export import OriginalFile
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


def check_original(made: OriginalFile) -> tuple[Check, ...]:
    """A copy: every packet of pictures against the recording's; decoded and compared only where the file type reframes them."""
    copied, source = made.copied, made.piece.recording.path
    try:
        given = _packets(source, copied.first, copied.pictures)
        found = _packets(made.path, None, None)
        shown = _count(read_span(source, made.piece.start, made.piece.end), made.piece)
    except DehazerError as error:
        return (Check("opens", "FAIL", "a film", str(error)),)
    same = [digest for _, digest in given] == [digest for _, digest in found]
    times = [time - copied.shift for time, _ in found]
    inside = sum(made.low <= time and (made.high is None or time < made.high) for time in times)
    worst = max((abs(a - given[0][0] - b + times[0]) for (a, _), b in zip(given, times, strict=False)), default=Fraction(1))
    checks = [judged("frames", shown == inside, "$^", (), (str(shown), str(inside))),
              judged("packets", len(given) == len(found), "$^", (), (str(len(given)), str(len(found)))),
              judged("times", worst <= Fraction(1, 900), "$^", (),
                     ("as in the recording", f"off by {float(worst) * 1000:.2f} ms"))]
    if same:
        return (*checks, Check("content", "PASS", "every byte", "every byte"))
    return (*checks, _decoded_alike(made))


def _packets(path: Path, first: Fraction | None, count: int | None) -> list[tuple[Fraction, str]]:
    """(time, hash) of the packets of pictures in order of decoding: `count` of them from the key frame shown at `first` on."""
    with open_input(path) as container:
        stream = picture_stream(container, path)
        jumps = TimeJumps(container, 1 / (stream.average_rate or Fraction(25)))
        if first is not None and first > _MARGIN and not jumps.active:
            container.seek(int((first - _MARGIN) * av.time_base))
        return list(islice(_from(container.demux(stream), first, jumps), count))


def _from(packets: Iterator[Packet[Any]], first: Fraction | None, jumps: TimeJumps) -> Iterator[tuple[Fraction, str]]:
    begun = first is None
    for packet in packets:
        jumps.follow(packet)
        time = Fraction(packet.pts if packet.pts is not None else packet.dts or 0) * packet.time_base
        begun = begun or (time == first and packet.is_keyframe)
        if begun and packet.size:
            yield time, hashlib.sha256(bytes(packet)).hexdigest()


def _decoded_alike(made: OriginalFile) -> Check:
    """Whether the pictures that both decode are the same, value by value."""
    given = dict(_pictures(made.piece.recording.path, made.copied.first, made.copied.last))
    found = {time - made.copied.shift: digest for time, digest in _pictures(made.path, None, None)}
    twins = [(digest, next((other for time2, other in found.items() if abs(time - time2) < Fraction(1, 900)), ""))
             for time, digest in given.items() if time >= made.low]
    same = bool(twins) and all(a == b for a, b in twins)
    return judged("content", same, "$^", (), (f"{len(twins)} pictures", "the same pictures" if same else "other pictures"))


def _pictures(path: Path, first: Fraction | None, last: Fraction | None) -> Iterator[tuple[Fraction, str]]:
    """(time, hash of the planes) of the pictures shown from `first` to `last`."""
    with open_input(path) as container:
        stream = picture_stream(container, path)
        base = stream.time_base or Fraction(1, 1000)
        if first is not None and first > _MARGIN and not TimeJumps(container).active:
            container.seek(int((first - _MARGIN) * av.time_base))
        try:
            for picture in container.decode(stream):
                time = (picture.pts or 0) * base
                if last is not None and time > last:
                    return
                if first is None or time >= first:
                    yield time, hashlib.sha256(picture.to_ndarray().tobytes()).hexdigest()
        except FFMPEG_ERRORS:
            return
