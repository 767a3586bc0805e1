"""Pixels for the screen against the exact conversion."""

from __future__ import annotations

import numpy as np
import pytest

from dehazer.frames.color import frame_to_rgb
from dehazer.frames.frame import PIXEL_FORMATS, ColorTags, Frame
from dehazer.frames.rgb import packed_bgra, packed_rgb
from tests.pictures import random_frame

TAGS = [ColorTags(), ColorTags(1, 1), ColorTags(6, 2), ColorTags(9, 1)]


def smooth(name: str, tags: ColorTags) -> Frame:
    """Slow changes, so that chroma upsampling cannot differ by much."""
    layout = PIXEL_FORMATS[name]
    top = 2**layout.bits - 1
    planes = []
    for number, shape in enumerate(layout.plane_shapes(96, 128)):
        y, x = np.mgrid[0 : shape[0], 0 : shape[1]] / max(shape[:2])
        wave = 0.5 + 0.3 * np.sin(3 * x + 2 * y + number)
        planes.append((np.repeat(wave[..., None], 3, 2) if len(shape) == 3 else wave) * top)
    return Frame(tuple(p.astype(layout.dtype) for p in planes), layout, 96, 128, tags)


@pytest.mark.parametrize("tags", TAGS)
@pytest.mark.parametrize("name", PIXEL_FORMATS)
def test_every_format_matrix_and_range_shows_the_right_colours(name: str, tags: ColorTags) -> None:
    frame = smooth(name, tags)
    exact = (frame_to_rgb(frame).clamp(0, 1) * 255).permute(1, 2, 0).numpy()
    shown = packed_rgb(frame)
    difference = np.abs(shown.astype(np.float32) - exact)
    assert difference.max() <= 3.5
    assert difference.mean() <= 0.8


def test_a_screen_gets_blue_first_and_an_opaque_alpha() -> None:
    rgb = np.zeros((4, 6, 3), np.uint8)
    rgb[..., 0] = 200
    frame = Frame((rgb,), PIXEL_FORMATS["rgb24"], 4, 6)
    pixels = packed_bgra(frame)
    assert pixels.shape == (4, 6, 4)
    assert pixels.flags.c_contiguous
    assert pixels[0, 0].tolist() == [0, 0, 200, 255]


@pytest.mark.parametrize("size", [(48, 64), (192, 256), (50, 50)])
def test_another_size_is_delivered_with_the_same_colours(size: tuple[int, int]) -> None:
    frame = smooth("yuv420p", ColorTags(1, 1))
    pixels = packed_bgra(frame, size)
    assert pixels.shape == (*size, 4)
    assert np.abs(pixels[..., :3].mean((0, 1)) - packed_bgra(frame)[..., :3].mean((0, 1))).max() < 2


@pytest.mark.parametrize("name", ["yuv420p", "yuv422p10le", "gray", "gbrp"])
def test_odd_sizes_and_extreme_codes(name: str) -> None:
    assert packed_bgra(random_frame(name, 35, 47)).shape == (35, 47, 4)
