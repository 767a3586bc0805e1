"""Steady fields: smoothing calms noise, follows motion at once, and starts anew at cuts, jumps and seeks."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from numpy.typing import NDArray

from dehazer.errors import UsageError
from dehazer.field.haze_field import HazeField
from dehazer.stages.base import FrameContext
from dehazer.stages.temporal import STILL_MEMORY, TemporalStage, is_cut
from tests.pictures import scene

ROWS, COLUMNS = 6, 8


Small = NDArray[np.float32]


def small(seed: int = 0) -> Small:
    return np.ascontiguousarray(scene(2 * ROWS, 2 * COLUMNS, seed).transpose(2, 0, 1))


def field(gain: float, extent: tuple[float, float] = (1.0, 1.0), rows: int = ROWS) -> HazeField:
    gains = np.full((1, rows, COLUMNS), gain, np.float32)
    return HazeField(gains, np.repeat(np.float32(0.9) * (1 - gains), 3, axis=0), extent)


def run(stage: TemporalStage, gains: list[float], times: list[float | None],
        pictures: list[Small] | None = None) -> list[float]:
    pictures = pictures or [small()] * len(gains)
    return [float(stage(field(g), FrameContext(p, t)).gain.mean()) for g, t, p in zip(gains, times, pictures, strict=True)]


def test_a_steady_scene_is_averaged_with_the_time_constant() -> None:
    stage = TemporalStage(1.0)
    out = run(stage, [1.0, 3.0, 3.0, 3.0], [0.0, 0.5, 0.9, 1.7])
    wanted = 1.0
    for value, step in zip(out[1:], (0.5, 0.4, 0.8), strict=True):
        wanted = 3.0 + (wanted - 3.0) * math.exp(-step / STILL_MEMORY)
        assert value == pytest.approx(wanted, rel=1e-4)


def test_smoothing_zero_changes_nothing() -> None:
    assert run(TemporalStage(0.0), [1.0, 3.0, 2.0], [0.0, 0.04, 0.08]) == [1.0, 3.0, 2.0]


@given(smoothing=st.floats(0.1, 1.0), seed=st.integers(0, 50))
@settings(max_examples=20, deadline=None)
def test_noise_gets_less_and_never_leaves_its_range(smoothing: float, seed: int) -> None:
    noisy = (2 + np.random.default_rng(seed).standard_normal(60) * 0.2).clip(1.2, 3.0).tolist()
    out = run(TemporalStage(smoothing), noisy, [i / 25 for i in range(60)])
    assert min(noisy) - 1e-5 <= min(out) <= max(out) <= max(noisy) + 1e-5
    assert np.std(out[10:]) < np.std(noisy[10:])


def test_a_moving_cell_forgets_faster_than_a_still_one() -> None:
    stage = TemporalStage(1.0)
    before, now = small(), small()
    now[:, :, : COLUMNS] += 0.09  # the left half moved
    stage(field(1.0), FrameContext(before, 0.0))
    gain = stage(field(3.0), FrameContext(now, 0.04)).gain[0]
    assert gain[:, : COLUMNS // 2].min() > 2.5
    assert gain[:, COLUMNS // 2 :].max() < 1.1


def hazed(clear: Small, t: NDArray[np.float32]) -> Small:
    """The small picture behind haze of transmission t (1, 2h, 2w), airlight 0.9."""
    return np.asarray(clear * t + np.float32(0.9) * (1 - t), np.float32)


def thickening(seconds: float, rate: float = 25.0) -> tuple[list[float], list[float]]:
    """Haze (1 − t) as it is, and as the stage reports it, while fog closes in from t = 0.95 to 0.4 in so many seconds; then 2 s
    of steady fog."""
    stage, truth, found = TemporalStage(0.7), [], []
    for number in range(round((seconds + 2) * rate)):
        t = np.float32(max(0.4, 0.95 - 0.55 * number / rate / seconds))
        view = FrameContext(hazed(small(), np.full((1, 2 * ROWS, 2 * COLUMNS), t, np.float32)), number / rate)
        truth.append(float(1 - t))
        found.append(stage(field(float(1 / t)), view).meter().haze)
    return truth, found


@pytest.mark.parametrize(("seconds", "late"), [(2.0, 0.25), (8.0, 0.14), (60.0, 0.08)])
def test_fog_that_closes_in_is_followed(seconds: float, late: float) -> None:
    truth, found = thickening(seconds)
    behind = np.subtract(truth, found)
    assert behind.max() < late
    assert behind.min() > -1e-3
    assert behind[-1] < 0.09


def test_an_estimate_that_pumps_while_somebody_passes_stays_where_nothing_changed() -> None:
    """Constant fog; a dark figure, an eighth of the picture wide, walks through its left half for four seconds, and all that time
    the network calls everything clear."""
    stage, readings = TemporalStage(0.7), []
    for number in range(200):
        passing, left = 50 <= number < 150, (number - 50) // 12 - 1
        picture = hazed(small(), np.full((1, 2 * ROWS, 2 * COLUMNS), 0.65, np.float32))
        if passing:
            picture[:, :, max(left, 0):left + 2] = 0.05
        out = stage(field(1.01 if passing else 1 / 0.65), FrameContext(picture, number / 25)).gain[0]
        readings.append(100 * (1 - 1 / out[:, COLUMNS // 2:]).mean())
        if number == 70:
            assert out[:, 0].max() < 1.1  # where the figure stands, it is believed at once
    assert np.ptp(readings) < 18  # points of 35; averaging over one second alone lets 34 pass
    assert readings[0] == pytest.approx(35, abs=0.5)


@pytest.mark.parametrize(("times", "why"), [([0.0, 0.0], "twice the same moment"), ([5.0, 1.0], "a seek back"),
                                            ([0.0, 30.0], "a seek forward")])
def test_jumps_in_time_start_anew(times: list[float | None], why: str) -> None:
    assert run(TemporalStage(1.0), [1.0, 3.0], times)[1] == 3.0, why


def test_a_cut_starts_anew() -> None:
    pictures = [small(), 1 - small()]
    assert is_cut(*pictures)
    assert run(TemporalStage(1.0), [1.0, 3.0], [0.0, 0.04], pictures)[1] == 3.0


def test_a_flash_or_a_pan_is_no_cut() -> None:
    assert not is_cut(small(), (small() + np.float32(0.3)).clip(0, 1.2))
    wide = scene(112, 200).transpose(2, 0, 1)
    assert not is_cut(wide, np.roll(wide, 3, axis=2))
    assert not is_cut(small(), small())
    assert is_cut(small(), np.zeros((3, 4, 4), np.float32))


def test_another_grid_or_extent_starts_anew() -> None:
    stage = TemporalStage(1.0)
    stage(field(1.0), FrameContext(small(), 0.0))
    assert stage(field(3.0, (1.5, 1.0)), FrameContext(small(), 0.04)).gain.mean() == 3.0
    assert stage(field(2.0, rows=7), FrameContext(np.zeros((3, 14, 16), np.float32), 0.08)).gain.mean() == 2.0


def test_reset_forgets() -> None:
    stage = TemporalStage(1.0)
    stage(field(1.0), FrameContext(small(), 0.0))
    stage.reset()
    assert stage(field(3.0), FrameContext(small(), 0.04)).gain.mean() == 3.0


def test_frames_without_a_time_count_as_usual_ones() -> None:
    assert run(TemporalStage(1.0), [1.0, 3.0], [None, None])[1] == pytest.approx(3 - 2 * math.exp(-0.04 / STILL_MEMORY), rel=1e-4)


@pytest.mark.parametrize("smoothing", [-0.1, 1.5])
def test_smoothing_outside_is_refused(smoothing: float) -> None:
    with pytest.raises(UsageError, match="between 0 and 1"):
        TemporalStage(smoothing)
