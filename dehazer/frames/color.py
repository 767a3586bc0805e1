"""Colour: YUV ↔ RGB matrices, code ranges and what an untagged picture means. Pure arithmetic, one place.

Conventions used everywhere: R, G, B and Y lie in [0, 1]; U and V (Cb, Cr) in [-0.5, 0.5]. *Code values* are what
is stored in planes: 0 … 2**bits - 1. Numbers of matrix, range, primaries and transfer are those of ITU-T H.273, as
FFmpeg stores them.
"""

from __future__ import annotations

from dataclasses import replace
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from dehazer.frames.frame import PIXEL_FORMATS, ColorTags, Frame, Range

if TYPE_CHECKING:
    from torch import Tensor


class Matrix(IntEnum):
    """Matrix coefficients (H.273 table 4)."""

    RGB = 0
    BT709 = 1
    UNSPECIFIED = 2
    FCC = 4
    BT470BG = 5
    SMPTE170M = 6
    SMPTE240M = 7
    YCGCO = 8
    BT2020_NCL = 9
    BT2020_CL = 10


HDR_TRANSFERS = {16: "PQ (SMPTE ST 2084)", 18: "HLG (ARIB STD-B67)"}

_LUMA = {  # (Kr, Kb)
    Matrix.BT709: (0.2126, 0.0722),
    Matrix.FCC: (0.30, 0.11),
    Matrix.BT470BG: (0.299, 0.114),
    Matrix.SMPTE170M: (0.299, 0.114),
    Matrix.SMPTE240M: (0.212, 0.087),
    Matrix.BT2020_NCL: (0.2627, 0.0593),
}


def hdr_name(tags: ColorTags) -> str | None:
    """Name of the HDR transfer curve, or None for standard dynamic range."""
    return HDR_TRANSFERS.get(tags.transfer)


def effective_matrix(tags: ColorTags, height: int) -> Matrix:
    """The matrix to compute with: as tagged; untagged is BT.709 from 720 lines on, else BT.601."""
    if tags.matrix in _LUMA:
        return Matrix(tags.matrix)
    return Matrix.BT709 if height >= 720 else Matrix.SMPTE170M


def rgb_to_yuv_matrix(matrix: Matrix) -> NDArray[np.float64]:
    """3×3 matrix M with (Y, U, V) = M · (R, G, B); raises KeyError for a matrix without constant-luma form."""
    return _rgb_to_yuv(matrix).copy()


@cache
def _rgb_to_yuv(matrix: Matrix) -> NDArray[np.float64]:
    kr, kb = _LUMA[matrix]
    luma = np.array([kr, 1 - kr - kb, kb])
    blue = (np.array([0, 0, 1.0]) - luma) / (2 * (1 - kb))
    red = (np.array([1.0, 0, 0]) - luma) / (2 * (1 - kr))
    return np.stack([luma, blue, red]).astype(np.float64)


def yuv_to_rgb_matrix(matrix: Matrix) -> NDArray[np.float64]:
    """Inverse of `rgb_to_yuv_matrix`."""
    return np.asarray(np.linalg.inv(rgb_to_yuv_matrix(matrix)), np.float64)


def luma_code(bits: int, full: bool) -> tuple[float, float]:
    """(zero, span): code value of Y (or R, G, B) = zero + span · Y."""
    if full:
        return 0.0, float(2**bits - 1)
    return 16.0 * 2 ** (bits - 8), 219.0 * 2 ** (bits - 8)


def chroma_code(bits: int, full: bool) -> tuple[float, float]:
    """(zero, span): code value of U or V = zero + span · U."""
    middle = float(2 ** (bits - 1))
    return middle, float(2**bits - 1) if full else 224.0 * 2 ** (bits - 8)


def rgb8_from_yuv8(frame: Frame) -> NDArray[np.float32]:
    """(3, 4) affine map from 8-bit codes Y, U, V, 1 of a frame's matrix and range to 8-bit R, G, B, not rounded or limited."""
    return _rgb8_from_yuv8(effective_matrix(frame.color, frame.height), frame.full_range).copy()


@cache
def _rgb8_from_yuv8(matrix: Matrix, full: bool) -> NDArray[np.float32]:
    (y0, y1), (c0, c1) = luma_code(8, full), chroma_code(8, full)
    linear = yuv_to_rgb_matrix(matrix) * 255 / np.array([y1, c1, c1])
    return np.hstack([linear, -linear @ np.array([[y0], [c0], [c0]])]).astype(np.float32)


def rgb8_from_gray8(frame: Frame) -> NDArray[np.float32]:
    """(3, 4) affine map as `rgb8_from_yuv8` for a picture that is luma alone, three times."""
    zero, span = luma_code(8, frame.full_range)
    return np.hstack([np.eye(3) * 255 / span, np.full((3, 1), -zero * 255 / span)]).astype(np.float32)


