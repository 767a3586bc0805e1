"""A field applied to a frame on a graphics device, in the frame's own planes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import torch
from torch import Tensor
from torch.nn import functional as F

from dehazer.field import HazeField, plane_offsets
from dehazer.resident import ResidentFrame

Affine = Callable[[Tensor, Tensor, Tensor, float, int], Tensor]
"""(plane (H, S), gain (h, S), shift (h, S), rows of the grid per row of the plane, top) → the corrected plane."""


def apply_resident(field: HazeField, frame: ResidentFrame, affine: Affine) -> ResidentFrame:
    """`HazeField.apply` on the device, in one pass over the pixels where `affine` is fused."""
    planes = frame.awaited()
    gain = field.gain.to(frame.device, non_blocking=True)
    shifts = [((1 - field.gain) * zero + offset).reshape(-1, *field.grid).to(frame.device, non_blocking=True)
              for offset, zero in plane_offsets(field, frame)]
    top = 2**frame.format.bits - 1
    out: list[Tensor] = []
    for sheet, own in sheets(planes, shifts):
        samples = sheet.reshape(sheet.shape[0], -1)
        grids = [_stretched(grid, sheet, field.extent) for grid in (gain, own)]
        scale = field.grid[0] / max(1, round(sheet.shape[0] * field.extent[0]))
        done = affine(samples, grids[0], grids[1], scale, top).reshape(sheet.shape)
        interleaved = len(planes) == 3 and sheet.ndim == 3
        out += [done[..., 0], done[..., 1]] if interleaved else [done]
    return replace(frame, planes=tuple(out), ready=None, host=None)  # type: ignore[arg-type]


def sheets(planes: tuple[Tensor, ...], shifts: list[Tensor]) -> list[tuple[Tensor, Tensor]]:
    """Every piece of memory once, with the shifts of what is in it: U and V of an NV12 frame are one. Rows may lie apart."""
    if len(planes) == 3 and _interleaved(planes[1], planes[2]):
        u = planes[1]
        both = u.as_strided((*u.shape, 2), (*u.stride(), 1), u.storage_offset())
        return [(planes[0], shifts[0]), (both, torch.cat(shifts[1:]))]
    return list(zip(planes, shifts, strict=True))


def _interleaved(u: Tensor, v: Tensor) -> bool:
    same = u.untyped_storage().data_ptr() == v.untyped_storage().data_ptr()
    return same and u.stride(1) == 2 == v.stride(1) and v.storage_offset() - u.storage_offset() == 1


def _stretched(grid: Tensor, sheet: Tensor, extent: tuple[float, float]) -> Tensor:
    """(n, h, w) as (h, samples in a row): every column of the picture, colours interleaved, only the rows of the grid."""
    count = sheet.shape[2] if sheet.ndim == 3 else 1
    width = max(1, round(sheet.shape[1] * extent[1]))
    if grid.shape[0] != count:
        grid = grid.expand(count, -1, -1)
    rows = grid.shape[1]
    wide = F.interpolate(grid[None], size=(rows, width), mode="bilinear", align_corners=False)[0, :, :, : sheet.shape[1]]
    return wide.permute(1, 2, 0).reshape(rows, -1).contiguous()


def affine_plain(plane: Tensor, gain: Tensor, shift: Tensor, scale: float, top: int) -> Tensor:
    """The reference of every fused pass, in plain torch: bilinear between rows, multiply, add, round, limit."""
    rows, cells = plane.shape[0], gain.shape[0]
    place = ((torch.arange(rows, device=plane.device) + 0.5) * scale - 0.5).clamp(0, cells - 1)
    above = place.long()
    below, share = (above + 1).clamp(max=cells - 1), (place - above)[:, None]
    a = torch.lerp(gain[above], gain[below], share)
    b = torch.lerp(shift[above], shift[below], share)
    numbers = plane.to(torch.int32).float() if plane.dtype == torch.uint16 else plane.float()
    rounded = (numbers * a + b).round().clamp(0, top)
    return rounded.to(torch.int32).to(torch.uint16) if plane.dtype == torch.uint16 else rounded.to(plane.dtype)
