"""The backend that is always possible: torch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from dehazer.engine.backend import Array, Numbers
from dehazer.engine.devices import Device
from dehazer.engine.torch_devices import DTYPES, device_errors, torch_device
from dehazer.engine.transfer import to_host


class TorchBackend:
    """torch, eager, channels_last; 16-bit formats through autocast."""

    name = "torch"
    at_once = 1

    def __init__(self, network: Any, device: Device, precision: str) -> None:
        self.device, self.precision = device, precision
        self.batches = device.type != "cpu"
        with device_errors():
            self.network = network.to(torch_device(device), memory_format=torch.channels_last)

    def set_precision(self, precision: str) -> None:
        self.precision = precision

    @torch.inference_mode()
    def field(self, small: Array, stats: Array) -> tuple[Array, Array]:
        with device_errors(), self.casting():
            gain, offset = self.network(self.placed(small), self.placed(stats))
            return gain.float(), offset.float()

    def begin(self, small: Array, stats: Array) -> Callable[[], tuple[Array, Array]]:
        answer = self.field(small, stats)
        return lambda: answer

    @torch.inference_mode()
    def image(self, rgb: Array) -> Array:
        with device_errors(), self.casting():
            answer: Tensor = self.network(self.placed(rgb))
            return answer.float()

    def joined(self, arrays: Sequence[Array]) -> Array:
        return torch.cat([self.there(a) for a in arrays])

    def on_host(self, *arrays: Array) -> tuple[Numbers, ...]:
        with device_errors():
            return to_host(*(a if isinstance(a, Tensor) else torch.from_numpy(a) for a in arrays))

    def settle(self) -> None:
        """Nothing is."""

    def there(self, x: Array) -> Tensor:
        """On the device."""
        tensor = torch.from_numpy(np.ascontiguousarray(x)) if isinstance(x, np.ndarray) else x
        moved: Tensor = tensor.to(torch_device(self.device))
        return moved

    def placed(self, x: Array) -> Tensor:
        """On the device, in the layout convolutions like."""
        return self.there(x).contiguous(memory_format=torch.channels_last)

    def casting(self) -> Any:
        """The context the network runs in."""
        return torch.autocast(self.device.type, dtype=DTYPES[self.precision], enabled=self.precision != "fp32")

    def __repr__(self) -> str:
        return f"TorchBackend({self.device}, {self.precision})"
