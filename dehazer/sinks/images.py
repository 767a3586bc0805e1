"""Frames into picture files: one, or a folder of them.

The file type follows the ending. EXIF and ICC blocks, transparency and "one channel only" of the input picture are
written again where the type can hold them. A folder is filled under a partial name and gets its own when it is complete.
"""

from __future__ import annotations

import io
import os
import shutil
import struct
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from dehazer.errors import OutputError, UsageError
from dehazer.files.output_paths import (
    Identity,
    check_folder,
    identity,
    new_partial_file,
    new_partial_folder,
    put_in_place,
    reason,
)
from dehazer.files.pictures import IPTC_RESOURCE, IPTC_TAG, PICTURE_SUFFIXES, PictureNotes, is_picture
from dehazer.frames.color import frame_to_rgb
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.sinks._deep_pictures import DEEP, deep_picture
from dehazer.sinks.base import Sink, SinkResult

_HOLDS_ALPHA = (".png", ".tif", ".tiff", ".webp", ".gif")
_HOLDS_EXIF = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp")
_JPEG, _TIFF = (".jpg", ".jpeg"), (".tif", ".tiff")
_HOLDS_IPTC = _JPEG + _TIFF
_XMP_TAG = 700
_LONGEST_SEGMENT = 65533
_HOLDS_RESOLUTION = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff")
QUALITY: dict[str, dict[str, Any]] = {
    ".jpg": {"quality": 95, "subsampling": 0, "optimize": True},
    ".jpeg": {"quality": 95, "subsampling": 0, "optimize": True},
    ".webp": {"lossless": True, "method": 4},
    ".tif": {"compression": "tiff_deflate"},
    ".tiff": {"compression": "tiff_deflate"},
}


def frame_to_rgb8(frame: Frame) -> NDArray[np.uint8]:
    """(H, W, 3) uint8 of any frame; the plane itself where it is that already."""
    if frame.format.name == "rgb24":
        plane: NDArray[np.uint8] = frame.planes[0]
        return np.ascontiguousarray(plane)
    rgb: NDArray[np.uint8] = (frame_to_rgb(frame).clamp(0, 1) * 255).round().byte().permute(1, 2, 0).contiguous().numpy()
    return rgb


def lost_in(suffix: str, frame: Frame) -> list[str]:
    """What a file of that ending cannot hold of what came with `frame`, one sentence each."""
    notes = frame.transfer
    if not isinstance(notes, PictureNotes):
        return []
    kind = f"{suffix.lstrip('.').upper()} files cannot hold"
    lost = []
    if notes.alpha is not None and suffix not in _HOLDS_ALPHA:
        lost.append(f"{kind} transparency; it is left out.")
    if (notes.exif or notes.icc) and suffix not in _HOLDS_EXIF:
        lost.append(f"{kind} descriptions and colour profiles; they are left out.")
    if notes.dpi and suffix not in _HOLDS_RESOLUTION:
        lost.append(f"{kind} a resolution in dots per inch; it is left out.")
    if frame.format.bits > 8 and suffix not in DEEP:
        lost.append(f"{kind} more than 8 bits per sample; they are rounded.")
    if notes.iptc and suffix not in _HOLDS_IPTC:
        lost.append(f"{kind} IPTC records; they are left out.")
    return lost


def encoded_picture(frame: Frame, suffix: str) -> bytes:
    """One frame as a file of the type of `suffix`. Raises OSError, and ValueError for too large a picture for this type."""
    notes = frame.transfer if isinstance(frame.transfer, PictureNotes) else None
    picture = _with_channels(Image.fromarray(frame_to_rgb8(frame)), notes, suffix)
    extra = QUALITY.get(suffix, {}) | (descriptions(notes, suffix) if notes is not None else {})
    if suffix == ".webp" and notes is not None and notes.path and notes.path.suffix.lower() in (".jpg", ".jpeg"):
        extra.update(lossless=False, quality=95)
    deep = frame.format.bits > 8 and suffix in DEEP
    return deep_picture(frame, notes, suffix, extra) if deep else _encoded(picture, suffix, extra)


