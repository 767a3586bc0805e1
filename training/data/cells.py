"""Batches for field networks: random windows of cached cells, hazed on the fly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from dehazer.errors import ConfigError
from training.batch import Batch
from training.data.dice import Dice, roll
from training.data.haze import Cells, Haze
from training.data.shards import ARRAYS, Shard

Window = tuple[int, int]


@dataclass(frozen=True)
class CellStream:
    """Batch number `step` as a pure function of (seed, step): no epochs, no state, the same for any number of workers.

    shards: where scenes come from, with their weights. windows: sizes (height, width) in cells, multiples of 4; one is
    drawn for a batch. haze: how it is hazed. batch: samples of the whole batch, over all ranks. mosaic: share of the
    samples that are put together from two scenes (CutMix, Yun et al. 2019), so that a scene cannot be known by heart.
    """

    shards: Sequence[Shard]
    weights: Sequence[float]
    windows: Sequence[Window]
    haze: Haze
    batch: int
    seed: int = 0
    mosaic: float = 0.0
    _fits: dict[Window, tuple[list[int], NDArray[np.float64]]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        for window in self.windows:
            fits = [i for i, s in enumerate(self.shards) if s.cells[0] >= window[0] and s.cells[1] >= window[1]]
            if not fits:
                raise ConfigError(f"No scene is as large as the window {window} (in cells); make it smaller.")
            share = np.array([self.weights[i] * len(self.shards[i]) for i in fits])
            self._fits[window] = fits, share / share.sum()

    def __call__(self, step: int, rank: int = 0, world: int = 1) -> Batch:
        """This rank's part of batch `step`."""
        window = self.windows[int(roll(self.seed, step).integers(len(self.windows)))]
        dice = [roll(self.seed, step, row + 1) for row in range(rank, self.batch, world)]
        return self.haze(_stack([self._sample(one, window) for one in dice]), dice)

    def _sample(self, dice: Dice, window: Window) -> dict[str, Any]:
        first = self._crop(dice, window)
        if self.mosaic == 0 or dice.random() >= self.mosaic:
            return first
        axis = 1 + int(dice.integers(2))
        return _joined(first, self._crop(dice, window), axis, int(dice.integers(1, window[axis - 1])))

    def _crop(self, dice: Dice, window: Window) -> dict[str, Any]:
        fits, share = self._fits[window]
        shard = self.shards[fits[int(dice.choice(len(fits), p=share))]]
        scene = int(dice.integers(len(shard)))
        top, left = (int(dice.integers(have - want + 1)) for have, want in zip(shard.cells, window, strict=True))
        flip = -1 if dice.random() < 0.5 else 1
        cut = {}
        for name in ARRAYS:
            k = 2 if name in ("small", "depth") else 1
            part = shard.arrays[name][scene, :, k * top:k * (top + window[0]), k * left:k * (left + window[1])]
            cut[name] = part[..., ::flip]
        return {**cut, "measured": shard.measured}


def _joined(first: dict[str, Any], second: dict[str, Any], axis: int, cut: int) -> dict[str, Any]:
    """`first` up to cell `cut` of `axis` (1 rows, 2 columns), `second` from there on."""
    joined = {"measured": first["measured"]}
    for name in ARRAYS:
        k = cut * (2 if name in ("small", "depth") else 1)
        parts = (first[name].take(range(k), axis), second[name].take(range(k, second[name].shape[axis]), axis))
        joined[name] = np.concatenate(parts, axis)
    return joined


def _stack(rows: Sequence[dict[str, Any]]) -> Cells:
    def whole(name: str, scale: float) -> Tensor:
        return torch.from_numpy(np.stack([row[name] for row in rows]).astype(np.float32)) * scale

    measured = torch.tensor([row["measured"] for row in rows])[:, None, None, None]
    scales = dict.fromkeys(("small", "low", "high"), 1 / 255) | dict.fromkeys(("difference", "depth"), 1.0)
    arrays: dict[str, Any] = {name: whole(name, scales[name]) for name in ARRAYS}
    return Cells(**arrays, measured=measured)

