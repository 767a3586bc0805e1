"""A bounded hand-off between two threads: "block" keeps every item, "latest" keeps the newest."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from typing import Generic, Literal, TypeVar

from dehazer.errors import UsageError

Item = TypeVar("Item")
Policy = Literal["block", "latest"]


class Closed(Exception):
    """The other side has ended; the thread that gets this ends too."""


class Channel(Generic[Item]):
    """A queue of at most `size` items between one producer and one consumer.

    policy "block": `put` waits for room (files, nothing is lost). policy "latest": `put` never waits, the oldest
    item makes room and is counted in `dropped` (live cameras, newest wins).
    """

    def __init__(self, size: int = 2, policy: Policy = "block") -> None:
        if size < 1:
            raise UsageError(f"A channel needs room for at least one item, got {size}.")
        self._items: deque[Item] = deque()
        self._size, self._policy = size, policy
        self._changed = threading.Condition()
        self._finished = self._broken = False
        self.dropped = 0

    def put(self, item: Item) -> None:
        """Hand one item over; raises Closed when the consumer is gone, and after `finish`."""
        with self._changed:
            if self._finished:  # finished by another thread: the item would never be consumed
                raise Closed
            if self._policy == "latest":
                self._make_room()
            else:
                self._changed.wait_for(lambda: len(self._items) < self._size or self._broken)
            if self._broken:
                raise Closed
            self._items.append(item)
            self._changed.notify_all()

    def _make_room(self) -> None:
        while len(self._items) >= self._size:
            self._items.popleft()
            self.dropped += 1

    def get(self) -> Item:
        """Take the oldest item; raises Closed when the producer has finished and nothing is left, or after `abort`."""
        with self._changed:
            self._changed.wait_for(lambda: self._items or self._finished or self._broken)
            if self._broken or not self._items:
                raise Closed
            item = self._items.popleft()
            self._changed.notify_all()
            return item

    def wait_taken(self) -> None:
        """Wait until nothing is left in it; raises Closed when the consumer is gone."""
        with self._changed:
            self._changed.wait_for(lambda: not self._items or self._broken)
            if self._broken:
                raise Closed

    def __iter__(self) -> Iterator[Item]:
        """Items until the channel is closed."""
        while True:
            try:
                yield self.get()
            except Closed:
                return

    def __len__(self) -> int:
        return len(self._items)

    def finish(self) -> None:
        """Nothing more will be put; the consumer still gets what is there."""
        with self._changed:
            self._finished = True
            self._changed.notify_all()

    def abort(self) -> None:
        """Both sides end at their next call; waiting items are forgotten."""
        with self._changed:
            self._broken = True
            self._items.clear()
            self._changed.notify_all()
