"""Field application in one pass over the pixels, as a Triton kernel: reads and writes every sample once, nothing else.

The grids were stretched to the width of the plane before (a few hundred kilobytes, which stay in the second-level
cache); the kernel interpolates between their rows, multiplies, adds, rounds and limits.
"""

from __future__ import annotations

from importlib.util import find_spec

import torch
from torch import Tensor

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
            plane, pitch, out, gain, shift, height, width, cells, scale, top,
            rows_at_once: tl.constexpr, columns_at_once: tl.constexpr):
        rows = tl.program_id(0) * rows_at_once + tl.arange(0, rows_at_once)
        columns = tl.program_id(1) * columns_at_once + tl.arange(0, columns_at_once)
        inside = (rows < height)[:, None] & (columns < width)[None, :]
        place = tl.minimum(tl.maximum((rows.to(tl.float32) + 0.5) * scale - 0.5, 0.0), cells - 1.0)
        above = place.to(tl.int32)
        below = tl.minimum(above + 1, cells - 1)
        share = (place - above.to(tl.float32))[:, None]
        upper, lower = above[:, None] * width + columns[None, :], below[:, None] * width + columns[None, :]
        a = tl.load(gain + upper, mask=inside, other=0.0)
        a += share * (tl.load(gain + lower, mask=inside, other=0.0) - a)
        b = tl.load(shift + upper, mask=inside, other=0.0)
        b += share * (tl.load(shift + lower, mask=inside, other=0.0) - b)
        there = rows[:, None].to(tl.int64) * pitch + columns[None, :]
        value = tl.load(plane + there, mask=inside, other=0).to(tl.float32) * a + b
        value = tl.minimum(tl.maximum(tl.floor(value + 0.5), 0.0), top * 1.0)
        tl.store(out + rows[:, None].to(tl.int64) * width + columns[None, :], value.to(out.dtype.element_ty), mask=inside)


def affine_fused(plane: Tensor, gain: Tensor, shift: Tensor, scale: float, top: int) -> Tensor:
    """As `correcting.affine_plain`: plane (H, S) uint8 or uint16, rows may lie apart; gain, shift (h, S) float32, contiguous."""
    height, width = plane.shape
    out = torch.empty((height, width), dtype=plane.dtype, device=plane.device)
    grid = (triton.cdiv(height, ROWS), triton.cdiv(width, COLUMNS))
    _affine_kernel[grid](plane, plane.stride(0), out, gain, shift, height, width, gain.shape[0], scale, top, ROWS, COLUMNS)
    return out
