"""The ladder: what is tried when a way of computing fails, best first."""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch

from dehazer.engines.devices import pick_precision, precision_name
from dehazer.errors import DeviceError, ModelError, OutOfMemory
from dehazer.models.registry import ModelSpec

TILE, SMALLEST_TILE = 512, 128
"""Sides in pixels."""


@dataclass(frozen=True)
class Rung:
    """One way of computing. backend: "torch" or "openvino". tile: side in pixels, 0 for the picture in one piece."""

    backend: str
    device: torch.device
    precision: torch.dtype
    tile: int = 0


def rung_below(rung: Rung, spec: ModelSpec, error: DeviceError | ModelError) -> Rung | None:
    """What to try when `rung` failed with `error`; None when there is nothing left."""
    if isinstance(error, ModelError):
        return replace(rung, precision=torch.float32) if rung.precision != torch.float32 else None
    memory = isinstance(error, OutOfMemory)
    if memory and spec.kind == "image" and spec.tiling != "no" and rung.tile != SMALLEST_TILE:
        return replace(rung, backend="torch", tile=rung.tile // 2 if rung.tile else TILE)
    if memory and rung.device.type != "cpu" and rung.precision == torch.float32 and spec.half:
        return replace(rung, precision=pick_precision("auto", rung.device, spec))
    if rung.device.type != "cpu":
        return Rung("torch", torch.device("cpu"), torch.float32, TILE if rung.tile else 0)
    return replace(rung, backend="torch", precision=torch.float32) if rung.backend != "torch" else None


def difference(before: Rung, now: Rung) -> str:
    """What changes from one rung to the next, for people."""
    if before.device != now.device:
        return "the processor, more slowly"
    if before.tile != now.tile:
        return f"tiles of {now.tile} pixels"
    return f"the backend {now.backend}" if before.backend != now.backend else f"{precision_name(now.precision)} numbers"
