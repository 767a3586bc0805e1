"""How much memory a device has left."""

from __future__ import annotations

from pathlib import Path

from dehazer.engine.devices import Device

UNKNOWN = 4 * 2**30
"""Assumed where the system does not say: enough for a 1080p picture in one piece, not for 4K."""
_MEMINFO = Path("/proc/meminfo")


def free_bytes(device: Device) -> int:
    """Bytes that can be had without pushing anything else out."""
    if device.type == "cuda":
        import torch

        free, _ = torch.cuda.mem_get_info(str(device))
        return free + torch.cuda.memory_reserved(str(device)) - torch.cuda.memory_allocated(str(device))
    if _MEMINFO.exists():
        lines = dict(line.split(":", 1) for line in _MEMINFO.read_text().splitlines() if ":" in line)
        return int(lines["MemAvailable"].split()[0]) * 1024 if "MemAvailable" in lines else UNKNOWN
    return UNKNOWN
