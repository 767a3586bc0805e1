"""How long the pictures of an animation are shown, and how often it is played."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from dehazer.files.pictures import PAGED_SUFFIXES

_SUBFILE_TYPE, _REDUCED = 254, 1
"""TIFF 6.0: a picture that is a small copy of another one of the file."""


@dataclass(frozen=True)
class Animation:
    """durations: of the pictures, in ms. plays: how often it is played, 0 for without end. comment: of a GIF."""

    durations: tuple[int, ...]
    plays: int
    comment: bytes = b""


def animation_in(path: Path) -> Animation | None:
    """What an animated GIF, WebP or PNG says; None for every other file, also for one that cannot be read."""
    try:
        with Image.open(path) as opened:
            count = getattr(opened, "n_frames", 1)
            if count < 2 or opened.format not in ("GIF", "WEBP", "PNG"):
                return None
            if opened.format == "PNG":
                return Animation(_durations(opened, pages_of(opened)), int(opened.info.get("loop", 0)))
            if opened.format == "WEBP":
                return Animation(_webp_durations(path.read_bytes()), int(opened.info.get("loop", 0)))
            repeats = opened.info.get("loop")
            comment = opened.info.get("comment", b"")
            plays = 1 if repeats is None else int(repeats) and int(repeats) + 1
            return Animation(_durations(opened, range(count)), plays, comment)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        return None


def pages_in(path: Path) -> tuple[int, ...]:
    """Numbers of the pictures of a file that is asked for with all its pictures; fewer than two: it is a single one."""
    if path.suffix.lower() not in PAGED_SUFFIXES:
        return ()
    try:
        with Image.open(path) as opened:
            return pages_of(opened)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        return ()  # whoever reads it says what is wrong


def pages_of(opened: Image.Image) -> tuple[int, ...]:
    """Numbers of the pictures that belong to a file's series: no small copies, and not what stands in for an animated PNG."""
    return tuple(page for page in range(getattr(opened, "n_frames", 1)) if _is_page(opened, page))


def _is_page(opened: Image.Image, page: int) -> bool:
    if opened.format == "PNG":
        return page > 0 or not has_stand_in(opened)
    if opened.format != "TIFF":
        return opened.format == "WEBP"
    opened.seek(page)
    return not int(getattr(opened, "tag_v2", {}).get(_SUBFILE_TYPE, 0)) & _REDUCED


def has_stand_in(opened: Image.Image) -> bool:
    """Whether the first picture of an animated PNG is not part of it, but what programs without animation show."""
    return bool(getattr(opened, "default_image", False)) and getattr(opened, "n_frames", 1) > 1


def _durations(opened: Image.Image, pages: Iterable[int]) -> tuple[int, ...]:
    durations = []
    for page in pages:
        opened.seek(page)
        durations.append(round(opened.info.get("duration", 0)))
    return tuple(durations)


def _webp_durations(data: bytes) -> tuple[int, ...]:
    """From the ANMF blocks of the file (WebP Container Specification), so that no picture has to be decoded."""
    durations, at = [], 12
    while at + 8 <= len(data):
        name, size = struct.unpack("<4sI", data[at:at + 8])
        if name == b"ANMF":
            durations.append(int.from_bytes(data[at + 20:at + 23], "little"))
        at += 8 + size + size % 2
    return tuple(durations)
