"""Empty tracks of covers, taken out of finished MP4 and MOV files.

Where FFmpeg writes MP4 in pieces that can be played at any moment, it makes a track for a cover picture, which holds nothing: the
picture itself lies among the descriptions (covr). Such a track is renamed to "free", which readers pass over (ISO/IEC 14496-12,
8.1.2); nothing moves.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

FORMATS = ("mp4", "mov")

_SIZES = b"stsz"
_PICTURES = b"vide"
_HEADER, _LONG_HEADER = 8, 16


def remove_empty_tracks(path: Path) -> None:
    """Take every track of pictures that holds none out of the index of a finished file. Raises OSError."""
    with path.open("r+b") as file:
        for movie in _boxes(file, 0, os.fstat(file.fileno()).st_size, b"moov"):
            for start, end in list(_boxes(file, *movie, b"trak")):
                if _is_empty(file, start, end):
                    _rename(file, start, b"free")


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
