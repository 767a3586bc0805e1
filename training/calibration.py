"""Calibration of the transmission: photographs behind haze that is known, drawn by other code than the training data.

True against predicted t for uniform haze, a ramp, a bank of fog with clear surroundings, and uniform haze behind a near, dark and
unhazed foreground that covers 10, 30 or 50 % of the picture. Predicted: the median over the cells in question, averaged over the
photographs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from dehazer.field.pyramid import analyse
from dehazer.field.torch_pyramid import as_tensors
from dehazer.frames.frame import frame_from_rgb
from training.batch import Batch, Prediction
from training.data.random_draws import generator
from training.data.scenes import Photographs, Picture
from training.data.sources import listed

Predict = Callable[[Batch], Prediction]
Plane = NDArray[np.float32]
SIZE = (448, 608)  # height and width of the test pictures: whole blocks, so nothing is padded
UNIFORM = (0.9, 0.8, 0.6, 0.4)
BEHIND = (0.8, 0.6, 0.4)
SHARES = (0.1, 0.3, 0.5)
RAMP, BANK = (0.9, 0.4), 0.4
EDGE = 16  # pixels beside an edge that are not judged: cells there see both sides
COUNTED = 0.4  # cells of the table with a smaller true t do not enter the worst errors


@dataclass(frozen=True)
class Case:
    """One hazy picture with what must be found in it: name of a table cell → (true t, the pixels to look at, (H, W) bool)."""

    hazy: Picture
    regions: dict[str, tuple[float, NDArray[np.bool_]]]


def calibration(photos: str | Sequence[str], count: int = 12, seed: int = 5, limit: int = 0) -> Callable[..., dict[str, float]]:
    """The table on `count` photographs of the validation part, and its worst errors without and with a foreground."""
    sets = [Photographs(root, validation=True) for root in listed(photos)]
    clear = [photographs[i].clear for photographs in sets for i in range(len(photographs))]
    chosen = clear[::max(1, len(clear) // count)][:limit or count]

    def judge(restore: object, predict: Predict) -> dict[str, float]:
        found: dict[str, list[float]] = {}
        truth: dict[str, float] = {}
        for number, picture in enumerate(chosen):
            for case in cases(fitted(picture), seed, number):
                t = predicted(case.hazy, predict)
                for name, (true, region) in case.regions.items():
                    truth[name] = true
                    found.setdefault(name, []).append(median_in(t, region))
        return table(truth, {name: fmean(values) for name, values in found.items()})

    return judge


def table(truth: dict[str, float], found: dict[str, float]) -> dict[str, float]:
    """The cells, and the largest |error| of those with true t of COUNTED and more: without and with a foreground."""
    errors = {name: abs(found[name] - true) for name, true in truth.items() if true >= COUNTED}
    worst = {kind: max(error for name, error in errors.items() if ("foreground" in name) == foreground)
             for kind, foreground in (("calibration worst", False), ("calibration worst behind", True))}
    return {**worst, **found}


def cases(clear: Picture, seed: int, number: int) -> Iterator[Case]:
    """Every hazy picture made of one photograph."""
    rng = generator(seed, number)
    height, width = clear.shape[:2]
    air = np.float32(rng.uniform(0.7, 0.95)) * np.ones(3, np.float32)
    everywhere = np.ones((height, width), bool)
    for true in UNIFORM:
        yield Case(hazed(clear, np.full((height, width), true, np.float32), air), {f"t uniform {true}": (true, everywhere)})
    yield ramp_case(clear, air)
    yield bank_case(clear, air)
    for share in SHARES:
        mask = silhouette(rng, height, width, share)
        judged = eroded(~mask)
        front = np.where(mask[..., None], (clear * 0.2 + 12).astype(np.uint8), clear)
        for true in BEHIND:
            t = np.where(mask, 1, true).astype(np.float32)
            yield Case(hazed(front, t, air), {f"t foreground {share:.0%} {true}": (true, judged)})


def ramp_case(clear: Picture, air: Plane) -> Case:
    """t falling from the lower edge to the upper one, judged in the quarters next to them."""
    height, width = clear.shape[:2]
    t = np.repeat(np.linspace(RAMP[1], RAMP[0], height, dtype=np.float32)[:, None], width, axis=1)
    rows = np.arange(height)[:, None] * np.ones((1, width))
    parts = {"top": rows < height / 4, "bottom": rows >= height * 3 / 4}
    return Case(hazed(clear, t, air), {f"t ramp {place}": (float(t[part].mean()), part) for place, part in parts.items()})


def bank_case(clear: Picture, air: Plane) -> Case:
    """An elliptic bank of t = BANK in the middle with a soft edge; outside of it t = 1."""
    height, width = clear.shape[:2]
    rows, columns = np.ogrid[:height, :width]
    far = np.hypot((rows - height / 2) / (0.32 * height), (columns - width / 2) / (0.32 * width))
    t = (1 - (1 - BANK) * ((1.25 - far) / 0.5).clip(0, 1)).astype(np.float32)
    return Case(hazed(clear, t, air), {"t bank inside": (BANK, far < 0.7), "t bank outside": (1.0, far > 1.5)})


def silhouette(rng: np.random.Generator, height: int, width: int, share: float) -> NDArray[np.bool_]:
    """A mask (H, W) of `share` of the picture with hard edges: bushes along the lower edge and trunks."""
    x = np.arange(width) / width
    outline = sum(a * np.sin(2 * np.pi * (f * x + p)) for a, f, p in zip((0.2, 0.12, 0.06, 0.03), (1, 3, 9, 31), rng.random(4),
                                                                         strict=True))
    outline = np.asarray(outline - outline.min() + 0.15)
    for centre, thick in zip(rng.random(3), rng.uniform(0.01, 0.04, 3), strict=True):
        outline[np.abs(x - centre) < thick] += 3  # a trunk
    score = (1 - np.arange(height)[:, None] / height) / outline[None]
    return np.asarray(score < np.quantile(score, share))


def eroded(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The mask without EDGE pixels beside its own edge."""
    side = 2 * EDGE + 1
    return np.asarray(cv2.erode(mask.astype(np.uint8), np.ones((side, side), np.uint8)), bool)


