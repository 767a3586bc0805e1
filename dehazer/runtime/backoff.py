"""How long to wait before trying again: exponential, with jitter, so that many cameras do not return all at once."""

from __future__ import annotations

import random
from collections.abc import Callable

from dehazer.errors import UsageError


class Backoff:
    """Waiting times that grow by `factor` from `first` to `longest` seconds, each shortened by up to `jitter` of itself.

    chance: gives numbers in [0, 1). attempt: how often was tried since the last `reset`.
    """

    def __init__(self, first: float = 0.5, longest: float = 30.0, factor: float = 2.0, jitter: float = 0.3,
                 chance: Callable[[], float] = random.random) -> None:
        if not (0 < first <= longest and factor >= 1 and 0 <= jitter < 1):
            raise UsageError("Waiting times need 0 < first ≤ longest, factor ≥ 1 and jitter in [0, 1); got "
                             f"first={first:g}, longest={longest:g}, factor={factor:g}, jitter={jitter:g}.")
        self._first, self._longest, self._factor, self._jitter, self._chance = first, longest, factor, jitter, chance
        self.attempt = 0

    def next(self) -> float:
        """Seconds to wait before the next attempt; counts it."""
        plain = min(self._longest, self._first * self._factor ** min(self.attempt, 64))
        self.attempt += 1
        return plain * (1 - self._jitter * self._chance())

    def reset(self) -> None:
        """It worked: the next trouble starts from the shortest wait."""
        self.attempt = 0
