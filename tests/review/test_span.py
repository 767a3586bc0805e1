"""Spans of wall-clock time: their sums, gaps and overlaps agree with counting second by second."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from dehazer.errors import UsageError
from dehazer.review import Span
from dehazer.review.span import gaps_between, merged, overlaps_of

START = datetime(2026, 1, 1, tzinfo=UTC)


def at(seconds: int) -> datetime:
    return START + timedelta(seconds=seconds)


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda p: Span(at(p[0]), at(p[0] + p[1]))), max_size=8)


def seconds_of(spans: tuple[Span, ...]) -> set[int]:
    return {second for second in range(100) if any(at(second) in span for span in spans)}


def counts(spans: list[Span]) -> dict[int, int]:
    return {second: sum(at(second) in span for span in spans) for second in range(100)}


@settings(deadline=None)
@given(SPANS)
def test_merged_spans_cover_the_same_seconds_and_never_touch(spans: list[Span]) -> None:
    joined = merged(spans)
    assert seconds_of(joined) == {second for second, count in counts(spans).items() if count}
    assert all(before.end < after.start for before, after in pairwise(joined))


@settings(deadline=None)
@given(SPANS)
def test_gaps_are_the_uncovered_seconds_in_between(spans: list[Span]) -> None:
    covered = {second for second, count in counts(spans).items() if count}
    inside = set(range(min(covered), max(covered))) if covered else set()
    assert seconds_of(gaps_between(spans)) == inside - covered


@settings(deadline=None)
@given(SPANS)
def test_overlaps_are_the_seconds_covered_twice(spans: list[Span]) -> None:
    assert seconds_of(overlaps_of(spans)) == {second for second, count in counts(spans).items() if count > 1}


@settings(deadline=None)
@given(SPANS, SPANS)
def test_an_intersection_is_what_both_cover(some: list[Span], others: list[Span]) -> None:
    for one in some:
        for other in others:
            both = one.intersection(other)
            assert seconds_of((one,)) & seconds_of((other,)) == seconds_of((both,) if both else ())


def test_short_gaps_and_overlaps_do_not_count() -> None:
    spans = [Span(at(0), at(10)), Span(at(11), at(20)), Span(at(19), at(30))]
    assert gaps_between(spans) == (Span(at(10), at(11)),)
    assert gaps_between(spans, timedelta(seconds=1)) == ()
    assert overlaps_of(spans) == (Span(at(19), at(20)),)
    assert overlaps_of(spans, timedelta(seconds=1)) == ()


def test_a_span_in_reverse_or_without_a_zone_is_refused() -> None:
    with pytest.raises(UsageError, match="must not end"):
        Span(at(1), at(0))
    with pytest.raises(UsageError, match="time zone"):
        Span(datetime(2026, 1, 1), datetime(2026, 1, 2))
