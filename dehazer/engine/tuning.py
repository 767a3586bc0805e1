"""Which number format and how many threads are quickest for a network on this processor: measured once, then remembered.

No fixed rule works: bf16 instructions make one processor three times as quick as fp32 and another slower. So each
candidate is timed for a moment when a network is first used, and the choice is kept in the user's cache under processor,
versions and weights.
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from dehazer.engine.devices import cores, cpu_name
from dehazer.errors import DeviceError
from dehazer.models.registry import ModelSpec
from dehazer.models.weights import WeightsSet

BUDGET, PATIENT = 0.6, 10.0
"""Seconds for everything, at a start and on request; when they are spent, the best of what was measured is taken."""
ROUNDS = 12
"""Times that a candidate runs at most; the best counts, for other programs only ever make it slower."""
NEAR = 1.05
"""A candidate this near the quickest is as quick; the one with finer numbers is taken."""
KEPT = 32
"""Choices remembered: other weights and versions drop out."""
METHOD = 2
"""Goes up when candidates or the way of measuring change, so that what was remembered is measured anew."""
GRID = (56, 100)
"""Cells of a 16:9 picture of any size."""


@dataclass(frozen=True)
class Candidate:
    """A way to compute. precision: "fp32", "bf16" or "int8". threads: of the processor."""

    precision: str
    threads: int

    def __str__(self) -> str:
        return f"{self.precision}, {self.threads} thread{'' if self.threads == 1 else 's'}"


@dataclass(frozen=True)
class Choice:
    """What was found. precision, threads: of the quickest. ms: milliseconds a frame of every candidate, by its name.

    complete: every candidate had its turn. A busy machine may leave no time for that; the next start then goes on.
    """

    precision: str
    threads: int
    ms: dict[str, float] = field(default_factory=dict)
    complete: bool = True

    @property
    def alone_ms(self) -> float:
        """Milliseconds a frame takes on half of these threads, at most: one thread waits for no other."""
        return self.ms[str(Candidate(self.precision, self.threads))] * min(2, self.threads)

    def __str__(self) -> str:
        name = str(Candidate(self.precision, self.threads))
        rest = "; ".join(f"{other} {ms:.1f}" for other, ms in self.ms.items() if other != name)
        return f"{name}: {self.ms[name]:.1f} ms a frame" + (f" ({rest})" if rest else "")


Prepare = Callable[[Candidate], Callable[[], object]]
Clock = Callable[[], float]


def tuned(spec: ModelSpec, weights: WeightsSet, prepare: Prepare, *, again: bool = False) -> Choice:
    """The remembered choice; else it is measured and remembered, and one that is not complete goes on from what is known.

    again: measure anew, and take the time for it. Raises DeviceError where nothing runs.
    """
    kept = None if again else _kept(spec, weights)
    if kept is not None and kept.complete:
        return kept
    choice = quickest(formats(weights), prepare, budget=PATIENT if again else BUDGET, known={} if kept is None else kept.ms,
                      every=again, spent=processor_seconds)
    _remember(key(spec, weights), choice)
    return choice


def formats(weights: WeightsSet) -> tuple[str, ...]:
    """Number formats a set of weights can be computed in, finest first."""
    return ("fp32", "bf16", *(("int8",) if "int8" in weights.card.openvino else ()))


def processor_seconds() -> float:
    """Processor time of this process, spread over the cores: what work on all of them takes where nothing else runs.

    Number formats are compared by it: on a machine whose cores are busy ten times over, wall clock told formats apart by chance,
    and this by 2 %. Windows counts it in steps longer than a run, so there it is wall clock.
    """
    return time.perf_counter() if sys.platform == "win32" else time.process_time() / cores()


def quickest(precisions: Sequence[str], prepare: Prepare, *, clock: Clock = time.perf_counter, most: int | None = None,
             budget: float = BUDGET, known: Mapping[str, float] | None = None, every: bool = False,
             spent: Clock | None = None) -> Choice:
    """Time number formats on all cores, then the winner on half of them.

    prepare: makes a candidate ready, and gives what computes one frame. most: cores there are. budget: seconds for all.
    known: milliseconds of candidates that had their turn before, by name: the best of these meets at least one of the others.
    every: all have their turn, also where that takes longer. spent: what formats are compared by; None: `clock`, as for threads.
    """
    most, end, known = most or cores(), clock() + budget, known or {}
    candidates = [Candidate(precision, most) for precision in precisions]
    entrants = [c for c in candidates if str(c) not in known]
    before = [c for c in candidates if str(c) in known]
    if before:
        entrants.append(min(before, key=lambda c: known[str(c)]))
    least = len(entrants) if every else 2 if before else 1
    seconds, complete = _timed(entrants, prepare, spent or clock, lambda: clock() <= end, least)
    if not seconds:
        raise DeviceError("No number format can be computed on this processor; use --backend torch.")
    limit = NEAR * min(seconds.values())
    best = next(candidate for candidate in candidates if seconds.get(candidate, math.inf) <= limit)  # the finest of these
    if most > 1 and clock() < end:
        half = Candidate(best.precision, most // 2)
        again, _ = _timed([half, best], prepare, clock, lambda: clock() <= end, 2)
        seconds |= {candidate: min(taken, seconds.get(candidate, math.inf)) for candidate, taken in again.items()}
        best = half if NEAR * again.get(half, math.inf) < again[best] else best
    ms = dict(known) | {str(candidate): round(1000 * taken, 3) for candidate, taken in seconds.items()}
    return Choice(best.precision, best.threads, dict(sorted(ms.items(), key=lambda timed: timed[1])), complete)


def _timed(candidates: Sequence[Candidate], prepare: Prepare, spent: Clock, in_time: Callable[[], bool],
           least: int) -> tuple[dict[Candidate, float], bool]:
    """Seconds of each that works, in rounds, so that what else the machine does hits all alike; whether all had their turn.

    The last first: the coarsest is the one to be left with where there is time for `least` only.
    """
    ready: dict[Candidate, Callable[[], object]] = {}
    waiting = list(candidates)
    while waiting and (len(ready) < least or in_time()):
        candidate = waiting.pop()
        with suppress(DeviceError):  # this processor or this build cannot do it
            work = prepare(candidate)
            work()  # the first run settles memory
            ready[candidate] = work
    seconds = dict.fromkeys(ready, math.inf)
    for _ in range(ROUNDS):
        for candidate, work in ready.items():
            started = spent()
            work()
            seconds[candidate] = min(seconds[candidate], spent() - started)
        if not in_time():
            break
    return seconds, not waiting


def example() -> tuple[np.ndarray[Any, np.dtype[np.float32]], ...]:
    """Numbers for a field network on the usual grid."""
    draw = np.random.default_rng(0)
    rows, columns = GRID
    return draw.random((1, 3, 2 * rows, 2 * columns), np.float32), draw.random((1, 9, rows, columns), np.float32)


def key(spec: ModelSpec, weights: WeightsSet) -> str:
    """What a choice holds for: processor, cores, versions, and the hashes of weights and ready networks."""
    networks = " ".join(f"{form} {known['bin'][:12]}" for form, known in sorted(weights.card.openvino.items()))
    return (f"{cpu_name()}, {cores()} cores; openvino {version('openvino')}; measured by {METHOD}; "
            f"{spec.name} {weights.card.sha256[:12]} {networks}").rstrip()


def remembered(spec: ModelSpec, weights: WeightsSet) -> Choice | None:
    """The choice measured before; None where there is none yet, or it cannot be read."""
    kept = _kept(spec, weights)
    return kept if kept is not None and kept.complete else None


def _kept(spec: ModelSpec, weights: WeightsSet) -> Choice | None:
    try:
        choice = Choice(**_read()[key(spec, weights)])
        return choice if str(choice) and choice.precision in formats(weights) else None
    except (KeyError, TypeError, ValueError):  # never measured, damaged, or of another version
        return None


def _file() -> Path:
    from platformdirs import user_cache_path

    return Path(user_cache_path("dehazer")) / "tuning.json"


def _read() -> dict[str, Any]:
    try:
        found = json.loads(_file().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _remember(name: str, choice: Choice) -> None:
    """Under the final name only what is complete. A cache that cannot be written is no failure: the next start measures again."""
    found = {other: kept for other, kept in _read().items() if other != name}
    found = dict(list(found.items())[-KEPT + 1 :]) | {name: asdict(choice)}
    with suppress(OSError):
        _file().parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=_file().parent) as folder:
            made = Path(folder) / "tuning.json"
            made.write_text(json.dumps(found, indent=1), "utf-8")
            made.replace(_file())
