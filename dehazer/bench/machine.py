"""What this machine is, and its measured peak rates, with which results are compared."""

from __future__ import annotations

import os
import platform
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from dehazer.bench.rates import copy_rate, product_rates
from dehazer.engine.devices import Device, cores, cpu_instructions, cpu_name, device_name


def machine(devices: list[Device], seconds: float = 0.5) -> dict[str, Any]:
    """Processor, memory, versions, and the measured rates of every device."""
    return {
        "date": date.today().isoformat(), "cpu": cpu_name(), "instructions": list(cpu_instructions()),
        "cores": os.cpu_count(), "memory_gb": round(memory_gb(), 1), "system": platform.platform(),
        "python": platform.python_version(), "versions": {n: v for n in ("torch", "openvino", "opencv-python", "av")
                                                          if (v := _version(n))},
        "threads": cores(), "load": _load(),
        "rates": {str(d): {"name": device_name(d), "copy_gb_s": copy_rate(d, seconds),
                           "matmul_gflop_s": product_rates(d, seconds)} for d in devices},
    }


def _load() -> float | None:
    """Runnable processes per core over the last minute, before measuring: above 1 something else is running."""
    return round(os.getloadavg()[0] / (os.cpu_count() or 1), 2) if hasattr(os, "getloadavg") else None


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
