"""The haze field: gain and offset on a small grid, J = a·I + b, and everything that is done with it.

Haze obeys I = J·t + A·(1 − t) (atmospheric scattering model, RFD eq. 1), so the clear picture is affine in the hazy one
with a = 1/t and b = A·(1 − 1/t). One gain for all three colours means that Y, U and V planes can be corrected directly:
a linear map of colours commutes with the field.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from dehazer.color import effective_matrix, plane_codes, rgb_to_yuv_matrix
from dehazer.errors import UsageError
from dehazer.frame import Frame

Grid = NDArray[np.float32]

BAND = 1 << 16
"""Floats of gain and offset that are worked on at a time; 4 bytes each, they fit into the second-level cache."""
PRODUCT = 220_000
"""Multiplications in one matrix product; OpenBLAS wakes its threads above 262,144, which costs far more than it saves."""

FIT_REGULARISATION = 1e-4
"""Added to the variance when a field is fitted; 1e-5 to 1e-4 measured best, 1e-3 already hurts."""


@dataclass(frozen=True)
class HazeMeter:
    """How hazy a picture is. transmission: mean t in (0, 1], 1 is clear air. haze: 1 − transmission.

    visibility: t of the haziest tenth of the picture (its own far field) in (0, 1]; 1 means nothing is veiled.
    """

    transmission: float
    visibility: float

    @property
    def haze(self) -> float:
        """Share of the light that is veil, 0 (clear) to 1."""
        return 1.0 - self.transmission


@dataclass(frozen=True, eq=False)
class HazeField:
    """A gain and three offsets per grid cell, for pictures with R, G, B in [0, 1].

    gain: (1, h, w) float32 ≥ 1 for haze, 1 is the identity. offset: (3, h, w) float32, 0 is the identity.
    extent: height and width covered by the grid, relative to the picture (slightly above 1 where the analysis was
    padded). neutral: known to be exactly the identity, so that applying it returns the very same pixels.
    """

    gain: Tensor
    offset: Tensor
    extent: tuple[float, float] = (1.0, 1.0)
    neutral: bool = False

    def __post_init__(self) -> None:
        if self.gain.ndim != 3 or self.gain.shape[0] != 1 or self.offset.shape != (3, *self.gain.shape[1:]):
            raise UsageError("A haze field needs a gain of shape (1, h, w) and an offset of shape (3, h, w), got "
                             f"{tuple(self.gain.shape)} and {tuple(self.offset.shape)}.")

    @property
    def grid(self) -> tuple[int, int]:
        """Rows and columns of the grid."""
        return int(self.gain.shape[1]), int(self.gain.shape[2])

    def strengthened(self, strength: float) -> HazeField:
        """a ← 1 + s(a − 1), b ← s·b for s in [0, 1]; s = 0 is the exact identity, s = 1 changes nothing.

        Raises UsageError outside [0, 1].
        """
        if not 0.0 <= strength <= 1.0:
            raise UsageError(f"Strength must lie between 0 and 1, got {strength}.")
        if strength == 1.0:
            return self
        return HazeField(1 + strength * (self.gain - 1), strength * self.offset, self.extent, strength == 0.0 or self.neutral)

    def blended(self, other: HazeField, weight: float | Tensor) -> HazeField:
        """self + weight · (other − self); weight a number in [0, 1] or one per cell, (1, h, w)."""
        if other.grid != self.grid:
            raise UsageError(f"Fields on different grids cannot be blended: {self.grid} and {other.grid}.")
        gain = self.gain + weight * (other.gain - self.gain)
        offset = self.offset + weight * (other.offset - self.offset)
        return HazeField(gain, offset, other.extent, self.neutral and other.neutral)

    def meter(self) -> HazeMeter:
        """Mean transmission and the visibility of the haziest tenth, from t = 1/a on the part the picture covers."""
        rows, columns = (max(1, round(n / e)) for n, e in zip(self.grid, self.extent, strict=True))
        t = (1 / self.gain[0, :rows, :columns]).flatten()
        far = torch.topk(t, max(1, t.numel() // 10), largest=False).values
        return HazeMeter(float(t.mean().clamp(0, 1)), float(far.mean().clamp(0, 1)))

    def upsampled(self, height: int, width: int) -> tuple[Tensor, Tensor]:
        """Gain (1, H, W) and offset (3, H, W) for every pixel, bilinear between cell centres, on the field's device."""
        size = [max(1, round(n * e)) for n, e in zip((height, width), self.extent, strict=True)]
        stacked = torch.cat([self.gain, self.offset])[None]
        full = F.interpolate(stacked, size=size, mode="bilinear", align_corners=False)[0, :, :height, :width]
        return full[:1], full[1:]

    def apply_rgb(self, rgb: Tensor) -> Tensor:
        """(…, 3, H, W) float RGB in [0, 1] → the same shape, not clamped. Differentiable."""
        if self.neutral:
            return rgb
        gain, offset = self.upsampled(int(rgb.shape[-2]), int(rgb.shape[-1]))
        return rgb * gain + offset

    def apply(self, frame: Frame) -> Frame:
        """Correct a frame in its own planes, whatever their layout; the exact same frame where the field is neutral."""
        return frame if self.neutral else frame.with_planes(apply_to_planes(self, frame))


