"""Stated times become UTC; hours that daylight saving time repeats or skips are decided and named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from dehazer.review.local_time import resolved

BERLIN = ZoneInfo("Europe/Berlin")
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
TWICE = datetime(2024, 10, 27, 2, 30)
SKIPPED = datetime(2024, 3, 31, 2, 30)


@settings(deadline=None)
@given(st.datetimes(datetime(1980, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC)), st.sampled_from(
    ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]))
def test_a_local_time_comes_back_to_its_instant_or_is_noted(when: datetime, zone: str) -> None:
    local = when.astimezone(ZoneInfo(zone))
    found = resolved(local.replace(tzinfo=None, fold=0), ZoneInfo(zone), 600, when + timedelta(seconds=600))
    assert found.start == when  # the modification time decides where the hour came twice
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    assert bool(found.note) == twice


def test_a_time_with_a_zone_of_its_own_is_left_alone() -> None:
    found = resolved(datetime(2024, 10, 27, 2, 30, tzinfo=ZoneInfo("Asia/Tokyo")), BERLIN, 0, LONG_AGO)
    assert found == (datetime(2024, 10, 26, 17, 30, tzinfo=UTC), "")


@pytest.mark.parametrize(("modified", "hour", "words"), [
    (datetime(2024, 10, 27, 0, 40, tzinfo=UTC), 0, "the first is taken, by the file's modification time"),
    (datetime(2024, 10, 27, 1, 40, tzinfo=UTC), 1, "the second is taken, by the file's modification time"),
    (LONG_AGO, 0, "the first is taken, because nothing tells which"),
])
def test_an_hour_that_came_twice(modified: datetime, hour: int, words: str) -> None:
    found = resolved(TWICE, BERLIN, 600, modified)
    assert found.start == datetime(2024, 10, 27, hour, 30, tzinfo=UTC)
    assert words in found.note
    assert "2024-10-27 02:30 came twice when the clocks in Europe/Berlin were put back" in found.note


def test_an_hour_that_was_skipped() -> None:
    found = resolved(SKIPPED, BERLIN, 600, LONG_AGO)
    assert found.start == datetime(2024, 3, 31, 1, 30, tzinfo=UTC)
    assert "was skipped when the clocks in Europe/Berlin were put forward" in found.note
