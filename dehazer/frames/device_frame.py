"""Frames that live on a graphics device: planes are torch tensors there, everything else is as in any frame.

torch is loaded by work on such frames alone, so that the rest of the program may ask whether a frame is one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dehazer.frames.frame import Frame

if TYPE_CHECKING:
    import torch
    from torch import Tensor


@dataclass(frozen=True, eq=False)
class DeviceFrame(Frame):
    """A frame whose planes are tensors on `device`.

    ready: CUDA event after which the planes are complete, None when they already are. host: the frame it was uploaded
    from, if it was. 4:2:0 chroma may be two views of one interleaved plane (NV12).
    """

    ready: Any = None
    host: Frame | None = None

    @property
    def device(self) -> torch.device:
        """Where the planes are."""
        plane: Any = self.planes[0]
        where: torch.device = plane.device
        return where

    def awaited(self) -> tuple[Tensor, ...]:
        """The planes, for work on the current stream; waits on the device, not on the host."""
        if self.ready is not None:
            import torch

            stream = torch.cuda.current_stream(self.device)
            stream.wait_event(self.ready)
            for plane in self.planes:
                plane.record_stream(stream)  # type: ignore[attr-defined]
        return self.planes  # type: ignore[return-value]


def host_original(frame: Frame) -> Frame:
    """The frame in main memory that was uploaded; the frame itself if it was not, or was created on a device."""
    return frame.host if isinstance(frame, DeviceFrame) and frame.host is not None else frame


def created_on_device(frame: Frame) -> Frame:
    """An uploaded frame as if it had been decoded on its device; other frames as they are."""
    if not isinstance(frame, DeviceFrame):
        return frame
    frame.awaited()
    return replace(frame, ready=None, host=None)


def awaited(frame: Frame) -> Frame:
    """The frame, with the current stream waiting for its planes."""
    if isinstance(frame, DeviceFrame):
        frame.awaited()
    return frame