def identity_field(rows: int, columns: int, device: str | torch.device = "cpu") -> HazeField:
    """The field that changes nothing."""
    return HazeField(torch.ones(1, rows, columns, device=device), torch.zeros(3, rows, columns, device=device), neutral=True)


def fit_field(hazy: Tensor, clear: Tensor, rows: int, columns: int) -> HazeField:
    """Least-squares field between two pictures: per cell, one gain for all colours and one offset each.

    Args:
        hazy, clear: (3, H, W) float RGB in [0, 1].
        rows, columns: grid size.
    """
    if hazy.shape != clear.shape or hazy.ndim != 3:
        raise UsageError("A field is fitted between two pictures of shape (3, H, W), got "
                         f"{tuple(hazy.shape)} and {tuple(clear.shape)}.")

    def mean(x: Tensor) -> Tensor:
        return F.adaptive_avg_pool2d(x[None], (rows, columns))[0]

    hazy_mean, clear_mean = mean(hazy), mean(clear)
    covariance = (mean(hazy * clear) - hazy_mean * clear_mean).sum(dim=0, keepdim=True)
    variance = (mean(hazy * hazy) - hazy_mean * hazy_mean).sum(dim=0, keepdim=True)
    gain = (covariance + FIT_REGULARISATION) / (variance + FIT_REGULARISATION)
    return HazeField(gain, clear_mean - gain * hazy_mean)


def plane_offsets(field: HazeField, frame: Frame) -> tuple[tuple[Tensor, float], ...]:
    """For every plane the offset grid in code values, and the code that the gain leaves in place.

    A plane with code = zero + span·v becomes code' = a·code + (1 − a)·zero + span·b; b is the offset seen in that
    plane's colour direction.
    """
    codes = plane_codes(frame)
    if frame.format.family == "rgb":
        return ((field.offset * codes[0][1], codes[0][0]),)
    offset = field.offset[[1, 2, 0]] if frame.format.family == "gbr" else _yuv_offset(field.offset, frame)
    return tuple((offset[i] * span, zero) for i, (zero, span) in enumerate(codes))


def _yuv_offset(offset: Tensor, frame: Frame) -> Tensor:
    """Offset in Y, U and V; written out because a matrix product of this size wakes more threads than it is worth."""
    rows = rgb_to_yuv_matrix(effective_matrix(frame.color, frame.height)).tolist()
    return torch.stack([r * offset[0] + g * offset[1] + b * offset[2] for r, g, b in rows])


def apply_to_planes(field: HazeField, frame: Frame) -> tuple[NDArray[Any], ...]:
    """The corrected planes of a frame, on the CPU, at full resolution and without converting colours.

    Planes of one size share the work on their gain; a packed RGB plane counts as one three times as wide.
    """
    out: list[NDArray[Any]] = [np.empty(p.shape, p.dtype) for p in frame.planes]
    shifts = _shifts(field, frame)
    for shape in dict.fromkeys(p.shape for p in frame.planes):
        same = [i for i, p in enumerate(frame.planes) if p.shape == shape]
        maps = np.hstack([_stretched(grid, shape, field.extent) for grid in (field.gain, *(shifts[i] for i in same))])
        pairs = [(_flat(frame.planes[i]), _flat(out[i])) for i in same]
        _affine(pairs, maps, _bands(field.grid[0], shape[0], maps.shape[1], field.extent[0]), 2**frame.format.bits - 1)
    return tuple(out)


