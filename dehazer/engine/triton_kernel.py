"""Field application in one pass over the pixels, as a Triton kernel: every sample is read and written once, nothing else.

A program owns the rows between two rows of the grid and some columns: there the four maps are interpolated across once,
and down by a multiplication per row, so that the work per pixel is arithmetic alone.
"""

from __future__ import annotations

from importlib.util import find_spec

import torch
from torch import Tensor

from dehazer.engine.device_apply import PlaneJob

ROWS, COLUMNS = 8, 256
"""Samples that a program reads at a time."""


def available() -> bool:
    """Whether Triton is installed (it comes with torch for CUDA on Linux)."""
    return find_spec("triton") is not None


if available():
    import triton
    from triton import language as tl

    @triton.jit
    def _across(maps, row, left, right, part, inside):  # type: ignore[no-untyped-def]  # noqa: PLR0917
        """A row of a map at some columns."""
        near = tl.load(maps + row + left, mask=inside, other=0.0)
        return near + part * (tl.load(maps + row + right, mask=inside, other=0.0) - near)

    @triton.jit  # type: ignore[untyped-decorator]
    def _affine_kernel(  # type: ignore[no-untyped-def]  # noqa: PLR0917  kernels are launched by position
            plane, pitch, luma, luma_pitch, luma_height, luma_width, out, maps, height, samples, cells, columns_of_grid,
            scale_down, scale_across, top, guided: tl.constexpr, count: tl.constexpr, down: tl.constexpr,
            across: tl.constexpr, rows_at_once: tl.constexpr, columns_at_once: tl.constexpr):
        cell = tl.program_id(0)
        sample = tl.program_id(1) * columns_at_once + tl.arange(0, columns_at_once)
        within = sample < samples
        column = sample // count
        place = tl.minimum(tl.maximum((column.to(tl.float32) + 0.5) * scale_across - 0.5, 0.0), columns_of_grid - 1.0)
        left = place.to(tl.int32)
        right = tl.minimum(left + 1, columns_of_grid - 1)
        part = place - left.to(tl.float32)
        size = cells * columns_of_grid
        colour = (sample % count) * size
        upper = colour + cell * columns_of_grid
        lower = colour + tl.minimum(cell + 1, cells - 1) * columns_of_grid
        whole = count * size  # from one map to the next
        gain, shift = maps + whole, maps + 3 * whole
        gain0, gain1 = _across(gain, upper, left, right, part, within), _across(gain, lower, left, right, part, within)
        shift0, shift1 = _across(shift, upper, left, right, part, within), _across(shift, lower, left, right, part, within)
        if guided:
            rise = maps + 2 * whole
            slope0, slope1 = _across(maps, upper, left, right, part, within), _across(maps, lower, left, right, part, within)
            rise0, rise1 = _across(rise, upper, left, right, part, within), _across(rise, lower, left, right, part, within)
        first = tl.where(cell == 0, 0, tl.ceil((cell + 0.5) / scale_down - 0.5).to(tl.int32))
        last = tl.where(cell == cells - 1, height, tl.ceil((cell + 1.5) / scale_down - 0.5).to(tl.int32))
        last = tl.minimum(last, height)
        for start in range(first, last, rows_at_once):
            row = start + tl.arange(0, rows_at_once)
            inside = (row < last)[:, None] & within[None, :]
            share = tl.maximum((row.to(tl.float32) + 0.5) * scale_down - 0.5 - cell, 0.0)[:, None]
            a = gain0[None, :] + share * (gain1 - gain0)[None, :]
            b = shift0[None, :] + share * (shift1 - shift0)[None, :]
            if guided:
                light = tl.zeros((rows_at_once, columns_at_once), dtype=tl.float32)
                for i in tl.static_range(1 << down):
                    for j in tl.static_range(1 << across):
                        y = tl.minimum((row << down) + i, luma_height - 1).to(tl.int64)[:, None]
                        x = tl.minimum((column << across) + j, luma_width - 1)[None, :]
                        light += tl.load(luma + y * luma_pitch + x, mask=inside, other=0).to(tl.float32)
                if down + across > 0:
                    light = tl.floor(light / (1 << (down + across)) + 0.5)
                a += light * (slope0[None, :] + share * (slope1 - slope0)[None, :])
                b += light * (rise0[None, :] + share * (rise1 - rise0)[None, :])
            there = row[:, None].to(tl.int64) * pitch + sample[None, :]
            value = tl.load(plane + there, mask=inside, other=0).to(tl.float32) * a + b
            value = tl.minimum(tl.maximum(tl.floor(value + 0.5), 0.0), top * 1.0)
            tl.store(out + row[:, None].to(tl.int64) * samples + sample[None, :], value.to(out.dtype.element_ty), mask=inside)


def affine_fused(job: PlaneJob) -> Tensor:
    """As `device_apply.affine_torch`, in one pass."""
    plane, luma = job.samples, job.samples if job.luma is None else job.luma
    _, count, cells, columns = job.maps.shape
    height, samples = plane.shape
    out = torch.empty((height, samples), dtype=plane.dtype, device=plane.device)
    _affine_kernel[cells, triton.cdiv(samples, COLUMNS)](
        plane, plane.stride(0), luma, luma.stride(0), luma.shape[0], luma.shape[1], out, job.maps, height, samples, cells,
        columns, job.scales[0], job.scales[1], job.top,
        job.luma is not None, count, job.down, job.across, ROWS, COLUMNS)
    return out
