"""The contract of whatever runs a network, and the one that is always there: torch."""

from __future__ import annotations

from typing import Any, Protocol

import torch
from torch import Tensor

from dehazer.engine.devices import device_errors, precision_name


class Backend(Protocol):
    """A network, ready to run on one device in one number format. One thread at a time.

    name: as --backend and `Engine.describe` show it. batches: whether several frames in one call cost less than one by
    one. Raises OutOfMemory and DeviceLost.
    """

    @property
    def name(self) -> str: ...

    device: torch.device
    precision: torch.dtype
    batches: bool

    def field(self, small: Tensor, stats: Tensor) -> tuple[Tensor, Tensor]:
        """(N, 3, 2h, 2w) and (N, 9, h, w) float32, anywhere → gain (N, 1, h, w), offset (N, 3, h, w), where it computes."""
        ...

    def image(self, rgb: Tensor) -> Tensor:
        """(N, 3, H, W) float32 RGB in [0, 1], anywhere → the answer, the same shape, not clamped, where it computes."""
        ...

    def settle(self) -> None:
        """Wait until nothing is prepared in the background any more."""
        ...

    def set_precision(self, precision: torch.dtype) -> None:
        """Compute in another number format from the next call on."""
        ...


class TorchBackend:
    """torch, eager, channels_last; 16-bit formats through autocast."""

    name = "torch"

    def __init__(self, network: Any, device: torch.device, precision: torch.dtype) -> None:
        self.device, self.precision = device, precision
        self.batches = device.type != "cpu"
        with device_errors():
            self.network = network.to(device, memory_format=torch.channels_last)

    def set_precision(self, precision: torch.dtype) -> None:
        self.precision = precision

    @torch.inference_mode()
    def field(self, small: Tensor, stats: Tensor) -> tuple[Tensor, Tensor]:
        with device_errors(), self.casting():
            gain, offset = self.network(self.placed(small), self.placed(stats))
            return gain.float(), offset.float()

    @torch.inference_mode()
    def image(self, rgb: Tensor) -> Tensor:
        with device_errors(), self.casting():
            answer: Tensor = self.network(self.placed(rgb))
            return answer.float()

    def settle(self) -> None:
        """Nothing is."""

    def placed(self, x: Tensor) -> Tensor:
        """On the device, in the layout convolutions like."""
        return x.to(self.device).contiguous(memory_format=torch.channels_last)

    def casting(self) -> Any:
        """The context the network runs in."""
        return torch.autocast(self.device.type, dtype=self.precision, enabled=self.precision != torch.float32)

    def __repr__(self) -> str:
        return f"TorchBackend({self.device}, {precision_name(self.precision)})"


