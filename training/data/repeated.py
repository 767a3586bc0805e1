"""Batches used several times: where making one takes longer than learning from it, the network learns more in the same time.

Data echoing (Choi et al. 2019): what was made is kept for a while and comes back in another order, half of the time mirrored.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace

from training.batch import Batch
from training.data.random_draws import generator
from training.data.sources import Stream

KEPT = 32  # batches that are kept at a time; the more, the less alike neighbouring steps are


@dataclass(frozen=True)
class Repeated:
    """Every batch of `stream` `times` times, in blocks of KEPT batches: once in order, then shuffled.

    As every stream, a pure function of (seed, step, rank, world); only the batches of one block are held in memory.
    """

    stream: Stream
    times: int
    seed: int = 0
    _held: dict[tuple[int, int, int], Batch] = field(default_factory=dict, init=False, repr=False)

    def __call__(self, step: int, rank: int = 0, world: int = 1) -> Batch:
        """This rank's part of batch `step`."""
        block, within = divmod(step, KEPT * self.times)
        turn, place = divmod(within, KEPT)
        rng = generator(self.seed, block, turn)
        order, mirror = rng.permutation(KEPT), rng.random(KEPT) < 0.5
        if not turn:
            return self._made(block * KEPT + place, rank, world)
        batch = self._made(block * KEPT + int(order[place]), rank, world)
        return mirrored(batch) if mirror[place] else batch

    def _made(self, number: int, rank: int, world: int) -> Batch:
        if any(held[0] // KEPT != number // KEPT for held in self._held):
            self._held.clear()
        key = number, rank, world
        if key not in self._held:
            self._held[key] = self.stream(number, rank, world)
        return self._held[key]


def mirrored(batch: Batch) -> Batch:
    """Left and right exchanged in everything that the batch holds."""
    return replace(batch, **{f.name: value.flip(-1) for f in fields(batch) if (value := getattr(batch, f.name)) is not None})
