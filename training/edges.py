"""Edges of depth: what is left of the haze behind a near object, what the object loses; away from its edge and beside it.

Photographs behind haze of a known t, partly covered by near objects without haze: dark ones and lit ones whose outlines follow
the picture, and thin dark wires before a bright sky. Rooms with measured depth: the far and the near side of every jump of t. All
of it is drawn by other code than the training data. Figures are mean absolute errors in grey levels of 255 against the truth.

`true_field` tells what of an error is due to the network, and what to the grid and the interpolation between it and the pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

import cv2
import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from dehazer.field.haze_field import BT709, HazeField, cell_luma
from dehazer.field.pyramid import CELL, analyse
from dehazer.frames.frame import frame_from_rgb
from training.calibration import Plane, fitted, hazed
from training.data.random_draws import generator
from training.data.samples import as_tensor
from training.data.scenes import IndoorScenes, Photographs, Picture
from training.data.sources import listed

Restore = Callable[[Tensor], Tensor]
Mask = NDArray[np.bool_]
BEHIND, SHARE = 0.5, 0.3  # t behind the objects, and the share of the picture that they cover
BESIDE = 8  # pixels from an edge that count as beside it
SURFACES = {"dark": (0.2, 12.0), "lit": (0.8, 0.0)}  # of the objects: factor and summand on the photograph's grey levels
SPECK = 400  # pixels; smaller islands belong to what surrounds them
WIRES = (1, 2, 3, 5)  # pixels wide
JUMP, DEPTHS = 0.12, 1.4  # difference of t over an edge in rooms; their optical thickness at the farthest point


@dataclass(frozen=True)
class EdgeCase:
    """A hazy and its clear picture, (H, W, 3) uint8; t (H, W) and airlight (3,) that made it; regions by name, (H, W) bool."""

    hazy: Picture
    clear: Picture
    t: Plane
    air: Plane
    regions: dict[str, Mask]


def edges(photos: str | Sequence[str], indoor: str = "", count: int = 24, seed: int = 7,
          limit: int = 0) -> Callable[..., dict[str, float]]:
    """Mean errors by region on `count` photographs of the validation part and, with `indoor`, half as many rooms."""
    chosen = list(edge_cases(photos, indoor, limit or count, seed))

    def judge(restore: Restore, predict: object) -> dict[str, float]:
        return judged(chosen, lambda case: pixels(restore(as_tensor(case.hazy)).numpy()[0]))

    return judge


def edge_cases(photos: str | Sequence[str], indoor: str, count: int, seed: int) -> Iterator[EdgeCase]:
    """All pictures of the validation."""
    sets = [Photographs(root, validation=True) for root in listed(photos)]
    clear = [photographs[i].clear for photographs in sets for i in range(len(photographs))]
    for number, picture in enumerate(clear[::max(1, len(clear) // count)][:count]):
        yield from photograph_cases(fitted(picture), generator(seed, number))
    if indoor:
        rooms = IndoorScenes(indoor, validation=True)
        for number in range(0, len(rooms), max(1, 2 * len(rooms) // count)):
            yield room_case(rooms[number].clear, np.asarray(rooms[number].depth), generator(seed, number))


def judged(cases: Sequence[EdgeCase], restored: Callable[[EdgeCase], Picture]) -> dict[str, float]:
    """Mean over the pictures of the mean absolute error in every region, in grey levels."""
    found: dict[str, list[float]] = {}
    for case in cases:
        error = np.abs(restored(case).astype(np.float32) - case.clear).mean(axis=2)
        for name, region in case.regions.items():
            if region.any():
                found.setdefault(f"edge error {name}", []).append(float(error[region].mean()))
    return {name: fmean(values) for name, values in found.items()}


def pixels(restored: Plane) -> Picture:
    """(3, H, W) in [0, 1] → (H, W, 3) uint8."""
    return np.asarray((restored.transpose(1, 2, 0) * 255).round().clip(0, 255), np.uint8)


def photograph_cases(clear: Picture, rng: np.random.Generator) -> Iterator[EdgeCase]:
    """A photograph in haze of t = BEHIND behind dark objects, behind lit ones, and behind wires."""
    air = np.float32(rng.uniform(0.7, 0.95)) * np.ones(3, np.float32)
    mask = followed_outline(clear, rng)
    for name, (factor, summand) in SURFACES.items():
        yield covered(clear, mask, (clear * factor + summand).astype(np.uint8), air, name)
    thin = wires(rng, *mask.shape)
    yield covered(clear, thin, (clear * 0.1 + 20).astype(np.uint8), air, "wires")


def covered(clear: Picture, mask: Mask, surface: Picture, air: Plane, name: str) -> EdgeCase:
    """`surface` in the mask, without haze; the photograph in haze elsewhere."""
    front = np.where(mask[..., None], surface, clear)
    t = np.where(mask, 1, BEHIND).astype(np.float32)
    inside, outside = (cv2.distanceTransform(part.astype(np.uint8), cv2.DIST_L2, 5) for part in (mask, ~mask))
    regions = {f"{name}, background": outside > BESIDE, f"{name}, background's edge": (outside > 0) & (outside <= BESIDE),
               f"{name}, object": inside > BESIDE, f"{name}, object's edge": (inside > 0) & (inside <= BESIDE)}
    return EdgeCase(hazed(front, t, air), front, t, air, regions)


def followed_outline(clear: Picture, rng: np.random.Generator) -> Mask:
    """SHARE of the picture (H, W): what is dark and low, with the outlines of the picture itself and without specks."""
    grey = np.asarray(cv2.cvtColor(clear, cv2.COLOR_RGB2GRAY), np.float32) / 255
    lowness = np.linspace(0, rng.uniform(0.2, 0.8), clear.shape[0], dtype=np.float32)[:, None]
    score = lowness - np.asarray(cv2.GaussianBlur(grey, (0, 0), 4))
    mask = score > np.quantile(score, 1 - SHARE)
    return ~without_specks(~without_specks(mask))


def without_specks(mask: Mask) -> Mask:
    """Without connected parts of fewer than SPECK pixels."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=4)
    large = np.asarray(stats)[:, cv2.CC_STAT_AREA] >= SPECK
    return np.asarray(mask & large[labels])


