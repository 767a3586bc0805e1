"""Which parts of which recordings show a span."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dehazer.errors import InputError
from dehazer.review.coverage import Coverage
from dehazer.review.footage import duration_text, footage_of
from dehazer.review.recording import Recording
from tests.review.footage import at, span


def recording(name: str, start: float, end: float, fault: str | None = None) -> Recording:
    return Recording(Path(name), "Gate", at(start), end - start, "name", 1, 1, fault=fault)


def parts(recordings: list[Recording], start: float, end: float) -> list[tuple[str, float, float]]:
    """(name, from, to) of the pieces, seconds after noon."""
    found = footage_of(recordings, "Gate", span(start, end))
    return [(piece.recording.path.name, round((piece.span.start - at(0)).total_seconds(), 3),
             round((piece.span.end - at(0)).total_seconds(), 3)) for piece in found.pieces]


def test_a_span_inside_one_recording() -> None:
    assert parts([recording("a", 0, 60), recording("b", 60, 120)], 10, 20) == [("a", 10, 20)]


def test_recordings_that_follow_each_other_are_used_whole_over_their_seams() -> None:
    """Names give whole seconds, so that files seem to overlap or to leave a gap by less than that."""
    recordings = [recording("c", 119.2, 180), recording("a", 0, 60.8), recording("b", 60, 119)]
    assert parts(recordings, 0, 180) == [("a", 0, 60.8), ("b", 60, 119), ("c", 119.2, 180)]
    assert footage_of(recordings, "Gate", span(0, 180)).gaps == ()


def test_gaps_are_named_also_at_the_ends() -> None:
    found = footage_of([recording("a", 10, 20), recording("b", 50, 60)], "Gate", span(0, 100))
    assert found.gaps == (span(0, 10), span(20, 50), span(60, 100))
    assert "from 2026-01-31 12:00:20 to 12:00:50 UTC (30.0 s)" in found.notes[1]
    assert found.duration == pytest.approx(20)
    assert [round(found.seconds(at(when)), 3) for when in (0, 15, 30, 55, 90)] == [0, 5, 10, 15, 20]


@pytest.mark.parametrize("recordings", [
    [recording("a", 0, 60), recording("b", 40, 100)], [recording("a", 0, 100), recording("b", 40, 60)],
    [recording("a", 0, 100), recording("b", 40, 60), recording("c", 50, 80)], [recording("a", 0, 60), recording("b", 0, 60)]])
def test_of_two_recordings_of_one_time_the_one_is_used_that_playback_shows(recordings: list[Recording]) -> None:
    coverage = Coverage(tuple(recordings))
    found = footage_of(recordings, "Gate", span(5, 95))
    for second in range(5, 95):
        shown = coverage.at("Gate", at(second + 0.5))
        used = [piece.recording for piece in found.pieces if at(second + 0.5) in piece.span]
        assert used == ([] if shown is None else [shown])
    assert any("show the same time" in note for note in found.notes)


def test_a_growing_recording_ends_where_it_did_when_it_was_asked_for() -> None:
    growing = replace(recording("a", 0, 60), growing=True)
    (piece,) = footage_of([growing], "Gate", span(50, 100)).pieces
    assert piece.end == pytest.approx(60)
    (piece,) = footage_of([recording("a", 0, 60)], "Gate", span(50, 100)).pieces
    assert piece.end is None


def test_what_cannot_be_read_is_left_out_and_named() -> None:
    found = footage_of([recording("a", 0, 60), recording("b", 60, 120, "b is damaged.")], "Gate", span(30, 90))
    assert found.notes[0] == "b is left out: b is damaged."
    with pytest.raises(InputError, match="no recording of Gate"):
        footage_of([recording("b", 60, 120, "b is damaged.")], "Gate", span(70, 90))


@pytest.mark.parametrize(("seconds", "text"), [(4.2, "4.2 s"), (187, "3 min 07 s"), (7500, "2 h 05 min")])
def test_lengths_are_for_people(seconds: float, text: str) -> None:
    assert duration_text(seconds) == text
