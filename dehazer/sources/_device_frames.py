"""Pictures that a hardware decoder left on its device, as frames of tensors: handed over by DLPack, never through main memory."""

from __future__ import annotations

from fractions import Fraction

import av
import torch
from torch import Tensor
from torch.utils.dlpack import from_dlpack

from dehazer.frames.device_frame import DeviceFrame
from dehazer.frames.frame import PIXEL_FORMATS, PixelFormat
from dehazer.sources._plane_converter import tags_of

LAYOUTS = {"nv12": ("yuv420p", 0), "p010le": ("yuv420p10le", 6), "p016le": ("yuv420p12le", 4)}
"""Layouts of hardware decoders → (the core's, how far up in its 16 bits a sample lies)."""


def is_on_device(picture: av.VideoFrame) -> bool:
    """Whether this picture is on a device, in a layout and size that can stay there."""
    layout = picture.sw_format
    return layout is not None and layout.name in LAYOUTS and picture.width % 2 == 0 and picture.height % 2 == 0


def device_frame(picture: av.VideoFrame, time_base: Fraction, index: int) -> DeviceFrame:
    """The picture as a frame on its device."""
    layout = picture.sw_format
    assert layout is not None
    form, planes = device_planes(picture, layout.name)
    return DeviceFrame(planes, form, picture.height, picture.width, tags_of(picture),  # type: ignore[arg-type]
                         picture.pts, time_base, index)


def device_planes(picture: av.VideoFrame, layout: str) -> tuple[PixelFormat, tuple[Tensor, Tensor, Tensor]]:
    """(layout, Y, U, V); U and V are views of one interleaved plane.

    Copied once, on the device: decoders own few pictures, and wait when those are held.
    """
    name, shift = LAYOUTS[layout]
    luma, both = (_shifted(from_dlpack(plane.__dlpack__()), shift) for plane in picture.planes)
    return PIXEL_FORMATS[name], (luma, both[..., 0], both[..., 1])


def _shifted(plane: Tensor, shift: int) -> Tensor:
    return (plane.to(torch.int32) >> shift).to(torch.uint16) if shift else plane.clone(memory_format=torch.contiguous_format)
