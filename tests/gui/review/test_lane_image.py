"""Ten thousand recordings as one row of columns, and the picture of a lane."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from dehazer.review import BOOKMARK_COLORS, FOGGY
from gui.review.footage import Footage, RunningTotal
from gui.review.lane_image import LaneColors, LaneColumns, drawn_height, lane_picture
from gui.review.lane_painter import lane_colors
from gui.review.mark_painter import FLAG_COLORS
from gui.review.time_scale import TimeScale
from gui.theme import DARK, LIGHT, Tokens, contrast
from tests.gui.review.recordings import START, many, recording

NOW = START.timestamp()
COLORS = LaneColors(gap=0xff000001, footage=0xff808080, clear=0xff0000ff, foggy=0xffff8000, edge=0xff00ffff, limit=0xffffffff,
                    unknown=0xff00ff00, fault=0xffff0000, overlap=0xffffff00)
spans = st.lists(st.tuples(st.integers(0, 500), st.integers(1, 80)), max_size=30)


@given(spans, st.integers(1, 3))
def test_shares_are_those_counted_second_by_second(found: list[tuple[int, int]], at_least: int) -> None:
    starts, ends = (np.array(v, np.float64) for v in ([b for b, _ in found], [b + n for b, n in found]))
    counted = np.zeros(600, int)
    for begin, length in found:
        counted[begin:begin + length] += 1
    expected = (counted >= at_least).reshape(-1, 10).mean(1)
    np.testing.assert_allclose(RunningTotal.of(starts, ends, at_least).shares(np.arange(0, 601, 10.0)), expected, atol=1e-9)


def test_a_clip_far_narrower_than_a_pixel_is_still_seen() -> None:
    footage = Footage.of([recording(minutes=0.1)])
    columns = LaneColumns.of(footage, TimeScale(NOW - 15 * 86400, 30 * 86400, 300), np.full(300, np.nan))
    picture = lane_picture(columns, 20, COLORS)
    seen = np.flatnonzero(picture[5] != COLORS.gap)
    assert list(seen) == [150]


def test_gaps_are_gaps() -> None:
    footage = Footage.of([recording(minute=0), recording(minute=20)])
    columns = LaneColumns.of(footage, TimeScale(NOW, 1800, 30), np.full(30, np.nan))
    assert list(columns.covered) == [1.0] * 10 + [0.0] * 10 + [1.0] * 10
    assert (lane_picture(columns, 20, COLORS)[:, 10:20] == COLORS.gap).all()


def test_haze_rises_from_the_lower_edge_as_high_as_it_is_strong() -> None:
    footage = Footage.of([recording()])
    haze = np.linspace(0, 1, 11)
    picture = lane_picture(LaneColumns.of(footage, TimeScale(NOW, 600, 11), haze), 40, COLORS)
    heights = (picture[::-1] == COLORS.edge).argmax(0) + 1
    np.testing.assert_allclose(heights[1:], drawn_height(haze[1:]) * 40, atol=1)
    assert np.all(np.diff(heights) > 0)
    assert picture[-2, -1] == COLORS.foggy
    assert picture[-2, 1] == COLORS.clear
    assert (picture[39 - round(float(drawn_height(np.array(FOGGY))) * 40)] == COLORS.limit).any()


def test_what_was_not_measured_looks_unlike_clear_footage() -> None:
    footage = Footage.of([recording()])
    scale = TimeScale(NOW, 600, 60)
    unknown, clear = (lane_picture(LaneColumns.of(footage, scale, np.full(60, v)), 20, COLORS) for v in (np.nan, 0.0))
    assert (unknown == COLORS.unknown).any()
    assert not (clear == COLORS.unknown).any()
    assert (clear[-1] == COLORS.edge).all()


def test_what_cannot_be_read_is_hatched() -> None:
    footage = Footage.of([recording(), recording(minute=10, fault="The file is empty.")])
    picture = lane_picture(LaneColumns.of(footage, TimeScale(NOW, 1200, 40), np.full(40, 0.2)), 20, COLORS)
    hatched = (picture == COLORS.fault).any(0)
    assert not hatched[:20].any()
    assert hatched[20:].all()


def test_overlaps_have_a_line_on_top() -> None:
    footage = Footage.of([recording(), recording(minute=5)])
    picture = lane_picture(LaneColumns.of(footage, TimeScale(NOW, 900, 30), np.full(30, 0.2)), 20, COLORS)
    assert list(picture[0] == COLORS.overlap) == [False] * 10 + [True] * 10 + [False] * 10


@pytest.mark.parametrize("seconds", [0.2, 1, 60, 3600, 86400, 30 * 86400])
def test_ten_thousand_files_at_any_zoom(seconds: float) -> None:
    footage = Footage.of(many(10_000, cameras=("Gate",)))
    scale = TimeScale(NOW + 600, seconds, 1600)
    columns = LaneColumns.of(footage, scale, np.full(1600, 0.3))
    assert columns.covered.max() == pytest.approx(1.0, abs=1e-3)
    assert len(footage.between(scale.start, scale.end)) <= 10_000


def test_a_recording_is_found_by_its_time() -> None:
    first, second, late = recording(), recording(minute=5), recording(minute=60)
    footage = Footage.of([late, second, first])
    assert footage.at(NOW + 60) is first
    assert footage.at(NOW + 400) is second  # the one that began last
    assert footage.at(NOW + 1000) is None
    assert footage.gap_at(NOW + 1000) == (NOW + 900, NOW + 3600)
    assert footage.gap_at(NOW - 1) == (None, NOW)
    assert footage.gap_at(NOW + 9e5) == (NOW + 4200, None)


def test_a_long_recording_is_found_behind_many_short_ones() -> None:
    long, *short = recording(minutes=100), *(recording(minute=n, minutes=0.5) for n in range(1, 50))
    footage = Footage.of([long, *short])
    assert footage.at(NOW + 90 * 60) is long
    assert next(iter(footage.between(NOW + 90 * 60, NOW + 91 * 60))) == 0


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
def test_what_a_lane_shows_is_told_apart_in_both_themes(tokens: Tokens) -> None:
    colors = lane_colors(tokens)
    named = {name: f"#{getattr(colors, name) & 0xffffff:06x}" for name in ("gap", "footage", "clear", "foggy", "edge", "fault")}
    assert contrast(named["footage"], named["gap"]) >= 1.25
    assert contrast(named["edge"], named["footage"]) >= 1.5
    assert contrast(named["clear"], named["foggy"]) >= 1.5
    assert contrast(tokens.text, tokens.panel) >= 4.5  # names of files and notes of bookmarks stand on this


@pytest.mark.parametrize("number", [0, 1], ids=["dark", "light"])
def test_every_colour_of_a_bookmark_is_seen_on_the_panel(number: int) -> None:
    assert set(FLAG_COLORS) == set(BOOKMARK_COLORS)
    panel = (DARK, LIGHT)[number].panel
    assert all(contrast(colors[number], panel) >= 3 for colors in FLAG_COLORS.values())
