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
from dehazer.frames.color import Matrix
from dehazer.frames.frame import PIXEL_FORMATS, ColorTags, Frame
from dehazer.frames.resize import frame_in_size
from dehazer.frames.rgb import packed_bgra
from dehazer.moment import Moment, Restoration, moment_of
from tests.pictures import frame_of, random_frame, scene

HEIGHT, WIDTH, SMALL = 144, 208, (97, 131)


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


@pytest.mark.parametrize("name", sorted(PIXEL_FORMATS))
def test_a_small_result_looks_like_the_whole_one_made_smaller(name: str) -> None:
    restored = Restoration(frame_of(0.45 + 0.3 * scene(HEIGHT, WIDTH), name), hazy_field())
    small, whole = restored.at_least(SMALL), restored.whole
    assert (small.height, small.width, small.format) == (*SMALL, PIXEL_FORMATS[name])
    assert likeness(packed_bgra(small), packed_bgra(whole, SMALL)) > 38


def test_a_small_picture_without_tags_keeps_the_matrix_of_its_large_original() -> None:
    frame = random_frame("yuv420p", 720, 1280)  # BT.709 from 720 lines on, BT.601 below
    assert frame_in_size(frame, (360, 640)).color.matrix == Matrix.BT709
    assert frame_in_size(replace(frame, color=ColorTags(matrix=Matrix.BT470BG)), (360, 640)).color.matrix == Matrix.BT470BG
    assert frame_in_size(frame, (720, 1280)) is frame


def test_what_belongs_to_the_whole_picture_does_not_go_with_a_small_one() -> None:
    frame = replace(random_frame("yuv420p", HEIGHT, WIDTH, seed=2), transfer=object(), pts=7, index=3, captured=5.0)
    small = frame_in_size(frame, SMALL)
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


def test_every_size_is_computed_once_and_a_larger_one_serves_too(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = counted_field(monkeypatch)
    restored = Restoration(random_frame("yuv420p", HEIGHT, WIDTH), hazy_field())
    first = restored.at_least((72, 104))
    assert restored.at_least((72, 104)) is first
    assert restored.at_least((50, 60)) is first
    assert restored.at_least((100, 150)) is not first
    assert sizes == [(72, 104), (100, 150)]
    assert restored.at_least((HEIGHT, 60)) is restored.whole  # as many rows as there are
    assert restored.at_least((1000, 1000)) is restored.whole
    assert restored.at_least((72, 104)) is first
    assert sizes == [(72, 104), (100, 150), (HEIGHT, WIDTH)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 60), st.integers(1, 80)), min_size=1, max_size=6))
def test_a_result_is_as_large_as_asked_for_in_any_order(sizes: list[tuple[int, int]]) -> None:
    restored = Restoration(random_frame("gray", 48, 64), hazy_field())
    for size in sizes:
        found = restored.at_least(size)
        assert found.height >= min(size[0], 48)
        assert found.width >= min(size[1], 64)
        assert found.height <= 48
        assert found.width <= 64


def test_a_result_that_is_there_is_never_computed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = counted_field(monkeypatch)
    frame, result = random_frame("yuv420p", HEIGHT, WIDTH), random_frame("yuv420p", HEIGHT, WIDTH, seed=1)
    moment = moment_of(frame, result)
    assert moment.result is moment.output is moment.result_for(SMALL) is moment.result_for(None) is result
    assert not moment.unchanged
    assert moment_of(frame, frame).unchanged
    assert sizes == []


@pytest.fixture
def engine(random_weights: Path) -> Engine:
    return Engine(EngineOptions("field", device="cpu", backend="torch"))


def dehazed(engine: Engine, shown: tuple[int, int] | None, options: EnhanceOptions | None = None) -> Moment:
    enhancer = Enhancer(engine, options or EnhanceOptions())
    enhancer.shown = shown
    return enhancer(random_frame("yuv420p", 720, 1280, low=0.45, high=0.75))


def test_an_enhancer_computes_what_is_looked_at_and_the_whole_when_it_is_wanted(engine: Engine,
                                                                               monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = counted_field(monkeypatch)
    seen = dehazed(engine, (270, 480))
    assert sizes == [(270, 480)]
    all_of_it = dehazed(engine, None)
    assert sizes == [(270, 480), (720, 1280)]
    assert all(np.array_equal(a, b) for a, b in zip(seen.result.planes, all_of_it.result.planes, strict=True))
    assert seen.luma == pytest.approx(all_of_it.luma, abs=0.5)


def test_what_goes_to_a_sink_is_whole_whatever_is_looked_at(engine: Engine) -> None:
    compared = dehazed(engine, (270, 480), EnhanceOptions(compare="side"))
    assert compared.output.width == 2 * 1280
    assert dehazed(engine, (270, 480)).output.height == 720


def test_a_frame_that_passes_untouched_is_the_same_in_every_size(engine: Engine) -> None:
    moment = dehazed(engine, (270, 480), EnhanceOptions(strength=0))
    assert moment.unchanged
    assert moment.result is moment.result_for((270, 480)) is moment.original
