"""PSNR and SSIM in the three protocols of the literature. They differ by tenths of a decibel and are never mixed.

ffa: FFA-Net. Floats clamped to [0, 1]; SSIM over a zero-padded 11×11 Gaussian window, σ 1.5.
gunet: DehazeFormer and gUNet. The same PSNR; SSIM after average pooling by round(min(H, W) / 256), valid window.
8bit: BasicSR. Both pictures rounded to 8 bits; SSIM over the valid window, channel by channel.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from dehazer.errors import UsageError

WINDOW, SIGMA = 11, 1.5
C1, C2 = 0.01**2, 0.03**2  # for a range of 1
Plane = NDArray[np.float64]
EXACT = 100.0  # dB given to equal pictures


@dataclass(frozen=True)
class Score:
    """psnr in dB (100 for equal pictures), ssim at most 1."""

    psnr: float
    ssim: float


def psnr(prediction: Tensor, clear: Tensor) -> float:
    """dB over all elements, range 1."""
    error = (prediction.double() - clear.double()).square().mean()
    return float(-10 * torch.log10(error)) if error > 10 ** (-EXACT / 10) else EXACT


def ssim(prediction: Tensor, clear: Tensor, padding: int = 0) -> float:
    """Mean structural similarity (Wang et al. 2004) of (1, C, H, W) pictures in [0, 1].

    padding: zeros around the picture; 0 uses only whole windows, 5 keeps the size.
    """
    x, y = (picture[0].permute(1, 2, 0).double().cpu().numpy() for picture in (prediction, clear))
    line = cv2.getGaussianKernel(WINDOW, SIGMA, cv2.CV_64F)
    lost = WINDOW // 2 - padding

    def mean(z: Plane) -> Plane:
        smooth = cv2.sepFilter2D(z, cv2.CV_64F, line, line, borderType=cv2.BORDER_CONSTANT)  # zeros outside
        return np.asarray(smooth[lost:len(z) - lost, lost:z.shape[1] - lost], np.float64)

    mx, my = mean(x), mean(y)
    vx, vy, vxy = mean(x * x) - mx * mx, mean(y * y) - my * my, mean(x * y) - mx * my
    similar = (2 * mx * my + C1) * (2 * vxy + C2) / ((mx * mx + my * my + C1) * (vx + vy + C2))
    return float(similar.mean())


def by_ffa(prediction: Tensor, clear: Tensor) -> Score:
    """FFA-Net's protocol."""
    return Score(psnr(prediction, clear), ssim(prediction, clear, padding=WINDOW // 2))


def by_gunet(prediction: Tensor, clear: Tensor) -> Score:
    """DehazeFormer's and gUNet's protocol."""
    height, width = clear.shape[2:]
    ratio = max(1, round(min(height, width) / 256))
    size = (height // ratio, width // ratio)
    return Score(psnr(prediction, clear), ssim(F.adaptive_avg_pool2d(prediction, size), F.adaptive_avg_pool2d(clear, size)))


def by_8bit(prediction: Tensor, clear: Tensor) -> Score:
    """BasicSR's protocol."""
    x, y = (picture.double().mul(255).round().div(255) for picture in (prediction, clear))
    return Score(psnr(x, y), ssim(x, y))


PROTOCOLS: dict[str, Callable[[Tensor, Tensor], Score]] = {"ffa": by_ffa, "gunet": by_gunet, "8bit": by_8bit}


def scores(prediction: Tensor, clear: Tensor, protocols: tuple[str, ...]) -> dict[str, Score]:
    """Scores by protocol for (1, 3, H, W) pictures of one size; the prediction is clamped to [0, 1] first."""
    if prediction.shape != clear.shape or min(clear.shape[2:]) < WINDOW:
        raise UsageError(f"Pictures to be compared need one size of at least {WINDOW}×{WINDOW}, got "
                         f"{tuple(prediction.shape[2:])} and {tuple(clear.shape[2:])}.")
    return {name: PROTOCOLS[name](prediction.clamp(0, 1), clear) for name in protocols}
