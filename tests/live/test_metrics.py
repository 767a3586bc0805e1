"""The numbers of a session, with a clock that is moved by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dehazer.field.haze_field import HazeMeter
from dehazer.live.metrics import HISTORY_SECONDS, HazeHistory, RecentFlicker, SessionMetrics
from tests.live.moments import moment
from tests.waiting import FakeClock


def test_latency_runs_from_capture_to_paint() -> None:
    clock = FakeClock()
    metrics = SessionMetrics(clock)
    for wait in range(1, 101):
        clock.now += 1
        metrics.painted(moment(captured=clock.now - wait / 1000))
    flow = metrics.flow()
    assert flow.painted == 100
    assert flow.latency_ms_p50 == pytest.approx(50)
    assert flow.latency_ms_p95 == pytest.approx(95)


def test_haze_is_kept_per_second_for_two_minutes_with_gaps_as_gaps() -> None:
    clock = FakeClock()
    history = HazeHistory(clock)
    for haze in (0.2, 0.4):
        history.add(haze)
    clock.now += 1
    history.add(0.5)
    clock.now += 3
    assert history.values() == [pytest.approx(0.3), 0.5, None, None]
    for _ in range(500):
        clock.now += 1
        history.add(0.1)
    assert len(history.values()) == HISTORY_SECONDS
    assert set(history.values()) == {0.1}
    clock.now += 10_000
    assert set(history.values()) == {None}
    assert len(history.values()) == HISTORY_SECONDS


def test_flicker_speaks_of_the_last_frames_only() -> None:
    flicker = RecentFlicker()
    for index in range(300):
        flicker.add(100 + 20 * (index % 2))
    wild = flicker.index
    for _ in range(300):
        flicker.add(100)
    assert wild > 5
    assert flicker.index < 0.5


def test_age_and_stillness() -> None:
    clock = FakeClock()
    metrics = SessionMetrics(clock)
    assert metrics.age() == (None, None)
    assert metrics.scene().haze is None
    assert metrics.recent_latency_ms() is None
    metrics.computed(moment(captured=49.9, luma=100))
    clock.now = 53.0
    metrics.computed(moment(captured=52.5, luma=100))
    assert metrics.age() == (pytest.approx(0.5), pytest.approx(3.0))
    assert metrics.recent_latency_ms() == pytest.approx(500)
    metrics.computed(moment(captured=52.9, luma=101))
    assert metrics.age()[1] == 0
    assert metrics.scene().haze == pytest.approx(0.4)


def test_a_picture_computed_anew_says_nothing_about_the_pace() -> None:
    """A frozen one follows the slider: it is old because it is looked at for long, and no machine is too slow for that."""
    clock = FakeClock()
    metrics = SessionMetrics(clock)
    paused_view, late = moment(captured=clock.now - 0.03), moment(captured=clock.now - 0.02, luma=130)
    for one in (paused_view, late):
        metrics.computed(one)
    assert metrics.recent_latency_ms() == pytest.approx(30)
    flicker = metrics.scene().flicker_before
    clock.now += 30
    for haze in (0.4, 0.1):
        metrics.computed(replace(paused_view, meter=HazeMeter(1 - haze, 0.5)))
    assert metrics.recent_latency_ms() is None
    assert metrics.scene().flicker_before == flicker
    assert metrics.scene().haze == pytest.approx(0.1)