def wires(rng: np.random.Generator, height: int, width: int) -> Mask:
    """Slanting lines of every width in WIRES, and one upright bar of 8 pixels."""
    mask = np.zeros((height, width), np.uint8)
    for thick in WIRES:
        for _ in range(2):
            ends = [(-5, int(rng.uniform(0, height))), (width + 5, int(rng.uniform(0, height)))]
            cv2.line(mask, ends[0], ends[1], 1, thick)
    at = int(rng.uniform(0.2, 0.8) * width)
    mask[:, at:at + 8] = 1
    return mask.astype(bool)


def room_case(clear: Picture, depth: NDArray[np.uint8], rng: np.random.Generator) -> EdgeCase:
    """A room in RESIDE's haze; judged on the far and the near side of every jump of t of JUMP and more, and elsewhere."""
    t = np.exp(np.float32(-DEPTHS / 255) * depth).astype(np.float32)
    air = np.full(3, rng.uniform(0.7, 1.0), np.float32)
    kernel = np.ones((3, 3), np.uint8)
    jump = (cv2.dilate(t, kernel) - cv2.erode(t, kernel) > JUMP).astype(np.uint8)
    beside = np.asarray(cv2.distanceTransform(1 - jump, cv2.DIST_L2, 5)) <= BESIDE
    around = np.ones((2 * BESIDE + 5,) * 2, np.uint8)  # reaches over the edge from every pixel beside it
    near = t > (np.asarray(cv2.dilate(t, around)) + np.asarray(cv2.erode(t, around))) / 2
    regions = {"rooms, away from edges": ~beside, "rooms, far side of an edge": beside & ~near,
               "rooms, near side of an edge": beside & near}
    return EdgeCase(hazed(clear, t, air), clear, t, air, regions)


def true_field(case: EdgeCase) -> HazeField:
    """What a perfect network would answer: the mean transmission of every cell, with its guide as deployed."""
    pyramid = analyse(frame_from_rgb(case.hazy))
    height, width = pyramid.stats.shape[2:]
    more = height * CELL - case.t.shape[0], width * CELL - case.t.shape[1]
    t = cv2.copyMakeBorder(case.t, 0, more[0], 0, more[1], cv2.BORDER_REFLECT_101)
    cells = np.asarray(cv2.resize(t, (width, height), interpolation=cv2.INTER_AREA), np.float32)[None]
    gain = np.asarray(1 / cells, np.float32)
    offset = np.asarray(case.air[:, None, None] * (1 - gain), np.float32)
    return HazeField(gain, offset, pyramid.extent, guide=cell_luma(pyramid.small[0], BT709))
