"""Colour against what the standards publish, and round trips that lose nothing but rounding."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings, strategies as st

from dehazer.frames.color import (
    Matrix,
    add_rgb_change,
    chroma_code,
    effective_matrix,
    frame_to_rgb,
    hdr_name,
    luma_code,
    mean_luma,
    plane_codes,
    rgb_to_yuv_matrix,
    yuv_to_rgb_matrix,
)
from dehazer.frames.frame import PIXEL_FORMATS, ColorTags
from tests.pictures import frame_of, random_frame, scene

FULL_CHROMA = [n for n, f in PIXEL_FORMATS.items() if f.family != "gray" and not f.sub_x and not f.sub_y]
TAGS = [ColorTags(matrix, range_) for matrix in (1, 4, 5, 6, 7, 9) for range_ in (1, 2)]


@pytest.mark.parametrize(("matrix", "rows"), [
    # Recommendation BT.601-7 section 2.5, BT.709-6 item 3, BT.2020-2 table 4 and their inverses, as printed there
    (Matrix.SMPTE170M, [[0.299, 0.587, 0.114], [-0.168736, -0.331264, 0.5], [0.5, -0.418688, -0.081312]]),
    (Matrix.BT709, [[0.2126, 0.7152, 0.0722], [-0.114572, -0.385428, 0.5], [0.5, -0.454153, -0.045847]]),
    (Matrix.BT2020_NCL, [[0.2627, 0.678, 0.0593], [-0.139630, -0.360370, 0.5], [0.5, -0.459786, -0.040214]]),
])
def test_matrices_are_the_published_ones(matrix: Matrix, rows: list[list[float]]) -> None:
    assert np.allclose(rgb_to_yuv_matrix(matrix), rows, atol=1e-5)


@pytest.mark.parametrize(("matrix", "red_v", "green_u", "green_v", "blue_u"), [
    (Matrix.SMPTE170M, 1.402, -0.344136, -0.714136, 1.772), (Matrix.BT709, 1.5748, -0.187324, -0.468124, 1.8556),
    (Matrix.BT2020_NCL, 1.4746, -0.164553, -0.571353, 1.8814),
])
def test_inverses_are_the_published_ones(matrix: Matrix, red_v: float, green_u: float, green_v: float, blue_u: float) -> None:
    wanted = [[1, 0, red_v], [1, green_u, green_v], [1, blue_u, 0]]
    assert np.allclose(yuv_to_rgb_matrix(matrix), wanted, atol=1e-5)


@pytest.mark.parametrize("matrix", [1, 4, 5, 6, 7, 9])
def test_grey_has_no_chroma(matrix: int) -> None:
    assert np.allclose(rgb_to_yuv_matrix(Matrix(matrix)) @ [0.5, 0.5, 0.5], [0.5, 0, 0], atol=1e-12)


@given(matrix=st.sampled_from([1, 4, 5, 6, 7, 9]), rgb=st.tuples(*[st.floats(0, 1)] * 3))
def test_colours_of_the_cube_lie_in_the_ranges_of_y_u_and_v_and_come_back(matrix: int, rgb: tuple[float, float, float]) -> None:
    y, u, v = yuv = rgb_to_yuv_matrix(Matrix(matrix)) @ rgb
    assert -1e-9 <= y <= 1 + 1e-9
    assert max(abs(u), abs(v)) <= 0.5 + 1e-9
    assert min(rgb) - 1e-9 <= y <= max(rgb) + 1e-9
    assert np.allclose(yuv_to_rgb_matrix(Matrix(matrix)) @ yuv, rgb, atol=1e-9)


@pytest.mark.parametrize(("bits", "full", "luma", "chroma"), [
    (8, False, (16, 219), (128, 224)), (8, True, (0, 255), (128, 255)),
    (10, False, (64, 876), (512, 896)), (10, True, (0, 1023), (512, 1023)), (12, False, (256, 3504), (2048, 3584)),
])
def test_code_ranges(bits: int, full: bool, luma: tuple[int, int], chroma: tuple[int, int]) -> None:
    """BT.709-6 item 4.5 and H.273 equations 20 to 31."""
    assert luma_code(bits, full) == luma
    assert chroma_code(bits, full) == chroma


@pytest.mark.parametrize(("tags", "height", "wanted"), [
    (ColorTags(), 720, Matrix.BT709), (ColorTags(), 719, Matrix.SMPTE170M), (ColorTags(9), 480, Matrix.BT2020_NCL),
    (ColorTags(5), 1080, Matrix.BT470BG), (ColorTags(0), 1080, Matrix.BT709), (ColorTags(8), 480, Matrix.SMPTE170M),
])
def test_the_matrix_to_compute_with(tags: ColorTags, height: int, wanted: Matrix) -> None:
    assert effective_matrix(tags, height) == wanted


@pytest.mark.parametrize("name", FULL_CHROMA)
@pytest.mark.parametrize("tags", TAGS, ids=lambda t: f"{t.matrix}-{t.range}")
def test_round_trip_through_planes(name: str, tags: ColorTags) -> None:
    rgb = scene(12, 18)
    back = frame_to_rgb(frame_of(rgb, name, tags)).permute(1, 2, 0).numpy()
    bits = PIXEL_FORMATS[name].bits
    assert np.abs(back - rgb).max() <= 1.8 / (219 * 2 ** (bits - 8))  # half a code in each of Y, U and V, mixed


@pytest.mark.parametrize("name", PIXEL_FORMATS)
def test_grey_pictures_come_back_grey_in_every_layout(name: str) -> None:
    grey = np.repeat(scene(16, 24)[..., :1], 3, axis=2)
    back = frame_to_rgb(frame_of(grey, name, ColorTags(1, 0)))
    assert (back - torch.from_numpy(grey).permute(2, 0, 1)).abs().max() < 0.006


@pytest.mark.parametrize("name", PIXEL_FORMATS)
def test_adding_nothing_changes_nothing(name: str) -> None:
    frame = random_frame(name, 15, 21)
    result = add_rgb_change(frame, torch.zeros(3, 15, 21))
    assert all(np.array_equal(a, b) for a, b in zip(result.planes, frame.planes, strict=True))


@given(seed=st.integers(0, 99), name=st.sampled_from(FULL_CHROMA))
@settings(max_examples=25, deadline=None)
def test_a_change_arrives_as_it_was_meant(seed: int, name: str) -> None:
    frame = frame_of(scene(10, 14, seed), name, ColorTags(1, 0))
    change = (torch.rand(3, 10, 14, generator=torch.Generator().manual_seed(seed)) - 0.5) * 0.15
    before, after = frame_to_rgb(frame), frame_to_rgb(add_rgb_change(frame, change))
    assert (after - before - change).abs().max() < 2 / (219 * 2 ** (frame.format.bits - 8))


def test_changes_are_limited_to_the_codes_there_are() -> None:
    frame = random_frame("yuv420p10le", 8, 8)
    for change, code in ((2.0, 1023), (-2.0, 0)):
        assert (add_rgb_change(frame, torch.full((3, 8, 8), change)).planes[0] == code).all()


def test_planes_and_their_codes_go_together() -> None:
    for name in PIXEL_FORMATS:
        frame = random_frame(name, 8, 8)
        assert len(plane_codes(frame)) == len(frame.planes)


@pytest.mark.parametrize("name", ["gray", "gray10le", "gray12le", "yuv420p", "yuv420p12le"])
def test_mean_luma_is_on_the_8_bit_scale(name: str) -> None:
    assert mean_luma(frame_of(np.full((64, 64, 3), 0.5, np.float32), name)) == pytest.approx(16 + 219 / 2, abs=0.6)


@pytest.mark.parametrize(("transfer", "word"), [(16, "PQ"), (18, "HLG"), (1, None), (2, None)])
def test_hdr_is_known_by_its_transfer(transfer: int, word: str | None) -> None:
    name = hdr_name(ColorTags(transfer=transfer))
    assert name is None if word is None else word in (name or "")
