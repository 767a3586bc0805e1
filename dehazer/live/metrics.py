"""The numbers of one live session, over short windows, so that they describe the present."""

from __future__ import annotations

import math
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from dehazer.live.status import FrameFlow, SceneReading
from dehazer.moment import Moment
from dehazer.runtime.stats import Rate, Stats, percentile

HISTORY_SECONDS = 120
FLICKER_FRAMES = 250
LATENCIES = 256
RECENT = 2.0
SMOOTHING = 0.9  # as in runtime.stats.Flicker


class RecentFlicker:
    """Flicker index (see `runtime.stats.Flicker`) over the last FLICKER_FRAMES frames."""

    def __init__(self) -> None:
        self._slow: float | None = None
        self._rest: deque[float] = deque(maxlen=FLICKER_FRAMES)

    def add(self, luma: float) -> None:
        """Mean luma of the next frame, 0 to 255."""
        self._slow = luma if self._slow is None else SMOOTHING * self._slow + (1 - SMOOTHING) * luma
        self._rest.append(luma - self._slow)

    @property
    def index(self) -> float:
        """In 8-bit grey levels; 0 for fewer than two frames."""
        return float(np.std(self._rest)) if len(self._rest) > 1 else 0.0


class HazeHistory:
    """One value per second, the mean of that second's frames; the last two minutes. Seconds without a frame are None."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._values: deque[float | None] = deque(maxlen=HISTORY_SECONDS)
        self._second: int | None = None
        self._sum, self._count = 0.0, 0

    def add(self, haze: float) -> None:
        """Haze of one frame, 0 to 1."""
        self._advance()
        self._sum += haze
        self._count += 1

    def _advance(self) -> None:
        now = math.floor(self._clock())
        if self._second is None:
            self._second = now
        gone = now - self._second
        if gone > 0:
            self._values.append(self._sum / self._count if self._count else None)
            self._values.extend([None] * min(gone - 1, HISTORY_SECONDS))
            self._second, self._sum, self._count = now, 0.0, 0

    def values(self) -> list[float | None]:
        """Oldest first, complete seconds only."""
        self._advance()
        return list(self._values)


class SessionMetrics:
    """Counts and clocks of one session; every method may be called from any thread.

    stats: the pipeline's own counters, shared with it.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self.stats = Stats(clock=clock)
        self._painted, self._paint_rate = 0, Rate(clock=clock)
        self._latency: deque[float] = deque(maxlen=LATENCIES)
        self._flickers = RecentFlicker(), RecentFlicker()
        self._history = HazeHistory(clock)
        self._last: Moment | None = None  # computed
        self._seen: weakref.ref[Moment] | None = None  # painted
        self._newest = -math.inf  # capture time
        self._changed_at: float | None = None
        self._recent: deque[tuple[float, float]] = deque(maxlen=LATENCIES)

    def computed(self, moment: Moment) -> None:
        """A frame was dehazed. A frame that is computed again with other options is left out of rates and history."""
        with self._lock:
            before, self._last, captured = self._last, moment, moment.original.captured
            if captured is None or captured > self._newest:
                self._add_newest(moment, before)

    def _add_newest(self, moment: Moment, before: Moment | None) -> None:
        now, captured = self._clock(), moment.original.captured
        if before is None or moment.luma[0] != before.luma[0]:
            self._changed_at = now
        if captured is not None:
            self._newest = captured
            self._recent.append((now, now - captured))
        for flicker, luma in zip(self._flickers, moment.luma, strict=True):
            flicker.add(luma)
        if moment.meter is not None:
            self._history.add(moment.meter.haze)

    def painted(self, moment: Moment) -> None:
        """A frame is on the screen; counted once, though two windows may show it."""
        with self._lock:
            if self._seen is not None and moment is self._seen():
                return
            self._seen = weakref.ref(moment)
            self._painted += 1
            self._paint_rate.tick()
            if moment.original.captured is not None:
                self._latency.append(self._clock() - moment.original.captured)

    def flow(self) -> FrameFlow:
        """Frames and frames per second computed and painted; latency capture → paint."""
        stats = self.stats
        with self._lock:
            late, painted, rate = list(self._latency), self._painted, self._paint_rate.per_second()
        p50, p95 = (percentile(late, share) * 1000 if late else None for share in (0.5, 0.95))
        return FrameFlow(stats.frames["computed"], stats.rate("computed"), painted, rate, p50, p95)

    def recent_latency_ms(self) -> float | None:
        """95th percentile of capture → computed over the last RECENT seconds; None when nothing was computed in them."""
        with self._lock:
            limit = self._clock() - RECENT
            recent = [latency for when, latency in self._recent if when >= limit]
        return percentile(recent, 0.95) * 1000 if recent else None

    def age(self) -> tuple[float | None, float | None]:
        """Seconds since the newest picture was captured, and since its content last changed at all; None before it."""
        with self._lock:
            now, last = self._clock(), self._last
            if last is None:
                return None, None
            captured = last.original.captured
            return None if captured is None else now - captured, None if self._changed_at is None else now - self._changed_at

    def scene(self) -> SceneReading:
        """Haze, visibility, flicker and grid of the newest frame."""
        with self._lock:
            before, after = (flicker.index for flicker in self._flickers)
            past = SceneReading(haze_history=tuple(self._history.values()), flicker_before=before, flicker_after=after)
            last = self._last
        if last is None:
            return past
        meter = last.meter
        return replace(past, haze=meter.haze if meter else None, visibility=meter.visibility if meter else None,
                       bypassed=last.bypassed, grid=last.field.grid if last.field else None,
                       width=last.original.width, height=last.original.height)
