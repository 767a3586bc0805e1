"""Losses on the haze field itself and against what users see when a field goes wrong."""

from __future__ import annotations

from typing import ClassVar

import torch
from torch import Tensor
from torch.nn import functional as F

from dehazer.errors import ConfigError
from training.batch import Batch, Prediction, Taps
from training.losses.base import Loss


class Transmission(Loss):
    """mean |log gain + log t|: in dense fog the picture hardly tells a wrong gain, so say it directly.

    t_min: transmissions below it count as it (the network's own limit). smoothness: weight of the same difference between
    neighbouring cells, which punishes blotches where the true field is smooth and keeps its edges.
    """

    title: ClassVar[str] = "transmission"

    def __init__(self, t_min: float = 0.08, smoothness: float = 0.0) -> None:
        super().__init__()
        self.t_min, self.smoothness = t_min, smoothness

    def forward(self, prediction: Prediction, batch: Batch, teacher_taps: Taps) -> Tensor:
        if prediction.gain is None or batch.transmission is None:
            raise ConfigError("The loss transmission needs a field network and data that know t; remove it from the config.")
        height, width = prediction.gain.shape[2:]
        t = F.adaptive_avg_pool2d(batch.transmission, (height, width)).clamp(min=self.t_min)
        error = torch.log(prediction.gain) + torch.log(t)  # (N, 1, h, w)
        loss = error.abs().mean()
        if self.smoothness:
            loss = loss + self.smoothness * (error.diff(dim=2).abs().mean() + error.diff(dim=3).abs().mean())
        return loss


class Floor(Loss):
    """Crushed shadows: how far the prediction falls below `share` of the clear picture's brightness, and below black."""

    title: ClassVar[str] = "floor"

    def __init__(self, share: float = 0.8) -> None:
        super().__init__()
        self.share = share

    def forward(self, prediction: Prediction, batch: Batch, teacher_taps: Taps) -> Tensor:
        return (self.share * batch.clear - prediction.image).clamp(min=0).mean()
