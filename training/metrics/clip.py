"""Steadiness of a restored clip whose ground truth is known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from torch import Tensor

LUMA = (0.299, 0.587, 0.114)


def mean_luma(picture: Tensor) -> float:
    """Mean luma (BT.601 weights) of (1, 3, H, W) in [0, 1], as a value in [0, 255]."""
    return sum(w * float(c) for w, c in zip(LUMA, picture.mean(dim=(0, 2, 3)), strict=True)) * 255


def flicker_index(answers: Sequence[float], truths: Sequence[float]) -> float:
    """Standard deviation over time of (mean luma of the output − of the truth), in grey levels of 255."""
    return float(np.std(np.subtract(answers, truths)))


def psnr_sigma(values: Sequence[float]) -> float:
    """Standard deviation of PSNR within a clip, dB."""
    return float(np.std(values))
