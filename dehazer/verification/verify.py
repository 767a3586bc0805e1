"""`verify`: input and result side by side."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from itertools import zip_longest
from pathlib import Path

from dehazer.errors import DehazerError
from dehazer.files.languages import same_language
from dehazer.files.pictures import is_numbered, is_picture, numbered_pictures, pictures_in
from dehazer.verification.checks import PROPERTIES, STILL_PROPERTIES, Check, Promised, compare, judged
from dehazer.verification.film import Film, StreamFacts, chosen, read_film
from dehazer.verification.picture import read_still

_TIMES = "rounded to that|stores no times|laid out|moved to the next tick|came without a time"
_SHIFT = "everything is moved by|stores no times"
_CHAPTERS = "cannot hold chapters"
_BROKEN = "could not be copied|to the last frame|could not be read to its end|times that went back"
_LATE = "too early|stores no times"


def verify(source: str | Path, result: str | Path, promised: Promised) -> tuple[Check, ...]:
    """Compare a finished result with its input.

    source, result: two films, two pictures, two folders of pictures, or pictures and the film made of them. Raises InputError
    members where the input cannot be read; a result that cannot be opened is a failed check.
    """
    given, made = Path(source), Path(result)
    still = [os.path.isdir(path) or is_picture(path) for path in (given, made)]
    if not any(still):
        return check_film(read_film(given, promised.start, promised.end), made, promised)
    if not still[1]:
        return _counted(_held(_pictures(given), promised), made, promised)
    if not still[0]:
        asked = len(chosen(read_film(given).times, promised.start, promised.end))
        return (_frames(asked, _held(_pictures(made), promised), promised),)
    return _still_checks(_pictures(given), _pictures(made), promised)


def check_film(given: Film, path: Path, promised: Promised) -> tuple[Check, ...]:
    """Compare a finished film with what was read of its input. A result that cannot be opened is a failed check."""
    try:
        found = read_film(path)
    except DehazerError as error:
        return (Check("opens", "FAIL", "a film", str(error)),)
    times = chosen(given.times, promised.start, promised.end)
    origin = times[0] if promised.start and times else Fraction(0)
    kept = set(times)
    opacity = tuple(one for time, one in zip(given.times, given.opacity, strict=False) if time in kept)
    captions = tuple(one for time, one in zip(given.times, given.captions, strict=False) if time in kept)
    expected = replace(given, times=tuple(t - origin for t in times), opacity=opacity, captions=captions,
                       streams=tuple(replace(s, times=tuple(t - origin for t in s.times)) for s in given.streams))
    return (_frames(len(expected.times), len(found.times), promised), *_time_checks(expected, found, promised),
            *compare(PROPERTIES, expected, found, promised), *_chapter_checks(given, found, origin, promised),
            *_stream_checks(expected, found, promised))


def _frames(expected: int, found: int, promised: Promised) -> Check:
    wanted = expected if promised.frames is None else promised.frames
    notes = promised.notes if found == wanted else ()
    return judged("frames", found == wanted == expected, "skipped|could not be decoded|ends early|only the first is used", notes,
                  (str(expected), str(found)))


def _time_checks(expected: Film, found: Film, promised: Promised) -> list[Check]:
    """Where the film begins, and whether every picture keeps its distance from the first one."""
    if not expected.times or not found.times:
        return []
    shift, step = found.times[0] - expected.times[0], found.clock
    worst = max((abs(b - a - shift) for a, b in zip(expected.times, found.times, strict=False)), default=Fraction(0))
    begun = judged("start", abs(shift) <= step / 2, _SHIFT, promised.notes, (_s(expected.times[0]), _s(found.times[0])))
    return [begun, judged("times", worst <= (step if shift else step / 2), _TIMES, promised.notes,
                          (f"last at {_s(expected.times[-1])}", f"last at {_s(found.times[-1])}, off by {_ms(worst)} at most"))]


def _s(seconds: Fraction) -> str:
    return f"{float(seconds):.6f} s"


def _ms(seconds: Fraction) -> str:
    return f"{float(seconds) * 1000:.3f} ms"


def _chapter_checks(given: Film, found: Film, origin: Fraction, promised: Promised) -> list[Check]:
    if not given.chapters and not found.chapters:
        return []
    expected = list(_cut(given, origin, promised))
    shift = found.times[0] + origin - next(iter(chosen(given.times, promised.start, promised.end)), Fraction(0))
    same = len(expected) == len(found.chapters) and all(
        title == other and max(abs(low - begin - shift), abs(high - end - shift)) <= Fraction(1, 500)
        for (begin, end, title), (low, high, other) in zip(expected, found.chapters, strict=True))
    return [judged("chapters", same, _CHAPTERS, promised.notes, (_titles(expected), _titles(found.chapters)))]


def _cut(given: Film, origin: Fraction, promised: Promised) -> Iterable[tuple[Fraction, Fraction, str]]:
    """The chapters as the span cuts and moves them."""
    end = None if promised.end is None else given.times[0] + Fraction(round(promised.end * 1_000_000), 1_000_000)
    for begin, close, title in given.chapters:
        low, high = max(begin, origin) if promised.start else begin, close if end is None else min(close, end)
        if low < high:
            yield low - origin, high - origin, title


def _titles(chapters: Iterable[tuple[Fraction, Fraction, str]]) -> str:
    return "; ".join(f"{float(begin):.3f} to {float(end):.3f} s {title}" for begin, end, title in chapters) or "none"


def _stream_checks(expected: Film, found: Film, promised: Promised) -> list[Check]:
    """Every other stream of the input, found again by its bytes; what is left in the result was invented."""
    left, checks = list(found.streams), []
    shift = found.times[0] - expected.times[0] if found.times and expected.times else Fraction(0)
    for stream in expected.streams:
        twin = _twin(stream, left)
        if twin is not None:
            left.remove(twin)
        checks += _one_stream(stream, twin, shift, found.clock, promised)
    return checks + [Check(stream.label, "FAIL", "none", _bytes(stream)) for stream in left]


def _twin(stream: StreamFacts, left: list[StreamFacts]) -> StreamFacts | None:
    """The stream with the same bytes, else of that kind and codec, else of other subtitles. Covers may be attachments."""
    same = [one for one in left if one.digest == stream.digest and stream.kind in (one.kind, "video")]
    alike = [one for one in left if (one.kind, one.codec) == (stream.kind, stream.codec)]
    texts = [one for one in left if stream.words and one.words]
    return next(iter(same or alike or texts), None)


def _one_stream(stream: StreamFacts, twin: StreamFacts | None, shift: Fraction, step: Fraction,
                promised: Promised) -> list[Check]:
    given = _bytes(stream)
    if twin is None:
        return [judged(stream.label, False, rf"\b{stream.index} \(.*left out", promised.notes, (given, "none"))]
    allowed = rf"{_BROKEN}|\b{stream.index} \(.* is written as {twin.codec}"
    checks = [judged(stream.label, twin.digest == stream.digest, allowed, promised.notes, (given, _bytes(twin)))]
    if twin.codec != stream.codec and stream.words:
        checks.append(judged(f"{stream.label} words", twin.words == stream.words, _BROKEN, promised.notes,
                             (_said(stream), _said(twin))))
    if stream.times and stream.kind in ("audio", "subtitle"):
        checks.append(_sync(stream, twin, shift, step, promised))
    known = stream.language.replace("und", "")
    if known:
        same = same_language(known, twin.language)
        checks.append(judged(f"{stream.label} language", same, "cannot name languages", promised.notes,
                             (known, twin.language or "none")))
    return checks


def _sync(stream: StreamFacts, twin: StreamFacts, shift: Fraction, step: Fraction, promised: Promised) -> Check:
    """Sound and text against the pictures: packets one by one, or the first where the file type cuts sound differently."""
    whole = len(stream.times) == len(twin.times)
    pairs = list(zip_longest(stream.times, twin.times)) if whole else [(stream.times[0], next(iter(twin.times), None))]
    worst = max(abs(b - a - shift) if b is not None else Fraction(1) for a, b in pairs)
    allowed = max(twin.clock, Fraction(1, 1_000_000)) + step
    return judged(f"{stream.label} times", worst <= allowed, f"{_LATE}|{_BROKEN}", promised.notes,
                  (f"first at {_s(stream.times[0])}", f"off by {_ms(worst)} at most against the pictures"))


def _bytes(stream: StreamFacts) -> str:
    return f"{stream.size} bytes, SHA-256 {stream.digest[:12]}"


def _said(stream: StreamFacts) -> str:
    return f"{len(stream.words)} subtitles, {len(' '.join(stream.words))} characters"


def _pictures(path: Path) -> list[Path]:
    if os.path.isdir(path):
        return pictures_in(path)
    return numbered_pictures(path) if is_numbered(path) else [path]


def _counted(pictures: int, path: Path, promised: Promised) -> tuple[Check, ...]:
    """A film made of pictures: one of them a frame."""
    try:
        found = read_film(path)
    except DehazerError as error:
        return (Check("opens", "FAIL", "a film", str(error)),)
    return (_frames(_in_span(pictures, promised), len(found.times), promised),)


def _in_span(pictures: int, promised: Promised) -> int:
    """How many of a folder's pictures the span holds: pictures have no times of their own, so that the run's count is taken."""
    spanned = promised.start is not None or promised.end is not None
    return promised.frames if spanned and promised.frames is not None else pictures


def _still_checks(given: list[Path], made: list[Path], promised: Promised) -> tuple[Check, ...]:
    """Every picture against its counterpart; of each property the worst verdict stands."""
    by_name = {path.name: path for path in made}
    pairs = [(path, by_name[path.name]) for path in given if path.name in by_name] if len(given) > 1 else list(
        zip(given, made, strict=False))
    worst: dict[str, Check] = {}
    for one, two in pairs:
        size = promised if len(given) == 1 else replace(promised, width=None, height=None)
        try:
            checks = compare(STILL_PROPERTIES, read_still(one), read_still(two), size)
        except DehazerError as error:
            checks = [Check("opens", "FAIL", str(one), str(error))]
        for check in checks:
            if check.property not in worst or _RANK[check.verdict] > _RANK[worst[check.property].verdict]:
                worst[check.property] = check
    frames = _in_span(_held(given, promised), promised)
    return (_frames(frames, _held(made, promised), promised), *worst.values())


def _held(pictures: list[Path], promised: Promised) -> int:
    """How many pictures the files hold; of a single one all count where more than one was worked on."""
    if len(pictures) != 1 or promised.frames in (None, 1):
        return len(pictures)
    try:
        return read_still(pictures[0]).pictures
    except DehazerError:
        return 0  # said by another check


_RANK = {"PASS": 0, "ANNOUNCED": 1, "FAIL": 2}
