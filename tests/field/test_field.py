"""What a haze field promises: a true identity, linear strength, the same answer in every layout, and a fit that finds it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dehazer.color import effective_matrix, frame_to_rgb, plane_codes, rgb_to_yuv_matrix
from dehazer.errors import UsageError
from dehazer.field import HazeField, fit_field, identity_field, plane_offsets
from dehazer.frame import PIXEL_FORMATS, ColorTags, Frame
from tests.pictures import frame_of, random_frame, scene

FORMATS = list(PIXEL_FORMATS)


def random_field(seed: int, rows: int = 5, columns: int = 7, strongest: float = 4.0,
                 extent: tuple[float, float] = (1.0, 1.0), airlight: tuple[float, float] = (0.5, 1.1)) -> HazeField:
    """A field as haze makes it: gain in [1, strongest], an airlight per cell and colour."""
    draw = torch.Generator().manual_seed(seed)
    gain = 1 + (strongest - 1) * torch.rand(1, rows, columns, generator=draw)
    low, high = airlight
    return HazeField(gain, (low + (high - low) * torch.rand(3, rows, columns, generator=draw)) * (1 - gain), extent)


def reference(field: HazeField, frame: Frame) -> list[NDArray[np.float64]]:
    """Every plane in float64, before rounding: the grid interpolated bilinearly, without OpenCV or torch."""
    gain, out = field.gain[0].double().numpy(), []
    for plane, (offset, zero) in zip(frame.planes, plane_offsets(field, frame), strict=True):
        a = grown(gain, plane.shape[:2], field.extent)
        b = [grown(o, plane.shape[:2], field.extent) for o in offset.double().reshape(-1, *gain.shape).numpy()]
        shift = np.stack(b, axis=2) if plane.ndim == 3 else b[0]
        a = a[..., None] if plane.ndim == 3 else a
        out.append(np.clip(a * plane + (1 - a) * zero + shift, 0, 2**frame.format.bits - 1))
    return out


def grown(grid: NDArray[np.float64], shape: tuple[int, ...], extent: tuple[float, float]) -> NDArray[np.float64]:
    """Bilinear between cell centres, edges repeated."""
    for axis in (0, 1):
        cells, samples = grid.shape[axis], shape[axis]
        places = (np.arange(samples) + 0.5) * cells / max(1, round(samples * extent[axis])) - 0.5
        grid = np.apply_along_axis(lambda line, p=places: np.interp(p, np.arange(line.size), line), axis, grid)  # type: ignore[misc]
    return grid


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("size", [(48, 64), (37, 51), (1, 5), (6, 1)])
@pytest.mark.parametrize("extent", [(1.0, 1.0), (1.3, 1.1)])
def test_apply_is_within_one_code_of_float64(name: str, size: tuple[int, int], extent: tuple[float, float]) -> None:
    field, frame = random_field(1, extent=extent), random_frame(name, *size)
    for plane, wanted in zip(field.apply(frame).planes, reference(field, frame), strict=True):
        assert plane.dtype == frame.format.dtype
        assert np.abs(plane - np.rint(wanted)).max() <= 1
        assert (plane != np.rint(wanted)).mean() < 0.01  # only where the exact value lies halfway


@pytest.mark.parametrize("name", FORMATS)
def test_strength_zero_returns_the_very_same_pixels(name: str) -> None:
    frame = random_frame(name, 33, 47)
    result = random_field(2).strengthened(0.0).apply(frame)
    assert all(a is b for a, b in zip(result.planes, frame.planes, strict=True))


def test_the_identity_computed_is_bit_exact_too() -> None:
    """Not only the shortcut: gain 1 and offset 0 reproduce every code value of every layout."""
    computed = HazeField(torch.ones(1, 3, 4), torch.zeros(3, 3, 4))
    for name in FORMATS:
        frame = random_frame(name, 33, 47)
        for a, b in zip(computed.apply(frame).planes, frame.planes, strict=True):
            assert np.array_equal(a, b), name


@given(strength=st.floats(0, 1), seed=st.integers(0, 99))
@settings(max_examples=30, deadline=None)
def test_strength_is_linear_in_the_result(strength: float, seed: int) -> None:
    field = random_field(seed)
    rgb = torch.from_numpy(scene(20, 28, seed)).permute(2, 0, 1)
    full = field.apply_rgb(rgb)
    assert torch.allclose(field.strengthened(strength).apply_rgb(rgb), rgb + strength * (full - rgb), atol=1e-5)


@given(seed=st.integers(0, 999), name=st.sampled_from(FORMATS), full=st.booleans(), matrix=st.sampled_from([1, 5, 6, 9]),
       height=st.integers(1, 40), width=st.integers(1, 40), reach=st.floats(1.0, 1.9))
@settings(max_examples=150, deadline=None)
def test_planes_give_what_rgb_gives(seed: int, name: str, full: bool, matrix: int, height: int, width: int, reach: float) -> None:
    """Correcting Y, U and V is correcting R, G and B, wherever nothing clips and chroma is not shrunk."""
    field = random_field(seed, strongest=2.0, extent=(reach, 1.0), airlight=(0.4, 0.6))
    frame = random_frame(name, height, width, seed, ColorTags(matrix, 2 if full else 1), low=0.45, high=0.55)
    result = field.apply(frame)
    if frame.format.family == "gray" or frame.format.sub_x or frame.format.sub_y:
        wanted = field.apply_rgb(torch.from_numpy(gray_rgb(frame)))  # luma alone is defined at every pixel
        luma = rgb_to_yuv_matrix(effective_matrix(frame.color, height))[0]
        compare_luma(result, np.tensordot(luma, wanted.numpy(), 1), field, frame)
    else:
        step = 1 / plane_codes(frame)[0][1]
        assert (frame_to_rgb(result) - field.apply_rgb(frame_to_rgb(frame))).abs().max() < 2.2 * step


def gray_rgb(frame: Frame) -> NDArray[np.float32]:
    """(3, H, W): the luma of a frame in all three colours."""
    zero, span = plane_codes(frame)[0]
    return np.repeat(((frame.planes[0].astype(np.float32) - zero) / span)[None], 3, axis=0)


def compare_luma(result: Frame, wanted: NDArray[Any], field: HazeField, frame: Frame) -> None:
    zero, span = plane_codes(frame)[0]
    assert np.abs(result.planes[0] - np.clip(zero + span * wanted, 0, 2**frame.format.bits - 1)).max() <= 0.51


def test_a_strided_view_is_corrected_like_its_copy() -> None:
    """Decoders hand out rows with padding behind them."""
    frame = random_frame("yuv420p", 40, 60)
    padded = tuple(np.hstack([p, np.zeros((p.shape[0], 9), p.dtype)])[:, : p.shape[1]] for p in frame.planes)
    field = random_field(3)
    for a, b in zip(field.apply(frame).planes, field.apply(frame.with_planes(padded)).planes, strict=True):
        assert np.array_equal(a, b)


@given(seed=st.integers(0, 99))
@settings(max_examples=20, deadline=None)
def test_fit_recovers_a_known_field(seed: int) -> None:
    field = random_field(seed, 1, 1)
    hazy = torch.rand(3, 24, 32, generator=torch.Generator().manual_seed(seed))
    found = fit_field(hazy, field.apply_rgb(hazy), 3, 4)
    assert torch.allclose(found.gain, field.gain.expand(1, 3, 4), rtol=0.02)
    assert torch.allclose(found.apply_rgb(hazy), field.apply_rgb(hazy), atol=0.03)


def test_fit_refuses_pictures_of_different_size() -> None:
    with pytest.raises(UsageError, match="shape"):
        fit_field(torch.rand(3, 8, 8), torch.rand(3, 8, 9), 2, 2)


def test_meter_reads_the_transmission() -> None:
    t = torch.full((1, 10, 10), 0.5)
    t[0, :1] = 0.2  # the haziest tenth
    meter = HazeField(1 / t, torch.zeros(3, 10, 10)).meter()
    assert meter.transmission == pytest.approx(0.47)
    assert meter.visibility == pytest.approx(0.2)
    assert meter.haze == pytest.approx(0.53)


def test_meter_ignores_the_padding() -> None:
    gain = torch.ones(1, 10, 10)
    gain[:, 5:] = 8.0
    assert HazeField(gain, torch.zeros(3, 10, 10), extent=(2.0, 1.0)).meter().transmission == pytest.approx(1.0)


@pytest.mark.parametrize("strength", [-0.1, 1.1])
def test_strength_outside_is_refused(strength: float) -> None:
    with pytest.raises(UsageError, match="between 0 and 1"):
        random_field(0).strengthened(strength)


def test_shapes_are_checked_at_birth() -> None:
    with pytest.raises(UsageError, match=r"\(1, h, w\)"):
        HazeField(torch.ones(2, 3, 3), torch.zeros(3, 3, 3))


@given(weight=st.floats(0, 1))
@settings(max_examples=20, deadline=None)
def test_blending_lies_between(weight: float) -> None:
    a, b = random_field(1), random_field(2)
    blended = a.blended(b, weight)
    assert torch.allclose(blended.gain, (1 - weight) * a.gain + weight * b.gain, atol=1e-5)
    assert torch.allclose(blended.offset, (1 - weight) * a.offset + weight * b.offset, atol=1e-5)


def test_blending_needs_one_grid() -> None:
    with pytest.raises(UsageError, match="grids"):
        random_field(1).blended(random_field(1, 6, 6), 0.5)


def test_identity_is_neutral_and_stays_so() -> None:
    neutral = identity_field(2, 3)
    frame = frame_of(scene(16, 16), "yuv420p")
    assert neutral.apply(frame) is frame
    assert neutral.strengthened(0.5).neutral
    assert neutral.blended(identity_field(2, 3), 0.5).neutral
    assert not neutral.blended(random_field(0, 2, 3), 0.5).neutral


def test_applying_is_differentiable() -> None:
    gain = torch.ones(1, 2, 2, requires_grad=True)
    HazeField(gain, torch.zeros(3, 2, 2)).apply_rgb(torch.rand(3, 8, 8)).sum().backward()
    assert gain.grad is not None
    assert (gain.grad > 0).all()
