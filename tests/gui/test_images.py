"""From frames to images: true colours, turned and shaped right, and buffers that live as long as the image."""

from __future__ import annotations

import gc
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from dehazer.field.haze_field import HazeField
from dehazer.moment import DehazedPicture, Moment
from gui.view.images import DIFFERENCE_GAIN, BufferImage, ImagePair, faded, pixels_of, to_image
from tests.gui.moments import grey_frame, rgb_moment
from tests.moments import moment_of
from tests.pictures import random_frame


def test_an_image_has_the_colours_of_its_frame() -> None:
    pair = ImagePair(rgb_moment(7))
    assert pair.image("original").pixelColor(3, 3).getRgb()[:3] == (17, 0, 0)
    assert pair.image("dehazed").pixelColor(3, 3).getRgb()[:3] == (0, 17, 0)


def test_limited_range_is_stretched_to_the_screen() -> None:
    image = to_image(grey_frame(np.tile(np.array([[16, 235, 126, 126]]), (4, 2))))
    assert [image.pixelColor(x, 0).red() for x in range(3)] == [0, 255, 128]


def test_the_buffer_outlives_the_frame() -> None:
    image = to_image(rgb_moment(40).original)
    gc.collect()
    _ballast = [np.full((90, 160, 4), 255, np.uint8) for _ in range(20)]
    assert image.pixelColor(100, 50).red() == 50


def test_nothing_is_converted_before_it_is_shown_and_nothing_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    monkeypatch.setattr("gui.view.images.to_image", lambda *a: calls.append(1) or to_image(*a))
    pair = ImagePair(rgb_moment())
    assert calls == []
    first = pair.image("dehazed")
    assert pair.image("dehazed") is first
    assert len(calls) == 1


def test_a_bypassed_picture_is_the_same_image() -> None:
    pair = ImagePair(rgb_moment(bypassed=True))
    assert pair.image("dehazed") is pair.image("original")


def _corner(moment: Moment, rotation: float) -> tuple[int, int]:
    """Where the marked corner (top left of the stored picture) is shown."""
    image = ImagePair(moment, rotation).image("original")
    spots = [(x, y) for x in (0, image.width() - 1) for y in (0, image.height() - 1) if image.pixelColor(x, y).blue() == 255]
    assert len(spots) == 1
    return spots[0]


@pytest.mark.parametrize(("rotation", "corner"), [(0, (0, 0)), (90, (0, 159)), (180, (159, 89)), (270, (89, 0)), (-90, (89, 0))])
def test_pictures_are_turned_counter_clockwise(rotation: float, corner: tuple[int, int]) -> None:
    moment = rgb_moment()
    moment.original.planes[0][0, 0, 2] = 255
    assert _corner(moment, rotation) == corner


def test_size_for_display_knows_turns_and_pixel_shapes() -> None:
    assert (ImagePair(rgb_moment()).size.width(), ImagePair(rgb_moment()).size.height()) == (160, 90)
    turned = ImagePair(rgb_moment(), 90, Fraction(4, 3)).size
    assert (turned.width(), turned.height()) == (90, pytest.approx(160 * 4 / 3))


def test_small_views_of_large_pictures_are_converted_small() -> None:
    image = ImagePair(rgb_moment(height=360, width=640), shown=(90, 160)).image("dehazed")
    assert (image.width(), image.height()) == (160, 90)


def test_the_difference_is_absolute_and_brightened() -> None:
    moment = rgb_moment(20)
    color = ImagePair(moment).image("difference").pixelColor(5, 5)
    assert (color.red(), color.green(), color.blue()) == (30 * DIFFERENCE_GAIN, 30 * DIFFERENCE_GAIN, 0)
    bright = moment_of(moment.original, moment.original.with_planes((np.full((90, 160, 3), 250, np.uint8),)))
    assert ImagePair(bright).image("difference").pixelColor(5, 5).blue() == 254  # limited, never wrapped around


def test_a_faded_picture_is_grey_and_darker() -> None:
    pixels = np.zeros((8, 8, 4), np.uint8)
    pixels[..., 2] = 200
    color = faded(BufferImage(pixels)).pixelColor(2, 2)
    assert color.red() == color.green() == color.blue()
    assert 0 < color.red() < 100


def test_pixels_of_an_image_are_its_own() -> None:
    pixels = np.arange(4 * 6 * 4, dtype=np.uint8).reshape(4, 6, 4)
    assert np.array_equal(pixels_of(BufferImage(pixels)), pixels)


def small_yuv_moment(height: int, width: int) -> Moment:
    """A 4:2:0 frame with a field that changes nothing, not applied yet."""
    frame = random_frame("yuv420p", height, width)
    identity = HazeField(np.ones((1, 9, 16), np.float32), np.zeros((3, 9, 16), np.float32))
    return replace(moment_of(frame, frame), dehazed=DehazedPicture(frame, identity))


@pytest.mark.parametrize(("rotation", "shown", "wanted"), [(0, (40, 60), (40, 60)), (90, (60, 40), (40, 60)),
                                                           (180, (40, 60), (40, 60)), (270, (60, 40), (40, 60))])
def test_a_pair_asks_for_a_result_that_lies_as_the_frame_does(rotation: float, shown: tuple[int, int],
                                                              wanted: tuple[int, int]) -> None:
    pair = ImagePair(small_yuv_moment(90, 160), rotation, shown=shown)
    assert pair.frame_size == wanted
    image = pair.image("dehazed")
    assert (image.height(), image.width()) == shown
    result = pair.moment.result_for(pair.frame_size)
    assert (result.height, result.width) == wanted


@pytest.mark.parametrize("larger", [None, (45, 80), (90, 160)])
def test_the_difference_shows_no_change_of_size(larger: tuple[int, int] | None) -> None:
    """Also where another view has asked for a larger picture before."""
    moment = small_yuv_moment(90, 160)
    if larger:
        moment.result_for(larger)
    image = ImagePair(moment, shown=(30, 50)).image("difference")
    assert pixels_of(image)[..., :3].max() == 0
