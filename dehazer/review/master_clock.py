"""The one clock that all cameras of a playback follow."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from dehazer.errors import UsageError

SLOWEST, FASTEST = 0.1, 32.0


class MasterClock:
    """A wall-clock time that stands, or runs at a speed, from any thread. now: seconds of a clock that never jumps."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self.now = now
        self._lock = threading.Lock()
        self._anchor = (now(), datetime(1970, 1, 1, tzinfo=UTC))
        self._speed, self._playing = 1.0, False

    @property
    def position(self) -> datetime:
        """The time it shows."""
        with self._lock:
            return self._position()

    def _position(self) -> datetime:
        began, when = self._anchor
        return when + timedelta(seconds=(self.now() - began) * self._speed) if self._playing else when

    @property
    def playing(self) -> bool:
        """Whether it runs."""
        return self._playing

    @property
    def speed(self) -> float:
        """Seconds of footage per second; negative backwards."""
        return self._speed

    def seconds_until(self, when: datetime) -> float:
        """Seconds until a running clock shows `when`; 0 or less when it has passed it."""
        return (when - self.position).total_seconds() / self._speed

    def set(self, when: datetime) -> None:
        """Show `when` now. Raises UsageError for a time without a zone."""
        if when.utcoffset() is None:
            raise UsageError(f"Playback needs times with a time zone, got {when.isoformat()}.")
        with self._lock:
            self._anchor = self.now(), when.astimezone(UTC)

    def run(self, playing: bool) -> None:
        """Run on from the time shown, or stand there."""
        with self._lock:
            self._anchor = self.now(), self._position()
            self._playing = playing

    def set_speed(self, speed: float) -> None:
        """Run at another speed from now on. Raises UsageError outside the limits."""
        if not SLOWEST <= abs(speed) <= FASTEST:
            raise UsageError(f"Playback at {speed:g} times is not possible; the speed must be {SLOWEST:g} to {FASTEST:g}, or the "
                             "same below 0 for backwards.")
        with self._lock:
            self._anchor = self.now(), self._position()
            self._speed = float(speed)
