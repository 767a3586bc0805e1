"""KDDN's representation mimicking (section 3.3) and the deep supervision it is compared with (Table 1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from dehazer.errors import ConfigError
from training.batch import Batch, Prediction, Taps
from training.losses.base import Loss, check_scales

GREY = (0.299, 0.587, 0.114)


def normalised(x: Tensor) -> Tensor:
    """(N, 1, H, W) brought to [0, 1] picture by picture (KDDN eq. 7); a constant map becomes 0."""
    low, high = x.amin((1, 2, 3), keepdim=True), x.amax((1, 2, 3), keepdim=True)
    return (x - low) / (high - low).clamp(min=1e-6)


def by_transmission(batch: Batch) -> Tensor:
    """Ψ₁ = norm(1 − t)."""
    if batch.transmission is None:
        raise ConfigError("imitation: density = \"transmission\" needs data that know t; use \"residual\".")
    return normalised(1 - batch.transmission)


def by_residual(batch: Batch) -> Tensor:
    """Ψ₂ = norm(|I_grey − J_grey|)."""
    grey = torch.tensor(GREY, device=batch.hazy.device)[:, None, None]
    return normalised(((batch.hazy - batch.clear) * grey).sum(dim=1, keepdim=True).abs())


def evenly(batch: Batch) -> Tensor:
    """No weighting: plain FMIL."""
    return torch.ones_like(batch.hazy[:, :1])


DENSITIES = {"none": evenly, "transmission": by_transmission, "residual": by_residual}


class Imitation(Loss):
    """FMIL, Σ |T(J) − g(S(I))| over the tapped layers, g a 1×1 convolution (KDDN eq. 5); with density WFMIL (eq. 6).

    density: none, transmission (Ψ₁) or residual (Ψ₂). The paper's pairs m ∈ {2, 4, 6} ↔ n ∈ {1, 2, 3} are the taps early,
    middle and late of its two networks. Mean instead of sum over the elements, so the size of the picture does not matter.
    """

    title: ClassVar[str] = "imitation"
    needs_teacher: ClassVar[bool] = True

    def __init__(self, density: str = "none", scales: Sequence[str] = ("early", "middle", "late")) -> None:
        super().__init__()
        if density not in DENSITIES:
            raise ConfigError(f"imitation: density {density!r} does not exist; choose one of: {', '.join(DENSITIES)}.")
        self.density, self.scales = density, tuple(scales)
        self.adapters = nn.ModuleDict()

    def connect(self, student: Mapping[str, int], teacher: Mapping[str, int]) -> None:
        check_scales(self.title, self.scales, student, teacher)
        self.adapters = nn.ModuleDict({s: nn.Conv2d(student[s], teacher[s], 1) for s in self.scales})

    def forward(self, prediction: Prediction, batch: Batch, teacher_taps: Taps) -> Tensor:
        density = DENSITIES[self.density](batch)
        total = prediction.image.new_zeros(())
        for scale in self.scales:
            mine = self.adapters[scale](prediction.taps[scale]).float()
            theirs = F.adaptive_avg_pool2d(teacher_taps[scale].float(), mine.shape[2:])
            weight = F.adaptive_avg_pool2d(density, mine.shape[2:])  # (N, 1, h, w)
            total = total + (weight * (theirs - mine).abs()).mean()
        return total


class DeepSupervision(Loss):
    """L1 of tapped features, through 1×1 convolutions, against the shrunken clear picture (KDDN Table 1, L_ds)."""

    title: ClassVar[str] = "deep-supervision"

    def __init__(self, scales: Sequence[str] = ("early", "middle", "late")) -> None:
        super().__init__()
        self.scales = tuple(scales)
        self.heads = nn.ModuleDict()

    def connect(self, student: Mapping[str, int], teacher: Mapping[str, int]) -> None:
        check_scales(self.title, self.scales, student, student)
        self.heads = nn.ModuleDict({s: nn.Conv2d(student[s], 3, 1) for s in self.scales})

    def forward(self, prediction: Prediction, batch: Batch, teacher_taps: Taps) -> Tensor:
        total = prediction.image.new_zeros(())
        for scale in self.scales:
            picture = self.heads[scale](prediction.taps[scale]).float()
            total = total + (picture - F.adaptive_avg_pool2d(batch.clear, picture.shape[2:])).abs().mean()
        return total
