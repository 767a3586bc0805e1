"""The little that sources and sinks share about picture files: which they are, their order, what travels with them."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dehazer.errors import InputError

if TYPE_CHECKING:
    from PIL import Image

LARGEST_PIXELS = 178_000_000
"""Pixels of a picture that is worked on at most. It takes about 3 GB: one of 63 million took 1.2 GB in all."""
PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp", ".pgm", ".ppm", ".pnm")
PAGED_SUFFIXES = (".tif", ".tiff", ".webp", ".png")
"""Those of files that can hold several pictures, which are all read and written."""
ANIMATED_SUFFIXES = (".gif", ".apng")
"""Those of animated pictures that FFmpeg reads, as films."""
FILM_PAGES = (".tif", ".tiff", ".webp")
"""Those of them that everything with several pictures becomes; .png means a single one, unless it comes from an animation."""


@dataclass(frozen=True, eq=False)
class PictureNotes:
    """What a picture file held beside its colours, so that it can be written again. Travels in `Frame.transfer`.

    path: None for a picture of a film. exif, icc: raw blocks, empty if none; the orientation is already applied and taken
    out of exif. alpha: (H, W) uint8, or uint16 of alpha_bits, or None. gray: the file had one channel. dpi: pixels per inch.
    iptc: records of IPTC-IIM. photoshop: whole APP13 segments of a JPEG, in which they lie.
    comment: of a JPEG or GIF. texts: of a PNG, by key. captions: closed captions of a picture of a film, triplets of CTA-708.
    """

    path: Path | None = None
    exif: bytes = b""
    icc: bytes = b""
    alpha: NDArray[np.uint8] | NDArray[np.uint16] | None = None
    gray: bool = False
    alpha_bits: int = 8
    xmp: bytes = b""
    iptc: bytes = b""
    photoshop: tuple[bytes, ...] = ()
    dpi: tuple[float, float] | None = None
    comment: bytes = b""
    texts: tuple[tuple[str, str], ...] = ()
    captions: bytes = b""

    def alpha_in(self, bits: int) -> NDArray[np.uint8] | NDArray[np.uint16]:
        """The transparency in samples of `bits`, full range; there must be one."""
        assert self.alpha is not None
        if bits == self.alpha_bits:
            return self.alpha
        codes = np.rint(self.alpha.astype(np.float32) * ((2**bits - 1) / (2**self.alpha_bits - 1)))
        return np.asarray(codes, np.uint8) if bits == 8 else np.asarray(codes, np.uint16)


IPTC_RESOURCE, IPTC_TAG = 0x0404, 33723
"""Where IPTC records lie: in the Photoshop resources of a JPEG, and in a TIFF."""


def iptc_of(opened: Image.Image) -> bytes:
    """The IPTC records of a JPEG or TIFF that Pillow has opened, empty if there are none."""
    resources, tag = opened.info.get("photoshop", {}), getattr(opened, "tag_v2", {}).get(IPTC_TAG, b"")
    found = resources.get(IPTC_RESOURCE, b"") if isinstance(resources, dict) else b""
    return bytes(found or (tag if isinstance(tag, bytes) else b""))


def check_size(name: object, width: int, height: int) -> None:
    """Raise InputError for a picture that is too large to be worked on, before any memory is asked for."""
    if width * height > LARGEST_PIXELS:
        raise InputError(f"{name} has {width}×{height} = {width * height / 1e6:.0f} million pixels; up to "
                         f"{LARGEST_PIXELS / 1e6:.0f} million are worked on. Make it smaller, or cut it into parts.")


def is_picture(path: Path) -> bool:
    """Whether the name says that this is a still picture."""
    return path.suffix.lower() in PICTURE_SUFFIXES


_NUMBER = re.compile(r"%(0\d+)?d")


def is_numbered(path: Path) -> bool:
    """Whether the name stands for many pictures, with one number in it as FFmpeg writes it: frame_%04d.png."""
    return is_picture(path) and len(_NUMBER.findall(path.name)) == path.name.count("%") == 1 and not os.path.lexists(path)


def numbered_pictures(pattern: Path) -> list[Path]:
    """The files that a name with a number in it stands for, in order of their numbers; empty if its folder is not there."""
    before, after = (re.escape(part) for part in _NUMBER.sub("\0", pattern.name).split("\0"))
    digits = _NUMBER.search(pattern.name)
    least = int(digits[1]) if digits and digits[1] else 1
    wanted = re.compile(f"{before}(\\d{{{least},}}){after}")
    folder = pattern.parent
    found = [(wanted.fullmatch(path.name), path) for path in (folder.iterdir() if folder.is_dir() else ())]
    return [path for _, path in sorted((int(match[1]), path) for match, path in found if match)]


def natural_key(path: Path) -> tuple[tuple[int, int, str], ...]:
    """Sort key that counts: "a2" before "a10"; letters without regard to case."""
    parts = re.split(r"(\d+)", path.name.casefold())
    return tuple((0, int(p), p) if p.isdecimal() else (1, 0, p) for p in parts if p)


def pictures_in(folder: Path) -> list[Path]:
    """Picture files directly in `folder`, in natural order; hidden files are left out."""
    return sorted((p for p in folder.iterdir() if is_picture(p) and not p.name.startswith(".") and p.is_file()), key=natural_key)
