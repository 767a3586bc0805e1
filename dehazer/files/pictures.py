"""The little that sources and sinks share about picture files: which they are, their order, what travels with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp")


@dataclass(frozen=True, eq=False)
class PictureNotes:
    """What a picture file held beside its colours, so that it can be written again. Travels in `Frame.transfer`.

    exif, icc: raw blocks, empty if none; the orientation is already applied and taken out of exif. alpha: (H, W) uint8
    or None. gray: the file had one channel.
    """

    path: Path
    exif: bytes = b""
    icc: bytes = b""
    alpha: NDArray[np.uint8] | None = None
    gray: bool = False


def is_picture(path: Path) -> bool:
    """Whether the name says that this is a still picture."""
    return path.suffix.lower() in PICTURE_SUFFIXES


def natural_key(path: Path) -> tuple[tuple[int, int, str], ...]:
    """Sort key that counts: "a2" before "a10"; letters without regard to case."""
    parts = re.split(r"(\d+)", path.name.casefold())
    return tuple((0, int(p), p) if p.isdecimal() else (1, 0, p) for p in parts if p)


def pictures_in(folder: Path) -> list[Path]:
    """Picture files directly in `folder`, in natural order; hidden files are left out."""
    return sorted((p for p in folder.iterdir() if is_picture(p) and not p.name.startswith(".") and p.is_file()), key=natural_key)
