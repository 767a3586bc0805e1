"""Devices and number formats: choosing them, naming them, and turning their failures into sentences."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import torch

from dehazer.errors import ConfigError, DeviceError, DeviceLost, OutOfMemory
from dehazer.models.registry import ModelSpec

PRECISIONS = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}


def pick_device(name: str) -> torch.device:
    """"auto", "cpu", "cuda" or "cuda:N" as a torch device; raises ConfigError or DeviceError that says what there is."""
    if name == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    kind, _, number = name.partition(":")
    if kind not in ("cpu", "cuda") or (number and not (kind == "cuda" and number.isdigit())):
        raise ConfigError(f"--device {name} is not possible; choose auto, cpu, cuda or cuda:N.")
    if kind == "cuda" and not torch.cuda.is_available():
        raise DeviceError(f"--device {name} was asked for, but this machine offers no CUDA device; use --device cpu.")
    if number and int(number) >= torch.cuda.device_count():
        raise DeviceError(f"--device {name} does not exist; this machine has {torch.cuda.device_count()} CUDA device(s).")
    return torch.device(name)


def list_devices() -> list[str]:
    """One line per device that can compute, as --list-devices shows them."""
    cuda = (torch.cuda.get_device_properties(i) for i in range(torch.cuda.device_count()))
    return [f"cpu      {torch.get_num_threads()} threads",
            *(f"cuda:{i}   {p.name}, {p.total_memory / 2**30:.0f} GiB" for i, p in enumerate(cuda))]


def device_name(device: torch.device) -> str:
    """The device as a person would call it."""
    return "cpu" if device.type == "cpu" else torch.cuda.get_device_name(device)


def cpu_name() -> str:
    """The processor as it calls itself."""
    properties = Path("/proc/cpuinfo")
    if properties.exists():
        names = [line.partition(":")[2].strip() for line in properties.read_text().splitlines() if line.startswith("model name")]
        if names:
            return names[0]
    return platform.processor() or platform.machine()


def pick_precision(name: str, device: torch.device, spec: ModelSpec) -> torch.dtype:
    """The number format: as asked; auto is the quickest that keeps the answer.

    On CUDA devices bf16 where they have it, else fp16. On processors that compute in bf16 themselves, bf16 for fields,
    which are smooth (SOTS: 0.0 to 0.2 dB apart, mean change half a grey level); fp32 for pictures, which are not, and
    on all other processors.
    """
    if name != "auto":
        return PRECISIONS[name]
    if not spec.half:
        return torch.float32
    if device.type == "cpu":
        return torch.bfloat16 if spec.kind == "field" and cpu_computes_bf16() else torch.float32
    return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16


def cpu_computes_bf16() -> bool:
    """Whether the processor multiplies bf16 numbers itself (AVX512-BF16, AMX) instead of emulating them."""
    ask = getattr(torch.cpu, "get_capabilities", None)  # torch 2.10 and later; older ones compute in fp32
    abilities = ask() if ask is not None else {}
    return bool(abilities.get("avx512_bf16") or abilities.get("amx_bf16"))


def precision_name(precision: torch.dtype) -> str:
    """"fp32", "bf16" or "fp16"."""
    return {v: k for k, v in PRECISIONS.items()}[precision]


def current(device: torch.device) -> AbstractContextManager[Any]:
    """While inside, this thread's CUDA calls without a device go to this one."""
    return torch.cuda.device(device) if device.type == "cuda" and torch.cuda.is_available() else nullcontext()


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
