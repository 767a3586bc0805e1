"""Devices and number formats, by name: torch is loaded for graphics cards alone, so that processors do without it."""

from __future__ import annotations

import ctypes
import math
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from dehazer.engine.cpu_quota import cpu_quota
from dehazer.errors import ConfigError, DeviceError
from dehazer.models.registry import ModelSpec

PRECISIONS = ("fp32", "bf16", "fp16", "int8")
"""Number formats of a network, as --precision takes them."""
DRIVERS = {"linux": "libcuda.so.1", "win32": "nvcuda.dll"}
"""The library of NVIDIA's driver by system; without it there is no CUDA device, and nothing else needs to be asked."""


@dataclass(frozen=True)
class Device:
    """Where something is computed. type: kind of device. index: which of several graphics cards, None for the current one."""

    type: Literal["cpu", "cuda"]
    index: int | None = None

    def __str__(self) -> str:
        return self.type if self.index is None else f"{self.type}:{self.index}"


CPU = Device("cpu")


def pick_device(name: str) -> Device:
    """"auto", "cpu", "cuda" or "cuda:N"; raises ConfigError or DeviceError that says what there is."""
    kind, _, number = name.partition(":")
    if name != "auto" and (kind not in ("cpu", "cuda") or (number and not (kind == "cuda" and number.isdigit()))):
        raise ConfigError(f"--device {name} is not possible; choose auto, cpu, cuda or cuda:N.")
    if kind == "cpu":
        return CPU
    count = cuda_count()
    if name == "auto":
        return Device("cuda") if count else CPU
    if not count:
        raise DeviceError(f"--device {name} was asked for, but this machine offers no CUDA device; use --device cpu.")
    if number and int(number) >= count:
        raise DeviceError(f"--device {name} does not exist; this machine has {count} CUDA device(s).")
    return Device("cuda", int(number) if number else None)


@cache
def cuda_count() -> int:
    """CUDA devices that torch can use. Where there is no driver or no torch, the answer is 0 and torch is not loaded."""
    if not _driver_is_there() or find_spec("torch") is None:
        return 0
    import torch

    return torch.cuda.device_count() if torch.cuda.is_available() else 0


def _driver_is_there() -> bool:
    with suppress(OSError, KeyError):
        ctypes.CDLL(DRIVERS[sys.platform])
        return True
    return False


def cuda_lines() -> list[str]:
    """One line per graphics card that can compute."""
    if not cuda_count():
        return []
    import torch

    cards = [torch.cuda.get_device_properties(i) for i in range(cuda_count())]
    return [f"cuda:{i}   {card.name}, {card.total_memory / 2**30:.0f} GiB" for i, card in enumerate(cards)]


def device_name(device: Device) -> str:
    """The device as a person would call it."""
    if device.type == "cpu":
        return "cpu"
    import torch

    return torch.cuda.get_device_name(str(device))


def cores() -> int:
    """Processor cores this process may use: those it is bound to, or fewer where its container is given the time of fewer."""
    bound = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, math.ceil(min(bound, _quota())))


@cache
def _quota() -> float:
    return cpu_quota()


def cpu_name() -> str:
    """The processor as it calls itself."""
    return _cpu_property("model name") or platform.processor() or platform.machine()


def cpu_instructions() -> tuple[str, ...]:
    """Instructions for networks that the processor has, by Linux's names; empty where the system does not say."""
    flags = _cpu_property("flags").split()
    return tuple(name for name in ("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_int8", "amx_bf16") if name in flags)


def cpu_computes_bf16() -> bool:
    """Whether the processor multiplies bf16 numbers itself (AVX512-BF16, AMX) instead of emulating them; Linux knows."""
    return not {"avx512_bf16", "amx_bf16"}.isdisjoint(cpu_instructions())


@cache
def _cpu_property(name: str) -> str:
    """A line of /proc/cpuinfo, of its first processor; empty where the system does not say."""
    properties = Path("/proc/cpuinfo")
    lines = properties.read_text().splitlines() if properties.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.partition(":")[0].strip() == name), "")


def pick_precision(name: str, device: Device, spec: ModelSpec) -> str:
    """The number format: as asked; auto is the quickest that keeps the answer.

    On CUDA devices bf16 where they have it, else fp16. On processors that compute in bf16 themselves, bf16 for fields,
    which are smooth (SOTS: 0.0 to 0.2 dB apart, mean change half a grey level); fp32 for pictures, which are not, and
    on all other processors.
    """
    if name != "auto":
        return name
    if not spec.half:
        return "fp32"
    if device.type == "cpu":
        return "bf16" if spec.kind == "field" and cpu_computes_bf16() else "fp32"
    import torch

    return "bf16" if torch.cuda.is_bf16_supported() else "fp16"


@contextmanager
def current(device: Device) -> Iterator[None]:
    """While inside, this thread's CUDA calls without a device go to this one."""
    if device.type != "cuda" or not cuda_count():
        yield
        return
    import torch

    with torch.cuda.device(str(device)):
        yield