def plane_codes(frame: Frame) -> tuple[tuple[float, float], ...]:
    """(zero, span) of every plane of a frame; a packed RGB frame has one plane."""
    luma, chroma = luma_code(frame.format.bits, frame.full_range), chroma_code(frame.format.bits, frame.full_range)
    colours = (luma, chroma, chroma) if frame.format.family == "yuv" else (luma, luma, luma)
    return colours[: len(frame.planes)]


def frame_to_rgb(frame: Frame) -> Tensor:
    """A frame as (3, H, W) float32 RGB, where its planes are.

    Nominally [0, 1], slightly outside where the codes are (super-white, out of gamut).
    """
    import torch
    from torch.nn import functional as F

    planes: list[Tensor] = [(_float(p) - zero) / span for p, (zero, span) in zip(frame.planes, plane_codes(frame), strict=True)]
    if frame.format.family == "rgb":
        return planes[0].permute(2, 0, 1).contiguous()
    if frame.format.family == "gbr":
        return torch.stack([planes[2], planes[0], planes[1]])
    if frame.format.family == "gray":
        return planes[0].expand(3, -1, -1)
    size = (frame.height, frame.width)
    chroma = [F.interpolate(p[None, None], size=size, mode="bilinear", align_corners=False)[0, 0] for p in planes[1:]]
    matrix = torch.as_tensor(yuv_to_rgb_matrix(effective_matrix(frame.color, frame.height)), dtype=torch.float32)
    return torch.einsum("cy,yhw->chw", matrix.to(planes[0]), torch.stack([planes[0], *chroma]))


def add_rgb_change(frame: Frame, change: Tensor) -> Frame:
    """The frame plus a change of its colours, (3, H, W) float RGB where the frame's planes are.

    Only the change is converted, so that where it is zero every code value stays exactly as it is, chroma included.
    """
    planes = zip(frame.planes, _change_planes(frame, change), plane_codes(frame), strict=True)
    return frame.with_planes(tuple(_add(plane, delta * span, frame.format.bits) for plane, delta, (_, span) in planes))


def _change_planes(frame: Frame, change: Tensor) -> list[Tensor]:
    import torch
    from torch.nn import functional as F

    if frame.format.family == "rgb":
        return [change.permute(1, 2, 0)]
    if frame.format.family == "gbr":
        return [change[1], change[2], change[0]]
    matrix = torch.as_tensor(rgb_to_yuv_matrix(effective_matrix(frame.color, frame.height)), dtype=torch.float32)
    yuv = torch.einsum("yc,chw->yhw", matrix.to(change), change)
    rows_columns = [(p.shape[0], p.shape[1]) for p in frame.planes[1:]]
    chroma = [F.adaptive_avg_pool2d(c[None, None], size)[0, 0] for c, size in zip(yuv[1:], rows_columns, strict=False)]
    return [yuv[0], *chroma]


def _float(plane: Any) -> Tensor:
    import torch

    return torch.from_numpy(plane.astype(np.float32)) if isinstance(plane, np.ndarray) else plane.to(torch.float32)


def _add(plane: Any, delta: Tensor, bits: int) -> Any:
    import torch

    if isinstance(plane, np.ndarray):
        changed = np.rint(plane.astype(np.float32) + delta.numpy())
        return changed.clip(0, 2**bits - 1).astype(plane.dtype)
    rounded = (plane.to(torch.float32) + delta).round().clamp(0, 2**bits - 1)
    return rounded.to(torch.int32).to(plane.dtype)


LUMA_STEP = 8
"""Every so many samples of every so many rows are looked at for a mean."""


def mean_luma(frame: Frame) -> float:
    """Mean luma on the 8-bit scale, from every eighth sample of every eighth row: cheap and steady."""
    return _mean_code(frame, frame.planes[0][::LUMA_STEP, ::LUMA_STEP])


def luma_samples(frame: Frame) -> Frame:
    """What `mean_luma` looks at as a frame of its own, in main memory; of YUV its luma alone, in grey."""
    layout, color = frame.format, frame.color
    planes = tuple(np.ascontiguousarray(plane[::LUMA_STEP, ::LUMA_STEP]) for plane in frame.planes)
    if layout.family == "yuv":
        layout, planes = PIXEL_FORMATS["gray" if layout.bits == 8 else f"gray{layout.bits}le"], planes[:1]
        color = replace(color, matrix=int(effective_matrix(color, frame.height)),
                        range=int(Range.FULL if frame.full_range else Range.LIMITED))
    return replace(frame, planes=planes, format=layout, height=planes[0].shape[0], width=planes[0].shape[1], color=color,
                   transfer=None)


def mean_of_luma_samples(samples: Frame) -> float:
    """Mean luma, as `mean_luma`, of a frame made of `luma_samples`."""
    return _mean_code(samples, samples.planes[0])


def _mean_code(frame: Frame, plane: Any) -> float:
    mean = plane.mean(dtype=np.float64) if frame.on_host else plane.float().mean()
    return float(mean) * 2.0 ** (8 - frame.format.bits)
