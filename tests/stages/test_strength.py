"""Strength scales the field; the bypass lets clear frames through untouched, eased and without toggling."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from dehazer.errors import UsageError
from dehazer.field.haze_field import HazeField
from dehazer.stages.base import FrameContext
from dehazer.stages.strength import EASE_SECONDS, BypassStage, StrengthStage
from tests.pictures import random_frame

NOTHING = np.zeros((3, 4, 4), np.float32)


def hazy(haze: float) -> HazeField:
    """A field whose meter reads `haze`."""
    gain = np.full((1, 2, 2), 1 / (1 - haze), np.float32)
    return HazeField(gain, np.repeat(0.9 * (1 - gain), 3, axis=0))


def share(field: HazeField, full: HazeField) -> float:
    return float((field.gain - 1).mean() / (full.gain - 1).mean())


def shares(stage: BypassStage, hazes: list[float], times: list[float | None]) -> list[float]:
    return [share(stage(hazy(h), FrameContext(NOTHING, t)), hazy(h)) for h, t in zip(hazes, times, strict=True)]


def test_strength_scales_and_may_change_between_frames() -> None:
    stage, view = StrengthStage(0.25), FrameContext(NOTHING, 0.0)
    assert share(stage(hazy(0.5), view), hazy(0.5)) == pytest.approx(0.25)
    stage.update(1.0)
    assert share(stage(hazy(0.5), view), hazy(0.5)) == 1.0
    stage.reset()


def test_a_clear_clip_is_bit_exact_from_its_first_frame() -> None:
    stage, frame = BypassStage(0.1), random_frame("yuv420p", 16, 16)
    result = stage(hazy(0.05), FrameContext(NOTHING, 0.0)).apply(frame)
    assert stage.untouched
    assert all(np.array_equal(a, b) for a, b in zip(result.planes, frame.planes, strict=True))


def test_the_change_is_eased_and_ends_exactly() -> None:
    times: list[float | None] = [i / 25 for i in range(200)]
    out = shares(BypassStage(0.1), [0.5] + [0.05] * 199, times)
    assert out[0] == 1.0
    assert out[1] == pytest.approx(math.exp(-0.04 / EASE_SECONDS), rel=1e-3)
    assert all(0 <= b <= a for a, b in pairwise(out))
    assert out[-1] == 0.0


def test_leaving_the_bypass_is_eased_too() -> None:
    stage = BypassStage(0.1)
    out = shares(stage, [0.05] + [0.5] * 199, [i / 25 for i in range(200)])
    assert out[0] == 0.0
    assert 0 < out[1] < 0.1
    assert out[-1] == 1.0
    assert not stage.untouched


def test_a_scene_at_the_threshold_does_not_toggle() -> None:
    stage = BypassStage(0.2)
    times: list[float | None] = [float(i) for i in range(60)]
    out = shares(stage, [0.19, *([0.21, 0.19] * 29), 0.21], times)
    assert set(out) == {0.0}
    assert shares(stage, [0.3], [60.0])[0] > 0.5


def test_a_seek_back_decides_at_once() -> None:
    assert shares(BypassStage(0.1), [0.5, 0.05], [5.0, 1.0]) == [1.0, 0.0]


def test_reset_decides_at_once() -> None:
    stage = BypassStage(0.1)
    shares(stage, [0.5], [0.0])
    stage.reset()
    assert shares(stage, [0.05], [0.04]) == [0.0]


def test_threshold_zero_never_bypasses() -> None:
    stage = BypassStage(0.0)
    assert shares(stage, [0.5, 0.001], [0.0, 0.04]) == [1.0, pytest.approx(1.0, abs=1e-3)]
    assert not stage.untouched


def test_frames_without_a_time_are_eased_as_well() -> None:
    out = shares(BypassStage(0.1), [0.5, 0.05, 0.05], [None, None, None])
    assert 1.0 > out[1] > out[2] > 0


@pytest.mark.parametrize("threshold", [-0.1, 1.1])
def test_a_threshold_outside_is_refused(threshold: float) -> None:
    with pytest.raises(UsageError, match="between 0 and 1"):
        BypassStage(threshold)


def test_a_bypass_that_is_switched_off_says_so() -> None:
    stage = BypassStage(0.1)
    stage(hazy(0.05), FrameContext(NOTHING, 0.0))
    assert stage.untouched
    stage.threshold = 0.0
    assert share(stage(hazy(0.05), FrameContext(NOTHING, 0.04)), hazy(0.05)) == pytest.approx(1.0)
    assert not stage.untouched
