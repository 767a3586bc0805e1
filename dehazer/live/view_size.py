"""The size in which the pictures of a stream are looked at: views say what they have painted, and nobody asks them."""

from __future__ import annotations

import threading

from dehazer.moment import Size


class ViewSize:
    """What the views of a stream need; any thread may call.

    A view that closes or grows needs no word about it: what counts is what was painted since the last picture was taken.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._painted: list[Size | None] = []
        self._needed: Size | None = None

    def painted(self, size: Size | None) -> None:
        """A view has shown a picture in `size` (height, width), or with every pixel it has: None."""
        with self._lock:
            self._painted.append(size)

    def needed(self) -> Size | None:
        """Rows and columns that are enough for all views which have painted since this was asked last, None for every pixel; as
        before where none has."""
        with self._lock:
            painted, self._painted = self._painted, []
            if None in painted:
                self._needed = None
            elif sizes := [size for size in painted if size is not None]:
                self._needed = max(rows for rows, _ in sizes), max(columns for _, columns in sizes)
            return self._needed
