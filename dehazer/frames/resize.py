"""Planes in another size: an area average where they shrink, at a quarter of its cost; bilinear where they grow."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from dehazer.frames.color import effective_matrix
from dehazer.frames.frame import Frame

SOFT_FROM = 1.6
"""Planes for a screen that become smaller than by this factor are averaged; less is sampled bilinearly, as Qt and other painters
do."""


def resized(plane: NDArray[Any], height: int, width: int) -> NDArray[Any]:
    """To the given size: area averages where it shrinks, bilinear where it grows; the plane itself where that is its size."""
    if plane.shape[:2] == (height, width):
        return plane
    plane = _shrunk_by_whole(plane, min(plane.shape[0] // height, plane.shape[1] // width))
    ratios = plane.shape[0] / height, plane.shape[1] / width
    how = cv2.INTER_AREA if min(ratios) >= 1 and max(ratios) > 2 else cv2.INTER_LINEAR
    if min(ratios) > 1 and how == cv2.INTER_LINEAR:
        plane = np.asarray(cv2.sepFilter2D(plane, -1, _softener(ratios[1]), _softener(ratios[0])))
    return np.asarray(cv2.resize(plane, (width, height), interpolation=how))


def for_screen(plane: NDArray[Any], height: int, width: int) -> NDArray[Any]:
    """To the given size for a view on a screen; the plane itself where that is its size."""
    rows, columns = plane.shape[:2]
    if (rows, columns) == (height, width):
        return plane
    if min(rows / height, columns / width) > SOFT_FROM:
        return resized(plane, height, width)
    return np.asarray(cv2.resize(plane, (width, height), interpolation=cv2.INTER_LINEAR))


def frame_in_size(frame: Frame, size: tuple[int, int]) -> Frame:
    """A frame in main memory at `size` (height, width) for a view on a screen, in the same format and with the same colours; the
    frame itself where that is its size. `transfer` is left out: it belongs to the whole picture."""
    if size == (frame.height, frame.width):
        return frame
    planes = tuple(for_screen(plane, *shape[:2]) for plane, shape in
                   zip(frame.planes, frame.format.plane_shapes(*size), strict=True))
    color = frame.color
    if frame.format.family == "yuv":  # what an untagged picture means depends on its height
        color = replace(color, matrix=int(effective_matrix(color, frame.height)))
    return replace(frame, planes=planes, height=size[0], width=size[1], color=color, transfer=None)


def _shrunk_by_whole(plane: NDArray[Any], factor: int) -> NDArray[Any]:
    """Area average by the largest whole factor up to `factor` that divides the sides: ten times quicker than a broken one."""
    height, width = plane.shape[:2]
    factor = next((f for f in range(factor, 1, -1) if height % f == 0 and width % f == 0), 1)
    if factor == 1:
        return plane
    return np.asarray(cv2.resize(plane, (width // factor, height // factor), interpolation=cv2.INTER_AREA))


def _softener(ratio: float) -> NDArray[np.float32]:
    """Three taps that give a bilinear shrink by 1 to 2 the width (second moment) of the area average, at a quarter of its cost.

    An area average over r pixels has variance (r² + 1)/12 around its centre, bilinear sampling 1/6; the taps add the rest.
    """
    side = (ratio**2 - 1) / 24
    return np.array([side, 1 - 2 * side, side], np.float32)
