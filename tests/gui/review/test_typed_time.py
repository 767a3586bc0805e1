"""Typed times: everything an operator would write is understood in the zone of the clock, the rest gets one sentence."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from gui.review import speeds, typed_time

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 24, 7, 14, 3, 480_000, UTC)  # 08:14:03.480 in Berlin


@pytest.mark.parametrize(("text", "expected"), [
    ("14:05:30", "2026-11-24 14:05:30.000"), ("9:05", "2026-11-24 09:05:00.000"), (" 14:05:30.5 ", "2026-11-24 14:05:30.500"),
    ("14:05:30,25", "2026-11-24 14:05:30.250"), ("2026-11-23 23:59:59.999", "2026-11-23 23:59:59.999"),
    ("2026-11-23T01:02", "2026-11-23 01:02:00.000"), ("23.11. 06:00", "2026-11-23 06:00:00.000"),
    ("23.11.2025 06:00", "2025-11-23 06:00:00.000"), ("+10", "2026-11-24 08:14:13.480"), ("-1:30", "2026-11-24 08:12:33.480"),
    ("−0.48", "2026-11-24 08:14:03.000"), ("+1:00:00", "2026-11-24 09:14:03.480"),
])
def test_it_is_understood(text: str, expected: str) -> None:
    assert typed_time.clock_text(typed_time.parsed(text, NOW, BERLIN), BERLIN) == expected


@pytest.mark.parametrize("text", ["", "noon", "25:00", "12:61", "2026-02-30 12:00", "12", "12:00:00.1234567", "+", "31.2. 10:00"])
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a time; type for example 14:05:30"):
        typed_time.parsed(text, NOW, BERLIN)


def test_an_hour_that_is_skipped_in_spring_does_not_exist() -> None:
    with pytest.raises(ValueError, match=r"2026-03-29 02:30 does not exist"):
        typed_time.parsed("2026-03-29 02:30", NOW, BERLIN)


def test_an_hour_that_comes_twice_is_the_first_of_the_two() -> None:
    assert typed_time.parsed("2026-10-25 02:30", NOW, BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("zone", [UTC, BERLIN, ZoneInfo("Asia/Kathmandu")])
def test_what_is_shown_can_be_typed_again(zone: ZoneInfo) -> None:
    assert typed_time.parsed(typed_time.clock_text(NOW, zone), NOW, zone) == NOW


@pytest.mark.parametrize(("seconds", "text"), [(0.04, "0.04 s"), (12.5, "12.50 s"), (62.25, "1:02.250"), (3723.0, "1:02:03")])
def test_lengths(seconds: float, text: str) -> None:
    assert typed_time.duration_text(seconds) == text


def test_zones_are_named_as_they_are_called_then() -> None:
    assert typed_time.zone_text(NOW, BERLIN) == "CET"
    assert typed_time.zone_text(datetime(2026, 7, 1, tzinfo=UTC), BERLIN) == "CEST"


@pytest.mark.parametrize(("speed", "steps", "expected"), [
    (1.0, 1, 1.5), (1.0, -1, 0.75), (32.0, 1, 32.0), (0.1, -1, 0.1), (-1.0, 1, -1.5), (-4.0, -1, -2.0),
])
def test_speeds_go_in_steps_and_keep_their_direction(speed: float, steps: int, expected: float) -> None:
    assert speeds.changed(speed, steps) == expected


def test_speeds_reach_from_a_tenth_to_thirty_two() -> None:
    assert (min(speeds.SPEEDS), max(speeds.SPEEDS)) == (0.1, 32.0)
    assert speeds.text(-0.25) == "−0.25×"
