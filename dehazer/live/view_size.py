"""The size in which the pictures of a stream are looked at: views say what they have painted, and nobody asks them."""

from __future__ import annotations

import threading
from collections import deque

from dehazer.moment import Size

REMEMBERED = 12
"""Pictures for which a view that was painted counts: views of one stream may paint at different times, and not every picture."""
EVERY_PIXEL: Size = (1 << 30, 1 << 30)


class ViewSize:
    """What the views of a stream need; any thread may call.

    A view that closes or grows needs no word about it: what counts is what was painted lately. So the size grows at once and
    shrinks after REMEMBERED pictures.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._painted: deque[Size] = deque([EVERY_PIXEL], REMEMBERED)  # one for every picture taken
        self._present: Size | None = None

    def painted(self, size: Size | None) -> None:
        """A view has shown a picture in `size` (height, width), or with every pixel it has: None."""
        with self._lock:
            self._present = _enough_for(self._present, size or EVERY_PIXEL)

    def taken(self) -> None:
        """The next picture was taken to be shown."""
        with self._lock:
            if self._present is not None:
                self._painted.append(self._present)
                self._present = None

    @property
    def needed(self) -> Size | None:
        """Rows and columns that are enough for all views, None for every pixel; before any has painted, too."""
        with self._lock:
            size = self._present
            for other in self._painted:
                size = _enough_for(size, other)
        return None if size is None or size == EVERY_PIXEL else size


def _enough_for(one: Size | None, other: Size) -> Size:
    return other if one is None else (max(one[0], other[0]), max(one[1], other[1]))
