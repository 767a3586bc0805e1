"""The feature affinity module (RFD section 3.3): the student's features shall relate to each other as the teacher's do.

Per scale both maps are pooled to one size, a quarter of the picture's or of the student's own map, flattened to (C, N), and their
affinities N×N (eq. 9, 10) are compared: no channel matching is needed, so any student with any teacher. A whole 460×620 picture
has N = 17,825, 1.3 GB a matrix: `positions` of them are drawn instead, the same for both, from a seed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

import torch
from torch import Tensor
from torch.nn import functional as F

from dehazer.errors import ConfigError
from training.batch import Batch, Prediction, Taps
from training.losses.base import OUTPUT, Loss, check_scales

POOL = 4  # a quarter of the picture's side


def _kl(hazy: Tensor, clear: Tensor) -> Tensor:
    """Σ H log(H / C) (RFD eq. 11), rows of the affinities made distributions by softmax; mean over rows."""
    log_h, log_c = F.log_softmax(hazy, dim=-1), F.log_softmax(clear, dim=-1)
    return (log_h.exp() * (log_h - log_c)).sum(dim=-1).mean()


DISTANCES: dict[str, Callable[[Tensor, Tensor], Tensor]] = {
    "l2": lambda hazy, clear: (hazy - clear).square().mean(),
    "l1": lambda hazy, clear: (hazy - clear).abs().mean(),
    "kl": _kl,
    "pixel": lambda hazy, clear: (hazy - clear).square().mean(),  # RFD eq. 12: the maps themselves
}


def affinity(features: Tensor) -> Tensor:
    """(N, C, P) features at P positions → (N, P, P) inner products."""
    return features.transpose(1, 2) @ features


class FeatureAffinity(Loss):
    """Distance of affinities, mean over the scales.

    distance: l2 (best in RFD Table 8), l1, kl, or pixel (RFD eq. 12: the pooled maps place by place, averaged over their
    channels, whose numbers differ). quarter_of: "picture" pools to a quarter of the picture's side, maps that are smaller stay;
    "map" to a quarter of the student's own map ("the input map", RFD 3.3). Both are the same for a student that keeps the
    picture's size.
    scales: taps of both networks, or ("output",) for the two pictures, as the authors' published code does.
    positions: at most this many per picture, 0 = all. normalise: unit length at every position (as in the affinity the
    paper builds on, its reference [54]), so that the count of channels does not scale the loss; False is eq. 9 to the letter.
    """

    title: ClassVar[str] = "feature-affinity"
    needs_teacher: ClassVar[bool] = True
    calls: Tensor

    def __init__(self, distance: str = "l2", scales: Sequence[str] = ("early", "middle", "late"), positions: int = 1024,
                 normalise: bool = True, seed: int = 0, *, quarter_of: str = "picture") -> None:
        super().__init__()
        if quarter_of not in ("picture", "map"):
            raise ConfigError(f"feature-affinity: quarter_of {quarter_of!r} does not exist; choose one of: picture, map.")
        if distance not in DISTANCES:
            raise ConfigError(f"feature-affinity: distance {distance!r} does not exist; choose one of: {', '.join(DISTANCES)}.")
        self.distance, self.scales = distance, tuple(scales)
        self.positions, self.normalise, self.seed = positions, normalise, seed
        self.quarter_of = quarter_of
        self.register_buffer("calls", torch.zeros((), dtype=torch.long))  # saved, so that a resumed run draws on

    def connect(self, student: Mapping[str, int], teacher: Mapping[str, int]) -> None:
        check_scales(self.title, self.scales, student, teacher)

    def forward(self, prediction: Prediction, batch: Batch, teacher_taps: Taps) -> Tensor:
        maps = {**prediction.taps, OUTPUT: prediction.image}
        parts = []
        for scale in self.scales:
            whole = batch.hazy if self.quarter_of == "picture" else maps[scale]
            size = tuple(side // POOL for side in whole.shape[2:])
            both = (pooled(x.float(), size, maps[scale]) for x in (maps[scale], teacher_taps[scale]))
            parts.append(self._scale(*both))
        if self.training:
            self.calls += 1
        return torch.stack(parts).mean()

    def _scale(self, hazy: Tensor, clear: Tensor) -> Tensor:
        if self.distance == "pixel":
            return DISTANCES["pixel"](hazy.mean(1), clear.mean(1))
        flat = [x.flatten(2)[..., self._drawn(x)] for x in (hazy, clear)]  # (N, C, P)
        if self.normalise:
            flat = [F.normalize(x, dim=1) for x in flat]
        return DISTANCES[self.distance](affinity(flat[0]), affinity(flat[1]))

    def _drawn(self, x: Tensor) -> Tensor:
        """Which positions take part in this call: the same for both maps and on every process."""
        count = x.shape[2] * x.shape[3]
        generator = torch.Generator().manual_seed(self.seed * 1_000_003 + int(self.calls))
        order = torch.randperm(count, generator=generator) if self.positions and self.positions < count else torch.arange(count)
        return order[:self.positions or count].to(x.device)


def pooled(x: Tensor, size: tuple[int, ...], student: Tensor) -> Tensor:
    """Average-pooled to `size`, or to the student's own map where that is already smaller."""
    height, width = (max(1, min(a, b)) for a, b in zip(size, student.shape[2:], strict=True))
    return F.adaptive_avg_pool2d(x, (height, width))
