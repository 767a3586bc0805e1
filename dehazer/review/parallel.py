"""Work on many items in a few threads that never keep the program from ending, not even on a drive that does not answer."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from queue import Empty, SimpleQueue
from typing import TypeVar

_PATIENCE = 4.0
"""Seconds that threads are waited for at the end; they are daemons."""
Item = TypeVar("Item")
Answer = TypeVar("Answer")


def in_parallel(work: Callable[[Item], Answer], items: Iterable[Item], threads: int,
                every: float) -> Iterator[list[tuple[Item, Answer]]]:
    """Items with their answers as they come, gathered for `every` seconds; what `work` raises is raised here.

    Closing the iterator lets the threads end with the item at hand.
    """
    waiting = deque(items)
    answers: SimpleQueue[tuple[Item, Answer | None, BaseException | None]] = SimpleQueue()
    left = len(waiting)
    group = [threading.Thread(target=_run, args=(work, waiting, answers), name="dehazer-probe", daemon=True)
             for _ in range(min(threads, left))]
    for thread in group:
        thread.start()
    try:
        while left:
            batch = _gathered(answers, left, every)
            left -= len(batch)
            yield batch
    finally:
        waiting.clear()
        deadline = time.monotonic() + _PATIENCE
        for thread in group:
            thread.join(max(0.0, deadline - time.monotonic()))


def _run(work: Callable[[Item], Answer], waiting: deque[Item],
         answers: SimpleQueue[tuple[Item, Answer | None, BaseException | None]]) -> None:
    while True:
        try:
            item = waiting.popleft()
        except IndexError:
            return
        try:
            answers.put((item, work(item), None))
        except BaseException as error:  # noqa: BLE001  top of a thread: raised again where the answers are read
            answers.put((item, None, error))


def _gathered(answers: SimpleQueue[tuple[Item, Answer | None, BaseException | None]], most: int,
              seconds: float) -> list[tuple[Item, Answer]]:
    """What comes within so many seconds, possibly nothing."""
    batch: list[tuple[Item, Answer]] = []
    deadline = time.monotonic() + seconds
    while len(batch) < most and (left := deadline - time.monotonic()) > 0:
        try:
            item, answer, error = answers.get(timeout=left)
        except Empty:
            break
        if error is not None:
            raise error
        batch.append((item, answer))  # type: ignore[arg-type]  # an answer without an error is one
    return batch
