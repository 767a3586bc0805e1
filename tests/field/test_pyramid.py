"""The pyramid is the same by numpy and by torch, covers the picture, and does not care how the frame stores its colours."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import torch
from hypothesis import given, settings, strategies as st

from dehazer.field.pyramid import BLOCK, CELL, NATIVE, analyse, analysis_size, picture_pyramid
from dehazer.field.torch_pyramid import build_pyramid
from dehazer.frames.frame import PIXEL_FORMATS, ColorTags
from tests.pictures import frame_of, random_frame, rgb_picture, scene


@given(rows=st.integers(1, 4), columns=st.integers(1, 4), seed=st.integers(0, 99), noise=st.booleans())
@settings(max_examples=25, deadline=None)
def test_numpy_and_torch_agree(rows: int, columns: int, seed: int, noise: bool) -> None:
    shape = (rows * BLOCK, columns * BLOCK)
    rgb = np.random.default_rng(seed).integers(0, 256, (*shape, 3), np.uint8) if noise else rgb_picture(*shape, seed)
    small, stats = picture_pyramid(rgb)
    wanted = build_pyramid(torch.from_numpy(rgb).permute(2, 0, 1)[None].float() / 255)
    assert np.abs(small - wanted.small[0].numpy()).max() < 1e-6
    assert np.abs(stats - wanted.stats[0].numpy()).max() < 1e-5


@given(height=st.integers(1, 5000), width=st.integers(1, 5000))
@settings(max_examples=200, deadline=None)
def test_the_cost_does_not_grow_with_the_picture(height: int, width: int) -> None:
    h, w = analysis_size(height, width)
    if (h, w) == (height, width):
        assert min(h, w) in NATIVE
    else:
        assert h % BLOCK == w % BLOCK == 0
    assert min(h, w) >= BLOCK
    assert h * w <= 576 * 2048


@pytest.mark.parametrize(("size", "grid"), [((720, 1280), (56, 100)), ((1080, 1920), (56, 100)), ((2160, 3840), (56, 100)),
                                            ((460, 620), (60, 80)), ((1280, 720), (100, 56)), ((16, 16), (56, 56)),
                                            ((1, 1), (56, 56))])
def test_grid_and_extent(size: tuple[int, int], grid: tuple[int, int]) -> None:
    pyramid = analyse(random_frame("yuv420p", *size))
    assert tuple(pyramid.stats.shape) == (1, 9, *grid)
    assert tuple(pyramid.small.shape) == (1, 3, 2 * grid[0], 2 * grid[1])
    padded = [round(side * extent) for side, extent in zip(analysis_size(*size), pyramid.extent, strict=True)]
    assert padded == [CELL * cells for cells in grid]


@pytest.mark.parametrize("name", [n for n in PIXEL_FORMATS if not n.startswith("gray")])
@pytest.mark.parametrize("size", [(448, 480), (720, 960)])
def test_every_layout_shows_the_same_picture(name: str, size: tuple[int, int]) -> None:
    picture = scene(*size)
    picture = cv2.GaussianBlur(picture, (0, 0), 2)  # chroma is shrunk in most layouts: compare what survives that
    wanted, seen = analyse(frame_of(picture, "rgb24")), analyse(frame_of(picture, name, ColorTags(1, 0)))
    assert np.abs(seen.small - wanted.small).mean() < 0.004
    assert np.abs(seen.stats[:, :6] - wanted.stats[:, :6]).mean() < 0.006


@pytest.mark.parametrize("name", ["gray", "gray10le", "gray12le"])
def test_gray_is_seen_as_gray(name: str) -> None:
    small = analyse(frame_of(scene(448, 448), name)).small[0]
    assert np.abs(small - small.mean(axis=0)).max() < 0.01


def test_the_quick_shrink_keeps_what_an_area_average_keeps() -> None:
    """Bilinear behind three taps stands in for the slow area average: means, extremes and texture stay close."""
    rgb = cv2.GaussianBlur(np.random.default_rng(0).integers(0, 256, (720, 1280, 3), np.uint8), (0, 0), 1.0)
    wanted = picture_pyramid(cv2.resize(rgb, (800, 448), interpolation=cv2.INTER_AREA))
    from dehazer.frames.frame import frame_from_rgb

    seen = analyse(frame_from_rgb(rgb))
    assert np.abs(seen.small[0] - wanted[0]).mean() < 0.004
    assert np.abs(seen.stats[0, 6:] - wanted[1][6:]).mean() < 0.06
    assert np.abs(seen.stats[0, :6] - wanted[1][:6]).mean() < 0.02


@given(height=st.integers(1, 90), width=st.integers(1, 90), name=st.sampled_from(list(PIXEL_FORMATS)))
@settings(max_examples=40, deadline=None)
def test_any_size_and_layout_can_be_looked_at(height: int, width: int, name: str) -> None:
    pyramid = analyse(random_frame(name, height, width))
    assert np.isfinite(pyramid.small).all()
    assert np.isfinite(pyramid.stats).all()
    assert 0 <= pyramid.small.min() <= pyramid.small.max() <= 1
