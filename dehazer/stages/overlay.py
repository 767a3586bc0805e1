"""Original and result in one picture, in the frame's own planes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dehazer.frames.color import plane_codes
from dehazer.frames.frame import Frame

DIVIDER = 2  # luma pixels on each side of the middle


def compared_size(height: int, width: int, mode: str | None) -> tuple[int, int]:
    """Height and width of the compared picture; "side" is twice as wide (less one column of an odd picture)."""
    return (height, 2 * max(1, width - width % 2)) if mode == "side" else (height, width)


def compared(original: Frame, result: Frame, mode: str | None) -> Frame:
    """"side": original left, result right. "wipe": left half original, right half result, a white line between."""
    if mode is None:
        return result
    return _side(original, result) if mode == "side" else _wipe(original, result)


def _side(original: Frame, result: Frame) -> Frame:
    height, width = compared_size(original.height, original.width, "side")
    shapes = original.format.plane_shapes(height, width)
    planes = tuple(
        np.concatenate([a[:, : shape[1] // 2], b[:, : shape[1] - shape[1] // 2]], axis=1)
        for a, b, shape in zip(original.planes, result.planes, shapes, strict=True)
    )
    return replace(result, planes=planes, height=height, width=width)


def _wipe(original: Frame, result: Frame) -> Frame:
    planes = []
    for index, (a, b, (zero, span)) in enumerate(zip(original.planes, result.planes, plane_codes(result), strict=True)):
        chroma = result.format.family == "yuv" and index > 0
        planes.append(_divided(a, b, round(zero if chroma else zero + span), result.width))
    return result.with_planes(tuple(planes))


def _divided(left: NDArray[Any], right: NDArray[Any], line: int, width: int) -> NDArray[Any]:
    scale = left.shape[1] / width
    middle, half = left.shape[1] // 2, max(1, round(DIVIDER * scale))
    out = right.copy()
    out[:, :middle] = left[:, :middle]
    out[:, middle - half : middle + half] = line
    return out
