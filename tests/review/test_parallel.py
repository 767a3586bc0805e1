"""Work in a few threads: all answers come, errors are raised where they are read, and nothing waits for what hangs."""

from __future__ import annotations

import threading

import pytest

from dehazer.review import parallel
from dehazer.review.parallel import in_parallel
from tests.waiting import threads_of_the_program, until


def test_every_item_has_its_answer_once() -> None:
    answers = [pair for batch in in_parallel(lambda n: n * n, range(1000), 4, 0.05) for pair in batch]
    assert sorted(answers) == [(n, n * n) for n in range(1000)]
    assert threads_of_the_program() == []


def test_nothing_to_do_is_done() -> None:
    assert list(in_parallel(str, [], 4, 0.05)) == []


def test_what_fails_is_raised_where_the_answers_are_read() -> None:
    def work(number: int) -> int:
        if number == 5:
            raise ValueError("five")
        return number

    with pytest.raises(ValueError, match="five"):
        list(in_parallel(work, range(100), 4, 0.05))
    until(lambda: threads_of_the_program() == [])


def test_answers_come_while_one_item_hangs_and_the_end_does_not_wait_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_PATIENCE", 0.01)
    released = threading.Event()

    def work(number: int) -> int:
        if number == 0:
            released.wait(60)
        return number

    batches = in_parallel(work, range(10), 4, 0.05)
    found: list[int] = []
    while len(found) < 9:
        found += [answer for _, answer in next(batches)]
    batches.close()  # type: ignore[attr-defined]
    assert sorted(found) == list(range(1, 10))
    assert len(threads_of_the_program()) == 1
    released.set()
    until(lambda: threads_of_the_program() == [])
