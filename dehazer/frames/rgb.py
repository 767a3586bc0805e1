"""Frames as pixels for a screen: packed, 8 bits, with the right matrix and range; under a millisecond at 1280×720."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from dehazer.frames.color import rgb8_from_gray8, rgb8_from_yuv8
from dehazer.frames.frame import Frame
from dehazer.frames.resize import for_screen

Pixels = NDArray[np.uint8]
ROWS = 48
"""Rows that are converted at a time: what lies between the planes and the pixels stays in the processor's cache."""


def packed_bgra(frame: Frame, size: tuple[int, int] | None = None) -> Pixels:
    """(H, W, 4) uint8, contiguous, alpha 255: what Qt calls Format_RGB32 on little-endian machines.

    size: (height, width) to deliver instead of the frame's own; planes are scaled before colours are converted, so a
    small view of a large picture costs little.
    """
    if frame.format.family != "yuv":
        return _as_pixels(cv2.cvtColor(packed_bgr(frame, size), cv2.COLOR_BGR2BGRA))
    planes, matrix = _in_size(frame, size), rgb8_from_yuv8(frame)[::-1]
    out: Pixels = np.empty((*planes[0].shape, 4), np.uint8)
    for first in range(0, out.shape[0], ROWS):
        rows = slice(first, first + ROWS)
        cv2.cvtColor(cv2.transform(cv2.merge([p[rows] for p in planes]), matrix), cv2.COLOR_BGR2BGRA, dst=out[rows])
    return out


def packed_rgb(frame: Frame, size: tuple[int, int] | None = None) -> Pixels:
    """(H, W, 3) uint8 RGB, contiguous, for files."""
    return _as_pixels(cv2.cvtColor(packed_bgr(frame, size), cv2.COLOR_BGR2RGB))


def packed_bgr(frame: Frame, size: tuple[int, int] | None = None) -> Pixels:
    """(H, W, 3) uint8 BGR, contiguous: OpenCV's order."""
    planes = _in_size(frame, size)
    if frame.format.family == "rgb":
        return _as_pixels(cv2.cvtColor(planes[0], cv2.COLOR_RGB2BGR))
    if frame.format.family == "gbr":
        return _as_pixels(cv2.merge([planes[1], planes[0], planes[2]]))
    if frame.format.family == "gray":
        return _as_pixels(cv2.transform(cv2.merge([planes[0]] * 3), rgb8_from_gray8(frame)))
    return _as_pixels(cv2.transform(cv2.merge(planes), rgb8_from_yuv8(frame)[::-1]))


def _in_size(frame: Frame, size: tuple[int, int] | None) -> list[Pixels]:
    """All planes in 8 bits and in one size, that of the frame if none is given."""
    height, width = size or (frame.height, frame.width)
    return [for_screen(_eight_bit(p, frame.format.bits), height, width) for p in frame.planes]


def _eight_bit(plane: NDArray[Any], bits: int) -> Pixels:
    """The plane in 8 bits, on the same code scale (limited range stays limited)."""
    return plane if bits == 8 else cv2.convertScaleAbs(plane, alpha=2.0 ** (8 - bits))  # type: ignore[return-value]


def _as_pixels(array: Any) -> Pixels:
    out: Pixels = array
    return out
