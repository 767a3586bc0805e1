"""Haze of equal parts of a span, as a time line draws it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from dehazer.review import HazeCurve, Span

START = datetime(2026, 11, 16, tzinfo=UTC)


def curve(haze: list[float], every: float = 10.0, **more: float) -> HazeCurve:
    values = np.array(haze, np.float32)
    return HazeCurve(START.timestamp() + every * np.arange(len(haze)), values, 1 - values, **more)


def span(first: float, last: float) -> Span:
    return Span(START + timedelta(seconds=first), START + timedelta(seconds=last))


def test_a_part_with_several_measurements_has_their_mean() -> None:
    np.testing.assert_allclose(curve([0.1, 0.3, 0.5, 0.9]).resampled(span(-5, 35), 2), [0.2, 0.7], atol=1e-6)


def test_a_part_between_two_measurements_lies_on_the_line_between_them() -> None:
    np.testing.assert_allclose(curve([0.2, 0.4]).resampled(span(4, 6), 1), [0.3], atol=1e-6)


def test_far_from_any_measurement_haze_is_unknown() -> None:
    found = curve([0.2, 0.4], reach=15.0).resampled(span(-100, 100), 20)
    known = np.isfinite(found)
    assert list(np.flatnonzero(known)) == [9, 10, 11]  # nearer than half of the reach, or between two


def test_without_measurements_all_is_unknown() -> None:
    assert np.isnan(HazeCurve().resampled(span(0, 10), 5)).all()


@pytest.mark.parametrize("count", [1, 7, 4000])
def test_as_many_values_as_parts(count: int) -> None:
    found = curve([0.5] * 100).resampled(span(0, 900), count)
    assert found.shape == (count,)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, 0.5, atol=1e-6)
