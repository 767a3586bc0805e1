"""Transmission of the wide haze: t = exp(−β·density·d), d measured or drawn (road, slope, smoke), density uneven."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from training.data.haze import Crop, Plane, dithered
from training.data.random_draws import Generator, smooth_noise
from training.data.scenes import Picture

T_MIN = 0.02
BETA = (0.1, 3.0)
COARSE = 8  # pixels per sample of fields that change slowly


def perspective(rng: Generator, height: int, width: int) -> Plane:
    """Depth of a plane seen from above: near at the bottom, infinite (1) above a random, slightly tilted horizon."""
    y, x = np.linspace(0, 1, height)[:, None], np.linspace(-0.5, 0.5, width)[None]
    below = (y - rng.uniform(-0.1, 0.6) - rng.uniform(-0.15, 0.15) * x).clip(min=0)
    near = rng.uniform(0.03, 0.3)
    return np.asarray(near / (near + below), np.float32)


def slope(rng: Generator, height: int, width: int) -> Plane:
    """Depth growing linearly from 0 to 1 in a random direction, most often upwards."""
    angle = rng.uniform(-1, 1) ** 3 * np.pi
    ramp = np.linspace(0.5, -0.5, height)[:, None] * np.cos(angle) + np.linspace(-0.5, 0.5, width)[None] * np.sin(angle)
    return np.asarray((ramp - ramp.min()) / (ramp.max() - ramp.min()), np.float32)


def drawn_depth(rng: Generator, height: int, width: int) -> Plane:
    """A depth in [0, 1] that no sensor measured: a road or a slope with lumps, or smoke, the same everywhere."""
    if rng.random() < 0.12:
        return np.ones((height, width), np.float32)
    shape = perspective if rng.random() < 0.55 else slope
    share, lumps = rng.uniform(0, 0.5), smooth_noise(rng, height, width, 3) * 0.5 + 0.5
    return np.asarray((1 - share) * shape(rng, height, width) + share * lumps, np.float32)


def haze_transmission(crop: Crop, rng: Generator) -> Plane:
    """(H, W): t = exp(−β·density·d), the density uneven in a third of the pictures; never below T_MIN.

    Only measured depth has edges: all else is drawn coarsely and enlarged.
    """
    size = coarse_size(crop.depth.shape)
    density = np.full(size, rng.uniform(*BETA), np.float32)
    if rng.random() < 0.35:
        density *= 1 + rng.uniform(0.1, 0.6) * smooth_noise(rng, *size, 5)
    if not crop.measured:
        sky = shrunk(crop.depth, size) / np.float32(255)
        far = np.maximum(drawn_depth(rng, *size) * np.float32(rng.uniform(0.5, 1)), sky)
        return thinned(enlarged(density * far, crop.depth.shape))
    thick = enlarged(density, crop.depth.shape) * dithered(crop.depth, rng)
    if rng.random() < 0.65:
        return thinned(thick)
    share = np.float32(rng.uniform(0.2, 1))
    return thinned((1 - share) * thick + share * enlarged(density * drawn_depth(rng, *size), crop.depth.shape))


def thinned(thickness: Plane) -> Plane:
    """Optical thickness → transmission, at least T_MIN."""
    return np.maximum(np.exp(-thickness), np.float32(T_MIN))


def coarse_size(size: Sequence[int]) -> tuple[int, int]:
    """Rows and columns of a field that changes slowly, for a picture of `size`."""
    return max(2, round(size[0] / COARSE)), max(2, round(size[1] / COARSE))


def shrunk(picture: Picture, size: Sequence[int]) -> Picture:
    """Area means at (height, width)."""
    return np.asarray(cv2.resize(picture, (size[1], size[0]), interpolation=cv2.INTER_AREA), np.uint8)


def enlarged(field: Plane, size: Sequence[int]) -> Plane:
    """Enlarged to (height, width), bilinear."""
    return np.asarray(cv2.resize(field, (size[1], size[0]), interpolation=cv2.INTER_LINEAR), np.float32)
