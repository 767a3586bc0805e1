"""The state of a session and its countdown."""

from __future__ import annotations

import pytest

from dehazer.live.state import StateKeeper
from tests.waiting import FakeClock


def test_the_countdown_of_a_state_runs() -> None:
    clock, changes = FakeClock(), []
    keeper = StateKeeper(lambda: changes.append(1), clock)
    keeper.set("reconnecting", "Gone.", 2, 4.0)
    clock.now += 3
    assert keeper.state.next_in_s == pytest.approx(1)
    assert keeper.state.attempt == 2
    assert keeper.state.since == 50
    keeper.set("reconnecting", "Gone.", 3, None)
    assert keeper.state.since == 50
    assert keeper.state.next_in_s is None
    keeper.set("live", "Here.")
    assert keeper.state.since == 53
    assert len(changes) == 3
    assert not keeper.state.is_over
