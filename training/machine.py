"""What a figure was measured on, in words."""

from __future__ import annotations

import os

import torch

from dehazer.engine.devices import cpu_name


def machine() -> str:
    """GPU, or CPU model and cores in use; with torch's version."""
    if torch.cuda.is_available():
        return f"{torch.cuda.get_device_name()}, torch {torch.__version__}"
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{cores} cores of {cpu_name()}, torch {torch.__version__}"
