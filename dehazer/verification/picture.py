"""What a picture file is: size, depth, transparency and everything written beside the pixels. Read with Pillow alone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from dehazer.errors import DamagedInputError
from dehazer.files.animations import pages_of
from dehazer.files.inputs import check_readable
from dehazer.files.pictures import iptc_of

_ORIENTATION = 0x0112
_TURNED = (5, 6, 7, 8)
_BITS_PER_SAMPLE = 258
_XMP = "XML:com.adobe.xmp"
_LAYOUT_TAGS = {*range(254, 260), *range(262, 267), 273, *range(277, 284), 284, *range(290, 298), 301, 305, *range(317, 348),
                *range(512, 533), 700, 34665, 34675, 33723}
"""TIFF 6.0: how the picture lies in the file, and blocks that are properties of their own."""


@dataclass(frozen=True)
class StillPicture:
    """Width and height as shown, that is after the EXIF orientation. profile, xmp, iptc: SHA-256 of these blocks, or empty.

    bits: per sample. pictures: in the file. dpi: rounded to whole numbers.
    """

    width: int
    height: int
    bits: int
    gray: bool
    alpha: bool
    pictures: int
    exif: tuple[tuple[int, str], ...]
    profile: str
    xmp: str
    iptc: str
    dpi: tuple[int, int] | None
    comment: str
    texts: tuple[tuple[str, str], ...]


def read_still(path: Path) -> StillPicture:
    """Read the header of a picture file. Raises InputError members."""
    check_readable(path)
    try:
        with Image.open(path) as opened:
            return _facts(opened, path)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise DamagedInputError(f"{path} is not a picture or is damaged.", str(error)) from error


def _facts(opened: Image.Image, path: Path) -> StillPicture:
    opened.load()
    exif, info = opened.getexif(), opened.info
    width, height = opened.size[::-1] if exif.get(_ORIENTATION) in _TURNED else opened.size
    dpi, comment = info.get("dpi"), info.get("comment", b"")
    tags = tuple((tag, str(exif[tag])) for tag in sorted(exif) if tag not in {_ORIENTATION, *_LAYOUT_TAGS})
    return StillPicture(
        width, height, _bits(opened, path), opened.mode in ("1", "L", "LA", "F") or opened.mode.startswith("I"),
        opened.has_transparency_data, len(pages_of(opened)) or getattr(opened, "n_frames", 1), tags,
        _hash(info.get("icc_profile")),
        _hash(info.get("xmp") or getattr(opened, "text", {}).get(_XMP)),
        _hash(iptc_of(opened)),
        (round(dpi[0]), round(dpi[1])) if dpi else None,
        comment.decode("utf-8", "replace") if isinstance(comment, bytes) else str(comment),
        tuple(sorted((key, str(text)) for key, text in getattr(opened, "text", {}).items() if key != _XMP)))


def _bits(opened: Image.Image, path: Path) -> int:
    if opened.mode == "F":
        return 32
    if opened.mode.startswith("I"):
        return 16
    if opened.format == "PNG":
        with path.open("rb") as file:
            return max(8, file.read(25)[24])  # in the IHDR block; Pillow hides that a picture has 16-bit colours
    return max(8, int(max(getattr(opened, "tag_v2", {}).get(_BITS_PER_SAMPLE, (8,)))))


def _hash(block: bytes | str | None) -> str:
    data = block.encode() if isinstance(block, str) else block or b""
    return hashlib.sha256(data).hexdigest() if data else ""
