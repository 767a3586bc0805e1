"""The pyramid in tensors: the reference implementation, for training and for graphics devices. Needs torch."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from dehazer.field.pyramid import CELL, DIFFERENCE_FLOOR, DIFFERENCE_SHIFT, DIFFERENCE_SPAN, Pyramid


@dataclass(frozen=True)
class TensorPyramid:
    """As `Pyramid`, with float tensors on any device."""

    small: Tensor
    stats: Tensor
    extent: tuple[float, float] = (1.0, 1.0)


def as_tensors(pyramid: Pyramid) -> TensorPyramid:
    """The same pyramid, sharing its memory."""
    return TensorPyramid(torch.from_numpy(pyramid.small), torch.from_numpy(pyramid.stats), pyramid.extent)


def log_difference(mean_difference: Tensor) -> Tensor:
    """Mean absolute neighbour difference ([0, 1] units) on a logarithmic scale of roughly [-1, 1.5]."""
    return (torch.log(mean_difference + DIFFERENCE_FLOOR) + DIFFERENCE_SHIFT) / DIFFERENCE_SPAN


def build_pyramid(rgb: Tensor, cell: int = CELL) -> TensorPyramid:
    """The reference implementation: (N, 3, H, W) float RGB in [0, 1], H and W multiples of 4·cell."""
    small = F.avg_pool2d(rgb, cell // 2)
    low, high = -F.max_pool2d(-rgb, cell), F.max_pool2d(rgb, cell)
    across = F.pad((rgb[..., 1:] - rgb[..., :-1]).abs(), (0, 1, 0, 0), mode="replicate")
    along = F.pad((rgb[..., 1:, :] - rgb[..., :-1, :]).abs(), (0, 0, 0, 1), mode="replicate")
    differences = F.avg_pool2d(across + along, cell) / 2
    return TensorPyramid(small, torch.cat([low, high, log_difference(differences)], dim=1))
