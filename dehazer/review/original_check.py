"""Copies of packets are opened again and compared with their recordings, packet by packet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av

from dehazer.errors import DehazerError
from dehazer.files.media import FFMPEG_ERRORS, open_input, picture_stream
from dehazer.files.time_jumps import TimeJumps
from dehazer.review.original_export import OriginalFile
from dehazer.verification.checks import Check, judged
from dehazer.verification.film import chosen, read_span

_MARGIN = 10
"""Seconds: where a search aims before what is looked for."""
_NEAR = Fraction(1, 900)
"""Seconds: times that are rounded to milliseconds on both sides may differ by this."""
_DAMAGED = "damaged"
"""What is announced where a recording is damaged: its bytes may be split into packets in more than one way."""


@dataclass(frozen=True)
class _Packets:
    """Packets of pictures. times: when they are shown, in order of decoding. digest: SHA-256 of all bytes, joined."""

    times: tuple[Fraction, ...]
    digest: str


def check_original(made: OriginalFile) -> tuple[Check, ...]:
    """A copy against its recording; pictures are decoded and compared only where the file type frames packets in another way."""
    copied, source = made.copied, made.piece.recording.path
    try:
        given = _packets(source, copied.first, copied.pictures)
        found = _packets(made.path, None, None)
        film = read_span(source, made.piece.start, made.piece.end)
    except DehazerError as error:
        return (Check("opens", "FAIL", "a film", str(error)),)
    shown = len(chosen(film.times, made.piece.start, made.piece.end))
    same = given.digest == found.digest
    times = [time - copied.shift for time in found.times]
    inside = sum(made.low <= time and (made.high is None or time < made.high) for time in times)
    content, damaged = (Check("content", "PASS", "every byte", "every byte"), True) if same else _decoded_alike(made)
    notes = (_DAMAGED,) if damaged else ()
    counts = (str(len(given.times)), str(len(found.times)))
    return (judged("frames", shown == inside, _DAMAGED, notes, (str(shown), str(inside))),
            judged("packets", counts[0] == counts[1], _DAMAGED, notes, counts), _check_times(given.times, times, notes), content)


def _check_times(given: tuple[Fraction, ...], found: list[Fraction], notes: tuple[str, ...]) -> Check:
    """Whether every packet keeps its distance from the first one."""
    worst = max((abs(a - given[0] - b + found[0]) for a, b in zip(given, found, strict=False)), default=Fraction(1))
    split = notes if len(given) != len(found) else ()
    return judged("times", worst <= _NEAR, _DAMAGED, split, ("as in the recording", f"off by {float(worst) * 1000:.2f} ms"))


def _packets(path: Path, first: Fraction | None, count: int | None) -> _Packets:
    """`count` of the packets of pictures, from the key frame shown at `first` on, but for those that are shown before it."""
    times, digest = list[Fraction](), hashlib.sha256()
    with open_input(path) as container:
        for time, data in _from(container, path, first):
            if count is not None and len(times) == count:
                break
            times.append(time)
            digest.update(data)
    return _Packets(tuple(times), digest.hexdigest())


def _from(container: av.container.InputContainer, path: Path, first: Fraction | None) -> Iterator[tuple[Fraction, bytes]]:
    stream, avi = picture_stream(container, path), container.format.name == "avi"
    jumps = TimeJumps(container, 1 / (stream.average_rate or Fraction(25)))
    if first is not None and first > _MARGIN and not jumps.active:
        container.seek(int((first - _MARGIN) * av.time_base))
    begun = first is None
    for packet in container.demux(stream):
        jumps.follow(packet)
        stamp = packet.dts if packet.pts is None or avi else packet.pts
        time = Fraction(stamp or 0) * packet.time_base
        begun = begun or (time == first and packet.is_keyframe)
        if begun and packet.size and (first is None or time >= first):
            yield time, bytes(packet)


@dataclass(frozen=True)
class _Decoded:
    """Pictures of a film: time → hash of the planes. damaged: packets and pictures that a decoder complained about."""

    pictures: dict[Fraction, str]
    damaged: int


def _decoded_alike(made: OriginalFile) -> tuple[Check, bool]:
    """Whether the pictures that both decode are the same, value by value; and whether the recording is damaged there."""
    given = _decoded(made.piece.recording.path, made.copied.first, made.copied.last)
    found = _decoded(made.path, None, None)
    there = {time - made.copied.shift: digest for time, digest in found.pictures.items()}
    wanted = [(time, digest) for time, digest in given.pictures.items() if time >= made.low]
    same = sum(any(digest == other and abs(time - place) <= _NEAR for place, other in there.items()) for time, digest in wanted)
    notes = (_DAMAGED,) if given.damaged else ()
    check = judged("content", same == len(wanted) > 0, _DAMAGED, notes, (f"{len(wanted)} pictures", f"{same} of them the same"))
    return check, bool(given.damaged)


def _decoded(path: Path, first: Fraction | None, last: Fraction | None) -> _Decoded:
    """The pictures shown from `first` to `last`."""
    found, damaged = dict[Fraction, str](), 0
    with open_input(path) as container:
        stream = picture_stream(container, path)
        base = stream.time_base or Fraction(1, 1000)
        if first is not None and first > _MARGIN and not TimeJumps(container).active:
            container.seek(int((first - _MARGIN) * av.time_base))
        for packet in container.demux(stream):
            try:
                pictures = packet.decode()
            except FFMPEG_ERRORS:
                damaged += bool(packet.size)
                continue
            for picture in pictures:
                time = (picture.pts or 0) * base
                damaged += bool(picture.is_corrupt)
                if (first is None or time >= first) and (last is None or time <= last):
                    found[time] = hashlib.sha256(picture.to_ndarray().tobytes()).hexdigest()
            if last is not None and packet.dts is not None and packet.dts * packet.time_base > last + _MARGIN:
                break
    return _Decoded(found, damaged)
