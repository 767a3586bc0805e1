"""Which time lies at which pixel, and where the ruler has its ticks."""

from __future__ import annotations

import itertools
import math
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, strategies as st

from gui.review.time_scale import SHORTEST, TimeLimits, TimeScale, datetime_of, seconds_of
from gui.review.time_text import clock_text, length_text, tick_text
from gui.review.time_ticks import DAY, MONTH, STEPS, clock_changes, labels_at, major_step, minor_step, ticks, unit_of, zone_name

BERLIN, NEW_YORK, APIA, CAIRO = (ZoneInfo(n) for n in ("Europe/Berlin", "America/New_York", "Pacific/Apia", "Africa/Cairo"))
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC).timestamp()
WEEK = TimeLimits(NOW - 7 * 86400, NOW)

times = st.floats(NOW - 30 * 86400, NOW + 30 * 86400)
lengths = st.floats(SHORTEST, 60 * 86400)
widths = st.floats(200, 4000)


def scales() -> st.SearchStrategy[TimeScale]:
    return st.builds(TimeScale, times, lengths, widths)


@given(scales(), st.floats(-500, 4500))
def test_a_pixel_leads_to_its_time_and_back(scale: TimeScale, x: float) -> None:
    assert scale.x(scale.time(x)) == pytest.approx(x, abs=0.01)


@given(scales(), st.floats(0, 1))
def test_a_time_leads_to_its_pixel_and_back(scale: TimeScale, share: float) -> None:
    when = scale.start + share * scale.seconds
    assert abs(scale.time(scale.x(when)) - when) <= max(1e-6, scale.seconds * 1e-9)


@given(scales(), st.integers(1, 4000))
def test_columns_share_the_width_evenly(scale: TimeScale, columns: int) -> None:
    edges = scale.edges(columns)
    assert len(edges) == columns + 1
    assert np.all(np.diff(edges) > 0)
    np.testing.assert_allclose(scale.x(edges), np.linspace(0, scale.width, columns + 1), atol=0.02)


@given(st.floats(0.2, 5), st.floats(0.3, 0.7))
def test_what_lies_under_the_pointer_stays_there_while_zooming(factor: float, share: float) -> None:
    scale = TimeScale(WEEK.start + 86400, 2 * 86400, 1000)
    when = scale.time(share * 1000)
    assert scale.zoomed(factor, share * 1000, WEEK).x(when) == pytest.approx(share * 1000, abs=0.01)


@given(scales(), st.floats(1e-6, 1e6), st.floats(0, 4000))
def test_no_zoom_leaves_the_limits(scale: TimeScale, factor: float, x: float) -> None:
    after = scale.zoomed(factor, x, WEEK)
    assert SHORTEST <= after.seconds <= WEEK.longest
    assert WEEK.start <= after.start + after.seconds / 2 + 1e-3
    assert after.start + after.seconds / 2 <= WEEK.end + 1e-3


def test_moving_by_a_width_shows_what_came_next() -> None:
    scale = TimeScale(WEEK.start + 86400, 3600, 1000)
    assert scale.moved(1000, WEEK).start == pytest.approx(scale.end)


def test_a_stretch_is_shown_whole_with_a_margin() -> None:
    begin, end = WEEK.start + 1000, WEEK.start + 4000
    scale = TimeScale(0, 1, 1000).showing(begin, end, WEEK)
    assert scale.x(begin) == pytest.approx(40)
    assert scale.x(end) == pytest.approx(960)


def test_a_moment_is_shown_as_close_as_possible() -> None:
    assert TimeScale(0, 1, 1000).showing(NOW - 50, NOW - 50, WEEK).seconds == SHORTEST


@given(times)
def test_datetimes_and_seconds_are_the_same(when: float) -> None:
    assert seconds_of(datetime_of(when)) == pytest.approx(when, abs=1e-6)


# ---- ticks

@given(scales(), st.sampled_from([UTC, BERLIN, NEW_YORK, timezone(timedelta(hours=5, minutes=45))]))
def test_labels_have_room_and_ticks_ascend(scale: TimeScale, zone: ZoneInfo) -> None:
    found = ticks(scale, zone)
    major = [t for t in found if t.is_major]
    assert [t.when for t in found] == sorted({t.when for t in found})
    assert len(found) < 1500
    changes = clock_changes(scale.start - 86400, scale.end + 86400, zone)
    for one, other in itertools.pairwise(major):
        if not any(one.when <= c.when <= other.when for c in changes):
            assert scale.x(other.when) - scale.x(one.when) > 40


