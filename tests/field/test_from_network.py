"""The field of a network's answer: grey pictures stay grey in every pixel format, and traces of haze count as none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from dehazer.field.from_network import COLOURED, GREY, THIN, TRACE, colour_share, field_from_network, without_traces
from dehazer.field.haze_field import BT709, HazeField
from dehazer.field.planes import luma_weights
from dehazer.field.pyramid import analyse
from dehazer.frames.color import frame_to_rgb
from dehazer.frames.frame import PIXEL_FORMATS, ColorTags, frame_from_rgb
from tests.pictures import frame_of, scene

ROWS, COLUMNS = 4, 8


def tinted(seed: int, rows: int = ROWS, columns: int = COLUMNS) -> tuple[np.ndarray, np.ndarray]:
    """A network's answer with strongly coloured air: gain (1, h, w) and offset (3, h, w)."""
    rng = np.random.default_rng(seed)
    gain = rng.uniform(1.2, 6.0, (1, rows, columns)).astype(np.float32)
    return gain, (rng.uniform(0.3, 1.1, (3, rows, columns)) * (1 - gain)).astype(np.float32)


def answered(seed: int, picture: np.ndarray) -> tuple[HazeField, np.ndarray]:
    """The field of an (H, W, 3) uint8 picture under a tinted answer, and its small copy."""
    frame = frame_from_rgb(picture)
    pyramid = analyse(frame)
    small = pyramid.small[0]
    answer = tinted(seed, *(side // 2 for side in small.shape[1:]))
    return field_from_network(*answer, small, pyramid.extent, luma_weights(frame)), small


@given(seed=st.integers(0, 999), height=st.integers(8, 90), width=st.integers(8, 90), noise=st.integers(0, 1))
@settings(max_examples=40, deadline=None)
def test_grey_pictures_stay_grey(seed: int, height: int, width: int, noise: int) -> None:
    rng = np.random.default_rng(seed)
    grey = rng.integers(0, 256, (height, width, 1))
    picture = (grey + rng.integers(0, noise + 1, (height, width, 3))).clip(0, 255).astype(np.uint8)
    field, _ = answered(seed, picture)
    result = field.apply_rgb(picture.transpose(2, 0, 1).astype(np.float32) / np.float32(255))
    largest = float(field.gain.max())
    assert np.ptp(result, axis=0).max() <= 2e-3 + 1.5 * largest * noise / 255  # what little there was is amplified, nothing added


@pytest.mark.parametrize("name", [name for name, form in PIXEL_FORMATS.items() if form.family != "gray"])
def test_grey_pictures_stay_grey_in_every_format(name: str) -> None:
    grey = np.repeat(scene(48, 64, 3)[..., :1], 3, axis=2)
    frame = frame_of(grey, name, ColorTags(1, 1))
    pyramid = analyse(frame)
    small = pyramid.small[0]
    answer = tinted(5, *(side // 2 for side in small.shape[1:]))
    result = field_from_network(*answer, small, pyramid.extent, luma_weights(frame)).apply(frame)
    shown = np.asarray(frame_to_rgb(result), np.float32).clip(0, 1)  # (3, H, W)
    assert np.ptp(shown, axis=0).max() * 255 <= 1.2


@given(seed=st.integers(0, 999))
@settings(max_examples=30, deadline=None)
def test_luma_is_what_it_would_have_been(seed: int) -> None:
    gain, offset = tinted(seed)
    small = np.full((3, 2 * ROWS, 2 * COLUMNS), 0.5, np.float32)
    field = field_from_network(gain, offset, small, (1.0, 1.0), BT709)
    weights = np.array(BT709)[:, None, None]
    assert np.allclose((weights * field.offset).sum(axis=0), (weights * offset).sum(axis=0), atol=1e-5)
    assert np.array_equal(field.gain, gain)


@given(haze=st.lists(st.floats(0, 0.9), min_size=8, max_size=8), airlight=st.floats(0.3, 1.1))
@settings(max_examples=60, deadline=None)
def test_traces_of_haze_count_as_none_and_nothing_else_changes(haze: list[float], airlight: float) -> None:
    gain = np.asarray(1 / (1 - np.array(sorted(haze))), np.float32)[None, None]
    offset = np.asarray(np.repeat(airlight * (1 - gain), 3, axis=0), np.float32)
    eased, moved = without_traces(gain, offset)
    before, after = 1 - 1 / gain, 1 - 1 / eased
    assert np.allclose(after[before <= TRACE], 0, atol=1e-6)
    assert np.array_equal(eased[before >= THIN + 1e-4], gain[before >= THIN + 1e-4])
    assert (np.diff(after) >= -1e-5).all()  # hazier before is hazier after
    assert (after <= before + 1e-5).all()
    assert np.allclose(moved, np.float32(airlight) * (1 - eased), atol=2e-3)  # the airlight is kept


def test_an_answer_without_haze_is_the_identity_exactly() -> None:
    gain = np.full((1, 2, 2), 1.02, np.float32)
    eased, offset = without_traces(gain, np.repeat(0.9 * (1 - gain), 3, axis=0))
    assert np.array_equal(eased, np.ones_like(gain))
    assert np.array_equal(np.abs(offset), np.zeros_like(offset))


def test_coloured_pictures_are_left_alone() -> None:
    gain, offset = tinted(2)
    small = np.full((3, 2 * ROWS, 2 * COLUMNS), 0.5, np.float32)
    small[0] += 0.1
    assert np.array_equal(field_from_network(gain, offset, small, (1.0, 1.0), BT709).offset, offset)


def test_a_coloured_stamp_on_a_grey_picture_does_not_count() -> None:
    small = np.full((3, 40, 40), 0.5, np.float32)
    small[0, :5, :5] = 0.9  # 1.6 %
    assert colour_share(small) == 0
    small[0, :20] = 0.9
    assert colour_share(small) == 1


def test_between_grey_and_coloured_nothing_jumps() -> None:
    small = np.full((3, 8, 8), 0.5, np.float32)
    shares = []
    for spread in np.linspace(0, 2 * COLOURED, 200):
        small[0] = 0.5 + spread
        shares.append(colour_share(small))
    assert shares == sorted(shares)
    assert np.diff(shares).max() < 0.02 + 2 * COLOURED / 200 / (COLOURED - GREY)
    assert (shares[0], shares[-1]) == (0, 1)
