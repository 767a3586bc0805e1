"""Field application in one pass over the pixels, as a Triton kernel: reads and writes every sample once, nothing else.

The grids were stretched to the width of the plane before (a few hundred kilobytes, which stay in the second-level
cache); the kernel interpolates between their rows, multiplies, adds, rounds and limits.
"""

from __future__ import annotations

from importlib.util import find_spec

import torch
from torch import Tensor

from dehazer.engines.correcting import Sheet

ROWS, COLUMNS = 8, 512
"""Samples of one program: wide enough for full memory transactions on bytes, flat enough to keep the grid rows cached."""


def available() -> bool:
    """Whether Triton is installed (it comes with torch for CUDA on Linux)."""
    return find_spec("triton") is not None


if available():
    import triton
    from triton import language as tl

    @triton.jit  # type: ignore[untyped-decorator]
    def _affine_kernel(  # type: ignore[no-untyped-def]  # noqa: PLR0917  kernels are launched by position
            plane, pitch, luma, luma_pitch, out, maps, height, width, cells, scale, top,
            guided: tl.constexpr, share: tl.constexpr, rows_at_once: tl.constexpr, columns_at_once: tl.constexpr):
        rows = tl.program_id(0) * rows_at_once + tl.arange(0, rows_at_once)
        columns = tl.program_id(1) * columns_at_once + tl.arange(0, columns_at_once)
        inside = (rows < height)[:, None] & (columns < width)[None, :]
        place = tl.minimum(tl.maximum((rows.to(tl.float32) + 0.5) * scale - 0.5, 0.0), cells - 1.0)
        above = place.to(tl.int32)
        below = tl.minimum(above + 1, cells - 1)
        part = (place - above.to(tl.float32))[:, None]
        upper, lower = above[:, None] * width + columns[None, :], below[:, None] * width + columns[None, :]
        size = cells * width
        gain = tl.load(maps + size + upper, mask=inside, other=0.0)
        gain += part * (tl.load(maps + size + lower, mask=inside, other=0.0) - gain)
        shift = tl.load(maps + 3 * size + upper, mask=inside, other=0.0)
        shift += part * (tl.load(maps + 3 * size + lower, mask=inside, other=0.0) - shift)
        if guided:
            slope = tl.load(maps + upper, mask=inside, other=0.0)
            slope += part * (tl.load(maps + lower, mask=inside, other=0.0) - slope)
            rise = tl.load(maps + 2 * size + upper, mask=inside, other=0.0)
            rise += part * (tl.load(maps + 2 * size + lower, mask=inside, other=0.0) - rise)
            seen = rows[:, None].to(tl.int64) * luma_pitch + (columns // share)[None, :]
            light = tl.load(luma + seen, mask=inside, other=0).to(tl.float32)
            gain += slope * light
            shift += rise * light
        there = rows[:, None].to(tl.int64) * pitch + columns[None, :]
        value = tl.load(plane + there, mask=inside, other=0).to(tl.float32) * gain + shift
        value = tl.minimum(tl.maximum(tl.floor(value + 0.5), 0.0), top * 1.0)
        tl.store(out + rows[:, None].to(tl.int64) * width + columns[None, :], value.to(out.dtype.element_ty), mask=inside)


def affine_fused(sheet: Sheet) -> Tensor:
    """As `correcting.affine_plain`, in one pass."""
    plane, luma = sheet.samples, sheet.samples if sheet.luma is None else sheet.luma
    height, width = plane.shape
    out = torch.empty((height, width), dtype=plane.dtype, device=plane.device)
    grid = (triton.cdiv(height, ROWS), triton.cdiv(width, COLUMNS))
    _affine_kernel[grid](plane, plane.stride(0), luma, luma.stride(0), out, sheet.maps, height, width, sheet.maps.shape[1],
                         sheet.scale, sheet.top, sheet.luma is not None, sheet.share, ROWS, COLUMNS)
    return out
