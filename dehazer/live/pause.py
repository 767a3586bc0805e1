"""What a paused view shows: its picture, computed again when options change, and the first picture after a seek or step."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from dehazer.enhance import Moment
from dehazer.errors import UsageError
from dehazer.frames.frame import Frame


class PausedView:
    """Separates results that were requested (seek, step, changed options) from late ones. Any thread may use it.

    clock: gives the time base of `Frame.captured`.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._lock, self._clock = threading.Lock(), clock
        self._accepted: Moment | None = None
        self._requested_at: float | None = None  # time of the last seek or step; None once its picture has arrived
        self._stale = False  # options have changed before that picture arrived

    def move(self, move: Callable[[], None]) -> None:
        """Seek or step with `move`; the first picture captured from now on is shown. Raises the UsageError of `move`."""
        with self._lock:
            before, self._requested_at = self._requested_at, self._clock()
        try:
            move()
        except UsageError:
            with self._lock:
                self._requested_at = before
            raise

    def frame_to_recompute(self) -> Frame | None:
        """The picture to compute again because options have changed; None before the first picture, and while the picture of
        a seek or step is awaited: `accept` then reports whether that one has to be computed again."""
        with self._lock:
            self._stale = self._requested_at is not None
            return None if self._stale or self._accepted is None else self._accepted.original

    def accept(self, moment: Moment, paused: bool) -> tuple[bool, bool]:
        """(show it, compute it again because its options are out of date). paused: whether the view is paused."""
        with self._lock:
            requested, stale = self._is_requested(moment)
            if paused and not requested:
                return False, False
            self._accepted = moment
            return True, stale and paused

    def _is_requested(self, moment: Moment) -> tuple[bool, bool]:
        original = moment.original
        if self._accepted is not None and original is self._accepted.original:
            return True, False
        if self._requested_at is None or original.captured is None or original.captured < self._requested_at:
            return False, False
        self._requested_at, stale, self._stale = None, self._stale, False
        return True, stale
