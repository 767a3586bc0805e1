"""What a set of recordings covers is what counting minute by minute finds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given, settings, strategies as st

from dehazer.review import Recording, Span
from dehazer.review.coverage import Coverage

NOON = datetime(2024, 3, 10, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PIECES = st.lists(st.tuples(st.sampled_from(["gate", "yard"]), st.integers(0, 60), st.integers(1, 20)), max_size=12)


def recordings(pieces: list[tuple[str, int, int]]) -> list[Recording]:
    return [Recording(Path(f"/x/{k}.mp4"), camera, NOON + start * MINUTE, 60.0 * length, "name", 1, 1)
            for k, (camera, start, length) in enumerate(pieces)]


def shown(spans: tuple[Span, ...]) -> set[int]:
    return {minute for minute in range(100) if any(NOON + minute * MINUTE in span for span in spans)}


@settings(deadline=None)
@given(PIECES)
def test_at_gaps_and_overlaps_agree_with_counting(pieces: list[tuple[str, int, int]]) -> None:
    made = recordings(pieces)
    coverage = Coverage.of_files(reversed(made))
    for camera in ("gate", "yard"):
        own = [r for r in made if r.camera == camera]
        counts = {minute: [r for r in own if NOON + minute * MINUTE in r.span] for minute in range(100)}
        for minute, there in counts.items():
            found = coverage.at(camera, NOON + minute * MINUTE)
            assert (found is None) == (not there)
            assert found is None or found.start == max(r.start for r in there)
        covered = {minute for minute, there in counts.items() if there}
        inside = set(range(min(covered), max(covered))) if covered else set()
        assert shown(coverage.gaps(camera)) == inside - covered
        assert shown(coverage.overlaps(camera)) == {minute for minute, there in counts.items() if len(there) > 1}
    assert coverage.span == (Span(min(r.start for r in made), max(r.end for r in made)) if made else None)


@settings(deadline=None)
@given(PIECES, st.sampled_from(["UTC", "Europe/Berlin", "Pacific/Kiritimati", "America/New_York"]))
def test_days_are_those_of_every_picture(pieces: list[tuple[str, int, int]], name: str) -> None:
    made = recordings([(camera, 60 * start, 60 * length) for camera, start, length in pieces])
    expected: set[date] = set()
    for one in made:
        expected |= {(one.start + k * MINUTE).astimezone(ZoneInfo(name)).date() for k in range(int(one.duration // 60))}
    coverage = Coverage.of_files(made)
    assert coverage.days(ZoneInfo(name)) == expected
    assert coverage.days(ZoneInfo(name)) is coverage.days(ZoneInfo(name))  # computed once for each state
