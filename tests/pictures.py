"""Pictures and frames for tests, made of arithmetic: smooth shapes, texture and a bit of noise, always the same."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dehazer.frames.frame import PIXEL_FORMATS, ColorTags, Frame


def scene(height: int, width: int, seed: int = 0) -> NDArray[np.float32]:
    """(H, W, 3) RGB in [0.1, 0.9]: gradients, waves and noise. A copy of its own for everybody who asks."""
    return _scene(height, width, seed).copy()


@lru_cache(maxsize=32)
def _scene(height: int, width: int, seed: int) -> NDArray[np.float32]:
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) / max(height, width)
    waves = [0.5 + 0.3 * np.sin(6.3 * ((1 + c) * x + (2 - c) * y) + seed) for c in range(3)]
    noisy = np.stack(waves, axis=2) + rng.normal(0, 0.03, (height, width, 3))
    return np.clip(noisy, 0.1, 0.9).astype(np.float32)


def rgb_picture(height: int, width: int, seed: int = 0) -> NDArray[np.uint8]:
    """(H, W, 3) uint8 RGB."""
    return np.rint(scene(height, width, seed) * 255).astype(np.uint8)


def random_frame(name: str, height: int, width: int, seed: int = 0, tags: ColorTags | None = None,
                 low: float = 0.0, high: float = 1.0, **more: Any) -> Frame:
    """A frame of any pixel format with random code values between shares `low` and `high` of the code range."""
    layout = PIXEL_FORMATS[name]
    rng = np.random.default_rng(seed)
    top = 2**layout.bits - 1
    planes = tuple(rng.integers(round(low * top), round(high * top) + 1, shape).astype(layout.dtype)
                   for shape in layout.plane_shapes(height, width))
    return Frame(planes, layout, height, width, tags or ColorTags(), **more)


def frame_of(rgb: NDArray[np.float32], name: str, tags: ColorTags | None = None, index: int = 0,
             rate: Fraction = Fraction(25)) -> Frame:
    """A (H, W, 3) RGB picture in [0, 1] as a frame of any pixel format, rounded, chroma averaged; pts = index."""
    from dehazer.frames.color import effective_matrix, plane_codes, rgb_to_yuv_matrix

    layout = PIXEL_FORMATS[name]
    height, width = rgb.shape[:2]
    blank = tuple(np.zeros(s, layout.dtype) for s in layout.plane_shapes(height, width))
    frame = Frame(blank, layout, height, width, tags or ColorTags(), index, 1 / rate, index)
    matrix = rgb_to_yuv_matrix(effective_matrix(frame.color, height))
    colours = {"rgb": [rgb], "gbr": [rgb[..., i] for i in (1, 2, 0)]}.get(layout.family)
    colours = colours or [(rgb @ matrix[i]).astype(np.float32) for i in range(len(blank))]
    planes = [
        np.clip(np.rint(zero + span * _shrunk(c, p.shape[:2])), 0, 2**layout.bits - 1).astype(layout.dtype)
        for c, p, (zero, span) in zip(colours, blank, plane_codes(frame), strict=True)
    ]
    return frame.with_planes(tuple(planes))


def _shrunk(plane: NDArray[np.float32], shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Average down to a chroma plane's size; odd edges repeat."""
    if plane.shape[:2] == tuple(shape):
        return plane
    rows, columns = -(-plane.shape[0] // shape[0]), -(-plane.shape[1] // shape[1])
    more = ((0, shape[0] * rows - plane.shape[0]), (0, shape[1] * columns - plane.shape[1]))
    blocks = np.pad(plane, more, mode="edge").reshape(shape[0], rows, shape[1], columns)
    return np.asarray(blocks.mean(axis=(1, 3)), np.float32)
