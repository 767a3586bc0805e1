"""The wide haze of the default weights: what users' pictures contain and RESIDE does not.

Exposure and gamma, low light · the kinds of scenes in `training.data.scene_kinds` · yellow, brown and blue air · black borders ·
soft lenses, sensor noise, denoisers and JPEG.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from dehazer.errors import ConfigError
from training.data.haze import Crop, Haze, Hazed, Plane, coded, veiled
from training.data.random_draws import Generator, smooth_noise
from training.data.scene_kinds import KINDS, Kind
from training.data.scenes import Picture
from training.data.transmission import coarse_size, enlarged

# Direction of coloured air, per channel: dust and sand, warm light, yellow-green smog, neutral fog, blue distance, violet smoke.
TINTS = np.array([[1.00, 0.74, 0.42], [1.00, 0.90, 0.74], [0.98, 1.00, 0.72], [1.00, 1.00, 1.00], [0.84, 0.93, 1.00],
                  [0.93, 0.89, 1.00]])
TINT_CHANCE = (0.17, 0.13, 0.09, 0.40, 0.15, 0.06)
BORDER_CHANCE = 0.12
KEEP = 0.08  # transmission below which haze is left standing
AIRLIGHT = (0.4, 1.2)  # luminance
LAMP_LIMIT = 1.5  # brightest haze around a lamp
NOISE = 0.03  # standard deviation of the noisiest sensor
HALF_GREY = 0.5 * np.eye(3) + 0.5 / 3  # colours moved half way to their mean
SHARES = np.array([share for _, share in KINDS]) / sum(share for _, share in KINDS)
BLOCK = 16  # pixels per side of a JPEG block of colour


def real_haze(crop: Crop, rng: Generator, kind: Kind | None = None, shares: NDArray[np.float64] = SHARES) -> Hazed:
    """Exposed → composed → hazed → bordered → photographed; the target is what can be had of the clear picture.

    kind: of scene; None draws one of `KINDS`, with the probabilities `shares` in their order.
    """
    light = rng.uniform(0.25, 0.8) if rng.random() < 0.3 else rng.uniform(0.85, 1.1)  # low light: night, dusk
    make = kind or KINDS[rng.choice(len(KINDS), p=shares)][0]
    scene = make(crop, exposed(crop.clear, rng, light), light, rng)
    clear, t = scene.clear, scene.transmission
    air = airlight(rng, scene.light, t.shape) if scene.grey is None else np.full(clear.shape, scene.grey, np.float32)
    lit = air if scene.glow is None else (air + scene.glow).clip(0, LAMP_LIMIT)
    hazy = seen(veiled(clear, t, lit), rng)
    target, t = attainable(clear, t, air, scene.light)
    edges = margins(rng, t.shape)
    return Hazed(stored(framed(hazy, edges), rng), framed(target, edges), t)


def shares_of(kinds: Mapping[str, float]) -> NDArray[np.float64]:
    """Probabilities in the order of `KINDS`, where `kinds` gives some of them other shares by name; they need not add up to 1.

    Raises ConfigError for a name that is no kind of scene, and where nothing is left to draw.
    """
    names = [kind.__name__ for kind, _ in KINDS]
    if unknown := [name for name in kinds if name not in names]:
        raise ConfigError(f"data.kinds: there is no kind of scene called {unknown[0]!r}; choose one of: {', '.join(names)}.")
    shares = np.array([kinds.get(kind.__name__, share) for kind, share in KINDS], np.float64)
    if shares.min() < 0 or shares.sum() <= 0:
        raise ConfigError("data.kinds: shares must be 0 or more, and one at least above 0.")
    return shares / np.float64(shares.sum())


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


def curves(rng: Generator, light: float) -> Plane:
    """(256, 3): what exposure, gamma and white balance make of 8-bit values, in [0, 1]."""
    gamma = np.exp(rng.uniform(-0.35, 0.35)) if rng.random() < 0.5 else 1.0
    balance = (rng.uniform(0.9, 1.06, 3) if rng.random() < 0.4 else np.ones(3)) * light
    values: NDArray[np.float64] = (np.arange(256)[:, None] / 255) ** gamma * balance
    return values.clip(0, 1).astype(np.float32)


def exposed(clear: Picture, rng: Generator, light: float) -> Plane:
    """Gamma, white balance and brightness of the scene itself."""
    return np.asarray(cv2.LUT(clear, curves(rng, light)[None]), np.float32)


@dataclass(frozen=True)
class Jittered:
    """`haze` after a change of exposure, gamma, white balance and depth curve in a share of the samples.

    A class and no closure, so that workers that are not forked can be sent it.
    """

    haze: Haze
    share: float

    def __call__(self, crop: Crop, rng: Generator) -> Hazed:
        if rng.random() >= self.share:
            return self.haze(crop, rng)
        clear = cv2.LUT(crop.clear, coded(curves(rng, rng.uniform(0.8, 1.05)))[None])
        bend = coded((np.arange(256) / 255) ** np.exp(rng.uniform(-0.3, 0.3)))
        return self.haze(replace(crop, clear=np.asarray(clear), depth=np.asarray(cv2.LUT(crop.depth, bend))), rng)


def airlight(rng: Generator, light: float, size: Sequence[int]) -> Plane:
    """(H, W, 3) for size (H, W): a luminance that follows the light of the scene, a tint, a slow change across the picture."""
    luminance = (rng.uniform(0.65, 1.0) if rng.random() < 0.7 else rng.uniform(*AIRLIGHT)) * min(light, 1) ** 0.7
    tint = TINTS[rng.choice(len(TINTS), p=TINT_CHANCE)] ** rng.uniform(0.25, 1.35) * rng.uniform(0.95, 1.05, 3)
    drift = 1 + rng.uniform(0, 0.12) * smooth_noise(rng, *coarse_size(size), 2)
    return enlarged((luminance * tint * drift[..., None]).clip(0.05, AIRLIGHT[1]).astype(np.float32), size)


@cache
def grain() -> Plane:
    """(1024, 1024, 3) white noise; samples take parts of it, because drawing a million numbers anew costs more than all else."""
    return np.random.default_rng(0).standard_normal((1024, 1024, 3), np.float32)


def noise(rng: Generator, height: int, width: int) -> Plane:
    """(height, width, 3) of unit standard deviation."""
    most = len(grain())
    if max(height, width) > most:
        return rng.standard_normal((height, width, 3), np.float32)
    top, left = int(rng.integers(most - height + 1)), int(rng.integers(most - width + 1))
    return grain()[top:top + height, left:left + width]


def seen(hazy: Plane, rng: Generator) -> Plane:
    """What lens, sensor and denoiser make of it: softness, noise in half of the pictures, faint texture flattened."""
    if rng.random() < 0.3:
        hazy = np.asarray(cv2.GaussianBlur(hazy, (0, 0), rng.uniform(0.4, 1.2)), np.float32)
    if rng.random() < 0.5:
        grains = noise(rng, *hazy.shape[:2]) * np.float32(rng.random() ** 2 * NOISE)
        grains += hazy
        hazy = grains
    return flattened(hazy, rng.random() ** 2 * 0.04) if rng.random() < 0.35 else hazy


def flattened(hazy: Plane, tau: float) -> Plane:
    """Detail of strength c keeps c² / (c² + τ²) of itself, as after a denoiser or a thrifty codec."""
    base = np.asarray(cv2.blur(hazy, (5, 5)), np.float32)
    detail = hazy - base
    keep = detail * detail
    keep /= keep + np.float32(tau**2 + 1e-8)
    detail *= keep
    detail += base
    return detail


def stored(hazy: Plane, rng: Generator) -> Picture:
    """8 bit, through a JPEG encoder in four pictures of ten; its blocks lie anywhere on the grid of cells."""
    picture = coded(hazy)
    if rng.random() >= 0.4:
        return picture
    top, left = (int(edge) for edge in rng.integers(BLOCK, size=2))
    larger = cv2.copyMakeBorder(picture, top, BLOCK - top, left, BLOCK - left, cv2.BORDER_REFLECT_101)
    back = jpeg(np.asarray(larger, np.uint8), int(rng.integers(30, 96)))
    return np.ascontiguousarray(back[top:top + picture.shape[0], left:left + picture.shape[1]])


def jpeg(picture: Picture, quality: int) -> Picture:
    """(H, W, 3) uint8 RGB through a JPEG encoder and back."""
    _, code = cv2.imencode(".jpg", np.ascontiguousarray(picture[..., ::-1]), [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(code, cv2.IMREAD_COLOR), np.uint8)[..., ::-1]


def margins(rng: Generator, size: Sequence[int]) -> list[int]:
    """Rows at the top and bottom and columns at either side that are black: letterbox, pillarbox, both; mostly none."""
    return [int(side * rng.uniform(0.03, 0.22)) if rng.random() < BORDER_CHANCE else 0 for side in size]


def framed(picture: Plane, edges: Sequence[int]) -> Plane:
    """`picture` itself, black at its edges."""
    (rows, columns), (height, width) = edges, picture.shape[:2]
    for outside in (slice(0, rows), slice(height - rows, height)):
        picture[outside] = 0
    for outside in (slice(0, columns), slice(width - columns, width)):
        picture[:, outside] = 0
    return picture


def distrust(stats: Plane, rng: Generator) -> Plane:
    """Differences, (6:9, h, w) of the statistics, depend on lens, sensor and codec: shift them per picture, flatten them in one
    picture of eight."""
    differences = stats[6:] + np.asarray(rng.uniform(-0.05, 0.05, (3, 1, 1)), np.float32)
    if rng.random() < 0.5:
        differences += np.float32(rng.uniform(-0.3, 0.3))
    if rng.random() < 0.12:
        differences[:] = differences.mean(axis=(1, 2), keepdims=True)
    return np.concatenate([stats[:6], differences])
