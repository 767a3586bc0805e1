"""A single-slot mailbox: the newest item waits, older ones that were not taken are counted."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Mailbox(Generic[Item]):
    """Holds one item between a producer and a consumer that never wait for each other. overwritten: items that were not taken."""

    def __init__(self) -> None:
        self._item: Item | None = None
        self._lock = threading.Lock()
        self.overwritten = 0

    def put(self, item: Item) -> bool:
        """Leave an item; returns whether the box was empty (so that one notice per visit is enough)."""
        with self._lock:
            was_empty = self._item is None
            self._item = item
            self.overwritten += not was_empty
            return was_empty

    def take(self) -> Item | None:
        """The item, once; None if there is nothing new."""
        with self._lock:
            item, self._item = self._item, None
            return item