def write_picture(frame: Frame, path: Path) -> None:
    """Write one frame to `path`, type by its ending. Raises OutputError, and removes what was written until then."""
    try:
        path.write_bytes(encoded_picture(frame, path.suffix.lower()))
    except OSError as error:
        path.unlink(missing_ok=True)
        raise OutputError(f"{path} cannot be written: {reason(error)}.", str(error)) from error
    except ValueError as error:  # too large a picture for this type
        path.unlink(missing_ok=True)
        raise OutputError(f"{path} cannot be written: {error}.", str(error)) from error


def _encoded(picture: Image.Image, suffix: str, extra: dict[str, Any]) -> bytes:
    """The file as bytes: written by Python, a full disk is an OSError, while libtiff would raise errors of its own."""
    buffer = io.BytesIO()
    picture.save(buffer, Image.registered_extensions()[suffix], **extra)
    return buffer.getvalue()


def descriptions(notes: PictureNotes, suffix: str) -> dict[str, Any]:
    """Pillow's options for EXIF, ICC, XMP, resolution, comment and texts, where files of that ending can hold them."""
    kept: dict[str, Any] = {}
    if suffix in _HOLDS_EXIF and (exif := _tiff_exif(notes) if suffix in _TIFF else notes.exif):
        kept["exif"] = exif
    if notes.icc and suffix in _HOLDS_EXIF:
        kept["icc_profile"] = notes.icc
    if notes.dpi and suffix in _HOLDS_RESOLUTION:
        kept["dpi"] = notes.dpi
    if notes.xmp and suffix in (".jpg", ".jpeg", ".webp"):
        kept["xmp"] = notes.xmp
    if suffix in _JPEG and (segments := _photoshop(notes)):
        kept["extra"] = segments
    if notes.comment and suffix in _JPEG:
        kept["comment"] = notes.comment
    if suffix == ".png" and (notes.texts or notes.xmp):
        kept["pnginfo"] = info = PngInfo()
        for key, text in notes.texts:
            info.add_itxt(key, text)
        if notes.xmp:
            info.add_itxt("XML:com.adobe.xmp", notes.xmp.decode("utf-8", "replace"))
    return kept


def _tiff_exif(notes: PictureNotes) -> bytes:
    """The EXIF block with what TIFF stores beside it as tags of its own."""
    added = {tag: block for tag, block in ((_XMP_TAG, notes.xmp), (IPTC_TAG, notes.iptc)) if block}
    if not added:
        return notes.exif
    exif = Image.Exif()
    if notes.exif:
        exif.load(notes.exif)
    for tag, block in added.items():
        exif[tag] = block
    return exif.tobytes()


def _photoshop(notes: PictureNotes) -> bytes:
    """APP13 segments of a JPEG: those of the input, else one of the IPTC records (Photoshop file formats, image resources)."""
    segments = notes.photoshop
    if not segments and notes.iptc:
        padded = notes.iptc + b"\0" * (len(notes.iptc) % 2)
        segments = (b"Photoshop 3.0\0" + b"8BIM" + struct.pack(">HHI", IPTC_RESOURCE, 0, len(notes.iptc)) + padded,)
    return b"".join(b"\xff\xed" + struct.pack(">H", len(one) + 2) + one for one in segments if len(one) <= _LONGEST_SEGMENT)


def _with_channels(picture: Image.Image, notes: PictureNotes | None, suffix: str) -> Image.Image:
    """One channel or transparency as in the input, where nothing changed in size and the type can hold it."""
    if notes is None:
        return picture
    if notes.gray:
        picture = picture.convert("L")
    if notes.alpha is not None and suffix in _HOLDS_ALPHA and notes.alpha.shape == (picture.height, picture.width):
        picture.putalpha(Image.fromarray(notes.alpha_in(8)))
    return picture


