"""Execution modes: which one is tried when another fails, best first."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dehazer.engine.devices import CPU, Device, pick_precision
from dehazer.errors import DeviceError, ModelError, OutOfMemory
from dehazer.models.registry import ModelSpec

TILE, SMALLEST_TILE = 512, 128
"""Sides in pixels."""


@dataclass(frozen=True)
class ExecutionMode:
    """One way of computing. backend: "torch" or "openvino". tile: side in pixels, 0 for the picture in one piece.

    threads: of OpenVINO, 0 leaves their number to it. quick: a share of the cores is enough for a live frame.
    """

    backend: str
    device: Device
    precision: str
    tile: int = 0
    threads: int = 0
    quick: bool = False


def next_fallback(mode: ExecutionMode, spec: ModelSpec, error: DeviceError | ModelError) -> ExecutionMode | None:
    """What to try when `mode` failed with `error`; None when there is nothing left."""
    if isinstance(error, ModelError):
        return replace(mode, precision="fp32") if mode.precision != "fp32" else None
    memory = isinstance(error, OutOfMemory)
    if memory and spec.kind == "image" and spec.tiling != "no" and mode.tile != SMALLEST_TILE:
        return replace(mode, backend="torch", tile=mode.tile // 2 if mode.tile else TILE)
    if memory and mode.device.type != "cpu" and mode.precision == "fp32" and spec.half:
        return replace(mode, precision=pick_precision("auto", mode.device, spec))
    if mode.device.type != "cpu":
        return ExecutionMode("torch", CPU, "fp32", TILE if mode.tile else 0)
    return replace(mode, backend="torch", precision="fp32") if mode.backend != "torch" else None


def difference(before: ExecutionMode, now: ExecutionMode) -> str:
    """What changes from one mode to the next, for people."""
    if before.device != now.device:
        return "the processor, more slowly"
    if before.tile != now.tile:
        return f"tiles of {now.tile} pixels"
    return f"the backend {now.backend}" if before.backend != now.backend else f"{now.precision} numbers"


def not_finite() -> ModelError:
    """The error for answers that no picture can be made of."""
    return ModelError("The network answered with numbers that are not finite; use --precision fp32, and report the file "
                      "if that does not help.")
