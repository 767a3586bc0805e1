"""What torch calls the devices and number formats of `dehazer.engine.devices`, and its failures turned into sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from dehazer.engine.devices import Device
from dehazer.errors import DeviceLost, OutOfMemory

DTYPES = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}


def torch_device(device: Device) -> torch.device:
    """The same device, for torch."""
    return torch.device(str(device))


@contextmanager
def device_errors() -> Iterator[None]:
    """Turns what torch raises for a device into OutOfMemory or DeviceLost; other errors pass unchanged."""
    try:
        yield
    except (RuntimeError, MemoryError) as error:  # torch's own two are RuntimeErrors
        if _is_memory(error):
            raise OutOfMemory("The device ran out of memory; use a smaller picture, --precision bf16 or --device cpu.",
                              str(error)) from error
        if _is_lost(error):
            raise DeviceLost("The device stopped working; start again, or use --device cpu.", str(error)) from error
        raise


def _is_memory(error: BaseException) -> bool:
    """For main memory torch raises a plain RuntimeError; only its text tells it from a mistake."""
    text = str(error)
    return isinstance(error, (MemoryError, torch.OutOfMemoryError)) or any(
        words in text for words in ("can't allocate memory", "not enough memory", "CUDA out of memory"))


def _is_lost(error: BaseException) -> bool:
    """torch.AcceleratorError came with torch 2.8; before, a RuntimeError with these words."""
    kind = getattr(torch, "AcceleratorError", None)
    return (kind is not None and isinstance(error, kind)) or "CUDA error" in str(error)
