"""What a haze field promises: a true identity, linear strength, the same answer in every layout, and a fit that finds it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from numpy.typing import NDArray

from dehazer.errors import UsageError
from dehazer.field.haze_field import LEFT_LUMA, MIN_TRANSMISSION, HazeField
from dehazer.field.planes import luma_weights
from dehazer.frames.color import effective_matrix, frame_to_rgb, plane_codes, rgb_to_yuv_matrix
from dehazer.frames.frame import PIXEL_FORMATS, ColorTags, Frame
from tests.pictures import frame_of, random_frame, scene

FORMATS = list(PIXEL_FORMATS)


def random_field(seed: int, rows: int = 5, columns: int = 7, strongest: float = 4.0, extent: tuple[float, float] = (1.0, 1.0),
                 airlight: tuple[float, float] = (0.5, 1.1), guided: bool = False) -> HazeField:
    """A field as haze makes it: gain in [1, strongest], an airlight per cell and colour."""
    draw = np.random.default_rng(seed)
    gain = 1 + (strongest - 1) * draw.random((1, rows, columns), np.float32)
    low, high = airlight
    guide = 0.4 + 0.2 * draw.random((1, rows, columns), np.float32) if guided else None
    return HazeField(gain, (low + (high - low) * draw.random((3, rows, columns), np.float32)) * (1 - gain), extent, guide=guide)


def ones(*shape: int) -> NDArray[np.float32]:
    return np.ones(shape, np.float32)


def zeros(*shape: int) -> NDArray[np.float32]:
    return np.zeros(shape, np.float32)


def reference(field: HazeField, frame: Frame) -> list[NDArray[np.float64]]:
    """Every plane in float64, before rounding: lines interpolated bilinearly, without OpenCV, torch or the code under test."""
    lines, out = field.lines(), []
    for index, (plane, (zero, span)) in enumerate(zip(frame.planes, plane_codes(frame), strict=True)):
        luma = luma_at(frame, index, field.weights)
        gain, *offsets = (grown(slope, plane.shape, field.extent) * luma + grown(level, plane.shape, field.extent)
                          for slope, level in zip(lines.slope, lines.level, strict=True))
        seen = colours_of(frame, index) @ np.stack([o.ravel() for o in offsets])
        shift = seen.reshape(-1, *plane.shape[:2])
        shift = shift.transpose(1, 2, 0) if plane.ndim == 3 else shift[0]
        gain = gain[..., None] if plane.ndim == 3 else gain
        out.append(np.clip(gain * plane + (1 - gain) * zero + span * shift, 0, 2**frame.format.bits - 1))
    return out


def colours_of(frame: Frame, index: int) -> NDArray[np.float64]:
    """How R, G and B add up to what a plane holds."""
    if frame.format.family == "rgb":
        return np.eye(3)
    if frame.format.family == "gbr":
        return np.eye(3)[[(1, 2, 0)[index]]]
    return rgb_to_yuv_matrix(effective_matrix(frame.color, frame.height))[[index]]


def luma_at(frame: Frame, index: int, weights: tuple[float, float, float]) -> NDArray[np.float64]:
    """Luma in [0, 1] at every sample of a plane; chroma sees the mean of its pixels, rounded to a code."""
    if frame.format.family == "rgb":
        return frame.planes[0].astype(np.float64) @ weights / 255
    if frame.format.family == "gbr":
        green, blue, red = (p.astype(np.float64) for p in frame.planes)
        return (weights[0] * red + weights[1] * green + weights[2] * blue) / (2**frame.format.bits - 1)
    luma = frame.planes[0].astype(np.float64)
    if luma.shape != frame.planes[index].shape:
        rows, columns = frame.planes[index].shape
        down, across = 1 << frame.format.sub_y, 1 << frame.format.sub_x
        more = (0, rows * down - luma.shape[0]), (0, columns * across - luma.shape[1])
        whole = np.pad(frame.planes[0], more, mode="edge")
        luma = cv2.resize(whole, (columns, rows), interpolation=cv2.INTER_AREA).astype(np.float64)
    zero, span = plane_codes(frame)[0]
    return (luma - zero) / span


def grown(grid: NDArray[Any], shape: tuple[int, ...], extent: tuple[float, float]) -> NDArray[np.float64]:
    """Bilinear between cell centres, edges repeated, in float64."""
    for axis in (0, 1):
        cells, samples = grid.shape[axis], shape[axis]
        places = (np.arange(samples) + 0.5) * cells / max(1, round(samples * extent[axis])) - 0.5
        grid = np.apply_along_axis(lambda line, p=places: np.interp(p, np.arange(line.size), line), axis, grid)  # type: ignore[misc]
    return grid


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("size", [(48, 64), (37, 51), (1, 5), (6, 1)])
@pytest.mark.parametrize(("extent", "guided"), [((1.0, 1.0), False), ((1.3, 1.1), False), ((1.3, 1.1), True)])
def test_apply_is_within_one_code_of_float64(name: str, size: tuple[int, int], extent: tuple[float, float], guided: bool) -> None:
    field, frame = random_field(1, extent=extent, guided=guided), random_frame(name, *size)
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
    for guide in (None, np.random.default_rng(0).random((1, 3, 4), np.float32)):
        computed = HazeField(ones(1, 3, 4), zeros(3, 3, 4), guide=guide)
        for name in FORMATS:
            frame = random_frame(name, 33, 47)
            for a, b in zip(computed.apply(frame).planes, frame.planes, strict=True):
                assert np.array_equal(a, b), name


@given(strength=st.floats(0, 1), seed=st.integers(0, 99), guided=st.booleans())
@settings(max_examples=30, deadline=None)
def test_strength_is_linear_in_the_result(strength: float, seed: int, guided: bool) -> None:
    field = random_field(seed, guided=guided)
    rgb = scene(20, 28, seed).transpose(2, 0, 1)
    full = field.apply_rgb(rgb)
    assert np.allclose(field.strengthened(strength).apply_rgb(rgb), rgb + strength * (full - rgb), atol=1e-4)


@given(seed=st.integers(0, 999), name=st.sampled_from(FORMATS), full=st.booleans(), matrix=st.sampled_from([1, 5, 6, 9]),
       height=st.integers(1, 40), width=st.integers(1, 40), reach=st.floats(1.0, 1.9), guided=st.booleans())
@settings(max_examples=150, deadline=None)
def test_planes_give_what_rgb_gives(
        seed: int, name: str, full: bool, matrix: int, height: int, width: int, reach: float, guided: bool) -> None:
    """Correcting Y, U and V is correcting R, G and B, wherever nothing clips and chroma is not shrunk."""
    field = random_field(seed, strongest=2.0, extent=(reach, 1.0), airlight=(0.4, 0.6), guided=guided)
    frame = random_frame(name, height, width, seed, ColorTags(matrix, 2 if full else 1), low=0.45, high=0.55)
    field = replace(field, weights=luma_weights(frame))
    result = field.apply(frame)
    if frame.format.family == "gray" or frame.format.sub_x or frame.format.sub_y:
        wanted = field.apply_rgb(gray_rgb(frame))  # luma alone is defined at every pixel
        luma = rgb_to_yuv_matrix(effective_matrix(frame.color, height))[0]
        compare_luma(result, np.tensordot(luma, wanted, 1), field, frame)
    else:
        step = 1 / plane_codes(frame)[0][1]
        assert np.abs(frame_to_rgb(result).numpy() - field.apply_rgb(frame_to_rgb(frame).numpy())).max() < 2.2 * step


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
    field = random_field(3, guided=True)
    for a, b in zip(field.apply(frame).planes, field.apply(frame.with_planes(padded)).planes, strict=True):
        assert np.array_equal(a, b)


def test_meter_reads_the_transmission() -> None:
    t = np.full((1, 10, 10), 0.5, np.float32)
    t[0, :1] = 0.2  # the haziest tenth
    meter = HazeField(1 / t, zeros(3, 10, 10)).meter()
    assert meter.transmission == pytest.approx(0.47)
    assert meter.visibility == pytest.approx(0.2)
    assert meter.haze == pytest.approx(0.53)


def test_meter_ignores_the_padding() -> None:
    gain = ones(1, 10, 10)
    gain[:, 5:] = 8.0
    assert HazeField(gain, zeros(3, 10, 10), extent=(2.0, 1.0)).meter().transmission == pytest.approx(1.0)


@given(seed=st.integers(0, 99), strength=st.floats(1.0, 1.5), t=st.floats(0.1, 1.0))
@settings(max_examples=40, deadline=None)
def test_above_full_strength_the_transmission_is_a_power_and_the_airlight_stays(seed: int, strength: float, t: float) -> None:
    airlight = np.random.default_rng(seed).uniform(0.4, 1.1, (3, 1, 1)).astype(np.float32)
    gain = np.full((1, 1, 1), 1 / t, np.float32)
    out = HazeField(gain, airlight * (1 - gain)).strengthened(strength)
    limit = 1 / MIN_TRANSMISSION
    assert float(out.gain[0, 0, 0]) == pytest.approx(min(t**-strength, limit), rel=1e-3)
    assert np.allclose(out.offset, airlight * (1 - out.gain), atol=2e-3 * limit)


def test_strength_is_continuous_at_full_and_clear_cells_stay_clear() -> None:
    field = random_field(3)
    just = field.strengthened(1.0001)
    assert np.allclose(just.gain, field.gain, rtol=1e-3)
    assert np.allclose(just.offset, field.offset, rtol=1e-2, atol=1e-3)
    clear = HazeField(np.ones((1, 2, 2), np.float32), np.zeros((3, 2, 2), np.float32)).strengthened(1.5)
    assert np.array_equal(clear.gain, np.ones((1, 2, 2), np.float32))
    assert np.array_equal(clear.offset, np.zeros((3, 2, 2), np.float32))


def mean_luma(field: HazeField) -> NDArray[np.float32]:
    """(h, w) mean luma of the cells of a guided field after correction."""
    assert field.guide is not None
    weights = np.array(field.weights)[:, None, None]
    return np.asarray(field.gain[0] * field.guide[0] + (weights * field.offset).sum(axis=0), np.float32)


@given(seed=st.integers(0, 99), strength=st.floats(1.0, 1.5))
@settings(max_examples=40, deadline=None)
def test_above_full_strength_shadows_that_were_right_are_not_crushed(seed: int, strength: float) -> None:
    field = random_field(seed, guided=True)
    usual, out = mean_luma(field), field.strengthened(strength)
    assert (mean_luma(out) >= np.minimum(LEFT_LUMA * np.maximum(usual, 0), usual) - 1e-3).all()
    assert (out.gain >= field.gain - 1e-4).all()  # never less than at 100 %
    free = mean_luma(out) > 1.01 * LEFT_LUMA * np.abs(usual)
    power = HazeField(field.gain, field.offset).strengthened(strength)  # without a guide: no luma is known, nothing is held
    assert np.allclose(out.gain[0][free], power.gain[0][free], rtol=1e-4)


def test_a_dim_wall_in_fog_keeps_its_light_at_the_greatest_strength() -> None:
    """t = 0.4 before an airlight of 0.8, the wall 0.3: a power of 1.5 alone would make it black."""
    gain, guide = np.full((1, 2, 2), 2.5, np.float32), np.full((1, 2, 2), 0.6, np.float32)
    field = HazeField(gain, np.repeat(np.float32(0.8) * (1 - gain), 3, axis=0), guide=guide)
    assert mean_luma(field) == pytest.approx(0.3)
    assert mean_luma(field.strengthened(1.5)) == pytest.approx(0.18)
    lighter = [float(mean_luma(field.strengthened(s)).mean()) for s in np.linspace(1, 1.5, 51)]
    assert np.abs(np.diff(lighter)).max() < 0.02  # nothing jumps
    assert np.diff(lighter).max() < 1e-5


@pytest.mark.parametrize("strength", [-0.1, 1.6])
def test_strength_outside_is_refused(strength: float) -> None:
    with pytest.raises(UsageError, match=r"between 0 and 1\.5"):
        random_field(0).strengthened(strength)


def test_shapes_are_checked_at_birth() -> None:
    with pytest.raises(UsageError, match=r"\(1, h, w\)"):
        HazeField(ones(2, 3, 3), zeros(3, 3, 3))


@given(weight=st.floats(0, 1))
@settings(max_examples=20, deadline=None)
def test_blending_lies_between(weight: float) -> None:
    a, b = random_field(1), random_field(2)
    blended = a.blended(b, weight)
    assert np.allclose(blended.gain, (1 - weight) * a.gain + weight * b.gain, atol=1e-5)
    assert np.allclose(blended.offset, (1 - weight) * a.offset + weight * b.offset, atol=1e-5)


def test_blending_needs_one_grid() -> None:
    with pytest.raises(UsageError, match="grids"):
        random_field(1).blended(random_field(1, 6, 6), 0.5)


def neutral_field(rows: int, columns: int) -> HazeField:
    return HazeField(ones(1, rows, columns), zeros(3, rows, columns), neutral=True)


def test_identity_is_neutral_and_stays_so() -> None:
    neutral = neutral_field(2, 3)
    frame = frame_of(scene(16, 16), "yuv420p")
    assert neutral.apply(frame) is frame
    assert neutral.strengthened(0.5).neutral
    assert neutral.blended(neutral_field(2, 3), 0.5).neutral
    assert not neutral.blended(random_field(0, 2, 3), 0.5).neutral


def test_pictures_are_applied_to_in_batches_too() -> None:
    field, batch = random_field(4, guided=True), np.stack([scene(20, 28, seed).transpose(2, 0, 1) for seed in range(2)])
    for one, many in zip(batch, field.apply_rgb(batch), strict=True):
        assert np.array_equal(field.apply_rgb(one), many)
    assert field.apply_rgb(batch).dtype == np.float32


def test_the_guide_follows_an_edge_inside_a_cell() -> None:
    """A dark roof before bright sky, each with its own haze: the guided field has no halo, plain interpolation has."""
    luma = np.full((96, 96), 0.75, np.float32)
    luma[50:] = 0.25  # not on a border between cells
    gain = np.where(luma > 0.5, 3.0, 1.5).astype(np.float32)
    cells = gain.reshape(12, 8, 12, 8).mean((1, 3))[None]
    guide = luma.reshape(12, 8, 12, 8).mean((1, 3))[None]
    rgb = np.repeat(luma[None], 3, axis=0)
    plain = HazeField(cells, zeros(3, 12, 12))
    fields = plain, replace(plain, guide=guide)
    halos = [float(np.abs(field.apply_rgb(rgb)[0] / rgb[0] - gain).max()) for field in fields]
    assert halos[0] > 0.6
    assert halos[1] < 0.15
