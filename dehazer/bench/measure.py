"""Reliable timing: warmed up, synchronised, medians, and the memory it took."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from dehazer.engine.devices import Device
from dehazer.errors import UsageError
from dehazer.runtime.memory import resident_mb
from dehazer.runtime.stats import percentile


class NotMeasured(UsageError):
    """This machine is too slow, or too busy, for one scenario; the others can be measured all the same."""


@dataclass(frozen=True)
class Timing:
    """Milliseconds per frame, one number per repetition. peak_mb: memory of the process, or of the CUDA device."""

    ms: tuple[float, ...]
    peak_mb: float = math.nan
    fps: float = field(default=math.nan)

    @property
    def p50(self) -> float:
        """Median."""
        return percentile(self.ms, 0.5)

    @property
    def p95(self) -> float:
        """95th percentile."""
        return percentile(self.ms, 0.95)


class Memory:
    """Peak memory since construction: of the CUDA device where one computes, else of the process (MiB).

    Linux records the peak itself and can reset it; elsewhere `sample` has to be called regularly.
    """

    _status, _reset = Path("/proc/self/status"), Path("/proc/self/clear_refs")

    def __init__(self, device: Device) -> None:
        self._device = device
        self._largest = resident_mb()
        self._kept_by_system = self._reset_system_peak()
        if device.type == "cuda":
            import torch

            torch.cuda.reset_peak_memory_stats(str(device))

    def _reset_system_peak(self) -> bool:
        try:
            self._reset.write_text("5")
        except OSError:  # not Linux, or not allowed
            return False
        return True

    def sample(self) -> None:
        """Call regularly; cheap where the system records the peak."""
        if not self._kept_by_system:
            self._largest = max(self._largest, resident_mb())

    @property
    def peak_mb(self) -> float:
        """Of the device, or of the process."""
        if self._device.type == "cuda":
            import torch

            return torch.cuda.max_memory_allocated(str(self._device)) / 2**20
        if self._kept_by_system:
            line = next(x for x in self._status.read_text().splitlines() if x.startswith("VmHWM"))
            return int(line.split()[1]) / 1024
        return self._largest


def synchroniser(device: Device) -> Callable[[], None]:
    """Waits until the device has done all it was given; nothing to wait for on the processor."""
    if device.type == "cpu":
        return lambda: None
    import torch

    return lambda: torch.cuda.synchronize(str(device))


def timed(work: Callable[[], object], device: Device, seconds: float, *, warm_ups: int = 3, at_least: int = 3,
          clock: Callable[[], float] = time.perf_counter) -> Timing:
    """Repeat `work` for about `seconds` after `warm_ups` calls that do not count. clock: what time it is, seconds."""
    wait, memory = synchroniser(device), Memory(device)
    ms: list[float] = []
    for _ in range(warm_ups):
        work()
    wait()
    end = clock() + seconds
    while len(ms) < at_least or clock() < end:
        started = clock()
        work()
        wait()
        ms.append((clock() - started) * 1000)
        memory.sample()
    return Timing(tuple(ms), memory.peak_mb, 1000 / percentile(ms, 0.5))


def paced(moments: Sequence[float], peak_mb: float, warm_ups: int = 5) -> Timing:
    """Timing of a chain from the times (seconds) at which its frames came out."""
    kept = moments[min(warm_ups, len(moments) - 2):]
    ms = tuple((b - a) * 1000 for a, b in pairwise(kept))
    return Timing(ms, peak_mb, (len(kept) - 1) / (kept[-1] - kept[0]))
