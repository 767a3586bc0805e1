"""Puts the governor's decisions into force: reads how a session goes, and sets enhancer, engine and source accordingly."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import torch

from dehazer.engine import Engine
from dehazer.enhance import Economy, Enhancer
from dehazer.live.ledger import Ledger
from dehazer.live.sharing import SharedEngine
from dehazer.live.steady import SteadySource
from dehazer.pyramid import SHORT_SIDE
from dehazer.runtime.governor import Governor, QualityTarget, Reading, Rung, ladder

INTERVAL = 0.5
"""Seconds between two readings."""
THREADS = ("computed", "applied")
"""Work at the same time: the slower one of them sets the pace."""


class Pilot:
    """The governor of one session, at the controls. `consider` is called after every frame, by one thread.

    An engine that is shared keeps its number format: one slow camera must not change the pictures of the others.
    """

    def __init__(self, engine: Engine | SharedEngine, enhancer: Enhancer, source: SteadySource, ledger: Ledger, *,
                 target: QualityTarget, clock: Callable[[], float] = time.monotonic) -> None:
        self._engine, self._enhancer, self._source, self._ledger, self._clock = engine, enhancer, source, ledger, clock
        self._lock = threading.Lock()
        self._own = engine.describe()["precision"]
        self._next, self._frames = 0.0, 0
        self._worked = dict.fromkeys(THREADS, 0.0)
        self._half = False
        self._target = target
        self._governor = self._fresh(target)

    def _fresh(self, target: QualityTarget) -> Governor:
        return Governor(target, ladder(self._can_halve(), self._engine.gives_field), self._clock)

    def _can_halve(self) -> bool:
        if not isinstance(self._engine, Engine):
            return False
        return self._engine.device.type == "cuda" and self._engine.spec.half and self._engine.precision == torch.float32

    @property
    def target(self) -> QualityTarget:
        """What is to be held; a new target starts from the best quality."""
        return self._target

    @target.setter
    def target(self, target: QualityTarget) -> None:
        with self._lock:
            self._target = target
            self._apply(Rung())
            self._governor = self._fresh(target)

    def consider(self) -> None:
        """Take a reading now and then, and act on it."""
        now = self._clock()
        if now < self._next:
            return
        self._next = now + INTERVAL
        with self._lock:
            before = self._governor.rung
            rung = self._governor.observe(self._reading())
            if rung is not before:
                self._apply(rung)

    def _reading(self) -> Reading:
        stats = self._ledger.stats
        worked, frames = stats.busy_seconds(), stats.frames["computed"]
        slower = max(worked[name] - self._worked[name] for name in THREADS)  # since the last reading: a step may change which
        busy = slower / max(1, frames - self._frames)
        self._worked, self._frames = worked, frames
        return Reading(self._source.captured_fps, stats.rate("computed"), busy, self._ledger.recent_latency_ms())

    def _apply(self, rung: Rung) -> None:
        self._enhancer.economy = Economy(rung.lines or SHORT_SIDE, rung.reuse)
        self._source.keep = rung.keep
        if rung.half != self._half and isinstance(self._engine, Engine):
            self._half = rung.half
            self._engine.set_precision("auto" if rung.half else self._own)

    def status(self) -> dict[str, Any]:
        """For the overlay: targets, what is given up at present, and the last steps as [seconds ago, sentence]."""
        with self._lock:
            governor, now = self._governor, self._clock()
            return {"target_fps": self._target.fps, "target_latency_ms": self._target.latency_ms,
                    "given_up": list(governor.given_up),
                    "steps": [[now - when, name or "full quality"] for when, name in governor.steps]}
