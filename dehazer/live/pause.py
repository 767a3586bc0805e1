"""What a paused view shows: its picture, computed again when options change, and the picture that a seek or step asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable

from dehazer.frames.frame import Frame
from dehazer.moment import Moment


class PausedView:
    """Separates results that were requested (seek, step, changed options) from late ones. Any thread may use it.

    moved: there was a seek or step since the pause began.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._accepted: Moment | None = None
        self._requested = 0  # number of the newest seek or step; 0 once its picture has arrived
        self._answered = 0  # number of the newest one of which a picture was shown
        self._stale = False  # options have changed before that picture arrived
        self.moved = False

    def begin(self) -> None:
        """A pause begins."""
        with self._lock:
            self.moved = False

    def move(self, move: Callable[[], int]) -> None:
        """Seek or step with `move`, which gives the number of the request; the first picture that carries it is shown.

        Raises the UsageError of `move`, and nothing has changed then.
        """
        with self._lock:
            self._requested, self.moved = move(), True

    def frame_to_recompute(self) -> Frame | None:
        """The picture to compute again because options have changed; None before the first picture, and while the picture of
        a seek or step is awaited: `accept` then reports whether that one has to be computed again."""
        with self._lock:
            self._stale = self._requested != 0
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
        if self._requested == 0 or original.request <= self._answered:
            return False, False
        self._answered = original.request
        if original.request < self._requested:
            return True, False  # on the way to the newest one
        self._requested, stale, self._stale = 0, self._stale, False
        return True, stale