class ImageSink(Sink):
    """Exactly one frame into one picture file."""

    def __init__(self, path: Path, info: VideoInfo, first_only: bool = False) -> None:
        """first_only: of a picture file of several pictures the first is taken, and that is said; else they are refused.

        Raises OutputError, and UsageError for more than one frame.
        """
        if not is_picture(path):
            raise OutputError(f"{path.name} is no picture type known here; use one of: {', '.join(PICTURE_SUFFIXES)}.")
        several = info.frames is not None and info.frames > 1
        if several and not first_only:
            given = info.name or "the input"
            raise UsageError(f"{path.name} is one picture, but {given} has {info.frames} frames; name a folder instead.")
        check_folder(path.parent)
        self._path, self._before = path, identity(path)
        self._partial: Path | None = None
        self._frames, self._done = 0, False
        self._first_only = first_only
        self._left_out = (f"{Path(info.name).name} holds {info.frames} pictures; only the first is used.",) if several else ()
        self._lost: list[str] = []

    @property
    def warnings(self) -> tuple[str, ...]:
        """What this type of picture cannot hold; known when the picture is."""
        return (*self.unused, *self._left_out, *self._lost)

    def write(self, frame: Frame) -> None:
        """Write the picture; raises OutputError for a second one."""
        if self._frames and self._first_only:
            return
        if self._frames:
            raise OutputError(f"{self._path.name} is one picture, but more frames come; name a folder instead.")
        self._partial = self._partial or new_partial_file(self._path)
        self._lost = lost_in(self._path.suffix.lower(), frame)
        write_picture(frame, self._partial)
        self._frames = 1

    def finish(self) -> SinkResult:
        """Give the picture its name."""
        if not self._frames or self._partial is None:
            return SinkResult(None, 0)
        self._done = True
        put_in_place(self._partial, self._path, self._before)
        return SinkResult(self._path, 1, warnings=self.warnings)

    def stop(self) -> SinkResult:
        """A picture that was written is complete; keep it under its partial name. Half a picture is removed."""
        if not self._frames:
            self.discard()
        self._done = True
        return SinkResult(self._partial if self._frames else None, self._frames, complete=False, warnings=self.warnings)

    def discard(self) -> None:
        """Remove what was written."""
        if self._partial is not None and not self._done:
            self._partial.unlink(missing_ok=True)


class FolderSink(Sink):
    """Every frame into its own file: named as the input's picture, or 000001.png and so on."""

    def __init__(self, path: Path) -> None:
        path = path if path.name else path.absolute()  # "." and "/" have no name to put ".partial" behind
        if not path.name:
            raise OutputError(f"{path} is no place for a folder of pictures; name a folder in it.")
        if os.path.lexists(path) and not os.path.isdir(path):
            raise OutputError(f"{path} is there and is no folder, but pictures need one; choose another name, or an "
                              "ending such as .mp4 for a video.")
        check_folder(path.absolute().parent)
        self._path = self._working_name = path
        self._before: dict[str, Identity | None] = {p.name: identity(p) for p in path.iterdir()} if path.is_dir() else {}
        self._partial: Path | None = None
        self._frames, self._done = 0, False
        self._lost: dict[str, None] = {}

    @property
    def warnings(self) -> tuple[str, ...]:
        """What these types of pictures cannot hold."""
        return (*self.unused, *self._lost)

    def write(self, frame: Frame) -> None:
        """Write one picture."""
        self._partial = self._partial or new_partial_folder(self._working_name)
        name = self.file_name(frame)
        self._lost.update(dict.fromkeys(lost_in(Path(name).suffix.lower(), frame)))
        write_picture(frame, self._partial / name)
        self._frames += 1

    def file_name(self, frame: Frame) -> str:
        """What the frame's picture is called."""
        notes = frame.transfer
        return notes.path.name if isinstance(notes, PictureNotes) and notes.path else f"{self._frames + 1:06d}.png"

    def finish(self) -> SinkResult:
        """Give the folder its name, or move the pictures into the one that is there."""
        if not self._frames or self._partial is None:
            self.discard()
            return SinkResult(None, 0)
        self._done = True
        if self._path.is_dir():
            for picture in sorted(self._partial.iterdir()):
                put_in_place(picture, self._path / picture.name, self._before.get(picture.name))
            self._partial.rmdir()
        else:
            put_in_place(self._partial, self._path, None)
        return SinkResult(self._path, self._frames, warnings=self.warnings)

    def stop(self) -> SinkResult:
        """Keep the pictures written so far, in the partial folder."""
        if not self._frames:
            self.discard()
            return SinkResult(None, 0, complete=False)
        self._done = True
        return SinkResult(self._partial, self._frames, complete=False, warnings=self.warnings)

    def discard(self) -> None:
        """Remove the pictures written so far."""
        if self._partial is not None and not self._done:
            self._done = True
            shutil.rmtree(self._partial, ignore_errors=True)
