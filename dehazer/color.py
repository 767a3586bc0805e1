"""Colour: YUV ↔ RGB matrices, code ranges and what an untagged picture means. Pure arithmetic, one place.

Conventions used everywhere: R, G, B and Y lie in [0, 1]; U and V (Cb, Cr) in [-0.5, 0.5]. *Code values* are what
is stored in planes: 0 … 2**bits - 1. Numbers of matrix, range, primaries and transfer are those of ITU-T H.273, as
FFmpeg stores them.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from dehazer.frame import ColorTags


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
    kr, kb = _LUMA[matrix]
    kg = 1 - kr - kb
    luma = np.array([kr, kg, kb])
    blue = (np.array([0, 0, 1.0]) - luma) / (2 * (1 - kb))
    red = (np.array([1.0, 0, 0]) - luma) / (2 * (1 - kr))
    return np.stack([luma, blue, red])


def yuv_to_rgb_matrix(matrix: Matrix) -> NDArray[np.float64]:
    """Inverse of `rgb_to_yuv_matrix`."""
    inverse: NDArray[np.float64] = np.linalg.inv(rgb_to_yuv_matrix(matrix))
    return inverse


def luma_code(bits: int, full: bool) -> tuple[float, float]:
    """(zero, span): code value of Y (or R, G, B) = zero + span · Y."""
    if full:
        return 0.0, float(2**bits - 1)
    return 16.0 * 2 ** (bits - 8), 219.0 * 2 ** (bits - 8)


def chroma_code(bits: int, full: bool) -> tuple[float, float]:
    """(zero, span): code value of U or V = zero + span · U."""
    middle = float(2 ** (bits - 1))
    return middle, float(2**bits - 1) if full else 224.0 * 2 ** (bits - 8)
