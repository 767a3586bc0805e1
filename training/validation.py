"""What a run is judged by while it trains: small, seeded, always the same pictures. All in one list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor

from training.batch import Batch, Prediction
from training.calibration import calibration
from training.data.archive import open_archive
from training.data.haze import AIRLIGHT, BETA
from training.data.layouts import find_pairs
from training.data.random_draws import generator
from training.data.samples import as_tensor, enlarging_pair, read_pair
from training.data.scenes import IndoorScenes, Scene
from training.data.sources import SOURCES, clear_scenes, listed
from training.edges import edges
from training.metrics.quality import by_ffa, psnr
from training.steadiness import steadiness

Restore = Callable[[Tensor], Tensor]
Predict = Callable[[Batch], Prediction]
Validator = Callable[[Restore, Predict], dict[str, float]]
GOOD = 35.0  # dB from which nobody sees a change
MOST = 50.0  # dB counted at most, so that a few exact pictures do not rule a mean


def mean(values: list[float]) -> float:
    """Plain mean, each value at most MOST."""
    return sum(min(v, MOST) for v in values) / len(values)


def hazed(scene: Scene, *number: int) -> tuple[Tensor, Tensor]:
    """(hazy, clear) of one validation scene: RESIDE's indoor haze number (seed, scene, haze), rounded to 8 bits."""
    rng, clear = generator(*number), as_tensor(scene.clear)
    assert scene.depth is not None  # indoor scenes have depth
    t = torch.exp(-rng.uniform(*BETA) * as_tensor(scene.depth))
    airlight = rng.uniform(*AIRLIGHT)
    return ((clear * t + airlight * (1 - t)) * 255).round() / 255, clear


def scenes(indoor: str, every: int = 5, hazes: int = 3, seed: int = 0, limit: int = 0) -> Validator:
    """PSNR and SSIM (FFA protocol) at full resolution on every `every`-th of the scenes 1350–1399, `hazes` hazes each."""
    rooms = IndoorScenes(indoor, validation=True)

    def judge(restore: Restore, predict: Predict) -> dict[str, float]:
        numbers = range(0, len(rooms), every)[:limit or None]
        pairs = [hazed(rooms[i], seed, i, haze) for i in numbers for haze in range(hazes)]
        scores = [by_ffa(restore(hazy), clear) for hazy, clear in pairs]
        return {"psnr": mean([s.psnr for s in scores]), "ssim": mean([s.ssim for s in scores])}

    return judge


def batches(source: str, count: int = 8, batch: int = 16, seed: int = 1, **settings: object) -> Validator:
    """PSNR per picture on `count` seeded batches of a data source's validation part, at the scale of its batches."""
    stream = SOURCES[source](batch=batch, seed=seed, validation=True, **settings)

    def judge(restore: Restore, predict: Predict) -> dict[str, float]:
        values = [psnr(one, clear) for step in range(count) for batch in [stream(step)]
                  for one, clear in zip(predict(batch).image.clamp(0, 1).cpu(), batch.clear, strict=True)]
        return {f"{source} psnr": mean(values)}

    return judge


def identity(indoor: str = "", photos: str | Sequence[str] = "", every: int = 1, limit: int = 0,
             learnt: bool = False) -> Validator:
    """PSNR against the input on clear pictures: what is clear must stay as it is (and what an auto-encoder is for).

    Beside the mean: the share of the pictures at GOOD dB and more, the tenth from below and the worst. learnt: on the pictures
    that were trained on, as "learnt …"; what is better there than on held-out ones is known by heart.
    """
    sets, name = [clear_scenes(indoor, root, not learnt, 0) for root in listed(photos)], "learnt" if learnt else "identity"

    def judge(restore: Restore, predict: Predict) -> dict[str, float]:
        pictures = [as_tensor(clear[i].clear) for clear in sets for i in range(0, len(clear), every)[:limit or None]]
        values = [psnr(restore(p), p) for p in pictures]
        return {f"{name} psnr": mean(values), f"{name} share": sum(v >= GOOD for v in values) / len(values),
                f"{name} p10": float(np.quantile(values, 0.1)), f"{name} worst": min(values)}

    return judge


def enlarged(indoor: str, scale: int = 2, target: str = "native", every: int = 5, limit: int = 0) -> Validator:
    """Super-resolution PSNR on whole validation scenes; see `training.data.samples.Enlarging` for what the reference is."""
    rooms = IndoorScenes(indoor, validation=True)

    def judge(restore: Restore, predict: Predict) -> dict[str, float]:
        pairs = [enlarging_pair(as_tensor(rooms[i].clear), scale, target) for i in range(0, len(rooms), every)[:limit or None]]
        return {"psnr": mean([psnr(restore(b.hazy), b.clear) for b in pairs])}

    return judge


def pictures(root: str, layout: str = "pairs", limit: int = 0) -> Validator:
    """PSNR and SSIM (FFA protocol) on a set of pairs, at full resolution."""
    archive = open_archive(root)
    found = find_pairs(archive, layout)[:limit or None]

    def judge(restore: Restore, predict: Predict) -> dict[str, float]:
        both = [tuple(map(as_tensor, read_pair(archive, pair))) for pair in found]
        scores = [by_ffa(restore(hazy), clear) for hazy, clear in both]
        return {"pairs psnr": mean([s.psnr for s in scores]), "pairs ssim": mean([s.ssim for s in scores])}

    return judge


VALIDATORS: dict[str, Callable[..., Validator]] = {
    v.__name__: v for v in (scenes, batches, identity, enlarged, pictures, calibration, edges, steadiness)}
