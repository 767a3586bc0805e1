"""Near objects: parts of a picture that stand before the haze, with hard edges.

A network that never sees them calls a picture clear as soon as a dark trunk, a dashboard or a pedestrian shows no veil. Masks
are (H, W) bool. Those of `followed_mask` lie on the picture's own edges (luminance, superpixels, measured depth); the others are
drawn as shapes: figures, lower or side borders and discs.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from training.data.haze import Crop, Plane
from training.data.random_draws import Generator, smooth_noise
from training.data.scenes import Picture

Mask = NDArray[np.bool_]
Point = tuple[float, float]
Heading = tuple[float, float]
SAMPLED = 4  # a quantile is taken of every fourth row and column


def followed_mask(crop: Crop, area: float, rng: Generator) -> Mask:
    """About `area` of the picture, in [0, 1]: what is dark, low, near or by chance; its edges are those of the picture."""
    score = nearness_score(crop, rng)
    if rng.random() < 0.5:
        score = superpixel_means(score, superpixels(crop.clear, rng))
    edge = float(np.quantile(score[::SAMPLED, ::SAMPLED], 1 - area))
    return np.asarray(score > edge)


def nearness_score(crop: Crop, rng: Generator) -> Plane:
    """(H, W) score that is high where something near is likely: random weights of noise, darkness, height and measured depth."""
    height, width = crop.depth.shape
    weights = rng.random(4)
    grey = np.asarray(cv2.cvtColor(crop.clear, cv2.COLOR_RGB2GRAY), np.float32) / np.float32(255)
    softness = rng.choice((0.0, 1.0, 3.0, 8.0))
    if softness:
        side = 2 * int(softness) + 1  # two box means are near enough to a Gaussian of this deviation, and quicker
        grey = np.asarray(cv2.blur(cv2.blur(grey, (side, side)), (side, side)), np.float32)
    score = np.float32(weights[0]) * smooth_noise(rng, height, width, int(rng.integers(2, 9)))
    score -= np.float32(2 * weights[1]) * grey
    score += np.linspace(0, weights[2], height, dtype=np.float32)[:, None]
    if crop.measured:
        score -= np.float32(3 * weights[3] / 255) * crop.depth
    return np.asarray(score, np.float32)


def superpixels(clear: Picture, rng: Generator) -> NDArray[np.int32]:
    """(H, W) labels from 1: watersheds of the colour edges from seeds on a jittered grid, found at half the resolution."""
    full = clear.shape[1], clear.shape[0]
    clear = np.asarray(cv2.resize(clear, [max(1, side // 2) for side in full], interpolation=cv2.INTER_AREA), np.uint8)
    height, width = clear.shape[:2]
    step = int(rng.integers(8, 32))
    seeds = np.zeros((height, width), np.int32)
    rows, columns = np.mgrid[min(step, height) // 2:height:step, min(step, width) // 2:width:step]
    rows, columns = (np.clip(at + rng.integers(-step // 3, step // 3 + 1, at.shape), 0, most - 1)
                     for at, most in ((rows, height), (columns, width)))
    seeds[rows, columns] = np.arange(1, rows.size + 1).reshape(rows.shape)
    labels = np.asarray(cv2.watershed(clear, seeds), np.int32)
    grown = cv2.dilate(labels.astype(np.float32), np.ones((3, 3), np.uint8)).astype(np.int32)
    whole = np.where(labels < 1, grown, labels).clip(1)  # watersheds leave lines of −1 between regions
    return np.asarray(cv2.resize(whole, full, interpolation=cv2.INTER_NEAREST), np.int32)


def superpixel_means(score: Plane, labels: NDArray[np.int32]) -> Plane:
    """`score` averaged over every superpixel."""
    counts = np.bincount(labels.ravel()).clip(1)
    sums = np.bincount(labels.ravel(), score.ravel())
    return np.asarray((sums / counts)[labels], np.float32)


def dashboard_mask(rng: Generator, height: int, width: int) -> Mask:
    """The lower 12 to 45 % below an arched, uneven edge."""
    x = np.linspace(-1, 1, width, dtype=np.float32) - np.float32(rng.uniform(-0.4, 0.4))
    bumps = smooth_noise(rng, max(1, width // 8), width, 1)[0] * np.float32(rng.uniform(0, 0.06))
    edge = 1 - rng.uniform(0.12, 0.45) + rng.uniform(0, 0.12) * x**2 + bumps
    return np.asarray(np.linspace(0, 1, height)[:, None] > edge[None])


def window_frame_mask(rng: Generator, height: int, width: int) -> Mask:
    """Bars at one or more borders, up to a fifth of the side each, and sometimes one bar across."""
    mask = np.zeros((height, width), bool)
    top, bottom, left, right = (int(rng.uniform(0.03, 0.2) * side) if rng.random() < 0.6 else 0
                                for side in (height, height, width, width))
    mask[:top], mask[height - bottom:] = True, True
    mask[:, :left], mask[:, width - right:] = True, True
    if rng.random() < 0.4 or not mask.any():
        at, thick = int(rng.uniform(0.2, 0.8) * width), max(4, int(rng.uniform(0.02, 0.08) * width))
        mask[:, at:at + thick] = True
    return mask


def scope_mask(rng: Generator, height: int, width: int) -> Mask:
    """All outside a circle: the border that scopes, endoscopes and fish-eye lenses leave black."""
    radius = rng.uniform(0.4, 0.62) * min(height, width)
    row, column = (side * rng.uniform(0.42, 0.58) for side in (height, width))
    rows, columns = np.ogrid[:height, :width]
    return np.asarray((rows - row) ** 2 + (columns - column) ** 2 > radius**2)


def figures_mask(rng: Generator, height: int, width: int) -> Mask:
    """One to three people near the camera, seen whole or from the waist up: a head on a body, its lower edge that of the picture
    or above it."""
    mask = np.zeros((height, width), np.uint8)
    for _ in range(int(rng.integers(1, 4))):
        tall = max(4.0, rng.uniform(0.3, 1.1) * height)
        wide = tall * rng.uniform(0.14, 0.24)
        column, foot = rng.random() * width, height * rng.uniform(0.85, 1.3)
        head, shoulder = tall * 0.075, foot - tall * 0.84
        cv2.ellipse(mask, ((column, (foot + shoulder) / 2), (wide, foot - shoulder), rng.uniform(-6, 6)), 1, -1)
        cv2.circle(mask, (round(column), round(shoulder - head * 0.6)), max(1, round(head)), 1, -1)
    return np.asarray(mask, bool)


def thin_mask(crop: Crop, rng: Generator) -> Mask:
    """Wires, poles, branches and railings near the camera, 1 to 12 pixels wide; one or two of these kinds."""
    mask = np.zeros(crop.depth.shape, np.uint8)
    for draw in rng.choice(len(THIN), int(rng.integers(1, 3)), replace=False):
        THIN[draw](mask, rng)
    return np.asarray(mask, bool)


def wires(mask: Picture, rng: Generator) -> None:
    """One to six sagging wires from side to side, drawn into `mask` (H, W) uint8."""
    height, width = mask.shape
    x = np.linspace(-1, 1, 33)
    for _ in range(int(rng.integers(1, 7))):
        left, right = rng.uniform(0, 0.9, 2) * height
        rows = left + (right - left) * (x + 1) / 2 + rng.uniform(0, 0.12) * height * (1 - x**2)
        stroke(mask, np.stack([(x + 1) / 2 * width, rows], axis=1), int(rng.integers(1, 4)))


def poles(mask: Picture, rng: Generator) -> None:
    """One to four upright or leaning poles, some with a cross-arm."""
    height, width = mask.shape
    for _ in range(int(rng.integers(1, 5))):
        at, top, thick = rng.random() * width, rng.uniform(-0.1, 0.5) * height, int(rng.integers(2, 13))
        stroke(mask, np.array([[at, height], [at + rng.uniform(-0.05, 0.05) * width, top]]), thick)
        if rng.random() < 0.4:
            arm = rng.uniform(0.03, 0.12) * width
            stroke(mask, np.array([[at - arm, top + 0.1 * height], [at + arm, top + 0.1 * height]]), max(1, thick // 2))


def branches(mask: Picture, rng: Generator) -> None:
    """Branches that enter at a border, fork and become thinner."""
    height, width = mask.shape
    for _ in range(int(rng.integers(1, 4))):
        from_left = rng.random() < 0.5
        start = 0.0 if from_left else float(width), float(rng.uniform(0, 0.7) * height)
        angle = float(rng.uniform(-0.7, 0.7)) + (0 if from_left else np.pi)
        fork(mask, rng, start, (angle, float(rng.uniform(0.1, 0.3)) * width), int(rng.integers(3, 9)))


def fork(mask: Picture, rng: Generator, at: Point, heading: Heading, thick: int) -> None:
    """One piece of a branch from `at` (column, row) with `heading` (angle in radians, length in pixels), and what grows out of
    its end, down to twigs of one pixel."""
    angle, length = heading
    end = at[0] + length * float(np.cos(angle)), at[1] + length * float(np.sin(angle))
    stroke(mask, np.array([at, end]), thick)
    if thick > 1 and length > 4:
        for _ in range(int(rng.integers(2, 4))):
            finer = max(1, int(thick * rng.uniform(0.4, 0.8)))
            fork(mask, rng, end, (angle + float(rng.uniform(-0.8, 0.8)), length * float(rng.uniform(0.5, 0.85))), finer)


def railing(mask: Picture, rng: Generator) -> None:
    """A railing across the picture: two rails and upright bars."""
    height, width = mask.shape
    top, tall, thick = rng.uniform(0.4, 0.8) * height, rng.uniform(0.15, 0.5) * height, int(rng.integers(1, 6))
    for row in (top, top + tall):
        stroke(mask, np.array([[0, row], [width, row]]), thick + 1)
    for column in np.arange(0, width, max(4 * thick, int(rng.uniform(0.02, 0.08) * width))):
        stroke(mask, np.array([[column, top], [column, top + tall]]), thick)


def stroke(mask: Picture, points: NDArray[np.float64], thick: int) -> None:
    """A line through `points` (N, 2), columns and rows, `thick` pixels wide."""
    cv2.polylines(mask, [points.round().astype(np.int32)], False, 1, thick)


THIN = (wires, poles, branches, railing)


def painted(clear: Plane, mask: Mask, colour: Sequence[float] | NDArray[np.float64], texture: float) -> Plane:
    """`clear` with a surface of `colour` in the mask; texture: how much of the mirrored picture shows on it."""
    surface = np.asarray(cv2.flip(clear, 1), np.float32)
    surface *= np.float32(texture)
    surface += np.asarray(colour, np.float32)
    return np.asarray(cv2.copyTo(np.clip(surface, 0, 1, out=surface), mask.view(np.uint8), clear.copy()), np.float32)


def darkened(clear: Plane, mask: Mask, factor: float) -> Plane:
    """`clear`, `factor` times as bright in the mask."""
    return np.asarray(cv2.copyTo(clear * np.float32(factor), mask.view(np.uint8), clear.copy()), np.float32)


def lifted(t: Plane, mask: Mask, share: float) -> Plane:
    """Transmission with only `share` of the optical thickness left before what the mask covers."""
    nearer = t.copy()
    nearer[mask] **= np.float32(share)
    return nearer
