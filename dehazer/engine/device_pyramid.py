"""The pyramid of a frame on a graphics device: the steps of `dehazer.field.pyramid.analyse` in plain torch."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from dehazer.field.pyramid import BLOCK, SHORT_SIDE, analysis_size
from dehazer.field.torch_pyramid import TensorPyramid, build_pyramid
from dehazer.frames.color import rgb8_from_gray8, rgb8_from_yuv8
from dehazer.frames.device_frame import DeviceFrame
from dehazer.frames.frame import Frame
from dehazer.models.padding import padded_to_multiple


def analyse_on_device(frame: DeviceFrame, lines: int = SHORT_SIDE) -> TensorPyramid:
    """`pyramid.analyse` on the device: the same steps, so the same numbers but for rounding in between."""
    size = analysis_size(frame.height, frame.width, lines)
    rgb = _analysis_rgb(frame, size)
    padded = padded_to_multiple(rgb, BLOCK, "reflect")
    pyramid = build_pyramid(padded)
    return TensorPyramid(pyramid.small, pyramid.stats, (padded.shape[-2] / size[0], padded.shape[-1] / size[1]))


def _analysis_rgb(frame: DeviceFrame, size: tuple[int, int]) -> Tensor:
    """(1, 3, H, W) float32 RGB in [0, 1], on whole 8-bit codes like the picture the network was trained with."""
    scale = 2.0 ** (8 - frame.format.bits)
    planes = [(_resized(_numbers(p), size) * scale).round() for p in frame.awaited()]  # to whole codes, as OpenCV does
    if frame.format.family == "rgb":
        rgb = planes[0]
    elif frame.format.family == "gbr":
        rgb = torch.cat([planes[2], planes[0], planes[1]], dim=1)
    else:
        rgb = _rgb_of_yuv(frame, planes)
    return rgb.round().clamp(0, 255) / 255


def _rgb_of_yuv(frame: Frame, planes: list[Tensor]) -> Tensor:
    """8-bit codes of Y, U, V (or Y alone) → 8-bit codes of R, G, B."""
    gray = len(planes) == 1
    affine = (rgb8_from_gray8 if gray else rgb8_from_yuv8)(frame).tolist()
    y, u, v = planes * 3 if gray else planes
    return torch.cat([a * y + b * u + c * v + level for a, b, c, level in affine], dim=1)


def _numbers(plane: Tensor) -> Tensor:
    """(1, C, H, W) float32 of a plane; packed RGB has three C."""
    numbers = plane.to(torch.int32).float() if plane.dtype == torch.uint16 else plane.float()
    return numbers.permute(2, 0, 1)[None] if numbers.ndim == 3 else numbers[None, None]


def _resized(x: Tensor, size: tuple[int, int]) -> Tensor:
    """As `pyramid._resized`: whole factors by averaging, the rest bilinear behind three taps."""
    if tuple(x.shape[-2:]) == size:
        return x
    x = _shrunk_by_whole(x, min(x.shape[-2] // size[0], x.shape[-1] // size[1]))
    ratios = x.shape[-2] / size[0], x.shape[-1] / size[1]
    if min(ratios) >= 1 and max(ratios) > 2:
        return F.interpolate(x, size=size, mode="bilinear", align_corners=False, antialias=True)
    if min(ratios) > 1:
        x = _softened(x, ratios)
    return F.interpolate(x, size=size, mode="bilinear", align_corners=False)


def _shrunk_by_whole(x: Tensor, factor: int) -> Tensor:
    height, width = x.shape[-2:]
    factor = next((f for f in range(factor, 1, -1) if height % f == 0 and width % f == 0), 1)
    return F.avg_pool2d(x, factor) if factor > 1 else x


def _softened(x: Tensor, ratios: tuple[float, float]) -> Tensor:
    for axis, ratio in zip((-2, -1), ratios, strict=True):
        side = (ratio**2 - 1) / 24
        pad = (0, 0, 1, 1) if axis == -2 else (1, 1, 0, 0)
        wide, length = F.pad(x, pad, mode="reflect"), x.shape[axis]
        x = side * (wide.narrow(axis, 0, length) + wide.narrow(axis, 2, length)) + (1 - 2 * side) * x
    return x
