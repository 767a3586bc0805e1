"""What the views of a stream need, from what they have painted."""

from __future__ import annotations

from dehazer.live.view_size import REMEMBERED, ViewSize
from dehazer.moment import Size


def shown(size: ViewSize, times: int, *views: Size | None) -> Size | None:
    """What is needed after so many pictures that these views have painted."""
    for _ in range(times):
        size.taken()
        for view in views:
            size.painted(view)
    return size.needed


def test_before_much_was_painted_every_pixel_is_needed() -> None:
    size = ViewSize()
    assert size.needed is None
    assert shown(size, REMEMBERED, (270, 480)) is None
    assert shown(size, 1, (270, 480)) == (270, 480)


def test_a_view_that_shrinks_is_believed_after_a_while_and_one_that_grows_at_once() -> None:
    size = ViewSize()
    shown(size, 2 * REMEMBERED, (270, 480))
    assert shown(size, REMEMBERED, (90, 160)) == (270, 480)
    assert shown(size, 1, (90, 160)) == (90, 160)
    size.painted((270, 480))
    assert size.needed == (270, 480)
    size.painted(None)
    assert size.needed is None


def test_several_views_get_rows_and_columns_for_all_of_them() -> None:
    assert shown(ViewSize(), 2 * REMEMBERED, (270, 400), (200, 480)) == (270, 480)


def test_a_view_that_paints_every_third_picture_is_not_forgotten() -> None:
    size = ViewSize()
    for _ in range(2 * REMEMBERED):
        assert shown(size, 2, (90, 160)) in (None, (540, 960))
        assert shown(size, 1, (90, 160), (540, 960)) in (None, (540, 960))
    assert size.needed == (540, 960)


def test_pictures_that_nobody_paints_change_nothing() -> None:
    size = ViewSize()
    shown(size, 2 * REMEMBERED, (270, 480))
    assert shown(size, 100) == (270, 480)
