"""Picture files of 16 bits per sample, which Pillow does not write: descriptions come from Pillow, samples of PNG from OpenCV."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2
from PIL.TiffTags import TAGS_V2_GROUPS, UNDEFINED

from dehazer.errors import OutputError
from dehazer.files.pictures import PictureNotes
from dehazer.frames.color import frame_to_rgb
from dehazer.frames.frame import Frame

DEEP = (".png", ".tif", ".tiff")
"""Endings of files that can hold 16 bits."""
_PIXELS = (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"sBIT", b"gAMA", b"cHRM")
_ICC = 34675
_HEAD = 8 + 25
"""Bytes of a PNG's signature and its first block, IHDR."""


def deep_picture(frame: Frame, notes: PictureNotes | None, suffix: str, extra: dict[str, Any]) -> bytes:
    """The file. extra: Pillow's options for what describes the picture. Raises OutputError."""
    samples = _samples(frame, notes)
    if suffix != ".png":
        return _tiff(samples, extra)
    done, data = cv2.imencode(suffix, samples)
    if not done:
        raise OutputError(f"A picture of {frame.width}×{frame.height} with 16 bits cannot be stored as {suffix}.")
    encoded = bytes(data)
    return encoded[:_HEAD] + b"".join(_descriptions(extra)) + encoded[_HEAD:]


def _tiff(samples: NDArray[np.uint16], extra: dict[str, Any]) -> bytes:
    """A TIFF of one strip, deflated after horizontal differencing (TIFF 6.0, section 14), with Pillow's directory."""
    rgb = samples[..., None] if samples.ndim == 2 else samples[..., [2, 1, 0, 3][: samples.shape[2]]]
    height, width, channels = rgb.shape
    stepped = rgb.astype("<u2")
    stepped[:, 1:] -= rgb[:, :-1]
    data = zlib.compress(stepped.tobytes(), 6)
    tags = _tiff_tags(extra)
    layout = {256: width, 257: height, 258: (16,) * channels, 259: 8, 262: 2 if channels > 2 else 1, 273: 0, 277: channels,
              278: height, 279: len(data), 284: 1, 317: 2, 339: (1,) * channels}
    for tag, value in (layout | ({338: 2} if channels == 4 else {})).items():
        tags[tag] = value
    memory = io.BytesIO()
    tags.save(memory)  # which places the strip behind itself
    return memory.getvalue() + data


def _tiff_tags(extra: dict[str, Any]) -> ImageFileDirectory_v2:
    """What describes the picture."""
    tags, exif = ImageFileDirectory_v2(), Image.Exif()
    if "exif" in extra:
        exif.load(extra["exif"])
    for tag in exif:
        tags[tag] = exif.get_ifd(tag) if tag in TAGS_V2_GROUPS else exif[tag]
    if "icc_profile" in extra:
        tags[_ICC] = extra["icc_profile"]
        tags.tagtype[_ICC] = UNDEFINED
    if "dpi" in extra:
        for tag, value in zip((282, 283, 296), (*extra["dpi"], 2), strict=True):
            tags[tag] = value
    return tags


def _samples(frame: Frame, notes: PictureNotes | None) -> NDArray[np.uint16]:
    """(H, W), (H, W, 3) or (H, W, 4) uint16, B first as OpenCV wants it."""
    if frame.format.name == "gbrp16le":
        green, blue, red = frame.planes
    else:
        red, green, blue = (frame_to_rgb(frame).clamp(0, 1) * 65535).round().numpy().astype(np.uint16)
    if notes is not None and notes.gray:
        return np.ascontiguousarray(green)
    planes = [blue, green, red]
    if notes is not None and notes.alpha is not None and notes.alpha.shape == green.shape:
        planes.append(notes.alpha_in(16))
    return np.ascontiguousarray(np.stack(planes, axis=-1))


def _descriptions(extra: dict[str, Any]) -> Iterator[bytes]:
    """Pillow's own blocks of a PNG for these options, without those that hold pixels."""
    memory = io.BytesIO()
    Image.new("RGB", (1, 1)).save(memory, "PNG", **extra)
    data, at = memory.getvalue(), 8
    while at < len(data):
        size, name = struct.unpack(">I4s", data[at:at + 8])
        if name not in _PIXELS:
            yield data[at:at + 12 + size]
        at += 12 + size
