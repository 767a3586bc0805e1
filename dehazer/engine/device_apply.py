"""A field applied to a frame on a graphics device, in the frame's own planes: `dehazer.field.planes` for tensors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from dehazer.field.haze_field import HazeField
from dehazer.field.planes import LinearCoefficients, PlaneCoefficients, plane_coefficients
from dehazer.frames.device_frame import DeviceFrame


@dataclass(frozen=True, eq=False)
class PlaneJob:
    """One piece of memory to be corrected in one pass: code' = (g1 · Y + g0) · code + (s1 · Y + s0).

    samples: (H, n·W) uint8 or uint16 codes, n interleaved colours; rows may lie apart. luma: codes of Y, uint8, uint16 or
    float32, (H << down, W << across) with an odd edge less, rows may lie apart; None where g1 and s1 are zero. maps:
    (4, n, h, w) float32 g1, g0, s1, s0. scales: rows and columns of the grid per row and column. top: largest code.
    """

    samples: Tensor
    luma: Tensor | None
    down: int
    across: int
    maps: Tensor
    scales: tuple[float, float]
    top: int


Affine = Callable[[PlaneJob], Tensor]
"""The corrected samples of a sheet, (H, n·W)."""


def apply_on_device(field: HazeField, frame: DeviceFrame, affine: Affine) -> DeviceFrame:
    """`HazeField.apply` on the device, in one pass over the pixels where `affine` is fused."""
    out: list[Tensor] = []
    for job in plane_jobs(field, frame):
        done, count = affine(job), job.maps.shape[1]
        shaped = done if count == 1 else done.reshape(done.shape[0], -1, count)
        out += [shaped[..., 0], shaped[..., 1]] if count == 2 else [shaped]
    return replace(frame, planes=tuple(out), ready=None, host=None)  # type: ignore[arg-type]


def plane_jobs(field: HazeField, frame: DeviceFrame) -> list[PlaneJob]:
    """Every piece of memory of a frame once; U and V of an NV12 frame are one."""
    planes, lines = frame.awaited(), field.lines()
    own = [np.stack(one) for one in _per_piece(planes, plane_coefficients(frame, lines))]
    maps = _uploaded(own, frame.device)
    luma = None if lines.plain else _luma(frame, planes, lines)
    pieces = [planes[0], _pair(planes[1])] if len(own) == 2 else list(planes)
    out = []
    for index, (piece, grids) in enumerate(zip(pieces, maps, strict=True)):
        down, across = (frame.format.sub_y, frame.format.sub_x) if index else (0, 0)
        size = [max(1, round(n * e)) for n, e in zip(piece.shape[:2], lines.extent, strict=True)]
        scales = grids.shape[2] / size[0], grids.shape[3] / size[1]
        out.append(PlaneJob(piece.reshape(piece.shape[0], -1), luma, down, across, grids, scales, 2**frame.format.bits - 1))
    return out


def _per_piece(planes: tuple[Tensor, ...], own: list[PlaneCoefficients]) -> list[list[np.ndarray]]:
    """The four grids of every piece of memory, (n, h, w) each."""
    if len(planes) == 3 and _interleaved(planes[1], planes[2]):
        return [_full(own[0]), [np.concatenate(both) for both in zip(_full(own[1]), _full(own[2]), strict=True)]]
    return [_full(one) for one in own]


def _full(own: PlaneCoefficients) -> list[np.ndarray]:
    """Gain repeated for every colour of packed RGB."""
    count = own.s0.shape[0]
    return [np.broadcast_to(grid, (count, *grid.shape[1:])) for grid in own]


def _uploaded(grids: list[np.ndarray], device: torch.device) -> list[Tensor]:
    """All grids of a frame in one transfer."""
    packed = torch.from_numpy(np.concatenate([g.ravel() for g in grids]).astype(np.float32, copy=False))
    there = packed.to(device, non_blocking=True)
    parts = torch.split(there, [g.size for g in grids])
    return [part.reshape(g.shape) for part, g in zip(parts, grids, strict=True)]


def _luma(frame: DeviceFrame, planes: tuple[Tensor, ...], lines: LinearCoefficients) -> Tensor:
    """The luma plane, or luma codes of RGB in float32."""
    if frame.format.family == "rgb":
        return _numbers(planes[0]) @ torch.tensor(lines.weights, device=frame.device)
    if frame.format.family == "gbr":
        green, blue, red = (_numbers(p) for p in planes)
        return red * lines.weights[0] + green * lines.weights[1] + blue * lines.weights[2]
    return planes[0]


def _interleaved(u: Tensor, v: Tensor) -> bool:
    same = u.untyped_storage().data_ptr() == v.untyped_storage().data_ptr()
    return same and u.stride(1) == 2 == v.stride(1) and v.storage_offset() - u.storage_offset() == 1


def _pair(u: Tensor) -> Tensor:
    """(H, W, 2): the memory that U is every other sample of."""
    return u.as_strided((*u.shape, 2), (*u.stride(), 1), u.storage_offset())


def _numbers(plane: Tensor) -> Tensor:
    return plane.to(torch.int32).float() if plane.dtype == torch.uint16 else plane.float()


def affine_torch(job: PlaneJob) -> Tensor:
    """The reference of every fused pass, in plain torch: everything at full size, step by step."""
    height, count = job.samples.shape[0], job.maps.shape[1]
    width = job.samples.shape[1] // count
    size = [round(n / s) for n, s in zip(job.maps.shape[2:], job.scales, strict=True)]
    full = F.interpolate(job.maps.flatten(0, 1)[None], size=size, mode="bilinear", align_corners=False)[0]
    g1, g0, s1, s0 = full[:, :height, :width].reshape(4, count, height, width).permute(0, 2, 3, 1).flatten(2)  # (4, H, n·W)
    gain, shift = g0, s0
    if job.luma is not None:
        luma = _luma_at(job, height, width).repeat_interleave(count, dim=1)
        gain, shift = g1 * luma + g0, s1 * luma + s0
    rounded: Tensor = (_numbers(job.samples) * gain + shift).round().clamp(0, job.top)
    kind = job.samples.dtype
    return rounded.to(torch.int32).to(torch.uint16) if kind == torch.uint16 else rounded.to(kind)


def _luma_at(job: PlaneJob, height: int, width: int) -> Tensor:
    """(H, W) luma where the samples are: the mean of the pixels that share one, rounded to a code."""
    assert job.luma is not None
    luma = _numbers(job.luma)
    if not job.down and not job.across:
        return luma
    more = (0, (width << job.across) - luma.shape[1], 0, (height << job.down) - luma.shape[0])
    edged = F.pad(luma[None], more, mode="replicate") if any(more) else luma[None]
    mean: Tensor = F.avg_pool2d(edged, (1 << job.down, 1 << job.across))[0]
    return torch.floor(mean + 0.5)
