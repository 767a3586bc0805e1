"""What a run is judged by while it trains: small, seeded, always the same pictures. All in one list."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from training.batch import Batch
from training.data.cells import default_root
from training.data.dice import roll
from training.data.haze import AIRLIGHT, BETA
from training.data.scenes import IndoorScenes, Photographs, Picture
from training.data.sources import SOURCES
from training.runners import Answer

Restore = Callable[[Tensor], Tensor]
Answerer = Callable[[Batch], Answer]
Validator = Callable[[Restore, Answerer], dict[str, float]]


def psnr(answer: Tensor, clear: Tensor) -> float:
    """dB over a whole picture, range 1; 50 at most."""
    error = (answer - clear).square().mean().clamp(min=1e-5)  # at most 50 dB, so that a few exact pictures do not rule a mean
    return float(-10 * torch.log10(error))


def picture_tensor(picture: Picture) -> Tensor:
    """(H, W, 3) uint8 → (1, 3, H, W) float in [0, 1]."""
    return torch.from_numpy(picture.copy()).permute(2, 0, 1)[None].float() / 255


def scenes(indoor: str, every: int = 5, hazes: int = 3, seed: int = 0) -> Validator:
    """PSNR at full resolution on every `every`-th validation scene, `hazes` draws of RESIDE's indoor haze each, 8 bit."""
    rooms = IndoorScenes(default_root(indoor), validation=True)

    def pair(index: int, haze: int) -> tuple[Tensor, Tensor]:
        scene, dice = rooms[index], roll(seed, index, haze)
        clear, depth = picture_tensor(scene.clear), torch.from_numpy(scene.depth.copy()).float() / 255  # type: ignore[union-attr]
        t, airlight = torch.exp(-dice.uniform(*BETA) * depth), dice.uniform(*AIRLIGHT)
        return (((clear * t + airlight * (1 - t)) * 255).round() / 255), clear

    def judge(restore: Restore, answer: Answerer) -> dict[str, float]:
        values = []
        for index in range(0, len(rooms), every):
            for haze in range(hazes):
                hazy, clear = pair(index, haze)
                values.append(psnr(restore(hazy), clear))
        return {"psnr": sum(values) / len(values)}

    return judge


def batches(source: str, count: int = 8, batch: int = 16, seed: int = 1, **settings: object) -> Validator:
    """PSNR per picture on `count` seeded batches of a data source's validation part, at the scale of its batches."""
    stream = SOURCES[source](batch=batch, seed=seed, validation=True, **settings)

    def judge(restore: Restore, answer: Answerer) -> dict[str, float]:
        values = [psnr(one, clear) for step in range(count) for batch in [stream(step)]
                  for one, clear in zip(answer(batch).image.clamp(0, 1), batch.clear, strict=True)]
        return {f"{source} psnr": sum(values) / len(values)}

    return judge


def identity(photos: str) -> Validator:
    """PSNR against the input on clear photographs kept for validation: what is clear must stay as it is."""
    outdoors = Photographs(default_root(photos), validation=True)

    def judge(restore: Restore, answer: Answerer) -> dict[str, float]:
        pictures = [picture_tensor(outdoors[i].clear) for i in range(len(outdoors))]
        return {"identity psnr": sum(psnr(restore(p), p) for p in pictures) / len(pictures)}

    return judge


VALIDATORS: dict[str, Callable[..., Validator]] = {v.__name__: v for v in (scenes, batches, identity)}

