"""Curves of haze: what is unknown stays unknown, and what is looked for is what a slow search finds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from dehazer.errors import UsageError
from dehazer.review import HazeCurve, Span

NOON = datetime(2024, 3, 10, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def curve(values: list[float], step: float = 10.0, gaps: dict[int, float] | None = None) -> HazeCurve:
    """Values `step` seconds apart from NOON on; before those numbered in `gaps` so many seconds more."""
    steps = [0.0 if k == 0 else step + (gaps or {}).get(k, 0.0) for k in range(len(values))]
    times = NOON.timestamp() + np.cumsum(steps)
    haze = np.array(values, np.float32)
    return HazeCurve(times, haze, 1 - haze, 1.6 * step)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def test_between_measurements_it_is_a_straight_line_and_beyond_them_unknown() -> None:
    one = curve([0.0, 0.5, 0.5, 1.0], gaps={2: 100})
    assert one.at(after(5)) == pytest.approx(0.25)
    assert one.at(after(10)) == pytest.approx(0.5)
    assert one.at(after(17)) == pytest.approx(0.5)  # within half the reach of the last
    assert np.isnan(one.at(after(60)))
    assert np.isnan(one.at(after(-9)))
    assert np.isnan(one.at(after(140)))


def test_resampled_parts_are_means_and_gaps_are_unknown() -> None:
    one = curve([0.0, 0.2, 0.4, 0.6], gaps={2: 60})
    found = one.resampled(Span(NOON, after(120)), 6)
    assert found.dtype == np.float32
    assert found[0] == pytest.approx(0.1)
    assert np.isnan(found[1:4]).all()
    assert found[4] == pytest.approx(0.5)  # measured at 80 and 90 s
    assert np.isnan(found[5])


def test_fine_parts_of_coarse_measurements_are_between_them() -> None:
    found = curve([0.0, 1.0]).resampled(Span(NOON, after(10)), 100)
    assert np.all(np.diff(found[:-1]) > -1e-6)
    assert found[50] == pytest.approx(0.505, abs=0.01)


VALUES = st.lists(st.floats(0, 1, width=32), min_size=1, max_size=40)


@settings(deadline=None)
@given(VALUES, st.integers(1, 10))
def test_the_foggiest_stretch_is_the_foggiest_of_all(values: list[float], count: int) -> None:
    one, length = curve(values), timedelta(seconds=10 * count)
    for found, best in ((one.foggiest(length), max), (one.clearest(length), min)):
        assert found is not None
        assert found.duration == length.total_seconds()
        parts = [values[k:k + count] for k in range(len(values))]
        means = [np.mean(part) for part in parts if len(part) >= min(len(values), 0.9 * count)]
        inside = [v for k, v in enumerate(values) if after(10 * k) in found]
        assert np.mean(inside) == pytest.approx(best(means), abs=1e-5)


def test_a_single_foggy_picture_before_a_gap_is_no_foggiest_hour() -> None:
    values = [0.9] + [0.5] * 400
    found = curve(values, gaps={1: 7200}).foggiest(timedelta(hours=1))
    assert found is not None
    assert found.start == after(7210)


def test_foggy_stretches_are_joined_over_moments_and_ended_by_gaps() -> None:
    values = [0.0] * 6 + [0.5] * 6 + [0.22] + [0.5] * 6 + [0.0] * 30 + [0.6] * 6 + [0.6] * 6
    one = curve(values, gaps={55: 600})
    first, second, third = one.stretches(0.25)
    assert (first.start, first.end) == (after(60), after(190))
    assert (second.start, second.end) == (after(490), after(548))
    assert third.start == after(1150)
    assert one.next_foggy(NOON, 0.25) == first
    assert one.next_foggy(first.start, 0.25) == second
    assert one.next_foggy(third.start, 0.25) is None


def test_the_next_change() -> None:
    one = curve([0.1] * 10 + [0.2] * 10 + [0.5] * 10)
    assert one.next_change(NOON, 0.15) == after(200)
    assert one.next_change(after(200), 0.15) is None
    assert one.next_change(NOON, 0.05) == after(100)
    assert one.next_change(NOON - 60 * MINUTE, 0.15) == after(200)
    assert one.next_change(NOON + 60 * MINUTE) is None


def test_an_empty_curve_knows_nothing() -> None:
    one = HazeCurve()
    assert np.isnan(one.at(NOON))
    assert np.isnan(one.resampled(Span(NOON, after(60)), 5)).all()
    assert (one.foggiest(MINUTE), one.clearest(MINUTE), one.next_foggy(NOON), one.next_change(NOON)) == (None,) * 4


@pytest.mark.parametrize("make", [
    lambda: HazeCurve(np.zeros(2), np.zeros(1, np.float32), np.zeros(2, np.float32)),
    lambda: HazeCurve(np.array([1.0, 0.0]), np.zeros(2, np.float32), np.zeros(2, np.float32)),
    lambda: HazeCurve().resampled(Span(NOON, after(1)), 0),
])
def test_curves_that_make_no_sense_are_refused(make: object) -> None:
    with pytest.raises(UsageError):
        make()  # type: ignore[operator]
