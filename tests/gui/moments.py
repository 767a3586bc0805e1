"""Instants without a network, original and result of chosen colours; numbers of a session without one."""

from __future__ import annotations

from dataclasses import fields, replace
from fractions import Fraction
from typing import Any

import numpy as np

from dehazer import DropCounts, SessionSnapshot
from dehazer.frames.frame import PIXEL_FORMATS, Frame, frame_from_rgb
from dehazer.live.status import FrameFlow, SceneReading
from dehazer.moment import Moment
from tests.moments import moment_of


def rgb_moment(index: int = 0, height: int = 90, width: int = 160, bypassed: bool = False) -> Moment:
    """Original: red carries the index; result: green does."""
    before, after = np.zeros((2, height, width, 3), np.uint8)
    before[..., 0] = after[..., 1] = 10 + index
    original = frame_from_rgb(before, index, index, Fraction(1, 25))
    result = original if bypassed else original.with_planes((after,))
    return moment_of(original, result, bypassed=bypassed)


def grey_frame(values: np.ndarray) -> Frame:
    """A limited-range YUV 4:2:0 frame without colour whose luma codes are `values`."""
    height, width = values.shape
    neutral = np.full((-(-height // 2), -(-width // 2)), 128, np.uint8)
    return Frame((values.astype(np.uint8), neutral, neutral), PIXEL_FORMATS["yuv420p"], height, width)


def snapshot(**changes: Any) -> SessionSnapshot:
    """A session before its first frame, with changes; fields of `flow` and `scene` are given by their own names."""
    empty = SessionSnapshot("live", 0, 0.0, FrameFlow(), DropCounts(), 0, {"device": "", "precision": ""}, SceneReading(),
                            age_s=None, still_s=None, rss_mb=0.0, governor=None, recording=None, warnings=())
    parts = {name: replace(getattr(empty, name), **{f.name: changes.pop(f.name) for f in fields(getattr(empty, name))
                                                    if f.name in changes}) for name in ("flow", "scene")}
    return replace(empty, **parts, **changes)
