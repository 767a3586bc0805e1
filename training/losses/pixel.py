"""Differences of pictures: L1, mean squared error, root of the mean squared error of each picture."""

from __future__ import annotations

from typing import ClassVar

from torch import Tensor

from training.batch import Answer, Batch, Taps
from training.losses.base import Loss


class L1(Loss):
    """mean |answer − clear| (KDDN eq. 3).

    trust: weigh every pixel by t^trust where the transmission is known: what the haze has hidden cannot be learnt, and
    its average answer leaves dense fog standing. 0 is the plain mean.
    """

    title: ClassVar[str] = "l1"

    def __init__(self, trust: float = 0.0) -> None:
        super().__init__()
        self.trust = trust

    def forward(self, answer: Answer, batch: Batch, guide: Taps) -> Tensor:
        error = (answer.image - batch.clear).abs()
        if self.trust and batch.transmission is not None:
            error = error * batch.transmission ** self.trust
        return error.mean()


class MSE(Loss):
    """mean (answer − clear)² (RFD eq. 13, 14)."""

    title: ClassVar[str] = "mse"

    def forward(self, answer: Answer, batch: Batch, guide: Taps) -> Tensor:
        return (answer.image - batch.clear).square().mean()


class RMSE(Loss):
    """Mean over the pictures of √mse: what PSNR feels, so easy pictures count as much as hard ones."""

    title: ClassVar[str] = "rmse"

    def forward(self, answer: Answer, batch: Batch, guide: Taps) -> Tensor:
        return (answer.image - batch.clear).square().mean((1, 2, 3)).add(1e-8).sqrt().mean()
