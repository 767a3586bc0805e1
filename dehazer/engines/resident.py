"""Frames that live on a graphics device, and the way there and back.

On CUDA, copies go through pinned memory on streams of their own, beside what is being computed. The same code runs on
any torch device, so that it is tested without a graphics card.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from torch import Tensor

from dehazer.frame import Frame


@dataclass(frozen=True, eq=False)
class ResidentFrame(Frame):
    """A frame whose planes are tensors on `device`.

    ready: CUDA event after which the planes are complete, None when they already are. host: the frame it was uploaded
    from, if it was. 4:2:0 chroma may be two views of one interleaved plane (NV12), see `sheets`.
    """

    ready: Any = None
    host: Frame | None = None

    @property
    def device(self) -> torch.device:
        """Where the planes are."""
        plane: Any = self.planes[0]
        return torch.device(plane.device)

    def awaited(self) -> tuple[Tensor, ...]:
        """The planes, for work on the current stream; waits on the device, not on the host."""
        if self.ready is not None:
            stream = torch.cuda.current_stream(self.device)
            stream.wait_event(self.ready)
            for plane in self.planes:
                plane.record_stream(stream)  # type: ignore[attr-defined]
        return self.planes  # type: ignore[return-value]


def uploaded_from(frame: Frame) -> Frame:
    """The frame in main memory that was uploaded; the frame itself if it was not, or was born on a device."""
    return frame.host if isinstance(frame, ResidentFrame) and frame.host is not None else frame


def born_there(frame: Frame) -> Frame:
    """An uploaded frame as if it had been decoded on its device; other frames as they are."""
    if not isinstance(frame, ResidentFrame):
        return frame
    frame.awaited()
    return replace(frame, ready=None, host=None)


def awaited(frame: Frame) -> Frame:
    """The frame, with the current stream waiting for its planes."""
    if isinstance(frame, ResidentFrame):
        frame.awaited()
    return frame


class Carrier:
    """Takes frames to a device and back; uploads and downloads each have a stream of their own on CUDA."""

    def __init__(self, device: torch.device) -> None:
        self.device = device
        self._up, self._down = (_stream(device), _stream(device))

    def upload(self, frame: Frame) -> ResidentFrame:
        """Start bringing a frame to the device; returns at once."""
        if isinstance(frame, ResidentFrame):
            return frame
        planes = [torch.from_numpy(np.ascontiguousarray(p)) for p in frame.planes]
        if self._up is None:
            return _resident(frame, tuple(p.to(self.device) for p in planes), None)
        with torch.cuda.stream(self._up):
            there = tuple(p.pin_memory().to(self.device, non_blocking=True) for p in planes)
            event = torch.cuda.Event()  # type: ignore[no-untyped-call]
            event.record(self._up)
        return _resident(frame, there, event)

    def download(self, frame: Frame) -> Frame:
        """The frame in main memory; waits for it (the one host synchronisation of the steady state)."""
        if not isinstance(frame, ResidentFrame):
            return frame
        planes = tuple(p.contiguous() for p in frame.awaited())
        if self._down is None:
            return _landed(frame, [p.cpu() for p in planes])
        self._down.wait_stream(torch.cuda.current_stream(self.device))
        with torch.cuda.stream(self._down):
            pinned = [torch.empty(p.shape, dtype=p.dtype, pin_memory=True).copy_(p, non_blocking=True) for p in planes]
            for plane in planes:
                plane.record_stream(self._down)
        self._down.synchronize()
        return _landed(frame, pinned)


def _stream(device: torch.device) -> Any:
    return torch.cuda.Stream(device) if device.type == "cuda" else None  # type: ignore[no-untyped-call]


def _resident(frame: Frame, planes: tuple[Tensor, ...], ready: Any) -> ResidentFrame:
    return ResidentFrame(planes, frame.format, frame.height, frame.width, frame.color, frame.pts,  # type: ignore[arg-type]
                         frame.time_base, frame.index, frame.captured, frame.carrier, ready, frame)


def _landed(frame: Frame, planes: list[Tensor]) -> Frame:
    return Frame(tuple(p.numpy() for p in planes), frame.format, frame.height, frame.width, frame.color, frame.pts,
                 frame.time_base, frame.index, frame.captured, frame.carrier)


def to_host(*tensors: Tensor) -> tuple[Tensor, ...]:
    """Small results in main memory, with one wait for all of them."""
    if tensors[0].device.type != "cuda":
        return tensors
    pinned = tuple(torch.empty(t.shape, dtype=t.dtype, pin_memory=True).copy_(t, non_blocking=True) for t in tensors)
    torch.cuda.current_stream(tensors[0].device).synchronize()
    return pinned
