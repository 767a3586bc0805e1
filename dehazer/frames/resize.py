"""Planes in another size: an area average where they shrink, at a quarter of its cost; bilinear where they grow."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from dehazer.frames.color import effective_matrix
from dehazer.frames.frame import PIXEL_FORMATS, Frame, PixelFormat

SOFT_FROM = 1.6
"""Planes for a screen that become smaller than by this factor are averaged; less is sampled bilinearly, as Qt and other painters
do."""
WORTHWHILE = 0.8
"""Of the sides: frames without subsampling that would become hardly smaller stay as they are; the work would be the same."""


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


def frame_for_view(frame: Frame, size: tuple[int, int]) -> Frame:
    """A frame in main memory for a view of `size` (height, width): made smaller, with the same colours; the frame itself where
    that would leave out what can be seen, or save nothing.

    Views have as many samples of chroma as of luma, as `packed_bgra` makes them of a whole frame. So frames with fewer are made
    smaller for views only that are no larger than their planes of chroma. `transfer` is left out: it belongs to the whole.
    """
    layout, smallest = frame.format, frame.planes[-1].shape
    room = smallest[:2] if layout.sub_x or layout.sub_y else [WORTHWHILE * side for side in smallest[:2]]
    if size[0] > room[0] or size[1] > room[1]:
        return frame
    full, color = _without_subsampling(layout), frame.color
    if layout.family == "yuv":  # what an untagged picture means depends on its height
        color = replace(color, matrix=int(effective_matrix(color, frame.height)))
    planes = tuple(for_screen(plane, *size) for plane in frame.planes)
    return replace(frame, planes=planes, format=full, height=size[0], width=size[1], color=color, transfer=None)


def _without_subsampling(layout: PixelFormat) -> PixelFormat:
    """The format with as many samples of chroma as of luma, of the same depth and range."""
    return PIXEL_FORMATS[re.sub("(?<=yuv|uvj)4[0-4]{2}", "444", layout.name)]


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
