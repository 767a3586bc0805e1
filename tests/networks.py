"""Networks for tests: real architectures, small where that is allowed, with seeded random weights."""

from __future__ import annotations

from pathlib import Path
from typing import Any

SMALL: dict[str, dict[str, Any]] = {"field": {"widths": [8, 12, 16], "blocks": [1, 1, 1]}, "student": {"inner": 1}}
"""Constructor arguments that keep tests quick; the engine reads them from the card like those of any weights."""


def random_network(name: str, seed: int = 0, **settings: Any) -> Any:
    """A registered network whose answer depends on its input: heads that start at zero are drawn too."""
    import torch

    from dehazer.models.registry import model_spec

    torch.manual_seed(seed)
    network = model_spec(name).build(**settings).eval()
    with torch.no_grad():
        for parameter in network.parameters():
            if not parameter.any():
                parameter.normal_(0, 0.1)
    return network


def export_weights(folder: Path, model: str, name: str, network: Any, settings: dict[str, Any]) -> Path:
    """Write a network as a packaged set; returns the path of the safetensors file."""
    from safetensors.torch import save_file

    from dehazer.models.weights import Card, sha256_of, write_card

    path = folder / f"{model}-{name}.safetensors"
    save_file({key: value.contiguous() for key, value in network.state_dict().items()}, path)
    write_card(path, Card(model, name, sha256_of(path), "none: random numbers for tests", "none", settings=settings))
    return path


def export_random(folder: Path) -> None:
    """Every set of every registered model."""
    from dehazer.models.registry import MODELS

    for spec in MODELS.values():
        for seed, name in enumerate(spec.weights):
            settings = SMALL.get(spec.name, {})
            export_weights(folder, spec.name, name, random_network(spec.name, seed, **settings), settings)
