"""Errors beside edges of depth: every packaged set of the field network, and the true field on the same grid."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from dehazer.models.registry import MODELS
from dehazer.models.weights import FOLDER, packaged_weights, read_card
from training.candidates import open_candidate
from training.data.samples import as_tensor
from training.data.scenes import Picture
from training.edges import EdgeCase, edge_cases, judged, pixels, true_field
from training.machine import machine
from training.provenance import sha256_of

TRUE = "true field on the grid"
COUNT, SEED = 24, 7


def measured(data: Path, command: str, count: int = COUNT) -> dict[str, Any]:
    """Figures by what was judged, with hashes of weights and data; data: the folder of the data sets."""
    photos, indoor = [str(data / "bsds" / "train.tar"), str(data / "clear-outdoor")], str(data / "nyu-rgbd")
    chosen = list(edge_cases(photos, indoor, count, SEED))
    names = packaged_weights(MODELS["field"])
    ways: dict[str, Callable[[EdgeCase], Picture]] = {f"field, `{name}`": restored_by(name) for name in names}
    ways[TRUE] = lambda case: pixels(true_field(case).apply_rgb(as_tensor(case.hazy).numpy()[0]))
    figures = {title: {name: round(value, 3) for name, value in judged(chosen, way).items()} for title, way in ways.items()}
    return {"figures": figures, "machine": machine(), "command": command,
            "sha256": {name: read_card(FOLDER / f"field-{name}.safetensors").sha256 for name in names},
            "validation": {"photos": photos, "indoor": indoor, "count": count, "seed": SEED},
            "data": {path: sha256_of(Path(path)) for path in (*photos, indoor)}}


def restored_by(name: str) -> Callable[[EdgeCase], Picture]:
    """What a packaged set of the field network makes of a case, through the deployed code."""
    restore = open_candidate("field", name, torch.device("cpu")).restore
    return lambda case: pixels(restore(as_tensor(case.hazy)).numpy()[0])
