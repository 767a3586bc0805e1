"""A virtual camera of pyvirtualcam's own kind that keeps what it shows, for systems that have none."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import pytest

DEVICE = "in memory"


class MemoryCamera:
    """A backend as `pyvirtualcam.register_backend` takes it. shown: all pictures, BGR. opened: how many were opened."""

    shown: ClassVar[list[np.ndarray]] = []
    opened: ClassVar[int] = 0

    def __init__(self, *, width: int, height: int, fps: float, fourcc: int, device: str | None) -> None:
        if device != DEVICE:
            raise RuntimeError(f"there is no {device}")
        self._size = height, width
        type(self).opened += 1

    def send(self, frame: np.ndarray) -> None:
        self.shown.append(frame.reshape(*self._size, 3).copy())

    def close(self) -> None:
        type(self).opened -= 1

    def device(self) -> str:
        return DEVICE

    def native_fourcc(self) -> int | None:
        return None


def memory_camera() -> type[MemoryCamera]:
    """Registers it, empty; skips the test where pyvirtualcam is not installed."""
    pyvirtualcam = pytest.importorskip("pyvirtualcam", reason="pyvirtualcam is not installed (pip install 'dehazer[virtualcam]')")
    MemoryCamera.shown.clear()
    pyvirtualcam.register_backend("memory", MemoryCamera)
    return MemoryCamera
