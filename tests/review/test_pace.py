"""What playback gives up when pictures come too late, and when it does not."""

from __future__ import annotations

from dehazer.review.pace import MOST, Pace


def test_nothing_is_given_up_while_pictures_come_in_time_or_now_and_then_late() -> None:
    pace = Pace()
    for number in range(500):
        pace.note(late=number % 2 == 0)
    assert pace.every == 1


def test_fields_are_used_again_where_pictures_stay_late_until_playing_begins_anew() -> None:
    pace, seen = Pace(), []
    for _ in range(100):
        pace.note(late=True)
        seen.append(pace.every)
    assert seen == sorted(seen)
    assert set(seen) == set(range(1, MOST + 1))
    for _ in range(500):
        pace.note(late=False)
    assert pace.every == MOST
    pace.restart()
    assert pace.every == 1


def test_cameras_take_turns() -> None:
    pace = Pace()
    assert all(pace.fresh(place) for place in range(4))
    pace.every = 2
    for _ in range(4):
        pace.note(late=True)
        assert [pace.fresh(place) for place in range(4)].count(True) == 2
    assert pace.fresh(0) != (pace.note(late=True), pace.fresh(0))[1]
