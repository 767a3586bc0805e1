"""What a live session is doing at the moment, in one word and one sentence."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

StateKind = Literal["opening", "live", "reconnecting", "paused", "ended", "failed"]


@dataclass(frozen=True)
class SessionState:
    """kind: in one word. sentence: for people, without any password.

    attempt: which try to connect this is, 0 while all is well. next_in_s: seconds until the next try, None when none
    is planned. since: time.monotonic() at which this kind began.
    """

    kind: StateKind
    sentence: str
    attempt: int = 0
    next_in_s: float | None = None
    since: float = field(default_factory=time.monotonic)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come unless the session is started again."""
        return self.kind in ("ended", "failed")


class StateKeeper:
    """The present state; may be set and read from any thread. notify: called, without locks held, after each change."""

    def __init__(self, notify: Callable[[], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._notify, self._clock = notify, clock
        self._lock = threading.Lock()
        self._state = SessionState("opening", "Not started yet.", since=clock())
        self._retry_at: float | None = None

    @property
    def state(self) -> SessionState:
        """The present state, its countdown up to date."""
        with self._lock:
            if self._retry_at is None:
                return self._state
            return replace(self._state, next_in_s=max(0.0, self._retry_at - self._clock()))

    def set(self, kind: StateKind, sentence: str, attempt: int = 0, wait: float | None = None) -> None:
        """Change to `kind`; wait: seconds until the next try to connect."""
        with self._lock:
            now = self._clock()
            since = self._state.since if self._state.kind == kind else now
            self._retry_at = None if wait is None else now + wait
            self._state = SessionState(kind, sentence, attempt, wait, since)
        self._notify()
