"""What a frozen view still shows: the picture it holds, with other options, and the first one from where it was told to go."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from dehazer.enhance import Moment
from dehazer.errors import UsageError
from dehazer.frames.frame import Frame


class PausedView:
    """Tells the instants that were asked for from those that were merely on their way. Any thread may use it.

    clock: the one that frames are stamped by.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._lock, self._clock = threading.Lock(), clock
        self._shown: Moment | None = None
        self._wanted: float | None = None  # clock at the last search or step, until the picture from there came
        self._stale = False  # options have changed while that picture was on its way

    def move(self, move: Callable[[], None]) -> None:
        """Go to another place; the first picture captured from now on is wanted. Passes the UsageError of `move` on."""
        with self._lock:
            before, self._wanted = self._wanted, self._clock()
        try:
            move()
        except UsageError:
            with self._lock:
                self._wanted = before
            raise

    def again(self) -> Frame | None:
        """The picture to be computed anew because options have changed; None while another one is on its way, or before the
        first: that one comes first, and `admit` says so when it has to be computed anew itself."""
        with self._lock:
            self._stale = self._wanted is not None
            return None if self._stale or self._shown is None else self._shown.original

    def admit(self, moment: Moment, paused_view: bool) -> tuple[bool, bool]:
        """Whether this instant is to be shown; and whether `again` is to be asked, since its options are old already."""
        with self._lock:
            requested_engine, stale = self._asked_for(moment)
            if paused_view and not requested_engine:
                return False, False
            self._shown = moment
            return True, stale and paused_view

    def _asked_for(self, moment: Moment) -> tuple[bool, bool]:
        original = moment.original
        if self._shown is not None and original is self._shown.original:
            return True, False
        if self._wanted is None or original.captured is None or original.captured < self._wanted:
            return False, False
        self._wanted, stale, self._stale = None, self._stale, False
        return True, stale
