"""One picture file to upright RGB: 8 bits packed, or 16 bits as planes where the file holds as many."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from dehazer.errors import DamagedInputError, InputError
from dehazer.files.inputs import check_readable
from dehazer.files.pictures import LARGEST_PIXELS, PictureNotes, check_size, iptc_of

_ORIENTATION = 0x0112
_BITS_PER_SAMPLE = 258
_TURNS = {2: (0, True), 3: (2, False), 4: (2, True), 5: (1, True), 6: (3, False), 7: (3, True), 8: (1, False)}
"""EXIF orientation → (quarter turns counter-clockwise, mirrored from left to right before)."""
_XMP_KEY = "XML:com.adobe.xmp"
_LAYOUT_TAGS = {*range(254, 260), *range(262, 267), 273, *range(277, 282), 284, *range(290, 294), 297, 301, *range(317, 348),
                *range(512, 533), 34675}
"""TIFF 6.0: how the picture lies in the file, and its profile; the rest of the tags describe what it shows."""


@dataclass(frozen=True, eq=False)
class Picture:
    """A decoded picture file. rgb: (H, W, 3) uint8 or uint16, upright."""

    rgb: NDArray[np.uint8] | NDArray[np.uint16]
    notes: PictureNotes
    warnings: tuple[str, ...] = ()


def read_picture(path: Path) -> Picture:
    """Read one picture file; raises InputError (missing, not allowed, huge) or DamagedInputError (no picture, truncated)."""
    check_readable(path)
    try:
        with Image.open(path) as opened:
            check_size(path, *opened.size)
            return _decode(opened, path)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise DamagedInputError(f"{path} is not a picture or is damaged.", str(error)) from error
    except Image.DecompressionBombError as error:
        raise InputError(f"{path} is too large a picture; up to {LARGEST_PIXELS / 1e6:.0f} million pixels are worked on.",
                         str(error)) from error


def read_page(opened: Image.Image, path: Path, page: int) -> Picture:
    """One picture of a file of several. opened: that file, from which nothing else reads. Raises InputError members."""
    try:
        opened.seek(page)
        check_size(path, *opened.size)
        return _decode(opened, path, page)
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise DamagedInputError(f"Picture {page + 1} of {path} is damaged.", str(error)) from error


def _decode(opened: Image.Image, path: Path, page: int | None = None) -> Picture:
    """page: of a file of which every picture is asked for."""
    warnings = []
    if (count := getattr(opened, "n_frames", 1)) > 1 and page is None:
        warnings.append(f"{path.name} holds {count} pictures; only the first is used.")
    exif, icc = opened.getexif(), opened.info.get("icc_profile", b"")
    flat: Image.Image = opened
    if opened.mode == "F":
        warnings.append("Floating point samples are rounded to 8 bits; 0 to 1 is taken for black to white.")
        samples = np.nan_to_num(np.asarray(opened, np.float32), nan=0.0, posinf=1.0, neginf=0.0)
        flat = Image.fromarray(np.rint(samples.clip(0, 1) * 255).astype(np.uint8))
        flat.getexif()[_ORIENTATION] = exif.get(_ORIENTATION, 1)
    deep = None
    if flat is opened and _bits(opened, path) == 16:
        if opened.format == "PNG" and count > 1:
            warnings.append("The 16 bits of an animated PNG are rounded to 8.")
        else:
            deep = _sixteen_bits(path, page or 0)
    upright = ImageOps.exif_transpose(flat)
    orientation = exif.get(_ORIENTATION, 1)
    for tag in (_ORIENTATION, *(_LAYOUT_TAGS if opened.format == "TIFF" else ())):
        exif.pop(tag, None)
    alpha = np.array(upright.convert("RGBA"))[..., 3] if deep is None and upright.has_transparency_data else None
    if upright.mode == "CMYK":
        warnings.append("The CMYK colours are stored as RGB.")
    notes = PictureNotes(path, exif.tobytes() if len(exif) else b"", b"" if upright.mode == "CMYK" else icc, alpha,
                         upright.mode in ("1", "L", "LA"), **_descriptions(opened))
    if orientation != 1:
        exif[_ORIENTATION] = orientation  # the next picture of the file is turned alike
    if deep is not None:
        return _deep_picture(deep, int(orientation), notes, tuple(warnings))
    return Picture(np.array(upright.convert("RGB")), notes, tuple(warnings))


def _deep_picture(deep: NDArray[np.uint16], orientation: int, notes: PictureNotes, warnings: tuple[str, ...]) -> Picture:
    """The picture of 16-bit samples (H, W, 1 to 4), turned as its EXIF orientation says."""
    turns, mirrored = _TURNS.get(orientation, (0, False))
    upright = np.rot90(deep[:, ::-1] if mirrored else deep, turns)
    channels = upright.shape[2]
    rgb = upright[..., :3] if channels >= 3 else np.repeat(upright[..., :1], 3, axis=2)
    alpha = upright[..., -1] if channels in (2, 4) else None
    notes = replace(notes, gray=channels < 3, alpha=None if alpha is None else np.ascontiguousarray(alpha), alpha_bits=16)
    return Picture(np.ascontiguousarray(rgb), notes, warnings)


def _descriptions(opened: Image.Image) -> dict[str, Any]:
    """XMP, IPTC, resolution, comment and texts, as fields of PictureNotes."""
    info, dpi = opened.info, opened.info.get("dpi")
    xmp, comment = info.get("xmp", b""), info.get("comment", b"")
    texts = {key: str(text) for key, text in getattr(opened, "text", {}).items() if key != _XMP_KEY}
    return {"xmp": xmp.encode() if isinstance(xmp, str) else xmp, "texts": tuple(texts.items()), "iptc": iptc_of(opened),
            "photoshop": tuple(data for name, data in getattr(opened, "applist", ()) if name == "APP13"),
            "dpi": None if not dpi else (float(dpi[0]), float(dpi[1])),
            "comment": comment.encode() if isinstance(comment, str) else comment}


def _bits(opened: Image.Image, path: Path) -> int:
    if opened.mode.startswith("I"):
        return 16
    if opened.format == "PNG":
        with path.open("rb") as file:
            return file.read(25)[24]  # in the IHDR block; Pillow hides that a picture has 16-bit colours
    return int(max(getattr(opened, "tag_v2", {}).get(_BITS_PER_SAMPLE, (8,))))


def _sixteen_bits(path: Path, page: int) -> NDArray[np.uint16]:
    """(H, W, 1), (H, W, 3) or (H, W, 4) of a 16-bit picture, R first, not yet upright."""
    import cv2

    data = np.fromfile(path, np.uint8)
    if page:
        done, found = cv2.imdecodemulti(data, cv2.IMREAD_UNCHANGED, None, (page, page + 1))
        deep = found[0] if done and found else None
    else:
        deep = cv2.imdecode(data, cv2.IMREAD_UNCHANGED)
    if deep is None or deep.dtype != np.uint16:
        raise DamagedInputError(f"{path} is not a picture that can be read, or is damaged.")
    return np.asarray(deep[..., None] if deep.ndim == 2 else deep[..., [2, 1, 0, 3][: deep.shape[2]]], np.uint16)