@given(scales(), st.sampled_from([UTC, BERLIN, NEW_YORK, CAIRO]))
def test_labels_lie_on_round_times_of_the_wall_clock(scale: TimeScale, zone: ZoneInfo) -> None:
    step = major_step(scale)
    if 1000 <= step < DAY:
        for tick in ticks(scale, zone):
            local = datetime_of(tick.when).astimezone(zone)
            if tick.is_major:
                assert (local.hour * 3600 + local.minute * 60 + local.second) % (step // 1000) == 0


@pytest.mark.parametrize("step", STEPS)
def test_smaller_ticks_divide_larger_ones(step: int) -> None:
    scale = TimeScale(NOW, 1000 * step / 1000 / 20, 1000)
    minor = minor_step(scale, step)
    assert minor <= step
    assert step >= MONTH or step % minor == 0


def hours_in_view(scale: TimeScale) -> list[str]:
    return [tick_text(t, BERLIN) for t in ticks(scale, BERLIN) if t.is_major and scale.shows(t.when)]


def test_hours_are_right_on_both_sides_of_the_end_of_summer_time() -> None:
    start = datetime(2026, 10, 24, 22, 30, tzinfo=UTC).timestamp()
    labels = hours_in_view(TimeScale(start, 4 * 3600, 400))
    assert labels == ["01:00", "02:00", "02:00", "03:00"]


def test_hours_are_right_at_the_begin_of_summer_time() -> None:
    start = datetime(2026, 3, 28, 23, 30, tzinfo=UTC).timestamp()
    labels = hours_in_view(TimeScale(start, 4 * 3600, 400))
    assert labels == ["01:00", "03:00", "04:00", "05:00"]


def test_a_change_of_the_clock_is_found_to_the_second() -> None:
    start = datetime(2026, 10, 20, tzinfo=UTC).timestamp()
    (change,) = clock_changes(start, start + 10 * 86400, BERLIN)
    assert datetime_of(change.when) == datetime(2026, 10, 25, 1, tzinfo=UTC)
    assert (change.before, change.after, change.forward) == ("CEST", "CET", -3600)


def test_days_begin_at_local_midnight_whatever_their_length() -> None:
    start = datetime(2026, 10, 23, 22, tzinfo=UTC).timestamp()
    found = labels_at(TimeScale(start, 3 * 86400, 800), DAY, BERLIN)
    assert [datetime_of(t).astimezone(BERLIN).hour for t in found] == [0] * len(found)
    assert {round(b - a) for a, b in itertools.pairwise(found)} == {86400, 90000}


def test_a_midnight_that_the_clock_skips_is_the_moment_of_the_change() -> None:
    start = datetime(2024, 4, 25, 12, tzinfo=UTC).timestamp()  # Cairo: 00:00 becomes 01:00 on 26 April 2024
    found = [datetime_of(t).astimezone(CAIRO) for t in labels_at(TimeScale(start, 86400, 800), DAY, CAIRO)]
    assert [(t.day, t.hour) for t in found] == [(25, 0), (26, 1), (27, 0)]


def test_a_day_that_never_was_has_no_tick() -> None:
    start = datetime(2011, 12, 29, 0, tzinfo=APIA).timestamp()
    found = [datetime_of(t).astimezone(APIA).day for t in labels_at(TimeScale(start, 3 * 86400, 800), DAY, APIA)]
    assert 30 not in found[1:]
    assert len(found) == len(set(found))


def test_weeks_begin_on_monday_and_months_on_their_first() -> None:
    scale = TimeScale(NOW, 40 * 86400, 300)
    assert {datetime_of(t).weekday() for t in labels_at(scale, 7 * DAY, UTC)} == {0}
    assert {datetime_of(t).day for t in labels_at(scale, MONTH, UTC)} == {1}


def test_zones_without_a_name_show_their_offset() -> None:
    assert zone_name(NOW, ZoneInfo("Asia/Kathmandu")) == "UTC+05:45"
    assert zone_name(NOW, timezone(timedelta(hours=-3, minutes=-30))) == "UTC-03:30"
    assert zone_name(NOW, BERLIN) == "CET"


def test_units_go_from_milliseconds_to_years() -> None:
    assert [unit_of(step) for step in (1, 1000, 60_000, DAY, MONTH, STEPS[-1])] == [
        "millisecond", "second", "minute", "day", "month", "year"]


def test_times_are_written_down_to_their_unit() -> None:
    local = datetime(2026, 10, 25, 6, 47, 12, 400_900, tzinfo=BERLIN)
    assert [clock_text(local, u) for u in ("minute", "second", "millisecond")] == ["06:47", "06:47:12", "06:47:12.400"]


@pytest.mark.parametrize(("seconds", "text"), [(0.04, "0.040 s"), (12, "12 s"), (59.6, "1 min 00 s"), (245, "4 min 05 s"),
                                               (3600 * 3 + 1200, "3 h 20 min"), (2 * 86400 + 4 * 3600, "2 d 4 h")])
def test_lengths_are_written_with_two_units(seconds: float, text: str) -> None:
    assert length_text(seconds) == text


def test_the_widest_view_holds_all_footage() -> None:
    assert WEEK.longest > WEEK.end - WEEK.start
    assert not math.isinf(WEEK.longest)
