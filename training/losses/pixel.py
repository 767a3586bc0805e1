"""Differences of pictures: of pixels, of colour, of neighbouring patches."""

from __future__ import annotations

from typing import ClassVar

from torch import Tensor
from torch.nn import functional as F

from dehazer.errors import ConfigError
from training.batch import Batch, Prediction, Taps
from training.losses.base import Loss

CLEAR = 0.999  # transmission from which a pixel counts as clear


class L1(Loss):
    """mean |prediction − clear| (KDDN eq. 3).

    trust: weigh every pixel by t^trust where the transmission is known: what the haze has hidden cannot be learnt, and
    its average prediction leaves dense fog standing. 0 is the plain mean.
    """

    title: ClassVar[str] = "l1"

    def __init__(self, trust: float = 0.0) -> None:
        super().__init__()
        self.trust = trust

    def forward(self, prediction: Prediction, batch: Batch, teacher_taps: Taps) -> Tensor:
        error = (prediction.image - batch.clear).abs()
        if self.trust and batch.transmission is not None:
            error = error * batch.transmission ** self.trust
        return error.mean()


class MSE(Loss):
    """mean (prediction − clear)² (RFD eq. 13, 14)."""

    title: ClassVar[str] = "mse"

    def forward(self, prediction: Prediction, batch: Batch, teacher_taps: Taps) -> Tensor:
        return (prediction.image - batch.clear).square().mean()


class RMSE(Loss):
    """Mean over the pictures of √mse: what PSNR feels, so easy pictures count as much as hard ones."""

    title: ClassVar[str] = "rmse"

    def forward(self, prediction: Prediction, batch: Batch, teacher_taps: Taps) -> Tensor:
        return (prediction.image - batch.clear).square().mean((1, 2, 3)).add(1e-8).sqrt().mean()


class Chroma(Loss):
    """mean |colour of the prediction − colour of the clear picture|, colour being what remains without the mean of R, G and B."""

    title: ClassVar[str] = "chroma"

    def forward(self, prediction: Prediction, batch: Batch, teacher_taps: Taps) -> Tensor:
        error = prediction.image - batch.clear
        return (error - error.mean(dim=1, keepdim=True)).abs().mean()


class SmoothError(Loss):
    """Blotches: how the mean error of patches of `patch` pixels changes from one patch to the next, in every colour.

    An even error (all a little too dark) costs nothing here; clouds of colour in a smooth sky do.
    """

    title: ClassVar[str] = "smooth-error"

    def __init__(self, patch: int = 4) -> None:
        super().__init__()
        self.patch = patch

    def forward(self, prediction: Prediction, batch: Batch, teacher_taps: Taps) -> Tensor:
        error = F.avg_pool2d(prediction.image - batch.clear, self.patch)  # (N, 3, H/patch, W/patch)
        return error.diff(dim=2).abs().mean() + error.diff(dim=3).abs().mean()


class ClearError(Loss):
    """√mse of the pictures whose transmission is 1 everywhere, summed over them and divided by all: what is clear must stay.

    allowed: √mse that costs nothing (0.01 is 40 dB): nobody sees it, and only the pictures that are taken for hazy count.
    """

    title: ClassVar[str] = "clear-error"

    def __init__(self, allowed: float = 0.0) -> None:
        super().__init__()
        self.allowed = allowed

    def forward(self, prediction: Prediction, batch: Batch, teacher_taps: Taps) -> Tensor:
        if batch.transmission is None:
            raise ConfigError("The loss clear-error needs data that know the transmission; remove it from the config.")
        clear = (batch.transmission.amin((1, 2, 3)) > CLEAR).float()  # (N,)
        error = (prediction.image - batch.clear).square().mean((1, 2, 3)).add(1e-8).sqrt()
        return ((error - self.allowed).clamp(min=0) * clear).mean()
