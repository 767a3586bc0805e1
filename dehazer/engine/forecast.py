"""How many frames a second an engine will compute on this machine, from a short timing, before anybody waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

import numpy as np

from dehazer.engine.estimate import Estimate
from dehazer.errors import UsageError
from dehazer.frames.frame import Frame, frame_from_rgb

BUDGET = 1.0
"""Seconds after which no larger picture is begun."""
FIRST = 96
"""Lines of the first picture of an image network; each further one has four times as many pixels."""
ROUNDS = 3
"""Times that a field network runs; the first run is left out, because memory is set up in it."""


class TimedEngine(Protocol):
    """What of an engine is timed: `Engine` and `SharedEngine` have it."""

    @property
    def gives_field(self) -> bool: ...
    def estimate(self, frame: Frame) -> Estimate: ...
    def restore(self, frame: Frame) -> Frame: ...


def forecast_fps(engine: TimedEngine, width: int, height: int, clock: Callable[[], float] = time.monotonic) -> float:
    """Frames of so many pixels that the network computes in a second; about, since other work on the machine counts, too.

    The time of an image network grows with the pixels, so small pictures are timed until BUDGET is spent; that of a field network
    does not, and is timed as it is. Raises UsageError for a size without pixels, and what the engine raises.
    """
    if min(width, height) < 1:
        raise UsageError(f"A forecast needs the size of a picture, got {width}×{height}.")
    if engine.gives_field:
        frame = _grey(width, height)
        runs = [_seconds(lambda: engine.estimate(frame), clock) for _ in range(ROUNDS + 1)]
        return 1 / max(min(runs[1:]), 1e-6)
    return 1 / max(_image_seconds(engine, width, height, clock), 1e-6)


def _image_seconds(engine: TimedEngine, width: int, height: int, clock: Callable[[], float]) -> float:
    """Seconds for a whole picture, from the largest one that was timed."""
    engine.restore(_grey(*_smaller(width, height, FIRST)))  # memory is set up
    lines, began = FIRST, clock()
    while True:
        small = _smaller(width, height, lines)
        frame = _grey(*small)
        taken = _seconds(lambda frame=frame: engine.restore(frame), clock)  # type: ignore[misc]
        if small == (width, height) or clock() - began + 4 * taken > BUDGET:  # the next one has four times the pixels
            return taken * width * height / (small[0] * small[1])
        lines *= 2


def _smaller(width: int, height: int, lines: int) -> tuple[int, int]:
    """The size with so many lines, in steps of 16 pixels that every network takes; never larger than the picture."""
    share = min(1.0, lines / height)
    return (width, height) if share == 1 else (max(16, round(width * share / 16) * 16), max(16, round(height * share / 16) * 16))


def _grey(width: int, height: int) -> Frame:
    return frame_from_rgb(np.full((height, width, 3), 128, np.uint8))


def _seconds(work: Callable[[], object], clock: Callable[[], float]) -> float:
    began = clock()
    work()
    return clock() - began
