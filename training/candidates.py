"""What can be evaluated, profiled and exported: baselines, packaged weights, weights files, checkpoints of runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from dehazer.errors import ConfigError
from dehazer.models import weights as packaged_weights
from dehazer.models.registry import MODELS
from training import checkpoint
from training.baselines import BASELINES
from training.config import Part
from training.inference import restorer
from training.networks import STUDENTS, Trainable, build_network
from training.teachers import TEACHERS

Restore = Callable[[Tensor], Tensor]
NETWORKS = STUDENTS | TEACHERS


@dataclass(frozen=True)
class Candidate:
    """restore: hazy → clear picture on the CPU, as deployed. network is None for baselines."""

    name: str
    weights: str
    restore: Restore
    network: nn.Module | None = None


def open_candidate(model: str, weights: str, device: torch.device) -> Candidate:
    """A baseline, or a network with packaged weights ("its"), a .safetensors file with its card, or a run's .pt.

    Raises ConfigError for an unknown name and WeightsError or TrainingError when the weights cannot be used.
    """
    if model in BASELINES:
        return Candidate(model, "", torch.inference_mode()(BASELINES[model]))
    if weights.endswith(".pt"):
        trainable, network, cell = from_checkpoint(Path(weights), model)
    else:
        if model not in MODELS:
            raise ConfigError(f"There is no model called {model!r}; choose one of: {', '.join([*BASELINES, *MODELS])}.")
        spec = MODELS[model]
        network, _ = packaged_weights.load(spec, weights or next(iter(spec.weights), ""))
        trainable, cell = STUDENTS[model], 8
    network.eval().to(device)
    return Candidate(model, weights, restorer(trainable, network, device, cell), network)


def from_checkpoint(path: Path, model: str = "") -> tuple[Trainable, Any, int]:
    """(how it is run, the network with its averaged weights, pixels per cell) of a run's checkpoint.

    model: needed only for checkpoints that carry no config.
    """
    config = checkpoint.load(path).get("config")
    part = Part(**config["network"]) if config else Part(model)
    _, network = build_network(part, NETWORKS)
    checkpoint.fit_weights(network, path)
    cell = int(config["data"]["settings"].get("cell", 8)) if config else 8
    return NETWORKS[part.name], network, cell
