"""Haze, added to pixels: I = J·t + A·(1 − t) (atmospheric scattering model, RFD eq. 1), t = exp(−β·d).

Two hazes. `its_haze` is RESIDE's indoor training set: one grey airlight, real depth. `real_haze`, in `training.data.weather`,
is the wide one for the default weights; its parts prediction to what users' pictures contain.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from training.data.random_draws import Generator
from training.data.scenes import Picture

BETA = (0.6, 1.8)  # RESIDE ITS
AIRLIGHT = (0.7, 1.0)

Plane = NDArray[np.float32]


@dataclass(frozen=True)
class Crop:
    """Part of a clear scene: clear (H, W, 3) and depth (H, W), both uint8.

    measured: depth is metric, 255 = the scene's farthest point; else 255 marks what looks like sky.
    """

    clear: Picture
    depth: Picture
    measured: bool = True


@dataclass(frozen=True)
class Hazed:
    """hazy (H, W, 3) uint8; clear (H, W, 3) float32 in [0, 1], what shall become of it; transmission (H, W) float32 in (0, 1]."""

    hazy: Picture
    clear: Plane
    transmission: Plane


Haze = Callable[[Crop, Generator], Hazed]


def its_haze(crop: Crop, rng: Generator) -> Hazed:
    """RESIDE ITS: A ~ U[0.7, 1.0] for all channels, β ~ U[0.6, 1.8], t = exp(−β·d)."""
    t = np.exp(-np.float32(rng.uniform(*BETA)) * dithered(crop.depth, rng))
    clear = crop.clear.astype(np.float32) / np.float32(255)
    return Hazed(coded(veiled(clear, t, np.float32(rng.uniform(*AIRLIGHT)))), clear, t)


def dithered(depth: Picture, rng: Generator) -> Plane:
    """Depth in [0, 1]; half a step of noise keeps a network from learning the contour lines of 8 bits."""
    steps = rng.random(depth.shape, np.float32) - np.float32(0.5)
    return np.asarray(np.clip((steps + depth) / np.float32(255), 0, 1), np.float32)


def veiled(clear: Plane, t: Plane, airlight: Any) -> Plane:
    """(H, W, 3) behind haze of transmission t (H, W); airlight: anything that broadcasts to (H, W, 3)."""
    hazy: Plane = clear - airlight
    hazy *= cv2.merge([t, t, t])  # numpy multiplies (H, W, 1) ten times slower
    hazy += airlight
    return hazy


def coded(picture: Plane) -> Picture:
    """[0, 1] → 8 bit, rounded and clipped."""
    codes = picture * np.float32(255)
    codes += np.float32(0.5)
    return np.clip(codes, 0, 255, out=codes).astype(np.uint8)
