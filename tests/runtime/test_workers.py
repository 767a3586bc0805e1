"""Threads that stand and fall together."""

from __future__ import annotations

import threading

import pytest

from dehazer.runtime.channel import Closed
from dehazer.runtime.workers import WorkerGroup
from tests.waiting import PATIENCE, threads_of_the_program, until


class Group:
    """A group whose threads wait until `stopped` is set, as those of a pipeline wait at their channels."""

    def __init__(self) -> None:
        self.stopped, self.stops = threading.Event(), 0
        self.workers = WorkerGroup(self._stop)

    def _stop(self) -> None:
        self.stops += 1
        self.stopped.set()

    def wait(self) -> None:
        assert self.stopped.wait(PATIENCE)
        raise Closed


@pytest.fixture
def group() -> Group:
    return Group()


def fails(error: BaseException) -> None:
    raise error


def test_threads_carry_their_names_and_end_with_their_work(group: Group) -> None:
    group.workers.start("reader", group.wait)
    assert threads_of_the_program() == ["dehazer-reader"]
    assert group.workers.running()
    assert not group.workers.wait(0.0)
    group.stopped.set()
    assert group.workers.wait(PATIENCE)
    assert not group.workers.running()
    group.workers.check()
    assert group.stops == 0


@pytest.mark.parametrize("error", [ValueError("no"), KeyboardInterrupt(), SystemExit(3)])
def test_the_error_of_one_stops_all_and_is_raised_unchanged(group: Group, error: BaseException) -> None:
    group.workers.start("waiting", group.wait)
    group.workers.start("failing", lambda: fails(error))
    assert group.workers.wait(PATIENCE)
    assert group.stops == 1
    with pytest.raises(type(error)) as caught:
        group.workers.check()
    assert caught.value is error


def test_the_first_of_several_errors_is_kept(group: Group) -> None:
    first, second = ValueError("first"), ValueError("second")
    group.workers.start("first", lambda: fails(first))
    until(lambda: group.stops == 1)
    group.workers.start("second", lambda: fails(second))
    assert group.workers.wait(PATIENCE)
    assert group.workers.error is first


def test_a_neighbour_that_closed_the_channel_is_no_error(group: Group) -> None:
    group.workers.start("alone", lambda: fails(Closed()))
    assert group.workers.wait(PATIENCE)
    group.workers.check()
    assert group.stops == 0


def test_stopping_without_an_error_raises_nothing(group: Group) -> None:
    group.workers.start("waiting", group.wait)
    group.workers.stop()
    assert group.workers.wait(PATIENCE)
    group.workers.check()


def test_waiting_counts_every_thread(group: Group) -> None:
    """One that has ended must not hide another that runs."""
    group.workers.start("short", lambda: None)
    group.workers.start("long", group.wait)
    group.workers.start("short too", lambda: None)
    until(lambda: threads_of_the_program() == ["dehazer-long"])
    assert not group.workers.wait(0.0)
    group.stopped.set()
    assert group.workers.wait(PATIENCE)


def test_threads_do_not_keep_the_process_alive(group: Group) -> None:
    daemons: list[bool] = []
    group.workers.start("any", lambda: daemons.append(threading.current_thread().daemon))
    assert group.workers.wait(PATIENCE)
    assert daemons == [True]
