"""The dehazed picture in the size of a view: like the whole one made smaller, computed once, and no more than is needed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from numpy.typing import NDArray

from dehazer.config import EngineOptions, EnhanceOptions
from dehazer.engine.engine import Engine
from dehazer.enhance import Enhancer
from dehazer.field.haze_field import HazeField
from dehazer.frames.color import Matrix, luma_samples, mean_luma, mean_of_luma_samples
from dehazer.frames.frame import PIXEL_FORMATS, ColorTags, Frame
from dehazer.frames.resize import WORTHWHILE, frame_for_view
from dehazer.frames.rgb import packed_bgra
from dehazer.moment import DehazedPicture, Moment
from tests.moments import moment_of
from tests.pictures import frame_of, random_frame, scene

HEIGHT, WIDTH = 144, 208


def hazy_field(seed: int = 0) -> HazeField:
    """Of t between 0.4 and 0.9, as a network would give it, with a guide."""
    rng = np.random.default_rng(seed)
    t = cv2.resize(rng.uniform(0.4, 0.9, (3, 4)).astype(np.float32), (26, 18))[None]
    gain = 1 / t
    offset = np.float32(0.85) * (1 - gain).repeat(3, axis=0)
    return HazeField(gain, offset, guide=rng.uniform(0.4, 0.6, t.shape).astype(np.float32))


def likeness(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """PSNR of two pictures in dB."""
    mse = np.mean((one.astype(np.float64) - other) ** 2)
    return float(10 * np.log10(255**2 / max(mse, 1e-9)))


def striped(name: str) -> Frame:
    """Coloured stripes of 6 pixels: a view that loses chroma makes them paler."""
    picture = np.full((HEIGHT, WIDTH, 3), 0.5, np.float32)
    picture[:, (np.arange(WIDTH) // 6) % 2 == 0, 0] += 0.25
    picture[(np.arange(HEIGHT) // 6) % 2 == 0, :, 2] += 0.25
    return frame_of(picture, name)


@pytest.mark.parametrize("name", sorted(PIXEL_FORMATS))
def test_a_small_result_looks_like_the_whole_one_made_smaller(name: str) -> None:
    for frame in (frame_of(0.45 + 0.3 * scene(HEIGHT, WIDTH), name), striped(name)):
        size = view_of(frame)
        dehazed = DehazedPicture(frame, hazy_field())
        small, whole = dehazed.for_view(size), dehazed.whole
        assert (small.height, small.width, small.format.bits) == (*size, frame.format.bits)
        assert likeness(packed_bgra(small, size), packed_bgra(whole, size)) > 36


@pytest.mark.parametrize("name", sorted(PIXEL_FORMATS))
def test_original_and_result_of_a_view_differ_by_the_haze_alone(name: str) -> None:
    frame = striped(name)
    identity = HazeField(np.ones((1, 18, 26), np.float32), np.zeros((3, 18, 26), np.float32))
    size = view_of(frame)
    small = DehazedPicture(frame, identity).for_view(size)
    assert small is not frame
    apart = np.abs(packed_bgra(small, size).astype(int) - packed_bgra(frame, size))
    assert apart.max() <= (0 if frame.format.bits == 8 else 4)  # deeper codes are rounded before or after they are averaged
    moment = replace(moment_of(frame, frame), dehazed=DehazedPicture(frame, identity))
    assert np.array_equal(packed_bgra(moment.original_like(small)), packed_bgra(small))
    assert moment.original_like(moment.result) is frame


def view_of(frame: Frame) -> tuple[int, int]:
    """The largest view for which the frame is made smaller."""
    rows, columns = frame.planes[-1].shape[:2]
    subsampled = frame.format.sub_x or frame.format.sub_y
    return (rows, columns) if subsampled else (int(WORTHWHILE * rows), int(WORTHWHILE * columns))


@pytest.mark.parametrize(("name", "size"), [("yuv420p", (73, 104)), ("yuv420p", (72, 105)), ("yuv422p10le", (144, 105)),
                                            ("gray", (116, 100)), ("rgb24", (100, 170)), ("yuv444p", (144, 208))])
def test_a_frame_stays_whole_where_less_would_be_seen_or_nothing_saved(name: str, size: tuple[int, int]) -> None:
    frame = frame_of(scene(HEIGHT, WIDTH), name)
    assert frame_for_view(frame, size) is frame
    dehazed = DehazedPicture(frame, hazy_field())
    assert dehazed.for_view(size) is dehazed.whole


def test_a_small_picture_without_tags_keeps_the_matrix_of_its_large_original() -> None:
    frame = random_frame("yuv420p", 720, 1280)  # BT.709 from 720 lines on, BT.601 below
    assert frame_for_view(frame, (360, 640)).color.matrix == Matrix.BT709
    assert frame_for_view(replace(frame, color=ColorTags(matrix=Matrix.BT470BG)), (360, 640)).color.matrix == Matrix.BT470BG


def test_what_belongs_to_the_whole_picture_does_not_go_with_a_small_one() -> None:
    frame = replace(random_frame("yuv420p", HEIGHT, WIDTH, seed=2), transfer=object(), pts=7, index=3, captured=5.0)
    small = frame_for_view(frame, (40, 60))
    assert (small.pts, small.index, small.captured, small.transfer) == (7, 3, 5.0, None)


def counted_field(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """The sizes of all frames to which a field is applied from now on."""
    sizes: list[tuple[int, int]] = []
    apply = HazeField.apply

    def counting(field: HazeField, frame: Frame) -> Frame:
        sizes.append((frame.height, frame.width))
        return apply(field, frame)

    monkeypatch.setattr(HazeField, "apply", counting)
    return sizes


def test_a_picture_is_computed_once_small_and_once_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = counted_field(monkeypatch)
    dehazed = DehazedPicture(random_frame("yuv420p", HEIGHT, WIDTH), hazy_field())
    first = dehazed.for_view((50, 80))
    assert dehazed.for_view((50, 80)) is dehazed.for_view((20, 70)) is first
    for rows in range(51, 70):  # a window that grows, whose picture rests
        assert dehazed.for_view((rows, 80)) is dehazed.whole
    assert dehazed.for_view((20, 20)) is dehazed.for_view(None) is dehazed.whole
    assert sizes == [(50, 80), (HEIGHT, WIDTH)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 60), st.integers(1, 80)), min_size=1, max_size=6))
def test_a_result_is_as_large_as_asked_for_in_any_order(sizes: list[tuple[int, int]]) -> None:
    dehazed = DehazedPicture(random_frame("gray", 48, 64), hazy_field())
    for size in sizes:
        found = dehazed.for_view(size)
        assert min(size[0], 48) <= found.height <= 48
        assert min(size[1], 64) <= found.width <= 64


def test_a_result_that_is_there_is_never_computed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = counted_field(monkeypatch)
    frame, result = random_frame("yuv420p", HEIGHT, WIDTH), random_frame("yuv420p", HEIGHT, WIDTH, seed=1)
    moment = moment_of(frame, result)
    assert moment.result is moment.output is moment.result_for((40, 60)) is moment.result_for(None) is result
    assert not moment.unchanged
    assert moment_of(frame, frame).unchanged
    assert sizes == []


@pytest.fixture
def engine(random_weights: Path) -> Engine:
    return Engine(EngineOptions("field", device="cpu", backend="torch"))


def dehazed(engine: Engine, shown: tuple[int, int] | None, options: EnhanceOptions | None = None) -> Moment:
    enhancer = Enhancer(engine, options or EnhanceOptions())
    enhancer.view_size = lambda: shown
    return enhancer(frame_of(0.45 + 0.3 * scene(720, 1280), "yuv420p"))


def test_an_enhancer_computes_what_is_looked_at_and_the_whole_when_it_is_wanted(engine: Engine,
                                                                               monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = counted_field(monkeypatch)
    seen = dehazed(engine, (270, 480))
    samples = (90, 160)  # of luma, for its mean
    assert sizes == [(270, 480), samples]
    all_of_it = dehazed(engine, None)
    assert sizes == [(270, 480), samples, (720, 1280)]
    assert all(np.array_equal(a, b) for a, b in zip(seen.result.planes, all_of_it.result.planes, strict=True))
    assert seen.luma == pytest.approx(all_of_it.luma, abs=0.1)


def test_what_goes_to_a_sink_is_whole_whatever_is_looked_at(engine: Engine) -> None:
    compared = dehazed(engine, (270, 480), EnhanceOptions(compare="side"))
    assert compared.output.width == 2 * 1280
    assert dehazed(engine, (270, 480)).output.height == 720


def test_a_frame_that_passes_untouched_is_the_same_in_every_size(engine: Engine) -> None:
    moment = dehazed(engine, (270, 480), EnhanceOptions(strength=0))
    assert moment.unchanged
    assert moment.result is moment.result_for((270, 480)) is moment.original


@pytest.mark.parametrize("name", ["yuv420p", "yuvj422p", "yuv444p10le", "gray", "rgb24", "gbrp10le"])
def test_flicker_does_not_depend_on_the_size_of_the_view(name: str) -> None:
    """Of noise, whose mean over few samples is another one in every frame."""
    lumas = []
    for seed in range(12):
        frame = random_frame(name, 240, 320, seed=seed, low=0.4, high=0.8)
        field = HazeField(np.full((1, 30, 40), 1.5, np.float32), np.full((3, 30, 40), -0.2, np.float32))
        lumas.append((mean_luma(field.apply(frame)), mean_of_luma_samples(field.apply(luma_samples(frame)))))
    whole, small = np.std(lumas, axis=0)
    assert small == pytest.approx(whole, rel=0.1)
    assert np.allclose(*np.transpose(lumas), atol=0.3)
