"""Waiting times, without waiting."""

from __future__ import annotations

import pytest

from dehazer.errors import UsageError
from dehazer.runtime.backoff import Backoff


def test_waits_double_up_to_the_longest() -> None:
    backoff = Backoff(first=0.5, longest=8, jitter=0)
    assert [backoff.next() for _ in range(7)] == [0.5, 1, 2, 4, 8, 8, 8]
    assert backoff.attempt == 7


def test_jitter_only_shortens_and_spreads() -> None:
    waits = {Backoff(first=10, longest=10, jitter=0.3, chance=lambda c=c: c).next() for c in (0.0, 0.5, 0.999)}
    assert len(waits) == 3
    assert all(7 <= w <= 10 for w in waits)


def test_two_cameras_do_not_return_together() -> None:
    a, b = Backoff(), Backoff()
    assert [a.next() for _ in range(5)] != [b.next() for _ in range(5)]


def test_success_starts_short_again() -> None:
    backoff = Backoff(first=1, jitter=0)
    for _ in range(4):
        backoff.next()
    backoff.reset()
    assert (backoff.next(), backoff.attempt) == (1, 1)


def test_years_of_trying_do_not_overflow() -> None:
    backoff = Backoff(jitter=0)
    backoff.attempt = 100_000
    assert backoff.next() == 30.0


@pytest.mark.parametrize("more", [{"first": 0}, {"first": 2, "longest": 1}, {"factor": 0.5}, {"jitter": 1}])
def test_senseless_settings_are_refused(more: dict[str, float]) -> None:
    with pytest.raises(UsageError):
        Backoff(**more)