def _shifts(field: HazeField, frame: Frame) -> list[Tensor]:
    """What is added in every plane after the gain, in code values: (n, h, w), three n for packed RGB."""
    return [((1 - field.gain) * zero + offset).reshape(-1, *field.grid) for offset, zero in plane_offsets(field, frame)]


def _flat(plane: NDArray[Any]) -> NDArray[Any]:
    return plane.reshape(plane.shape[0], -1)


def _stretched(grid: Tensor, shape: tuple[int, ...], extent: tuple[float, float]) -> Grid:
    """(n, h, w) as (h, samples in a row of the plane): every column, colours interleaved, but only the rows of the grid."""
    width = max(1, round(shape[1] * extent[1]))
    cells = np.ascontiguousarray(grid.detach().cpu().numpy().transpose(1, 2, 0))
    if len(shape) == 3 and cells.shape[2] == 1:
        cells = np.repeat(cells, shape[2], axis=2)
    wide = np.asarray(cv2.resize(cells, (width, cells.shape[0]), interpolation=cv2.INTER_LINEAR), np.float32)
    return wide.reshape(cells.shape[0], width, -1)[:, : shape[1]].reshape(cells.shape[0], -1)


class _Band(NamedTuple):
    """Some rows of a plane, the rows of the grid they lie between, and how much of each goes into each."""

    rows: slice
    cells: slice
    weights: Grid


@lru_cache(maxsize=16)
def _bands(cells: int, height: int, width: int, extent: float) -> tuple[_Band, ...]:
    """All rows of a plane, a few at a time, with bilinear weights between the rows of a grid; maps are `width` wide."""
    places = np.clip((np.arange(height) + 0.5) * cells / max(1, round(height * extent)) - 0.5, 0, cells - 1)
    above = places.astype(np.intp)
    share = (places - above).astype(np.float32)
    step = _rows_at_once(cells / (height * extent), width)
    return tuple(_band(slice(first, min(first + step, height)), above, share, cells) for first in range(0, height, step))


def _rows_at_once(cells_per_row: float, width: int) -> int:
    """So many rows that rows × width × (cells · rows + 2) multiplications stay below PRODUCT, and their maps in the cache."""
    room = PRODUCT / width
    rows = (math.sqrt(1 + cells_per_row * room) - 1) / cells_per_row
    return max(1, min(int(rows), BAND // width))


def _band(rows: slice, above: NDArray[np.intp], share: Grid, cells: int) -> _Band:
    first = above[rows.start]
    near = above[rows] - first
    weights = np.zeros((near.size, near[-1] + 2), np.float32)
    weights[np.arange(near.size), near] = 1 - share[rows]
    weights[np.arange(near.size), near + 1] = share[rows]
    used = min(cells - first, weights.shape[1])  # below the last row there is none; its share is zero
    return _Band(rows, slice(first, first + used), np.ascontiguousarray(weights[:, :used]))


def _affine(pairs: list[tuple[NDArray[Any], NDArray[Any]]], maps: Grid, bands: tuple[_Band, ...], top: int) -> None:
    """out ← plane · gain + shift, rounded and limited to [0, top], for (plane, out) pairs of one shape.

    maps: gain and one shift per pair side by side. Band by band, so that nothing but the pixels themselves leaves the
    cache. Rows are interpolated by a product with the few weights that are not zero, three times as quick as resizing.
    """
    rows, width = bands[0].weights.shape[0], pairs[0][0].shape[1]
    grown, product = np.empty((rows, maps.shape[1]), np.float32), np.empty((rows, width), np.float32)
    for band in bands:
        if band.weights.shape[0] != rows:  # the last one
            grown, product = grown[: band.weights.shape[0]], product[: band.weights.shape[0]]
        np.matmul(band.weights, maps[band.cells], out=grown)
        for i, (plane, out) in enumerate(pairs, start=1):
            cv2.multiply(plane[band.rows], grown[:, :width], dst=product, dtype=cv2.CV_32F)
            _added(product, grown[:, i * width : (i + 1) * width], out[band.rows], top)


def _added(product: Grid, shift: Grid, out: NDArray[Any], top: int) -> None:
    cv2.add(product, shift, dst=out, dtype=cv2.CV_8U if out.dtype == np.uint8 else cv2.CV_16U)
    if top not in (255, 65535):
        np.minimum(out, top, out=out)
