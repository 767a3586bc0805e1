"""What FFmpeg writes wrongly into MP4 and MOV files that are made of pieces that can be played at any moment (ISO/IEC 14496-12).

It makes a track for a cover picture, which holds nothing: the picture itself lies among the descriptions (covr). Such a track is
renamed to "free", which readers pass over (8.1.2). And where the last picture in the file is not the last that is shown, and
begins a piece, the edit list ends one picture early, which players then leave out. Nothing moves.
"""

from __future__ import annotations

import math
import os
import struct
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

FORMATS = ("mp4", "mov")

_SIZES = b"stsz"
_PICTURES = b"vide"
_HEADER, _LONG_HEADER = 8, 16


_FINER = 10
"""How many times finer than every other the time base of subtitles must be."""


def text_clock(own: Fraction | None, finest: Fraction) -> Fraction:
    """Time base in which subtitles are written, so that the pauses between them are as long as they were. own: the input's.
    finest: the finest of the other streams.

    FFmpeg's writer ends a subtitle, with a pause of unknown length, as soon as another stream's time stamp is the larger number,
    and does not look at their time bases. Were that before the next subtitle came, and a piece of the file ended there, the pause
    would get the length of the subtitle before it, and the next one would be moved. In a time base so much finer, the next comes
    first: it begins before the number of any other stream is ten times as large.
    """
    base, least = own or Fraction(1, 1000), _FINER / finest
    return base / math.ceil(least * base)


def remove_empty_tracks(path: Path) -> None:
    """Take every track of pictures that holds none out of the index of a finished file. Raises OSError."""
    with path.open("r+b") as file:
        for movie in _boxes(file, 0, os.fstat(file.fileno()).st_size, b"moov"):
            for start, end in list(_boxes(file, *movie, b"trak")):
                if _is_empty(file, start, end):
                    _rename(file, start, b"free")


def extend_edits(path: Path) -> None:
    """Let the edit list of every track of pictures in a finished file end behind the last that is shown. Raises OSError."""
    with path.open("r+b") as file:
        for movie in _boxes(file, 0, os.fstat(file.fileno()).st_size, b"moov"):
            header = next(_boxes(file, *movie, b"mvhd"), None)
            for track in list(_boxes(file, *movie, b"trak")):
                shown = None if header is None else _extended(file, track, _clock(file, header[0]))
                if header is not None and shown is not None:
                    _raise_duration(file, header[0], 24, 16, shown)


def _extended(file: BinaryIO, track: tuple[int, int], clock: int) -> int | None:
    """Duration of the edits of a track in units of `clock`, once they are long enough; None where they were, or it has none."""
    media, edits = _inner(file, track, b"mdia"), _inner(file, track, b"edts", b"elst")
    handler, header = _inner(file, media, b"hdlr"), _inner(file, media, b"mdhd")
    if edits is None or header is None or handler is None or _read(file, handler[0] + 8, 4) != _PICTURES:
        return None
    end = _last_shown(file, _inner(file, media, b"minf", b"stbl"))
    entries, long = _edits(file, edits[0])
    if not entries or end is None:
        return None
    wanted = -(-(end - entries[-1][1]) * clock // _clock(file, header[0]))
    if entries[-1][0] >= wanted:
        return None
    size = 20 if long else 12
    file.seek(edits[0] + 8 + size * (len(entries) - 1))
    file.write(wanted.to_bytes(8 if long else 4, "big"))
    shown = wanted + sum(duration for duration, _ in entries[:-1])
    if (described := _inner(file, track, b"tkhd")) is not None:
        _raise_duration(file, described[0], 28, 20, shown)
    return shown


def _inner(file: BinaryIO, box: tuple[int, int] | None, *names: bytes) -> tuple[int, int] | None:
    """The first box along a path of names."""
    for name in names:
        box = None if box is None else next(_boxes(file, *box, name), None)
    return box


def _last_shown(file: BinaryIO, tables: tuple[int, int] | None) -> int | None:
    """When the last picture shown ends, in the track's clock."""
    durations, offsets = (_runs(file, _inner(file, tables, name)) for name in (b"stts", b"ctts"))
    if durations is None or not durations.size:
        return None
    ends = np.cumsum(durations)
    return int((ends if offsets is None else ends + offsets[:ends.size]).max())


def _runs(file: BinaryIO, table: tuple[int, int] | None) -> NDArray[np.int64] | None:
    """The values of a table of counts and values, one for every sample."""
    if table is None:
        return None
    pairs = np.frombuffer(_read(file, table[0] + 8, table[1] - table[0] - 8), ">i4").reshape(-1, 2)
    return np.repeat(pairs[:, 1].astype(np.int64), pairs[:, 0])


def _edits(file: BinaryIO, start: int) -> tuple[list[tuple[int, int]], bool]:
    """(duration, first moment of the track) of each edit, and whether they are stored in 64 bits."""
    long, count = _read(file, start, 1) == b"\1", int.from_bytes(_read(file, start + 4, 4), "big")
    form = ">QqI" if long else ">IiI"
    content = _read(file, start + 8, struct.calcsize(form) * count)
    return [(duration, begin) for duration, begin, _ in struct.iter_unpack(form, content)], long


def _clock(file: BinaryIO, start: int) -> int:
    """Units a second of a movie or track header, whose content begins at `start`."""
    return int.from_bytes(_read(file, start + (20 if _read(file, start, 1) == b"\1" else 12), 4), "big")


def _raise_duration(file: BinaryIO, start: int, at_long: int, at_short: int, least: int) -> None:
    """Write the duration into a header, where it is less."""
    long = _read(file, start, 1) == b"\1"
    at, size = start + (at_long if long else at_short), 8 if long else 4
    if int.from_bytes(_read(file, at, size), "big") < least:
        file.seek(at)
        file.write(least.to_bytes(size, "big"))


def _boxes(file: BinaryIO, start: int, end: int, name: bytes) -> Iterator[tuple[int, int]]:
    """(start, end) of the contents of all boxes called `name` directly in a part of the file."""
    while start + _HEADER <= end:
        file.seek(start)
        head = file.read(_LONG_HEADER)
        size, begin = int.from_bytes(head[:4], "big"), start + _HEADER
        if size == 1:
            size, begin = int.from_bytes(head[8:16], "big"), start + _LONG_HEADER
        close = end if size == 0 else start + size
        if close < begin or close > end:
            return  # damaged
        if head[4:8] == name:
            yield begin, close
        start = close


def _is_empty(file: BinaryIO, start: int, end: int) -> bool:
    for media in _boxes(file, start, end, b"mdia"):
        pictures = [_read(file, begin + 8, 4) == _PICTURES for begin, _ in _boxes(file, *media, b"hdlr")]
        tables = [table for information in _boxes(file, *media, b"minf") for table in _boxes(file, *information, b"stbl")]
        sizes = [begin for table in tables for begin, _ in _boxes(file, *table, _SIZES)]
        return pictures == [True] and [_read(file, begin + 8, 4) for begin in sizes] == [bytes(4)]
    return False


def _read(file: BinaryIO, start: int, count: int) -> bytes:
    file.seek(start)
    return file.read(count)


def _rename(file: BinaryIO, start: int, name: bytes) -> None:
    """The box whose content begins at `start`; its header is short, because an empty track is."""
    file.seek(start - 4)
    file.write(name)
