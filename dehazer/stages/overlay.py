"""Original and result in one picture, in the frame's own planes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dehazer.frames.color import plane_codes
from dehazer.frames.frame import Frame

DIVIDER = 2  # luma pixels on each side of the middle


def compared_size(height: int, width: int, mode: str | None, rotation: float = 0.0) -> tuple[int, int]:
    """Height and width of the compared picture; "side" is twice as wide as it is shown (less one column of an odd picture).

    rotation: degrees counter-clockwise by which pictures are turned for display.
    """
    if mode != "side":
        return height, width
    if _turns(rotation) % 2:
        return 2 * max(1, height - height % 2), width
    return height, 2 * max(1, width - width % 2)


def compared(original: Frame, result: Frame, mode: str | None, rotation: float = 0.0) -> Frame:
    """"side": original left, result right. "wipe": left half original, right half result, a white line between.

    Left and right are those of the picture as it is shown, turned by `rotation`; its pixels are not turned.
    """
    if mode is None:
        return result
    return _side(original, result, rotation) if mode == "side" else _wipe(original, result, rotation)


def _turns(rotation: float) -> int:
    """Quarter turns counter-clockwise."""
    return round(rotation / 90) % 4


def _side(original: Frame, result: Frame, rotation: float) -> Frame:
    height, width = compared_size(original.height, original.width, "side", rotation)
    turns = _turns(rotation)
    shapes = original.format.plane_shapes(height, width)
    planes = tuple(_beside(np.rot90(a, turns), np.rot90(b, turns), shape[1 - turns % 2], turns)
                   for a, b, shape in zip(original.planes, result.planes, shapes, strict=True))
    return replace(result, planes=planes, height=height, width=width)


def _beside(left: NDArray[Any], right: NDArray[Any], width: int, turns: int) -> NDArray[Any]:
    both = np.concatenate([left[:, : width // 2], right[:, : width - width // 2]], axis=1)
    return np.ascontiguousarray(np.rot90(both, -turns))


def _wipe(original: Frame, result: Frame, rotation: float) -> Frame:
    planes, turns = [], _turns(rotation)
    shown = result.height if turns % 2 else result.width
    for index, (a, b, (zero, span)) in enumerate(zip(original.planes, result.planes, plane_codes(result), strict=True)):
        chroma = result.format.family == "yuv" and index > 0
        both = _divided(np.rot90(a, turns), np.rot90(b, turns), round(zero if chroma else zero + span), shown)
        planes.append(np.ascontiguousarray(np.rot90(both, -turns)))
    return result.with_planes(tuple(planes))


def _divided(left: NDArray[Any], right: NDArray[Any], line: int, width: int) -> NDArray[Any]:
    scale = left.shape[1] / width
    middle, half = left.shape[1] // 2, max(1, round(DIVIDER * scale))
    out = right.copy()
    out[:, :middle] = left[:, :middle]
    out[:, middle - half : middle + half] = line
    return out
