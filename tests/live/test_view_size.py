"""What the views of a session need, from what they have painted."""

from __future__ import annotations

from dehazer.live.view_size import ViewSize


def test_before_anything_was_painted_every_pixel_is_needed() -> None:
    assert ViewSize().needed() is None


def test_one_view_needs_what_it_painted_until_it_paints_something_else() -> None:
    size = ViewSize()
    size.painted((270, 480))
    assert size.needed() == (270, 480)
    assert size.needed() == (270, 480)  # a picture came before the view had painted the last one
    size.painted((90, 160))
    assert size.needed() == (90, 160)


def test_several_views_get_rows_and_columns_for_all_of_them() -> None:
    size = ViewSize()
    size.painted((270, 400))
    size.painted((200, 480))
    assert size.needed() == (270, 480)


def test_a_view_that_shows_every_pixel_decides_and_is_forgotten_when_it_closes() -> None:
    size = ViewSize()
    size.painted((270, 480))
    size.painted(None)
    assert size.needed() is None
    size.painted((270, 480))
    assert size.needed() == (270, 480)
