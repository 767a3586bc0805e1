"""Transfer of frames to a graphics device and back.

On CUDA, copies go through pinned memory on streams of their own, beside what is being computed. The same code runs on
any torch device, so that it is tested without a graphics card.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from dehazer.frames.device_frame import DeviceFrame
from dehazer.frames.frame import Frame


class DeviceTransfer:
    """Takes frames to a device and back; uploads and downloads each have a stream of their own on CUDA."""

    def __init__(self, device: torch.device) -> None:
        self.device = device
        self._up, self._down = (_stream(device), _stream(device))

    def upload(self, frame: Frame) -> DeviceFrame:
        """Start bringing a frame to the device; returns at once."""
        if isinstance(frame, DeviceFrame):
            return frame
        planes = [torch.from_numpy(np.ascontiguousarray(p)) for p in frame.planes]
        if self._up is None:
            return _device_frame(frame, tuple(p.to(self.device) for p in planes), None)
        with torch.cuda.stream(self._up):
            uploaded = tuple(p.pin_memory().to(self.device, non_blocking=True) for p in planes)
            event = torch.cuda.Event()  # type: ignore[no-untyped-call]
            event.record(self._up)
        return _device_frame(frame, uploaded, event)

    def download(self, frame: Frame) -> Frame:
        """The frame in main memory; waits for it (the one host synchronisation of the steady state)."""
        if not isinstance(frame, DeviceFrame):
            return frame
        planes = tuple(p.contiguous() for p in frame.awaited())
        if self._down is None:
            return _host_frame(frame, [p.cpu() for p in planes])
        self._down.wait_stream(torch.cuda.current_stream(self.device))
        with torch.cuda.stream(self._down):
            pinned = [torch.empty(p.shape, dtype=p.dtype, pin_memory=True).copy_(p, non_blocking=True) for p in planes]
            for plane in planes:
                plane.record_stream(self._down)
        self._down.synchronize()
        return _host_frame(frame, pinned)


def _stream(device: torch.device) -> Any:
    return torch.cuda.Stream(device) if device.type == "cuda" else None  # type: ignore[no-untyped-call]


def _device_frame(frame: Frame, planes: tuple[Tensor, ...], ready: Any) -> DeviceFrame:
    return DeviceFrame(planes, frame.format, frame.height, frame.width, frame.color, frame.pts,  # type: ignore[arg-type]
                         frame.time_base, frame.index, frame.captured, frame.transfer, frame.request, ready, frame)


def _host_frame(frame: Frame, planes: list[Tensor]) -> Frame:
    return Frame(tuple(p.numpy() for p in planes), frame.format, frame.height, frame.width, frame.color, frame.pts,
                 frame.time_base, frame.index, frame.captured, frame.transfer, frame.request)


def to_host(*tensors: Tensor) -> tuple[NDArray[np.float32], ...]:
    """Small float32 results in main memory, with one wait for all of them."""
    if tensors[0].device.type != "cuda":
        return tuple(t.numpy() for t in tensors)
    pinned = tuple(torch.empty(t.shape, dtype=t.dtype, pin_memory=True).copy_(t, non_blocking=True) for t in tensors)
    torch.cuda.current_stream(tensors[0].device).synchronize()
    return tuple(t.numpy() for t in pinned)
