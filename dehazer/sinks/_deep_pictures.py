"""Picture files of 16 bits per sample: their samples by OpenCV, which Pillow does not write, their descriptions by Pillow."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dehazer.errors import OutputError
from dehazer.files.pictures import PictureNotes
from dehazer.frames.color import frame_to_rgb
from dehazer.frames.frame import Frame

DEEP = (".png", ".tif", ".tiff")
"""Endings of files that can hold 16 bits."""
_PIXELS = (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"sBIT", b"gAMA", b"cHRM")
_HEAD = 8 + 25
"""Bytes of a PNG's signature and its first block, IHDR."""


def deep_picture(frame: Frame, notes: PictureNotes | None, suffix: str, extra: dict[str, Any]) -> bytes:
    """The file. extra: Pillow's options for what describes the picture. Raises OutputError."""
    done, data = cv2.imencode(suffix, _samples(frame, notes))
    if not done:
        raise OutputError(f"A picture of {frame.width}×{frame.height} with 16 bits cannot be stored as {suffix}.")
    encoded = bytes(data)
    if suffix != ".png":
        return encoded
    return encoded[:_HEAD] + b"".join(_descriptions(extra)) + encoded[_HEAD:]


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
