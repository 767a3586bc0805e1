"""Rates, counters, percentiles and the flicker index, by hand and with a clock that is moved."""

from __future__ import annotations

import math
import statistics

import numpy as np
import pytest
from hypothesis import given, strategies as st

from dehazer.runtime.stats import Flicker, Rate, Stats, percentile
from tests.waiting import FakeClock

NUMBERS = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.mark.parametrize(("share", "value"), [(0.0, 1), (0.01, 1), (0.25, 1), (0.26, 2), (0.5, 2), (0.76, 4), (1.0, 4)])
def test_percentiles_by_nearest_rank(share: float, value: float) -> None:
    assert percentile([4, 2, 1, 3], share) == value


@given(values=NUMBERS, share=st.floats(0, 1))
def test_a_percentile_is_a_value_with_that_share_at_or_below_it(values: list[float], share: float) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(v <= found for v in values) >= share * len(values) - 1e-9


def test_nothing_has_no_percentile() -> None:
    assert math.isnan(percentile([], 0.5))


def test_a_rate_counts_events_of_the_last_seconds(clock: FakeClock) -> None:
    rate = Rate(2.0, clock)
    for _ in range(50):
        clock.advance(0.04)
        rate.tick()
    assert rate.per_second() == pytest.approx(25)
    for _ in range(20):
        clock.advance(0.1)
        rate.tick()
    assert rate.per_second() == pytest.approx(10)  # the quick ones are out of the window


def test_a_rate_falls_while_nothing_comes_and_is_zero_in_the_end(clock: FakeClock) -> None:
    rate = Rate(2.0, clock)
    for _ in range(5):
        clock.advance(0.1)
        rate.tick()
    assert rate.per_second() == pytest.approx(4 / 0.4)
    clock.advance(0.4)
    assert rate.per_second() == pytest.approx(4 / 0.8)
    clock.advance(3.0)
    assert rate.per_second() == 0.0


def test_one_event_or_several_at_one_moment_are_no_rate(clock: FakeClock) -> None:
    rate = Rate(2.0, clock)
    assert rate.per_second() == 0.0
    rate.tick()
    assert rate.per_second() == 0.0
    rate.tick()
    assert rate.per_second() == 0.0


def test_stats_count_frames_rates_and_work_for_each_stage(clock: FakeClock) -> None:
    stats = Stats(clock=clock)
    for index in range(20):
        clock.advance(0.1)
        stats.tick("read")
        if index % 2:
            stats.tick("computed", busy=0.03)
    assert (stats.frames["read"], stats.frames["computed"], stats.frames["written"]) == (20, 10, 0)
    assert stats.rate("read") == pytest.approx(10)
    assert stats.rate("computed") == pytest.approx(5)
    assert stats.busy_seconds() == pytest.approx({"read": 0, "computed": 0.3, "applied": 0, "written": 0})


def test_what_stats_give_out_is_a_copy() -> None:
    stats = Stats()
    stats.busy_seconds()["read"] = 99.0
    assert stats.busy_seconds()["read"] == 0.0


def test_a_constant_picture_does_not_flicker() -> None:
    flicker = Flicker()
    for _ in range(50):
        flicker.add(100.0)
    assert flicker.index == 0.0


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_frames_have_no_flicker(count: int) -> None:
    flicker = Flicker()
    for _ in range(count):
        flicker.add(77.0)
    assert flicker.index == 0.0


@given(lumas=st.lists(st.floats(0, 255), min_size=2, max_size=60))
def test_flicker_is_the_deviation_from_the_smoothed_luma(lumas: list[float]) -> None:
    """As the docstring defines it, computed in one go: standard deviation of luma − exponential average (share 0.9)."""
    slow, rest = lumas[0], []
    for luma in lumas:
        slow = 0.9 * slow + 0.1 * luma
        rest.append(luma - slow)
    flicker = Flicker()
    for luma in lumas:
        flicker.add(luma)
    assert flicker.index == pytest.approx(statistics.pstdev(rest), abs=1e-4)


def test_a_slow_drift_counts_little_beside_the_same_range_as_flicker() -> None:
    drift, jitter = Flicker(), Flicker()
    for index, luma in enumerate(np.linspace(90, 110, 200)):
        drift.add(float(luma))
        jitter.add(90.0 + 20.0 * (index % 2))
    assert jitter.index > 10 * drift.index
