"""Measures a session, asks its governor for the quality step, and sets enhancer, engine and source accordingly."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from dehazer.engine.engine import Engine
from dehazer.enhance import AnalysisSettings, Enhancer
from dehazer.field.pyramid import SHORT_SIDE
from dehazer.live.governor import Governor, QualityStep, QualityTarget, Reading, quality_steps
from dehazer.live.metrics import SessionMetrics
from dehazer.live.reconnect import ReconnectingSource
from dehazer.live.shared_engine import SharedEngine
from dehazer.live.status import GovernorStatus
from dehazer.redact import module_logger

log = module_logger(__name__)

INTERVAL = 0.5
"""Seconds between two readings."""
THREADS = ("computed", "applied")
"""Work at the same time: the slower one of them sets the pace."""


class QualityController:
    """Applies the governor of one session. `update` is called after every frame, by one thread.

    An engine that is shared keeps its number format: one slow camera must not change the pictures of the others.
    """

    def __init__(self, engine: Engine | SharedEngine, enhancer: Enhancer, source: ReconnectingSource, metrics: SessionMetrics, *,
                 target: QualityTarget, clock: Callable[[], float] = time.monotonic) -> None:
        self._engine, self._enhancer, self._source, self._metrics, self._clock = engine, enhancer, source, metrics, clock
        self._lock = threading.Lock()
        self._initial_precision = engine.describe()["precision"]
        self._next_reading, self._frames_before = 0.0, 0
        self._busy_before = dict.fromkeys(THREADS, 0.0)
        self._half = False
        self._target = target
        self._governor = self._new_governor(target)

    def _new_governor(self, target: QualityTarget) -> Governor:
        return Governor(target, quality_steps(self._can_halve(), self._engine.gives_field), self._clock)

    def _can_halve(self) -> bool:
        if not isinstance(self._engine, Engine):
            return False
        return self._engine.device.type == "cuda" and self._engine.spec.half and self._engine.precision == "fp32"

    @property
    def target(self) -> QualityTarget:
        """What is to be held; a new target starts from the best quality."""
        return self._target

    @target.setter
    def target(self, target: QualityTarget) -> None:
        with self._lock:
            self._target = target
            self._apply(QualityStep())
            self._governor = self._new_governor(target)

    def update(self) -> None:
        """Take a reading every INTERVAL seconds and apply the quality step."""
        now = self._clock()
        if now < self._next_reading:
            return
        self._next_reading = now + INTERVAL
        with self._lock:
            before = self._governor.current
            current = self._governor.observe(self._reading())
            if current is not before:
                log.info("Quality: %s", current.name or "full")
                self._apply(current)

    def _reading(self) -> Reading:
        stats = self._metrics.stats
        worked, frames = stats.busy_seconds(), stats.frames["computed"]
        slower = max(worked[name] - self._busy_before[name] for name in THREADS)
        busy = slower / max(1, frames - self._frames_before)
        self._busy_before, self._frames_before = worked, frames
        return Reading(self._source.captured_fps, stats.rate("computed"), busy, self._metrics.recent_latency_ms())

    def _apply(self, current: QualityStep) -> None:
        self._enhancer.analysis = AnalysisSettings(current.lines or SHORT_SIDE, current.reuse)
        self._source.keep = current.keep
        if current.half != self._half and isinstance(self._engine, Engine):
            self._half = current.half
            self._engine.set_precision("auto" if current.half else self._initial_precision)

    def status(self) -> GovernorStatus:
        """Target, what is given up for it at present, and the last steps."""
        with self._lock:
            governor, now = self._governor, self._clock()
            steps = tuple((now - when, name or "full quality") for when, name in governor.steps)
            return GovernorStatus(self._target.fps, self._target.latency_ms, tuple(governor.given_up), steps)
