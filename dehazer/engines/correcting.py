"""A field applied to a frame on a graphics device, in the frame's own planes: `dehazer.planes` for tensors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from dehazer.field import HazeField
from dehazer.planes import Lines, PlaneLines, plane_lines
from dehazer.resident import ResidentFrame


@dataclass(frozen=True, eq=False)
class Sheet:
    """One piece of memory to be corrected in one pass: code' = (g1 · Y + g0) · code + (s1 · Y + s0).

    samples: (H, S) uint8 or uint16 codes; rows may lie apart. luma: (H, S / share) codes of Y, None where g1 and s1 are
    zero. share: samples per luma value (3 for packed RGB, 2 for interleaved chroma). maps: (4, h, S) float32 g1, g0, s1,
    s0, stretched to full width. scale: rows of the grid per row of the picture. top: largest code.
    """

    samples: Tensor
    luma: Tensor | None
    share: int
    maps: Tensor
    scale: float
    top: int


Affine = Callable[[Sheet], Tensor]
"""The corrected samples of a sheet, (H, S)."""


def apply_resident(field: HazeField, frame: ResidentFrame, affine: Affine) -> ResidentFrame:
    """`HazeField.apply` on the device, in one pass over the pixels where `affine` is fused."""
    planes, lines = frame.awaited(), field.lines()
    out: list[Tensor] = []
    for piece, own, luma in _pieces(planes, plane_lines(frame, lines), None if lines.plain else _luma(frame, planes, lines)):
        done = affine(_sheet(piece, own, luma, lines, 2**frame.format.bits - 1)).reshape(piece.shape)
        out += [done[..., 0], done[..., 1]] if _is_chroma_pair(piece, planes) else [done]
    return replace(frame, planes=tuple(out), ready=None, host=None)  # type: ignore[arg-type]


def _sheet(piece: Tensor, own: PlaneLines, luma: Tensor | None, lines: Lines, top: int) -> Sheet:
    maps = torch.stack([_stretched(grid, piece, lines.extent) for grid in own])
    rows = piece.shape[0]
    scale = lines.level.shape[1] / max(1, round(rows * lines.extent[0]))
    return Sheet(piece.reshape(rows, -1), luma, piece.shape[2] if piece.ndim == 3 else 1, maps, scale, top)


def _is_chroma_pair(piece: Tensor, planes: tuple[Tensor, ...]) -> bool:
    return len(planes) == 3 and piece.ndim == 3


def _luma(frame: ResidentFrame, planes: tuple[Tensor, ...], lines: Lines) -> list[Tensor]:
    """For every plane the luma codes of its samples."""
    if frame.format.family == "rgb":
        return [_numbers(planes[0]) @ torch.tensor(lines.weights, device=frame.device)]
    if frame.format.family == "gbr":
        green, blue, red = (_numbers(p) for p in planes)
        return [red * lines.weights[0] + green * lines.weights[1] + blue * lines.weights[2]] * 3
    if len(planes) == 1:
        return [planes[0]]
    chroma = planes[0]
    if planes[1].shape != chroma.shape:
        size = (planes[1].shape[0], planes[1].shape[1])
        chroma = F.adaptive_avg_pool2d(_numbers(chroma)[None], size)[0].round()
    return [planes[0], chroma, chroma]


def _pieces(planes: tuple[Tensor, ...], own: list[PlaneLines],
            luma: list[Tensor] | None) -> list[tuple[Tensor, PlaneLines, Tensor | None]]:
    """Every piece of memory once, with what belongs to it: U and V of an NV12 frame are one piece, (H, W, 2)."""
    seen: list[Tensor | None] = [None] * len(planes) if luma is None else [*luma]
    if len(planes) == 3 and _interleaved(planes[1], planes[2]):
        u = planes[1]
        both = u.as_strided((*u.shape, 2), (*u.stride(), 1), u.storage_offset())
        pair = PlaneLines(*(np.concatenate([_wide(a, 1), _wide(b, 1)]) for a, b in zip(own[1], own[2], strict=True)))
        return [(planes[0], own[0], seen[0]), (both, pair, seen[1])]
    return list(zip(planes, own, seen, strict=True))


def _wide(grid: np.ndarray, count: int) -> np.ndarray:
    return np.broadcast_to(grid, (count, *grid.shape[1:]))


def _interleaved(u: Tensor, v: Tensor) -> bool:
    same = u.untyped_storage().data_ptr() == v.untyped_storage().data_ptr()
    return same and u.stride(1) == 2 == v.stride(1) and v.storage_offset() - u.storage_offset() == 1


def _stretched(grid: np.ndarray, piece: Tensor, extent: tuple[float, float]) -> Tensor:
    """(n, h, w) as (h, samples in a row): every column of the picture, colours interleaved, only the rows of the grid."""
    count = piece.shape[2] if piece.ndim == 3 else 1
    cells = torch.from_numpy(np.ascontiguousarray(grid, np.float32)).to(piece.device, non_blocking=True)
    rows, width = grid.shape[1], max(1, round(piece.shape[1] * extent[1]))
    wide = F.interpolate(cells[None], size=(rows, width), mode="bilinear", align_corners=False)[0, :, :, : piece.shape[1]]
    return wide.expand(count, -1, -1).permute(1, 2, 0).reshape(rows, -1).contiguous()


def _numbers(plane: Tensor) -> Tensor:
    return plane.to(torch.int32).float() if plane.dtype == torch.uint16 else plane.float()


def affine_plain(sheet: Sheet) -> Tensor:
    """The reference of every fused pass, in plain torch: bilinear between rows, lines in luma, round, limit."""
    plane, cells = sheet.samples, sheet.maps.shape[1]
    place = ((torch.arange(plane.shape[0], device=plane.device) + 0.5) * sheet.scale - 0.5).clamp(0, cells - 1)
    above = place.long()
    below, share = (above + 1).clamp(max=cells - 1), (place - above)[:, None]
    g1, g0, s1, s0 = (torch.lerp(m[above], m[below], share) for m in sheet.maps)
    gain, shift = g0, s0
    if sheet.luma is not None:
        luma = _numbers(sheet.luma).repeat_interleave(sheet.share, dim=1)
        gain, shift = g1 * luma + g0, s1 * luma + s0
    rounded = (_numbers(plane) * gain + shift).round().clamp(0, sheet.top)
    return rounded.to(torch.int32).to(torch.uint16) if plane.dtype == torch.uint16 else rounded.to(plane.dtype)