def fitted(picture: Picture) -> Picture:
    """The middle of a photograph at SIZE."""
    scale = max(want / have for want, have in zip(SIZE, picture.shape, strict=False))
    size = [max(want, round(have * scale)) for want, have in zip(SIZE, picture.shape, strict=False)]
    larger = cv2.resize(picture, size[::-1], interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    top, left = (size[0] - SIZE[0]) // 2, (size[1] - SIZE[1]) // 2
    return np.ascontiguousarray(larger[top:top + SIZE[0], left:left + SIZE[1]], np.uint8)


def hazed(clear: Picture, t: Plane, air: Plane) -> Picture:
    """I = J·t + A·(1 − t), rounded to 8 bits."""
    hazy = clear * t[..., None] + 255 * air * (1 - t[..., None])
    return np.asarray(hazy.round().clip(0, 255), np.uint8)


def predicted(hazy: Picture, predict: Predict) -> Plane:
    """Transmission on the grid of cells, (h, w)."""
    return transmission_of(predict(as_batch(hazy)))


def as_batch(hazy: Picture) -> Batch:
    """One picture as the deployed network sees it."""
    pyramid = as_tensors(analyse(frame_from_rgb(hazy)))
    return Batch(pyramid.small, pyramid.small, stats=pyramid.stats)


def transmission_of(prediction: Prediction) -> Plane:
    """t = 1 / gain of the first picture, (h, w)."""
    gain: Tensor = torch.ones(1, 1, 1, 1) if prediction.gain is None else prediction.gain
    return np.asarray((1 / gain[0, 0]).float().cpu().numpy(), np.float32)


def median_in(t: Plane, region: NDArray[np.bool_]) -> float:
    """Median of t over the cells that lie wholly in the region."""
    cells = cv2.resize(region.astype(np.float32), t.shape[::-1], interpolation=cv2.INTER_AREA)
    return float(np.median(t[cells > 0.999]))
