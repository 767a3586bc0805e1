"""What the field network sees of a picture: a small copy and statistics of every full-resolution cell.

A cell is CELL × CELL pixels of the *analysis picture*: the frame itself when its short side is near the 460 lines the
network was trained at (padded by reflection to whole blocks), else the frame area-averaged to SHORT_SIDE lines. So the
scale always matches training, and the cost of the network does not depend on the resolution of the camera.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from dehazer.frames.color import rgb8_from_yuv8
from dehazer.frames.frame import Frame
from dehazer.frames.resize import resized

CELL = 8
BLOCK = 4 * CELL  # the network halves its grid twice
SHORT_SIDE = 448
NATIVE = range(384, 577)  # short sides that are looked at as they are
LONGEST = 2048  # bounds the work on panoramas
DIFFERENCE_FLOOR = 1e-3  # a quarter of one 8-bit step; keeps the logarithm finite on flat cells
DIFFERENCE_SHIFT, DIFFERENCE_SPAN = 5, 2  # bring that logarithm to roughly [-1, 1.5]

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Pyramid:
    """small (N, 3, 2h, 2w) float32 RGB in [0, 1]; stats (N, 9, h, w) float32: minimum, maximum, log difference.

    extent: height and width that the grid covers, relative to the picture (above 1 where it was padded).
    `dehazer.field.torch_pyramid` has the same in tensors.
    """

    small: NDArray[np.float32]
    stats: NDArray[np.float32]
    extent: tuple[float, float] = (1.0, 1.0)


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
    return Pyramid(small[None], stats[None], extent)


def picture_pyramid(rgb: Picture, cell: int = CELL) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """`torch_pyramid.build_pyramid` for one (H, W, 3) uint8 picture; H and W multiples of 4·cell, cell even, at most 8.

    Sums are exact. Returns small (3, 2h, 2w) and stats (9, h, w).
    """
    darkest, brightest = (_pooled(rgb, cell, extreme) for extreme in (cv2.min, cv2.max))
    differences = _columns_summed(_rows_summed(_step_across(rgb), cell) + _rows_summed(_step_along(rgb), cell), cell)
    stats = np.concatenate([_planar(darkest, 1), _planar(brightest, 1), _planar(differences, 2 * cell**2)])
    stats[6:] = (np.log(stats[6:] + np.float32(DIFFERENCE_FLOOR)) + DIFFERENCE_SHIFT) / DIFFERENCE_SPAN
    return _planar(_columns_summed(_rows_summed(rgb, cell // 2), cell // 2), (cell // 2) ** 2), stats


def _planar(cells: NDArray[Any], count: int) -> NDArray[np.float32]:
    """(h, w, 3) sums of `count` code values → (3, h, w) means in [0, 1]."""
    return np.ascontiguousarray(cells.transpose(2, 0, 1), dtype=np.float32) * np.float32(1 / (255 * count))


def _folded(picture: NDArray[Any], step: int, combine: Callable[..., Any]) -> Any:
    """Every `step` rows combined into one; whole rows are contiguous, which is what makes this quick."""
    rows: Any = picture[0::step]
    for i in range(1, step):
        rows = combine(rows, picture[i::step])
    return rows


def _pooled(picture: Picture, cell: int, combine: Callable[..., Any]) -> NDArray[Any]:
    """A minimum or maximum over cells: rows first, then, turned, the columns as rows."""
    turned = cv2.transpose(_folded(picture, cell, combine))
    return np.asarray(cv2.transpose(_folded(turned, cell, combine)))


def _rows_summed(picture: Picture, cell: int) -> NDArray[np.uint16]:
    """(h, W, 3): every `cell` rows of a picture added up, exact for at most 16 rows and columns."""
    height, width = picture.shape[:2]
    return np.asarray(picture.reshape(height // cell, cell, width * 3).sum(axis=1, dtype=np.uint16).reshape(-1, width, 3))


def _columns_summed(rows: NDArray[np.uint16], cell: int) -> NDArray[np.uint16]:
    """(h, w, 3): every `cell` columns added up."""
    return np.asarray(cv2.transpose(_folded(cv2.transpose(rows), cell, cv2.add)), np.uint16)


def _step_across(rgb: Picture) -> Picture:
    """Absolute difference to the next column; the last repeats the one before, as in torch."""
    out: Picture = np.empty_like(rgb)
    flat = rgb.reshape(-1)  # rows run on: only the last column of each is wrong, and that is replaced
    cv2.absdiff(flat[3:], flat[:-3], dst=out.reshape(-1)[:-3])
    out[:, -1] = out[:, -2]
    return out


def _step_along(rgb: Picture) -> Picture:
    """Absolute difference to the next row; the last repeats the one before."""
    out: Picture = np.empty_like(rgb)
    cv2.absdiff(rgb[1:], rgb[:-1], dst=out[:-1])
    out[-1] = out[-2]
    return out


def _padded(picture: Picture) -> tuple[Picture, tuple[float, float]]:
    """Reflect at the lower and right edge to whole blocks; returns the extent too."""
    height, width = picture.shape[:2]
    more = (-height % BLOCK, -width % BLOCK)
    if more == (0, 0):
        return picture, (1.0, 1.0)
    padded = _picture(cv2.copyMakeBorder(picture, 0, more[0], 0, more[1], cv2.BORDER_REFLECT_101))
    return padded, ((height + more[0]) / height, (width + more[1]) / width)


def _analysis_picture(frame: Frame, height: int, width: int) -> Picture:
    """(height, width, 3) uint8 RGB; planes are resized before anything else is done with them."""
    planes: list[Picture] = [_eight_bit(resized(p, height, width), frame.format.bits) for p in frame.planes]
    if frame.format.family == "rgb":
        return planes[0]
    if frame.format.family == "gbr":
        return _picture(cv2.merge([planes[2], planes[0], planes[1]]))
    if frame.format.family == "gray":
        planes = [planes[0], *(np.full((height, width), 128, np.uint8) for _ in range(2))]
    return _picture(cv2.transform(cv2.merge(planes), rgb8_from_yuv8(frame)))  # saturates to uint8


def _eight_bit(plane: NDArray[Any], bits: int) -> Picture:
    return plane if bits == 8 else _picture(cv2.convertScaleAbs(plane, alpha=2.0 ** (8 - bits)))


def _picture(array: Any) -> Picture:
    out: Picture = array
    return out
