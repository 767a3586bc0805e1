"""Where pictures lie: geometry of views, zoom and division."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from PyQt6.QtCore import QPointF, QRectF, QSizeF

from gui.view.panes import Pane, Viewport, divider_at, divider_x, fitted, panes, position_in
from gui.widgets.grid_page import columns_for

AREA = QRectF(0, 0, 1000, 600)
WIDE, TALL = QSizeF(1280, 720), QSizeF(720, 1280)


def test_a_picture_fills_the_area_as_far_as_its_shape_allows() -> None:
    assert fitted(WIDE, AREA, Viewport()) == QRectF(0, 19, 1000, 562)
    assert fitted(TALL, AREA, Viewport()) == QRectF(331, 0, 338, 600)


def test_both_halves_of_a_wipe_lie_on_the_very_same_rectangle() -> None:
    left, right = panes("wipe", WIDE, AREA, Viewport(), 0.3)
    assert left.target == right.target
    assert left.area.right() == right.area.x() == 300
    assert (left.picture, right.picture) == ("original", "dehazed")


@pytest.mark.parametrize("picture", [WIDE, TALL])
def test_side_by_side_shows_both_at_one_size(picture: QSizeF) -> None:
    one, other = panes("side", picture, AREA, Viewport(), 0.5)
    assert one.target.size() == other.target.size()
    assert not one.area.intersects(other.area)


def test_wide_pictures_are_stacked_where_that_is_larger() -> None:
    one, other = panes("side", QSizeF(3000, 500), QRectF(0, 0, 900, 800), Viewport(), 0.5)
    assert one.area.bottom() <= other.area.y()


@given(st.floats(0, 1))
def test_the_divider_can_be_found_where_it_is(share: float) -> None:
    whole = Pane("dehazed", AREA, fitted(WIDE, AREA, Viewport()))
    assert divider_at(whole, divider_x(whole, share)) == pytest.approx(share, abs=0.001)


@given(st.floats(1.05, 8), st.floats(0.05, 0.95), st.floats(0.1, 0.9))
def test_what_lies_under_the_pointer_stays_there_while_zooming(factor: float, x: float, y: float) -> None:
    pane = panes("dehazed", WIDE, AREA, Viewport(), 0.5)[0]
    at = QPointF(pane.target.x() + x * pane.target.width(), pane.target.y() + y * pane.target.height())
    viewport = Viewport().around(factor, at, pane)
    after = panes("dehazed", WIDE, AREA, viewport, 0.5)[0]
    if after.target.adjusted(2, 2, -2, -2).contains(AREA):  # no edge stands in the way
        u, v = position_in(after.target, at)
        assert (u, v) == pytest.approx((x, y), abs=0.01)


@given(st.floats(1, 16), st.floats(-1, 2), st.floats(-1, 2))
def test_a_zoomed_picture_leaves_no_gap(zoom: float, x: float, y: float) -> None:
    target = fitted(WIDE, AREA, Viewport(zoom, x, y))
    if target.width() >= AREA.width():
        assert target.x() <= 0.5
        assert target.right() >= AREA.right() - 1.5


def test_zooming_out_ends_at_the_whole_picture() -> None:
    pane = panes("dehazed", WIDE, AREA, Viewport(2, 0.1, 0.1), 0.5)[0]
    assert Viewport(2, 0.1, 0.1).around(0.1, QPointF(5, 5), pane) == Viewport()


def test_dragging_moves_the_picture_with_the_hand() -> None:
    viewport = Viewport(4, 0.5, 0.5)
    before = panes("dehazed", WIDE, AREA, viewport, 0.5)[0]
    after = panes("dehazed", WIDE, AREA, viewport.moved(QPointF(30, -12), before), 0.5)[0]
    assert after.target.x() - before.target.x() == pytest.approx(30, abs=1)
    assert after.target.y() - before.target.y() == pytest.approx(-12, abs=1)


@pytest.mark.parametrize(("count", "columns"), [(1, 1), (2, 2), (3, 2), (4, 2), (5, 3), (6, 3), (7, 3), (8, 3), (9, 3)])
def test_tiles_are_as_large_as_they_can_be(count: int, columns: int) -> None:
    assert columns_for(count, 16 / 9) == columns


def test_a_tall_window_puts_cameras_below_each_other() -> None:
    assert columns_for(3, 0.6) == 1
