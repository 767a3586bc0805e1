"""Seeded chance: every sample has its own generator, so a batch does not depend on workers, ranks or what came before."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

Dice = np.random.Generator


def roll(seed: int, *index: int) -> Dice:
    """The generator of one sample (or step): a pure function of its numbers."""
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence((seed, *index))))


def uniform(dice: Sequence[Dice], low: float, high: float, size: int = 1) -> Tensor:
    """(N, size, 1, 1) float32, one independent draw per sample (and channel)."""
    return torch.tensor(np.array([d.uniform(low, high, size) for d in dice], np.float32))[..., None, None]


def chance(dice: Sequence[Dice], probability: float) -> Tensor:
    """(N, 1, 1, 1) bool: true with `probability`."""
    return uniform(dice, 0, 1) < probability


def smooth(dice: Sequence[Dice], height: int, width: int, knots: int = 4) -> Tensor:
    """(N, 1, height, width) smooth noise in [-1, 1]: `knots` + 2 random values along the short side, bicubic between."""
    short = min(height, width)
    grid = (round(knots * height / short) + 2, round(knots * width / short) + 2)
    values = np.array([d.uniform(-1, 1, grid) for d in dice], np.float32)[:, None]
    return F.interpolate(torch.from_numpy(values), (height, width), mode="bicubic", align_corners=True).clamp(-1, 1)
