"""Batches one after the other, made here or by worker processes: the same ones either way."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from torch.utils.data import DataLoader, Dataset

from training.batch import Batch
from training.data.sources import Stream
from training.data.threads import one_thread_each


@dataclass(frozen=True)
class Steps(Dataset[list[Batch]]):
    """Step number → the parts of this rank's share of that batch."""

    stream: Stream
    parts: int = 1
    rank: int = 0
    world: int = 1

    def __getitem__(self, step: int) -> list[Batch]:
        """`parts` micro-batches, which together with those of the other ranks are the whole batch `step`."""
        return [self.stream(step, self.rank + self.world * part, self.world * self.parts) for part in range(self.parts)]


def batches(steps: Steps, first: int, workers: int = 0) -> Iterator[list[Batch]]:
    """Endless batches from step `first` on."""
    numbers: Iterable[int] = itertools.count(first)
    if not workers:
        return (steps[number] for number in numbers)
    loader: Any = DataLoader(steps, batch_size=None, sampler=numbers, num_workers=workers, prefetch_factor=2)
    with one_thread_each():
        return iter(loader)
