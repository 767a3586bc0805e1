"""What this machine is, and its measured peak rates, with which results are compared."""

from __future__ import annotations

import os
import platform
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import torch

from dehazer.bench.measure import timed
from dehazer.engine.devices import Device, cpu_computes_bf16, cpu_name, device_name

COPIED = {"cpu": 64 * 2**20, "cuda": 2**30}
"""Bytes copied at a time: more than the caches hold."""
MATRIX = {"cpu": 1536, "cuda": 8192}
"""Side of the matrices that are multiplied: large enough to keep the device busy."""


def machine(devices: list[Device], seconds: float = 0.5) -> dict[str, Any]:
    """Processor, memory, versions, and the measured rates of every device."""
    return {
        "date": date.today().isoformat(), "cpu": cpu_name(),
        "cores": os.cpu_count(), "memory_gb": round(memory_gb(), 1), "system": platform.platform(),
        "python": platform.python_version(), "versions": {n: v for n in ("torch", "openvino", "opencv-python", "av")
                                                          if (v := _version(n))},
        "threads": torch.get_num_threads(), "load": _load(),
        "rates": {str(d): {"name": device_name(d), "copy_gb_s": copy_rate(d, seconds),
                           "matmul_gflop_s": {p: matmul_rate(d, dtype, seconds) for p, dtype in _formats(d).items()}}
                  for d in devices},
    }


def _load() -> float | None:
    """Runnable processes per core over the last minute, before measuring: above 1 something else is running."""
    return round(os.getloadavg()[0] / (os.cpu_count() or 1), 2) if hasattr(os, "getloadavg") else None


def _formats(device: Device) -> dict[str, torch.dtype]:
    half = {"bf16": torch.bfloat16} if device.type == "cuda" or cpu_computes_bf16() else {}
    return {"fp32": torch.float32, **half}


def copy_rate(device: Device, seconds: float) -> float:
    """GB/s of a plain copy, read and write counted."""
    count = COPIED[device.type]
    source = torch.ones(count, dtype=torch.uint8, device=str(device))
    target = torch.empty_like(source)
    return round(2 * count / timed(lambda: target.copy_(source), device, seconds).p50 / 1e6, 1)


def matmul_rate(device: Device, dtype: torch.dtype, seconds: float) -> float:
    """GFLOP/s of a square matrix product."""
    side = MATRIX[device.type]
    a = torch.ones(side, side, dtype=dtype, device=str(device))
    return round(2 * side**3 / timed(lambda: a @ a, device, seconds).p50 / 1e6, 1)


def memory_gb() -> float:
    """Main memory in GiB, NaN where the system does not say."""
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return float("nan")


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
