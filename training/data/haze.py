"""Haze, added to cells: I = J·t + A·(1 − t) (atmospheric scattering model, RFD eq. 1), t = exp(−β·d).

Two hazes. `its_haze` is RESIDE's indoor training set: one grey airlight, real depth. `real_haze` is the wide one for the
default weights; its parts answer to what users' pictures contain and are in `training.data.weather`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor
from torch.nn import functional as F

from dehazer.pyramid import log_difference
from training.batch import Batch
from training.data.dice import Dice, uniform

BETA = (0.6, 1.8)  # RESIDE ITS
AIRLIGHT = (0.7, 1.0)


@dataclass(frozen=True)
class Cells:
    """A batch of clear cells: small (N, 3, 2h, 2w), low, high, difference (N, 3, h, w), depth (N, 1, 2h, 2w), all float;
    measured (N, 1, 1, 1) bool: depth is metric (1 = farthest), else it marks sky. cell: pixels per cell side."""

    small: Tensor
    low: Tensor
    high: Tensor
    difference: Tensor
    depth: Tensor
    measured: Tensor
    cell: int = 8


Haze = Callable[[Cells, Sequence[Dice]], Batch]


def veil(cells: Cells, t: Tensor, airlight: Tensor) -> Cells:
    """Haze of transmission t (N, 1, 2h, 2w) and airlight (N, 3, 1 or 2h, 1 or 2w) over the cells, clipped to [0, 1]."""
    coarse = F.avg_pool2d(t, 2)
    light = F.avg_pool2d(airlight.expand(-1, -1, *t.shape[2:]), 2)
    small, low, high = ((J * m + A * (1 - m)).clamp(0, 1) for J, m, A in
                        ((cells.small, t, airlight), (cells.low, coarse, light), (cells.high, coarse, light)))
    return replace(cells, small=small, low=low, high=high, difference=cells.difference * coarse)


def statistics(cells: Cells) -> Tensor:
    """(N, 9, h, w) as `dehazer.pyramid.build_pyramid` gives them."""
    return torch.cat([cells.low, cells.high, log_difference(cells.difference)], dim=1)


def its_haze(cells: Cells, dice: Sequence[Dice]) -> Batch:
    """RESIDE ITS: A ~ U[0.7, 1.0] for all channels, β ~ U[0.6, 1.8], t = exp(−β·d / d_max)."""
    t = torch.exp(-uniform(dice, *BETA) * cells.depth)
    hazy = veil(cells, t, uniform(dice, *AIRLIGHT))
    return Batch(hazy.small, cells.small, t, statistics(hazy))
