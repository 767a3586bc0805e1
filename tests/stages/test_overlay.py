"""Original and result in one picture, for every layout and size."""

from __future__ import annotations

import numpy as np
import pytest

from dehazer.frames.frame import PIXEL_FORMATS, frame_from_rgb
from dehazer.stages.overlay import compared, compared_size
from tests.pictures import random_frame


@pytest.mark.parametrize("name", PIXEL_FORMATS)
@pytest.mark.parametrize("size", [(24, 40), (17, 31), (16, 2)])
def test_side_by_side(name: str, size: tuple[int, int]) -> None:
    original, result = random_frame(name, *size, seed=1), random_frame(name, *size, seed=2)
    both = compared(original, result, "side")
    assert (both.height, both.width) == compared_size(*size, "side")
    for plane, left, right in zip(both.planes, original.planes, result.planes, strict=True):
        half = plane.shape[1] // 2
        assert np.array_equal(plane[:, :half], left[:, :half])
        assert np.array_equal(plane[:, half:], right[:, : plane.shape[1] - half])


@pytest.mark.parametrize("name", PIXEL_FORMATS)
def test_wipe_keeps_both_sides_and_draws_a_line(name: str) -> None:
    original, result = random_frame(name, 24, 64, seed=1, high=0.6), random_frame(name, 24, 64, seed=2, high=0.6)
    both = compared(original, result, "wipe")
    for index, (plane, left, right) in enumerate(zip(both.planes, original.planes, result.planes, strict=True)):
        middle = plane.shape[1] // 2
        assert np.array_equal(plane[:, : middle - 4], left[:, : middle - 4])
        assert np.array_equal(plane[:, middle + 4 :], right[:, middle + 4 :])
        if index == 0:
            assert (plane[:, middle] > plane[:, : middle - 4].max()).all()  # white


def test_without_comparison_it_is_the_result_itself() -> None:
    original, result = random_frame("gray", 8, 8, seed=1), random_frame("gray", 8, 8, seed=2)
    assert compared(original, result, None) is result
    assert compared_size(9, 15, None) == (9, 15)
    assert compared_size(9, 15, "wipe") == (9, 15)


def test_inputs_are_not_written_to() -> None:
    original, result = random_frame("yuv420p", 16, 16, seed=1), random_frame("yuv420p", 16, 16, seed=2)
    kept = [p.copy() for p in (*original.planes, *result.planes)]
    for mode in ("side", "wipe"):
        compared(original, result, mode)
    assert all(np.array_equal(a, b) for a, b in zip(kept, (*original.planes, *result.planes), strict=True))


@pytest.mark.parametrize("rotation", [0, 90, 180, -90])
@pytest.mark.parametrize("mode", ["side", "wipe"])
def test_left_and_right_are_those_of_the_turned_picture(rotation: int, mode: str) -> None:
    dark, bright = (frame_from_rgb(np.full((48, 64, 3), value, np.uint8)) for value in (10, 200))
    both = compared(dark, bright, mode, rotation)
    assert (both.height, both.width) == compared_size(48, 64, mode, rotation)
    shown = np.rot90(both.planes[0], rotation // 90)
    width = shown.shape[1]
    assert (shown[:, : width // 2 - 4] == 10).all()
    assert (shown[:, width // 2 + 4:] == 200).all()
    assert shown.shape[:2] == {0: (48, 128), 90: (64, 96)}[rotation % 180] if mode == "side" else True
