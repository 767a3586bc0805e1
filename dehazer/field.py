"""The haze field: gain and offset on a small grid, J = a·I + b, and everything that is done with it.

Haze obeys I = J·t + A·(1 − t) (atmospheric scattering model, RFD eq. 1), so the clear picture is affine in the hazy one
with a = 1/t and b = A·(1 − 1/t). One gain for all three colours means that Y, U and V planes can be corrected directly:
a linear map of colours commutes with the field.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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
    matrix = torch.as_tensor(rgb_to_yuv_matrix(effective_matrix(frame.color, frame.height)), dtype=torch.float32)
    return torch.einsum("yc,chw->yhw", matrix.to(offset), offset)


def apply_to_planes(field: HazeField, frame: Frame) -> tuple[NDArray[Any], ...]:
    """The corrected planes of a frame, on the CPU, at full resolution and without converting colours."""
    gain = field.gain[0].detach().cpu()
    return tuple(
        _affine(plane, gain, ((1 - gain) * zero + offset.detach().cpu()), field.extent, 2**frame.format.bits - 1)
        for plane, (offset, zero) in zip(frame.planes, plane_offsets(field, frame), strict=True)
    )


def _affine(plane: NDArray[Any], gain: Tensor, offset: Tensor, extent: tuple[float, float], top: int) -> NDArray[Any]:
    """plane · gain + offset, rounded and limited to [0, top]; gain (h, w), offset (h, w) or (3, h, w) for packed RGB."""
    height, width = plane.shape[:2]
    grown: NDArray[Any] = _grow(gain.numpy(), height, width, extent)
    if plane.ndim == 3:
        grown = cv2.merge([grown, grown, grown])
        shift = _grow(np.ascontiguousarray(offset.numpy().transpose(1, 2, 0)), height, width, extent)
    else:
        shift = _grow(offset.numpy(), height, width, extent)
    product = cv2.multiply(plane, grown, dtype=cv2.CV_32F)
    depth = cv2.CV_8U if plane.dtype == np.uint8 else cv2.CV_16U
    out: NDArray[Any] = cv2.add(product, shift, dtype=depth)
    return out if top in (255, 65535) else np.minimum(out, plane.dtype.type(top))


def _grow(grid: Grid, height: int, width: int, extent: tuple[float, float]) -> Grid:
    size = (max(1, round(width * extent[1])), max(1, round(height * extent[0])))
    full = np.asarray(cv2.resize(grid, size, interpolation=cv2.INTER_LINEAR), np.float32)
    return full if full.shape[:2] == (height, width) else np.ascontiguousarray(full[:height, :width])
