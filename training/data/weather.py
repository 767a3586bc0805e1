"""The wide haze of the default weights: what users' pictures contain and RESIDE does not.

Exposure and gamma, low light · depth that is measured, planar, a road or a wall of smoke · uneven density · yellow,
brown and blue air · black borders · soft lenses, sensor noise, denoisers and JPEG · pictures without any haze.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from training.data.dice import Dice, smooth
from training.data.haze import Crop, Haze, Hazed, Plane, coded, dithered, veiled
from training.data.scenes import Picture

# Direction of coloured air, per channel: dust and sand, warm light, yellow-green smog, neutral fog, blue distance, violet smoke.
TINTS = np.array([[1.00, 0.74, 0.42], [1.00, 0.90, 0.74], [0.98, 1.00, 0.72], [1.00, 1.00, 1.00], [0.84, 0.93, 1.00],
                  [0.93, 0.89, 1.00]])
TINT_CHANCE = (0.17, 0.13, 0.09, 0.40, 0.15, 0.06)
CLEAR_CHANCE = 0.12
BORDER_CHANCE = 0.12
KEEP = 0.08  # transmission below which haze is left standing
T_MIN = 0.02
BETA = (0.1, 3.0)
AIRLIGHT = (0.4, 1.2)  # luminance
NOISE = 0.03  # standard deviation of the noisiest sensor
HALF_GREY = 0.5 * np.eye(3) + 0.5 / 3  # colours moved half way to their mean
BLOCK = 16  # pixels per side of a JPEG block of colour
COARSE = 8  # pixels per sample of fields that change slowly


def real_haze(crop: Crop, dice: Dice) -> Hazed:
    """Exposed → hazed → bordered → photographed; the target is what can be had of the clear picture."""
    light = dice.uniform(0.25, 0.8) if dice.random() < 0.3 else dice.uniform(0.85, 1.1)  # low light: night, dusk
    clear = exposed(crop.clear, dice, light)
    t = transmission(crop, dice)
    air = airlight(dice, light, t.shape)
    hazy = seen(veiled(clear, t, air), dice)
    target, t = attainable(clear, t, air, light)
    edges = margins(dice, t.shape)
    return Hazed(stored(framed(hazy, edges), dice), framed(target, edges), t)


def attainable(clear: Plane, t: Plane, air: Plane, light: float) -> tuple[Plane, Plane]:
    """What to ask for (H, W, 3), and the transmission (H, W) that undoing it means.

    Where haze has hidden nearly everything, the average guess is a dark, blotchy wall; what lies that far outdoors is sky.
    So the last of the haze stays, turned half to grey: t is taken as √(t² + KEEP²). Hazy pictures of dim scenes may come out
    a little brighter, so that nobody's shadows are crushed.
    """
    undone = np.minimum(np.sqrt(t * t + np.float32(KEEP**2)), 1)
    grey = np.asarray(cv2.transform(air, HALF_GREY), np.float32)
    lift = np.float32(min(light, 1) ** (-0.3 * (1 - float(t.mean()))))
    target = veiled(clear, np.minimum(t / undone, 1), grey)
    target *= lift
    return np.clip(target, 0, 1, out=target), undone / lift


def curves(dice: Dice, light: float) -> Plane:
    """(256, 3): what exposure, gamma and white balance make of 8-bit values, in [0, 1]."""
    gamma = np.exp(dice.uniform(-0.35, 0.35)) if dice.random() < 0.5 else 1.0
    balance = (dice.uniform(0.9, 1.06, 3) if dice.random() < 0.4 else np.ones(3)) * light
    values: NDArray[np.float64] = (np.arange(256)[:, None] / 255) ** gamma * balance
    return values.clip(0, 1).astype(np.float32)


def exposed(clear: Picture, dice: Dice, light: float) -> Plane:
    """Gamma, white balance and brightness of the scene itself."""
    return np.asarray(cv2.LUT(clear, curves(dice, light)[None]), np.float32)


@dataclass(frozen=True)
class Jittered:
    """`haze` after a change of exposure, gamma, white balance and depth curve in a share of the samples.

    A class and no closure, so that workers that are not forked can be sent it.
    """

    haze: Haze
    share: float

    def __call__(self, crop: Crop, dice: Dice) -> Hazed:
        if dice.random() >= self.share:
            return self.haze(crop, dice)
        clear = cv2.LUT(crop.clear, coded(curves(dice, dice.uniform(0.8, 1.05)))[None])
        bend = coded((np.arange(256) / 255) ** np.exp(dice.uniform(-0.3, 0.3)))
        return self.haze(replace(crop, clear=np.asarray(clear), depth=np.asarray(cv2.LUT(crop.depth, bend))), dice)


def perspective(dice: Dice, height: int, width: int) -> Plane:
    """Depth of a plane seen from above: near at the bottom, infinite (1) above a random, slightly tilted horizon."""
    y, x = np.linspace(0, 1, height)[:, None], np.linspace(-0.5, 0.5, width)[None]
    below = (y - dice.uniform(-0.1, 0.6) - dice.uniform(-0.15, 0.15) * x).clip(min=0)
    near = dice.uniform(0.03, 0.3)
    return np.asarray(near / (near + below), np.float32)


def slope(dice: Dice, height: int, width: int) -> Plane:
    """Depth growing linearly from 0 to 1 in a random direction, most often upwards."""
    angle = dice.uniform(-1, 1) ** 3 * np.pi
    ramp = np.linspace(0.5, -0.5, height)[:, None] * np.cos(angle) + np.linspace(-0.5, 0.5, width)[None] * np.sin(angle)
    return np.asarray((ramp - ramp.min()) / (ramp.max() - ramp.min()), np.float32)


def invented(dice: Dice, height: int, width: int) -> Plane:
    """A depth in [0, 1] that no sensor measured: a road or a slope with lumps, or smoke, the same everywhere."""
    if dice.random() < 0.12:
        return np.ones((height, width), np.float32)
    shape = perspective if dice.random() < 0.55 else slope
    share, lumps = dice.uniform(0, 0.5), smooth(dice, height, width, 3) * 0.5 + 0.5
    return np.asarray((1 - share) * shape(dice, height, width) + share * lumps, np.float32)


def transmission(crop: Crop, dice: Dice) -> Plane:
    """(H, W): t = exp(−β·density·d), the density uneven in a third of the pictures; never below T_MIN, 1 in clear pictures.

    Only measured depth has edges: all else is drawn coarsely and enlarged.
    """
    if dice.random() < CLEAR_CHANCE:
        return np.ones(crop.depth.shape, np.float32)
    size = coarse(crop.depth.shape)
    density = np.full(size, dice.uniform(*BETA), np.float32)
    if dice.random() < 0.35:
        density *= 1 + dice.uniform(0.1, 0.6) * smooth(dice, *size, 5)
    if not crop.measured:
        sky = shrunk(crop.depth, size) / np.float32(255)
        far = np.maximum(invented(dice, *size) * np.float32(dice.uniform(0.5, 1)), sky)
        return thinned(wide(density * far, crop.depth.shape))
    thick = wide(density, crop.depth.shape) * dithered(crop.depth, dice)
    if dice.random() < 0.65:
        return thinned(thick)
    share = np.float32(dice.uniform(0.2, 1))
    return thinned((1 - share) * thick + share * wide(density * invented(dice, *size), crop.depth.shape))


def thinned(thickness: Plane) -> Plane:
    """Optical thickness → transmission, at least T_MIN."""
    return np.maximum(np.exp(-thickness), np.float32(T_MIN))


def coarse(size: Sequence[int]) -> tuple[int, int]:
    """Rows and columns of a field that changes slowly, for a picture of `size`."""
    return max(2, round(size[0] / COARSE)), max(2, round(size[1] / COARSE))


def shrunk(picture: Picture, size: Sequence[int]) -> Picture:
    """Area means at (height, width)."""
    return np.asarray(cv2.resize(picture, (size[1], size[0]), interpolation=cv2.INTER_AREA), np.uint8)


def wide(field: Plane, size: Sequence[int]) -> Plane:
    """Enlarged to (height, width), bilinear."""
    return np.asarray(cv2.resize(field, (size[1], size[0]), interpolation=cv2.INTER_LINEAR), np.float32)


def airlight(dice: Dice, light: float, size: Sequence[int]) -> Plane:
    """(H, W, 3) for size (H, W): a luminance that follows the light of the scene, a tint, a slow change across the picture."""
    luminance = (dice.uniform(0.65, 1.0) if dice.random() < 0.7 else dice.uniform(*AIRLIGHT)) * min(light, 1) ** 0.7
    tint = TINTS[dice.choice(len(TINTS), p=TINT_CHANCE)] ** dice.uniform(0.25, 1.35) * dice.uniform(0.95, 1.05, 3)
    drift = 1 + dice.uniform(0, 0.12) * smooth(dice, *coarse(size), 2)
    return wide((luminance * tint * drift[..., None]).clip(0.05, AIRLIGHT[1]).astype(np.float32), size)


@cache
def grain() -> Plane:
    """(1024, 1024, 3) white noise; samples take parts of it, because drawing a million numbers anew costs more than all else."""
    return np.random.default_rng(0).standard_normal((1024, 1024, 3), np.float32)


def noise(dice: Dice, height: int, width: int) -> Plane:
    """(height, width, 3) of unit standard deviation."""
    most = len(grain())
    if max(height, width) > most:
        return dice.standard_normal((height, width, 3), np.float32)
    top, left = int(dice.integers(most - height + 1)), int(dice.integers(most - width + 1))
    return grain()[top:top + height, left:left + width]


def seen(hazy: Plane, dice: Dice) -> Plane:
    """What lens, sensor and denoiser make of it: softness, noise in half of the pictures, faint texture flattened."""
    if dice.random() < 0.3:
        hazy = np.asarray(cv2.GaussianBlur(hazy, (0, 0), dice.uniform(0.4, 1.2)), np.float32)
    if dice.random() < 0.5:
        grains = noise(dice, *hazy.shape[:2]) * np.float32(dice.random() ** 2 * NOISE)
        grains += hazy
        hazy = grains
    return flattened(hazy, dice.random() ** 2 * 0.04) if dice.random() < 0.35 else hazy


def flattened(hazy: Plane, tau: float) -> Plane:
    """Detail of strength c keeps c² / (c² + τ²) of itself, as after a denoiser or a thrifty codec."""
    base = np.asarray(cv2.blur(hazy, (5, 5)), np.float32)
    detail = hazy - base
    keep = detail * detail
    keep /= keep + np.float32(tau**2 + 1e-8)
    detail *= keep
    detail += base
    return detail


def stored(hazy: Plane, dice: Dice) -> Picture:
    """8 bit, through a JPEG encoder in four pictures of ten; its blocks lie anywhere on the grid of cells."""
    picture = coded(hazy)
    if dice.random() >= 0.4:
        return picture
    top, left = (int(edge) for edge in dice.integers(BLOCK, size=2))
    larger = cv2.copyMakeBorder(picture, top, BLOCK - top, left, BLOCK - left, cv2.BORDER_REFLECT_101)
    back = jpeg(np.asarray(larger, np.uint8), int(dice.integers(30, 96)))
    return np.ascontiguousarray(back[top:top + picture.shape[0], left:left + picture.shape[1]])


def jpeg(picture: Picture, quality: int) -> Picture:
    """(H, W, 3) uint8 RGB through a JPEG encoder and back."""
    _, code = cv2.imencode(".jpg", np.ascontiguousarray(picture[..., ::-1]), [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(code, cv2.IMREAD_COLOR), np.uint8)[..., ::-1]


def margins(dice: Dice, size: Sequence[int]) -> list[int]:
    """Rows at the top and bottom and columns at either side that are black: letterbox, pillarbox, both; mostly none."""
    return [int(side * dice.uniform(0.03, 0.22)) if dice.random() < BORDER_CHANCE else 0 for side in size]


def framed(picture: Plane, edges: Sequence[int]) -> Plane:
    """`picture` itself, black at its edges."""
    (rows, columns), (height, width) = edges, picture.shape[:2]
    for outside in (slice(0, rows), slice(height - rows, height)):
        picture[outside] = 0
    for outside in (slice(0, columns), slice(width - columns, width)):
        picture[:, outside] = 0
    return picture


def distrust(stats: Plane, dice: Dice) -> Plane:
    """Differences, (6:9, h, w) of the statistics, depend on lens, sensor and codec: shift them per picture, flatten them in one
    picture of eight."""
    differences = stats[6:] + np.asarray(dice.uniform(-0.05, 0.05, (3, 1, 1)), np.float32)
    if dice.random() < 0.5:
        differences += np.float32(dice.uniform(-0.3, 0.3))
    if dice.random() < 0.12:
        differences[:] = differences.mean(axis=(1, 2), keepdims=True)
    return np.concatenate([stats[:6], differences])
