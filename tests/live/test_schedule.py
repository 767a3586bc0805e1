"""The schedule of recordings: days, midnight, and the days on which clocks are set."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from dehazer.errors import ConfigError
from dehazer.live.schedule import RecordingSchedule

BERLIN = ZoneInfo("Europe/Berlin")
WEEKDAYS = RecordingSchedule(True, frozenset(range(5)), time(8), time(18))
NIGHT = RecordingSchedule(True, frozenset({4}), time(22), time(6))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(("when", "due"), [
    ("2026-03-02T07:59:59", False), ("2026-03-02T08:00:00", True), ("2026-03-02T17:59:59", True), ("2026-03-02T18:00:00", False),
    ("2026-03-07T12:00:00", False),
])
def test_days_and_hours(when: str, due: bool) -> None:
    assert WEEKDAYS.is_due(at(when)) is due


@pytest.mark.parametrize(("when", "due"), [
    ("2026-03-06T21:59:00", False), ("2026-03-06T22:00:00", True), ("2026-03-07T00:00:00", True), ("2026-03-07T05:59:00", True),
    ("2026-03-07T06:00:00", False), ("2026-03-06T05:00:00", False),
])
def test_a_night_belongs_to_the_day_on_which_it_begins(when: str, due: bool) -> None:
    assert NIGHT.is_due(at(when)) is due


def test_the_same_time_twice_is_a_whole_day() -> None:
    whole = RecordingSchedule(True, frozenset({0}), time(6), time(6))
    begin = at("2026-03-02T06:00:00")
    assert [whole.is_due(begin + timedelta(hours=h)) for h in (-1, 0, 23, 24)] == [False, True, True, False]


def test_what_is_off_is_never_due() -> None:
    off = RecordingSchedule(False, WEEKDAYS.days, WEEKDAYS.begin, WEEKDAYS.end)
    assert not off.is_due(at("2026-03-02T12:00:00"))
    assert off.next_start(at("2026-03-02T12:00:00"), BERLIN) is None
    assert RecordingSchedule(True, frozenset()).next_start(at("2026-03-02T12:00:00"), BERLIN) is None


@pytest.mark.parametrize(("now", "begin"), [
    ("2026-03-02T07:00:00", "2026-03-02T08:00:00"), ("2026-03-02T08:00:00", "2026-03-03T08:00:00"),
    ("2026-03-06T09:00:00", "2026-03-09T08:00:00"),
])
def test_the_next_start(now: str, begin: str) -> None:
    assert WEEKDAYS.next_start(at(now), BERLIN) == at(begin)


def test_a_start_on_one_day_of_the_week_comes_again_in_a_week() -> None:
    assert NIGHT.next_start(at("2026-03-06T23:00:00"), BERLIN) == at("2026-03-13T22:00:00")


def test_a_day_on_which_clocks_are_set_keeps_its_times_on_the_wall() -> None:
    """29 March 2026 has no 02:30 in Berlin, and 25 October has it twice."""
    spring = RecordingSchedule(True, frozenset({6}), time(2, 30), time(4))
    assert spring.next_start(at("2026-03-28T12:00:00"), BERLIN) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    minutes = [datetime(2026, 3, 29, 0, 30, tzinfo=UTC) + timedelta(minutes=m) for m in range(0, 120, 15)]
    assert [spring.is_due(m.astimezone(BERLIN)) for m in minutes] == [False, False, True, True, True, True, False, False]
    autumn = [datetime(2026, 10, 25, 0, 0, tzinfo=UTC) + timedelta(minutes=m) for m in (15, 30, 75, 90, 150)]
    assert [spring.is_due(m.astimezone(BERLIN)) for m in autumn] == [False, True, False, True, True]
    assert WEEKDAYS.next_start(at("2026-03-28T12:00:00"), BERLIN).utcoffset() == timedelta(hours=2)  # type: ignore[union-attr]


def test_the_systems_own_zone_is_taken_where_none_is_given() -> None:
    begin = WEEKDAYS.next_start(datetime(2026, 3, 2, tzinfo=UTC))
    assert begin is not None
    assert (begin.hour, begin.minute) == (8, 0)


def test_settings_keep_it_and_nonsense_is_the_default() -> None:
    assert RecordingSchedule.from_dict(NIGHT.as_dict()) == NIGHT
    broken = [{**NIGHT.as_dict(), "days": [9]}, {**NIGHT.as_dict(), "from": "25:00"}, {"on": True, "days": 1}]
    for nonsense in (None, 3, {}, *broken):
        assert RecordingSchedule.from_dict(nonsense) == RecordingSchedule()
    with pytest.raises(ConfigError, match="from 0"):
        RecordingSchedule(True, frozenset({7}))
