"""The governor: holds a target frame rate or latency by reducing quality step by step, and restores it when possible.

Pure logic on numbers: it gets readings and returns one of the quality steps. Down when too slow for a
second; up only when the better step would have fitted for a while; each failed attempt doubles that time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dehazer.errors import UsageError


@dataclass(frozen=True)
class QualityStep:
    """One quality step. name: what is given up, for people; "" for nothing.

    half: 16-bit numbers. lines: short side the network sees, 0 for its own. reuse: the field is estimated for every n-th
    frame. keep: every n-th frame is computed, the others are dropped. cost: rough share of the full work, for guesses.
    """

    name: str = ""
    half: bool = False
    lines: int = 0
    reuse: int = 1
    keep: int = 1
    cost: float = 1.0


def quality_steps(half: bool = False, field: bool = True) -> tuple[QualityStep, ...]:
    """The usual steps, best first. half: whether 16-bit numbers are there to step to and would save time. field: whether
    the network gives fields; pictures can only be computed with fewer bits, or less often."""
    start = 0.7 if half else 1.0
    first = (QualityStep(), *((QualityStep("16-bit numbers", half, cost=start),) if half else ()))
    if not field:
        return (*first, *(QualityStep(f"every {n} frame", half, keep=k, cost=start / k) for n, k in (("2nd", 2), ("4th", 4))))
    return (
        *first,
        QualityStep("grid of 320 lines", half, 320, cost=0.6 * start),
        QualityStep("grid of 224 lines", half, 224, cost=0.4 * start),
        QualityStep("field kept for 2 frames", half, 224, 2, cost=0.3 * start),
        QualityStep("field kept for 4 frames", half, 224, 4, cost=0.25 * start),
        QualityStep("field kept for 8 frames", half, 224, 8, cost=0.22 * start),
        QualityStep("every 2nd frame", half, 224, 8, 2, cost=0.11 * start),
        QualityStep("every 4th frame", half, 224, 8, 4, cost=0.055 * start),
    )


@dataclass(frozen=True)
class QualityTarget:
    """What is to be held. fps: frames per second. latency_ms: capture → computed, 95th percentile. None: does not matter."""

    fps: float | None = None
    latency_ms: float | None = None

    def __post_init__(self) -> None:
        if (self.fps is not None and self.fps <= 0) or (self.latency_ms is not None and self.latency_ms <= 0):
            raise UsageError("The governor's targets must be above 0; give None for what does not matter.")

    @property
    def wanted(self) -> bool:
        """Whether there is anything to hold."""
        return self.fps is not None or self.latency_ms is not None


CAMERA_RATE = QualityTarget(fps=240.0)
"""Every frame that the camera sends: no camera sends more than this."""


@dataclass(frozen=True)
class Reading:
    """Measured values. captured, computed: frames per second now. busy: seconds of work per computed frame. latency_ms: now."""

    captured: float
    computed: float
    busy: float
    latency_ms: float | None = None


SLACK = 0.92
"""Share of the wanted rate that counts as held; rates measured over two seconds are that rough."""
ROOM = 0.75
"""A better step must fill at most this share of the time it would have."""
DOWN_AFTER, UP_AFTER, LONGEST = 1.0, 6.0, 120.0
"""Seconds of being too slow before a step down; of reserve before a step up; longest such wait after failed attempts."""
SETTLE = 2.0
"""Seconds after a step in which rates still describe the step before."""


class Governor:
    """Chooses the quality step. `observe` a few times a second; one thread uses it.

    current: in force. steps: (seconds, name) of the last changes, newest last, for the overlay.
    """

    def __init__(self, target: QualityTarget, available: Sequence[QualityStep] | None = None,
                 clock: Callable[[], float] = time.monotonic) -> None:
        self.target, self._available, self._clock = target, tuple(available or quality_steps()), clock
        self._level = 0
        self._patience = UP_AFTER
        self._changed: float | None = None
        self._slow_since: float | None = None
        self._room_since: float | None = None
        self._stepped_up_at: float | None = None
        self.steps: list[tuple[float, str]] = []

    @property
    def current(self) -> QualityStep:
        """What is in force."""
        return self._available[self._level]

    @property
    def given_up(self) -> tuple[str, ...]:
        """Everything given up at present, in order; the last of a kind counts."""
        return tuple(step.name for step in self._available[1 : self._level + 1])

    def observe(self, reading: Reading) -> QualityStep:
        """Take a reading; returns the step to use from now on."""
        now = self._clock()
        self._changed = now if self._changed is None else self._changed
        if self.target.wanted and now - self._changed >= SETTLE:
            self._judge(reading, now)
        return self.current

    def _judge(self, reading: Reading, now: float) -> None:
        slow, room = self._too_slow(reading), self._has_room(reading)
        self._slow_since = (self._slow_since or now) if slow else None
        self._room_since = (self._room_since or now) if room else None
        if slow and now - (self._slow_since or now) >= DOWN_AFTER and self._level + 1 < len(self._available):
            self._step_down(now)
        elif room and now - (self._room_since or now) >= self._patience and self._level > 0:
            self._stepped_up_at = now
            self._step(-1, now)

    def _step_down(self, now: float) -> None:
        """One step down. Soon after a step up, that step has failed: the next one up waits twice as long."""
        failed = self._stepped_up_at is not None and now - self._stepped_up_at < 5 * SETTLE
        self._patience = min(LONGEST, 2 * self._patience) if failed else self._patience
        self._step(1, now)

    def _step(self, by: int, now: float) -> None:
        self._level += by
        self._changed, self._slow_since, self._room_since = now, None, None
        self.steps = [*self.steps[-19:], (now, self.current.name)]

    def _requested_rate(self, reading: Reading, current: QualityStep) -> float:
        """Frames per second that should be computed at a step: no more than arrive."""
        wanted = min(self.target.fps or reading.captured, reading.captured)
        return min(wanted, reading.captured / current.keep)

    def _too_slow(self, reading: Reading) -> bool:
        asked = self._requested_rate(reading, self.current)
        late = self.target.latency_ms is not None and (reading.latency_ms or 0.0) > self.target.latency_ms
        return late or (self.target.fps is not None and asked > 0 and reading.computed < SLACK * asked)

    def _has_room(self, reading: Reading) -> bool:
        """Whether the next better step would fit, guessed from the work per frame now."""
        if self._level == 0 or reading.captured <= 0:
            return False
        better = self._available[self._level - 1]
        busy = reading.busy * max(1.0, _per_frame(better) / _per_frame(self.current))
        fits = busy * self._requested_rate(reading, better) <= ROOM
        later = (reading.latency_ms or 0.0) + (busy - reading.busy) * 1000
        in_time = self.target.latency_ms is None or later <= self.target.latency_ms
        return fits and in_time and not self._too_slow(reading)


def _per_frame(current: QualityStep) -> float:
    """Rough work per computed frame: the cost of a step counts dropped frames as saved."""
    return current.cost * current.keep
