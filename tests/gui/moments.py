"""Instants without a network: original and result of chosen colours."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from dehazer.enhance import Moment
from dehazer.frames.frame import PIXEL_FORMATS, Frame, frame_from_rgb


def rgb_moment(index: int = 0, height: int = 90, width: int = 160, bypassed: bool = False) -> Moment:
    """Original: red carries the index; result: green does."""
    before, after = np.zeros((2, height, width, 3), np.uint8)
    before[..., 0] = after[..., 1] = 10 + index
    original = frame_from_rgb(before, index, index, Fraction(1, 25))
    result = original if bypassed else original.with_planes((after,))
    return Moment(original, result, result, None, None, (0.0, 0.0), bypassed)


def grey_frame(values: np.ndarray) -> Frame:
    """A limited-range YUV 4:2:0 frame without colour whose luma codes are `values`."""
    height, width = values.shape
    neutral = np.full((-(-height // 2), -(-width // 2)), 128, np.uint8)
    return Frame((values.astype(np.uint8), neutral, neutral), PIXEL_FORMATS["yuv420p"], height, width)
