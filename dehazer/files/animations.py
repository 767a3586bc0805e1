"""How long the pictures of an animation are shown, and how often it is played."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from dehazer.files.pictures import PAGED_SUFFIXES

_SUBFILE_TYPE, _REDUCED = 254, 1
"""TIFF 6.0: a picture that is a small copy of another one of the file."""


@dataclass(frozen=True)
class Animation:
    """durations: of the pictures, in ms. plays: how often it is played, 0 for without end."""

    durations: tuple[int, ...]
    plays: int


def animation_in(path: Path) -> Animation | None:
    """What an animated GIF or WebP says; None for every other file, also for one that cannot be read."""
    try:
        with Image.open(path) as opened:
            count = getattr(opened, "n_frames", 1)
            if count < 2 or opened.format not in ("GIF", "WEBP"):
                return None
            if opened.format == "WEBP":
                return Animation(_webp_durations(path.read_bytes()), int(opened.info.get("loop", 0)))
            repeats = opened.info.get("loop")
            return Animation(_gif_durations(opened, count), 1 if repeats is None else int(repeats) and int(repeats) + 1)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        return None


def pages_in(path: Path) -> tuple[int, ...]:
    """Numbers of the pictures of a TIFF or WebP that is asked for with all its pictures; fewer than two: it is a single one."""
    if path.suffix.lower() not in PAGED_SUFFIXES:
        return ()
    try:
        with Image.open(path) as opened:
            return tuple(page for page in range(getattr(opened, "n_frames", 1)) if _is_page(opened, page))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        return ()  # whoever reads it says what is wrong


def _is_page(opened: Image.Image, page: int) -> bool:
    if opened.format != "TIFF":
        return opened.format == "WEBP"
    opened.seek(page)
    return not int(getattr(opened, "tag_v2", {}).get(_SUBFILE_TYPE, 0)) & _REDUCED


def _gif_durations(opened: Image.Image, count: int) -> tuple[int, ...]:
    durations = []
    for page in range(count):
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
