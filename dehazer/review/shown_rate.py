"""How many pictures a second are really shown."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

WINDOW = 2.0
"""Seconds looked back."""


class ShownRate:
    """Counts pictures by camera. now: seconds of a clock that never jumps. Any thread may read, one adds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._times: dict[str, deque[float]] = {}

    def add(self, camera: str) -> None:
        """A new picture of a camera was shown."""
        times, now = self._times.setdefault(camera, deque()), self._now()
        times.append(now)
        while times[0] < now - WINDOW:
            times.popleft()

    def of(self, camera: str) -> float:
        """Pictures per second over the last two seconds, or since the first one if that is less; 0 for none."""
        now = self._now()
        times = [time for time in tuple(self._times.get(camera, ())) if time >= now - WINDOW]
        seconds = now - times[0] if times else 0.0
        return (len(times) - 1) / seconds if len(times) > 1 and seconds > 0 else 0.0

    def clear(self) -> None:
        """Begin anew."""
        self._times = {}
