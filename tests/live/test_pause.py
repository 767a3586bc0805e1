"""What a frozen view still shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dehazer.errors import UsageError
from dehazer.live.pause import PausedView
from dehazer.moment import Moment
from tests.live.moments import moment


class View:
    """A view, and a source that counts requests."""

    def __init__(self) -> None:
        self.requests = 0
        self.view = PausedView()

    def captured(self) -> Moment:
        """A picture that is captured now."""
        made = moment()
        original = replace(made.original, request=self.requests)
        return replace(made, original=original)

    def move(self) -> None:
        """A search or a step that works."""
        self.view.move(self._request)

    def _request(self) -> int:
        self.requests += 1
        return self.requests


@pytest.fixture
def view() -> View:
    return View()


def test_while_it_runs_every_picture_is_shown(view: View) -> None:
    assert [view.view.accept(view.captured(), False) for _ in range(3)] == [(True, False)] * 3


def test_while_paused_no_new_picture_is_shown(view: View) -> None:
    view.view.accept(view.captured(), False)
    assert view.view.accept(view.captured(), True) == (False, False)


def test_the_picture_shown_comes_again_with_other_options(view: View) -> None:
    shown = view.captured()
    view.view.accept(shown, False)
    assert view.view.frame_to_recompute() is shown.original
    anew = replace(shown, luma=(1.0, 2.0))
    assert view.view.accept(anew, True) == (True, False)


def test_before_the_first_picture_there_is_none_to_compute_anew(view: View) -> None:
    assert view.view.frame_to_recompute() is None


def test_a_search_shows_the_first_picture_captured_behind_it_and_no_older_one(view: View) -> None:
    on_its_way = view.captured()
    view.move()
    assert view.view.accept(on_its_way, True) == (False, False)
    assert view.view.accept(view.captured(), True) == (True, False)
    assert view.view.accept(view.captured(), True) == (False, False)


def test_options_changed_during_a_search_count_for_the_picture_from_there(view: View) -> None:
    view.view.accept(view.captured(), False)
    view.move()
    assert view.view.frame_to_recompute() is None  # the picture from there comes first
    found = view.captured()
    assert view.view.accept(found, True) == (True, True)  # and its options are old already
    assert view.view.frame_to_recompute() is found.original


def test_a_running_view_needs_no_picture_anew(view: View) -> None:
    view.move()
    view.view.frame_to_recompute()
    assert view.view.accept(view.captured(), False) == (True, False)


def test_a_search_that_is_refused_changes_nothing(view: View) -> None:
    def refused() -> int:
        raise UsageError("A camera cannot be searched.")

    with pytest.raises(UsageError):
        view.view.move(refused)
    assert view.view.accept(view.captured(), True) == (False, False)


def test_a_refused_search_leaves_the_one_before_wanted(view: View) -> None:
    def refused() -> int:
        raise UsageError("Not now.")

    view.move()
    found = view.captured()
    with pytest.raises(UsageError):
        view.view.move(refused)
    assert view.view.accept(found, True) == (True, False)
