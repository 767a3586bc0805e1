"""What the field network sees of a picture: a small copy and statistics of every full-resolution cell.

A cell is CELL × CELL pixels of the *analysis picture*: the frame itself when its short side is near the 460 lines the
network was trained at (padded by reflection to whole blocks), else the frame area-averaged to SHORT_SIDE lines. So the
scale always matches training, and the cost of the network does not depend on the resolution of the camera.
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

from dehazer.color import chroma_code, effective_matrix, luma_code, yuv_to_rgb_matrix
from dehazer.frame import Frame

CELL = 8
BLOCK = 4 * CELL  # the network halves its grid twice
SHORT_SIDE = 448
NATIVE = range(384, 577)  # short sides that are looked at as they are
LONGEST = 2048  # bounds the work on panoramas
DIFFERENCE_FLOOR = 1e-3  # a quarter of one 8-bit step; keeps the logarithm finite on flat cells

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Pyramid:
    """small (N, 3, 2h, 2w) float RGB in [0, 1]; stats (N, 9, h, w) float: minimum, maximum, log difference.

    extent: height and width that the grid covers, relative to the picture (above 1 where it was padded).
    """

    small: Tensor
    stats: Tensor
    extent: tuple[float, float] = (1.0, 1.0)


def log_difference(mean_difference: Tensor) -> Tensor:
    """Mean absolute neighbour difference ([0, 1] units) on a logarithmic scale of roughly [-1, 1.5]."""
    return (torch.log(mean_difference + DIFFERENCE_FLOOR) + 5) / 2


def build_pyramid(rgb: Tensor, cell: int = CELL) -> Pyramid:
    """The reference implementation, in plain torch: (N, 3, H, W) float RGB in [0, 1], H and W multiples of 4·cell."""
    small = F.avg_pool2d(rgb, cell // 2)
    low, high = -F.max_pool2d(-rgb, cell), F.max_pool2d(rgb, cell)
    across = F.pad((rgb[..., 1:] - rgb[..., :-1]).abs(), (0, 1, 0, 0), mode="replicate")
    along = F.pad((rgb[..., 1:, :] - rgb[..., :-1, :]).abs(), (0, 0, 0, 1), mode="replicate")
    differences = F.avg_pool2d(across + along, cell) / 2
    return Pyramid(small, torch.cat([low, high, log_difference(differences)], dim=1))


def analysis_size(height: int, width: int, lines: int = SHORT_SIDE) -> tuple[int, int]:
    """Height and width the picture is brought to before it is padded to whole blocks; itself when near 460 lines.

    lines: short side to aim for; fewer than SHORT_SIDE cost less and see less (only the live governor asks for it).
    """
    if lines == SHORT_SIDE and min(height, width) in NATIVE and max(height, width) <= LONGEST:
        return height, width
    scale = min(lines / min(height, width), LONGEST / max(height, width))
    return tuple(max(BLOCK, round(side * scale / BLOCK) * BLOCK) for side in (height, width))  # type: ignore[return-value]


def analyse(frame: Frame, lines: int = SHORT_SIDE) -> Pyramid:
    """The pyramid of one frame, on the CPU, from its own planes; no full-resolution RGB is made for large frames."""
    height, width = analysis_size(frame.height, frame.width, lines)
    picture, extent = _padded(_analysis_picture(frame, height, width))
    small, stats = picture_pyramid(picture)
    return Pyramid(torch.from_numpy(small)[None], torch.from_numpy(stats)[None], extent)


def picture_pyramid(rgb: Picture) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """`build_pyramid` for one (H, W, 3) uint8 picture with OpenCV; H and W multiples of 4·CELL."""
    height, width = rgb.shape[:2]
    rows, columns = height // CELL, width // CELL
    scaled = cv2.resize(rgb.astype(np.float32), (2 * columns, 2 * rows), interpolation=cv2.INTER_AREA)
    stats = np.concatenate([_cell_extreme(rgb, np.minimum), _cell_extreme(rgb, np.maximum), _cell_differences(rgb)], axis=2)
    small = np.ascontiguousarray(scaled.transpose(2, 0, 1)) * np.float32(1 / 255)
    stats = np.ascontiguousarray(stats.transpose(2, 0, 1))
    stats[:6] *= np.float32(1 / 255)
    stats[6:] = (np.log(stats[6:] * np.float32(1 / 255) + np.float32(DIFFERENCE_FLOOR)) + 5) / 2
    return small, stats


def _cell_extreme(rgb: Picture, extreme: np.ufunc) -> NDArray[np.float32]:
    """Minimum or maximum of every cell: whole rows first, which is contiguous, then the few that are left."""
    rows = rgb[0::CELL]
    for i in range(1, CELL):
        rows = extreme(rows, rgb[i::CELL])
    height, width = rows.shape[:2]
    cells = extreme.reduce(rows.reshape(height, width // CELL, CELL, 3), axis=2)
    return np.asarray(cells, np.float32)


def _cell_differences(rgb: Picture) -> NDArray[np.float32]:
    """Mean absolute difference of neighbours, across and along, per cell, in code values."""
    height, width = rgb.shape[:2]
    total = cv2.add(_step(rgb, 1), _step(rgb, 0), dtype=cv2.CV_32F)
    mean = cv2.resize(total, (width // CELL, height // CELL), interpolation=cv2.INTER_AREA)
    return np.asarray(mean, np.float32) / np.float32(2)


def _step(rgb: Picture, axis: int) -> Picture:
    """Absolute difference to the next row (axis 0) or column (1); the last repeats the one before, as in torch."""
    ahead, behind = (rgb[1:], rgb[:-1]) if axis == 0 else (rgb[:, 1:], rgb[:, :-1])
    bottom, right = (1, 0) if axis == 0 else (0, 1)
    return cv2.copyMakeBorder(cv2.absdiff(ahead, behind), 0, bottom, 0, right, cv2.BORDER_REPLICATE)  # type: ignore[return-value]


def _padded(picture: Picture) -> tuple[Picture, tuple[float, float]]:
    """Reflect at the lower and right edge to whole blocks; returns the extent too."""
    height, width = picture.shape[:2]
    more = (-height % BLOCK, -width % BLOCK)
    if more == (0, 0):
        return picture, (1.0, 1.0)
    padded: Picture = cv2.copyMakeBorder(picture, 0, more[0], 0, more[1], cv2.BORDER_REFLECT_101)
    return padded, ((height + more[0]) / height, (width + more[1]) / width)


def _analysis_picture(frame: Frame, height: int, width: int) -> Picture:
    planes: list[Picture] = [_eight_bit(p, frame.format.bits) for p in frame.planes]
    if frame.format.family == "rgb":
        return _resized(planes[0], height, width)
    if frame.format.family == "gbr":
        return cv2.merge([_resized(planes[i], height, width) for i in (2, 0, 1)])  # type: ignore[return-value]
    if frame.format.family == "gray":
        planes = [planes[0], *(np.full((2, 2), 128, np.uint8) for _ in range(2))]
    yuv = cv2.merge([_resized(p, height, width) for p in planes])
    return cv2.transform(yuv, _to_rgb(frame))  # type: ignore[return-value]  # saturates to uint8


def _to_rgb(frame: Frame) -> NDArray[np.float32]:
    """3×4 affine map from 8-bit Y, U, V codes to 8-bit R, G, B."""
    (y0, y1), (c0, c1) = luma_code(8, frame.full_range), chroma_code(8, frame.full_range)
    matrix = yuv_to_rgb_matrix(effective_matrix(frame.color, frame.height)) * 255 / np.array([y1, c1, c1])
    return np.hstack([matrix, -matrix @ np.array([[y0], [c0], [c0]])]).astype(np.float32)


def _eight_bit(plane: NDArray[Any], bits: int) -> Picture:
    return plane if bits == 8 else cv2.convertScaleAbs(plane, alpha=2.0 ** (8 - bits))  # type: ignore[return-value]


def _resized(plane: Picture, height: int, width: int) -> Picture:
    if plane.shape[:2] == (height, width):
        return plane
    shrinking = plane.shape[0] >= height and plane.shape[1] >= width
    how = cv2.INTER_AREA if shrinking else cv2.INTER_LINEAR
    return cv2.resize(plane, (width, height), interpolation=how)  # type: ignore[return-value]
