"""What the field network sees of a picture: a small copy and statistics of every full-resolution cell.

A cell is CELL × CELL pixels of the *analysis picture*: the frame itself when its short side is near the 460 lines the
network was trained at, else the frame area-averaged to SHORT_SIDE lines. So the scale always matches training, and the
cost does not depend on the resolution of the camera.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

CELL = 8
BLOCK = 4 * CELL  # the network halves its grid twice
DIFFERENCE_FLOOR = 1e-3  # a quarter of one 8-bit step; keeps the logarithm finite on flat cells


@dataclass(frozen=True)
class Pyramid:
    """small (N, 3, 2h, 2w) float RGB in [0, 1]; stats (N, 9, h, w) float: minimum, maximum, log difference."""

    small: Tensor
    stats: Tensor


def log_difference(mean_difference: Tensor) -> Tensor:
    """Mean absolute neighbour difference ([0, 1] units) on a logarithmic scale of roughly [-1, 1.5]."""
    return (torch.log(mean_difference + DIFFERENCE_FLOOR) + 5) / 2


def build_pyramid(rgb: Tensor, cell: int = CELL) -> Pyramid:
    """The reference implementation, in plain torch: (N, 3, H, W) float RGB in [0, 1], H and W multiples of 4·cell."""
    small = F.avg_pool2d(rgb, cell // 2)
    low, high = -F.max_pool2d(-rgb, cell), F.max_pool2d(rgb, cell)
    across = F.pad((rgb[..., 1:] - rgb[..., :-1]).abs(), (0, 1, 0, 0), mode="replicate")
    along = F.pad((rgb[..., 1:, :] - rgb[..., :-1, :]).abs(), (0, 0, 0, 1), mode="replicate")
    differences = F.avg_pool2d(across + along, cell) / 2
    return Pyramid(small, torch.cat([low, high, log_difference(differences)], dim=1))
