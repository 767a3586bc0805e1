"""Numbers that can be trusted: rates, latencies and drops over a short window, and the flicker of a clip."""

from __future__ import annotations

import math
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

Clock = Callable[[], float]


def percentile(values: Sequence[float], share: float) -> float:
    """Nearest-rank percentile; 0.5 is the median. NaN for nothing."""
    if not values:
        return math.nan
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, math.ceil(share * len(ordered)) - 1))]


class Rate:
    """Events per second over the last `window` seconds."""

    def __init__(self, window: float = 2.0, clock: Clock = time.monotonic) -> None:
        self._times: deque[float] = deque()
        self._window, self._clock = window, clock

    def tick(self) -> None:
        """Count one event now."""
        self._times.append(self._clock())
        self._trim()

    def per_second(self) -> float:
        """Rate over the window; 0 when nothing happened in it."""
        self._trim()
        if len(self._times) < 2:
            return 0.0
        span = max(self._clock(), self._times[-1]) - self._times[0]
        return (len(self._times) - 1) / span if span > 0 else 0.0

    def _trim(self) -> None:
        limit = self._clock() - self._window
        while self._times and self._times[0] < limit:
            self._times.popleft()


@dataclass
class Stats:
    """Shared counters of one running pipeline; every method may be called from any thread."""

    window: float = 2.0
    clock: Clock = time.monotonic
    frames: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._rates = {name: Rate(self.window, self.clock) for name in ("read", "computed", "applied", "written")}
        self._busy: dict[str, float] = dict.fromkeys(self._rates, 0.0)

    def tick(self, stage: str, busy: float = 0.0) -> None:
        """One frame left `stage`, which worked `busy` seconds on it."""
        with self._lock:
            self.frames[stage] += 1
            self._rates[stage].tick()
            self._busy[stage] += busy

    def rate(self, stage: str) -> float:
        """Frames per second of a stage over the window."""
        with self._lock:
            return self._rates[stage].per_second()

    def busy_seconds(self) -> dict[str, float]:
        """Seconds each stage worked so far; the largest names the bottleneck."""
        with self._lock:
            return dict(self._busy)


class Flicker:
    """Flicker index: standard deviation over time of (mean luma − its strongly smoothed self), in 8-bit grey levels."""

    def __init__(self, smoothing: float = 0.9) -> None:
        self._smoothing = smoothing
        self._slow: float | None = None
        self._sum = self._squares = 0.0
        self._count = 0

    def add(self, luma: float) -> None:
        """Mean luma of the next frame, 0 to 255."""
        self._slow = luma if self._slow is None else self._smoothing * self._slow + (1 - self._smoothing) * luma
        rest = luma - self._slow
        self._count += 1
        self._sum += rest
        self._squares += rest * rest

    @property
    def index(self) -> float:
        """The index so far; 0 for fewer than two frames."""
        if self._count < 2:
            return 0.0
        mean = self._sum / self._count
        return math.sqrt(max(0.0, self._squares / self._count - mean * mean))
