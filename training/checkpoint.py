"""Checkpoints: everything a run needs to go on as if it had never stopped, written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import nn

from training.errors import TrainingError

State = dict[str, Any]


def save(state: State, path: Path) -> None:
    """Write to a file beside `path`, then rename: an interruption leaves the former checkpoint untouched."""
    beside = path.with_name(path.name + ".partial")
    with beside.open("wb") as stream:
        torch.save(state, stream)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)


def load(path: Path) -> State:
    """Read a checkpoint (tensors and plain values only, never code); raises TrainingError when it cannot be read."""
    try:
        state: State = torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, RuntimeError, EOFError, ValueError, KeyError) as error:
        raise TrainingError(f"The checkpoint {path} is missing or damaged; give another one.", str(error)) from error
    return state


def load_weights(path: Path) -> State:
    """The network's weights in a checkpoint (the averaged ones when there are any) or in a .safetensors file."""
    if path.suffix == ".safetensors":
        if not path.is_file():
            raise TrainingError(f"There are no weights at {path}; give the path of a checkpoint or .safetensors file.")
        return dict(load_file(path))
    state = load(path)
    return state.get("ema") or state.get("network") or state


def fit_weights(network: nn.Module, path: Path) -> None:
    """Load weights into `network`; raises TrainingError when they belong to another one."""
    try:
        network.load_state_dict(load_weights(path))
    except RuntimeError as error:
        raise TrainingError(f"The weights {path} do not fit this network; check network.name and its settings.",
                            str(error)) from error
