"""The one protocol by which packaged weights are judged and quoted everywhere: cards, RESULTS.md and the READMEs.

scenes: all 50 validation scenes (1350–1399), one seeded haze of RESIDE's ranges each, PSNR and SSIM as FFA-Net counts them, at
full resolution. identity: the held-out clear photographs against themselves. calibration and steadiness: field models alone.
Validations while training look at fewer pictures and say how many; their figures are no substitute.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from training.batch import Batch, Prediction
from training.candidates import open_candidate
from training.config import Part
from training.inference import FORWARD
from training.networks import STUDENTS
from training.provenance import sha256_of, texts
from training.validation import VALIDATORS

CLIPS = ("static-camera-fog-720p", "driving-haze-1080p", "road-fog-portrait-1080", "indoor-dense-haze", "traffic-camera-night")


def parts(data: Path, kind: str) -> list[Part]:
    """The validations of the protocol for a kind of network; data: the folder of the data sets."""
    photos = [str(data / "bsds" / "train.tar"), str(data / "clear-outdoor")]
    every = [Part("scenes", {"indoor": str(data / "nyu-rgbd"), "every": 1, "hazes": 1}), Part("identity", {"photos": photos})]
    if kind != "field":
        return every
    clips = [str(data / "video" / f"{name}.mp4") for name in CLIPS]
    steady = {"clips": clips, "rgbd": str(data / "rgbd-video" / "office.tar")}
    return [*every, Part("calibration", {"photos": photos, "count": 24}), Part("steadiness", steady)]


def judged(model: str, weights: str, data: Path) -> dict[str, Any]:
    """Figures of one set by the protocol, with the settings and the hash of what was judged."""
    candidate = open_candidate(model, weights, torch.device("cpu"))
    kind = STUDENTS[model].kind
    predict = predictor(kind, candidate.network)
    chosen = parts(data, kind)
    figures: dict[str, float] = {}
    for part in chosen:
        figures |= VALIDATORS[part.name](**part.settings)(candidate.restore, predict)
    return {"figures": {name: round(value, 4) for name, value in figures.items()},
            "validation": {part.name: part.settings for part in chosen}}


def predictor(kind: str, network: Any) -> Callable[[Batch], Prediction]:
    """Batch → prediction without gradients."""
    @torch.inference_mode()
    def predict(batch: Batch) -> Prediction:
        return FORWARD[kind](network, batch)

    return predict


def data_hashes(validation: dict[str, dict[str, Any]]) -> dict[str, str]:
    """sha256 of every file and folder that the validations read."""
    paths = {text for settings in validation.values() for value in settings.values() for text in texts(value)}
    return {path: sha256_of(Path(path)) for path in sorted(paths) if Path(path).exists()}
