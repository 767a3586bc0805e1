"""The dark channel prior (He, Sun, Tang 2009), with its transmission refined by a guided filter (He, Sun, Tang 2013)."""

from __future__ import annotations

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

PATCH, KEPT, T_MIN = 15, 0.95, 0.1  # the paper's patch, ω and t₀
RADIUS, EPSILON = 40, 1e-3
Plane = NDArray[np.float32]


def dark_channel(picture: Plane) -> Plane:
    """(H, W): the smallest value of any colour of (H, W, 3) in a patch."""
    return np.asarray(cv2.erode(picture.min(axis=2), np.ones((PATCH, PATCH))), np.float32)


def guided(guide: Plane, x: Plane) -> Plane:
    """x smoothed along the edges of the grey guide."""
    def box(plane: Plane) -> Plane:
        return np.asarray(cv2.blur(plane, (2 * RADIUS + 1, 2 * RADIUS + 1), borderType=cv2.BORDER_REFLECT), np.float32)

    mean_g, mean_x = box(guide), box(x)
    a = np.asarray((box(guide * x) - mean_g * mean_x) / (box(guide * guide) - mean_g * mean_g + EPSILON), np.float32)
    return np.asarray(box(a) * guide + box(np.asarray(mean_x - a * mean_g, np.float32)), np.float32)


def dark_channel_prior(hazy: Tensor) -> Tensor:
    """(1, 3, H, W) hazy → clear, in [0, 1]."""
    picture = hazy[0].permute(1, 2, 0).numpy()
    dark = dark_channel(picture)
    brightest = np.argsort(dark, axis=None)[-max(1, dark.size // 1000):]
    airlight = np.maximum(picture.reshape(-1, 3)[brightest].mean(axis=0), 0.05)
    t = guided(picture.mean(axis=2), np.float32(1) - np.float32(KEPT) * dark_channel(picture / airlight))
    clear = (picture - airlight) / np.maximum(t, T_MIN)[..., None] + airlight
    return torch.from_numpy(clear.clip(0, 1).astype(np.float32)).permute(2, 0, 1)[None]
