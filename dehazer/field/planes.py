"""A haze field applied to the planes of a frame, on the processor, at full resolution and without converting colours.

A field is given as straight lines in luma: the gain of a pixel is slope · L + level, with L the luma of that very pixel
in [0, 1], and the three offsets likewise (see `dehazer.field.haze_field.HazeField.lines`). Slopes of zero make it plain
interpolation. A plane with code = zero + span · v and luma code Y = y0 + y1 · L then becomes

    code' = (g1 · Y + g0) · code + (s1 · Y + s0)

with four small grids per plane, brought to full size band by band, so that nothing but the pixels themselves leaves the
processor's cache.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from dehazer.frames.color import effective_matrix, luma_code, plane_codes, rgb_to_yuv_matrix
from dehazer.frames.frame import Frame

Grid = NDArray[np.float32]
Plane = NDArray[Any]

BAND = 1 << 16
"""Samples that are corrected at a time: their maps, 4 bytes a sample, stay in the second-level cache."""
PRODUCT = 220_000
"""Multiplications in one matrix product; OpenBLAS wakes its threads above 262,144, which costs far more than it saves."""


@dataclass(frozen=True, eq=False)
class LinearCoefficients:
    """slope, level: (4, h, w) float32 of gain and the offsets of R, G, B. extent: of the grid, relative to the picture.

    weights: of R, G and B in luma.
    """

    slope: Grid
    level: Grid
    extent: tuple[float, float]
    weights: tuple[float, float, float]

    @property
    def plain(self) -> bool:
        """Whether luma plays no part."""
        return not self.slope.any()


class PlaneCoefficients(NamedTuple):
    """(n, h, w) each, n = 3 for packed RGB: code' = (g1 · Y + g0) · code + (s1 · Y + s0)."""

    g1: Grid
    g0: Grid
    s1: Grid
    s0: Grid


def luma_weights(frame: Frame) -> tuple[float, float, float]:
    """Share of R, G and B in the luma of a frame."""
    red, green, blue = rgb_to_yuv_matrix(effective_matrix(frame.color, frame.height))[0].tolist()
    return red, green, blue


def plane_coefficients(frame: Frame, lines: LinearCoefficients) -> list[PlaneCoefficients]:
    """The four grids of every plane of the frame."""
    y0, y1 = luma_code(frame.format.bits, frame.full_range)
    gain1, gain0 = lines.slope[:1] / y1, lines.level[:1] - lines.slope[:1] * (y0 / y1)
    shift1, shift0 = lines.slope[1:] / y1, lines.level[1:] - lines.slope[1:] * (y0 / y1)
    ways, codes = _directions(frame), plane_codes(frame)
    return [PlaneCoefficients(gain1, gain0, _projected(shift1, way) * np.float32(span) - np.float32(zero) * gain1,
                       _projected(shift0, way) * np.float32(span) + np.float32(zero) * (np.float32(1) - gain0))
            for way, (zero, span) in zip(ways, codes, strict=True)]


def _directions(frame: Frame) -> list[NDArray[np.float32]]:
    """For every plane, how R, G and B add up to what it holds: (n, 3)."""
    if frame.format.family == "rgb":
        return [np.eye(3, dtype=np.float32)]
    if frame.format.family == "gbr":
        return [np.eye(3, dtype=np.float32)[i : i + 1] for i in (1, 2, 0)]
    matrix = rgb_to_yuv_matrix(effective_matrix(frame.color, frame.height)).astype(np.float32)
    return [matrix[i : i + 1] for i in range(len(frame.planes))]


def _projected(shift: Grid, way: NDArray[np.float32]) -> Grid:
    """Written out because a matrix product of this size wakes more threads than it is worth."""
    rows = [sum((shift[c] * way[n, c] for c in range(1, 3)), shift[0] * way[n, 0]) for n in range(way.shape[0])]
    return np.stack(rows)


def corrected(frame: Frame, lines: LinearCoefficients) -> tuple[Plane, ...]:
    """The corrected planes. Planes of one size share the work on their gain; packed RGB is a plane three times as wide."""
    out: list[Plane] = [np.empty(p.shape, p.dtype) for p in frame.planes]
    own = plane_coefficients(frame, lines)
    for job in _jobs(frame, lines):
        shape = frame.planes[job.members[0]].shape
        maps = [_stretched(grid, shape, lines.extent) for grid in job.grids(own)]
        pairs = [(_flat(frame.planes[i]), _flat(out[i])) for i in job.members]
        bands = _bands(lines.level.shape[1], shape[0], maps[0].shape[1], lines.extent[0])
        _run(job, pairs, maps, bands, 2**frame.format.bits - 1)
    return tuple(out)


Guide = Callable[[slice], Plane]
"""Luma code values of some rows, one for every sample of the plane."""


class _Job(NamedTuple):
    """Planes of one shape that are done together. work: of one band. guide: None where luma plays no part, or is the plane."""

    members: tuple[int, ...]
    work: Callable[..., None]
    grids: Callable[[list[PlaneCoefficients]], list[Grid]]
    guide: Guide | None = None


def _jobs(frame: Frame, lines: LinearCoefficients) -> list[_Job]:
    if lines.plain:
        shapes = dict.fromkeys(p.shape for p in frame.planes)
        members = [tuple(i for i, p in enumerate(frame.planes) if p.shape == shape) for shape in shapes]
        return [_plain_job(m) for m in members]
    if frame.format.family in ("rgb", "gbr"):
        return [_guided_job(tuple(range(len(frame.planes))), _luma_of(frame, lines.weights))]
    luma = _Job((0,), _self_guided, lambda own: [own[0].g1, own[0].g0 + own[0].s1, own[0].s0])
    return [luma, *([_guided_job((1, 2), _shrunk_luma(frame))] if frame.format.family == "yuv" else [])]


def _plain_job(members: tuple[int, ...]) -> _Job:
    return _Job(members, _plain, lambda own: [own[members[0]].g0, *(own[i].s0 for i in members)])


def _guided_job(members: tuple[int, ...], guide: Guide) -> _Job:
    def grids(own: list[PlaneCoefficients]) -> list[Grid]:
        first = own[members[0]]
        return [first.g1, first.g0, *(grid for i in members for grid in (own[i].s1, own[i].s0))]

    return _Job(members, _guided, grids, guide)


def _shrunk_luma(frame: Frame) -> Guide:
    """Luma where chroma is: the average of the pixels that share a sample, rounded to a code."""
    rows, columns = frame.planes[1].shape
    luma: Any = frame.planes[0]
    if luma.shape != (rows, columns):
        luma = cv2.resize(luma, (columns, rows), interpolation=cv2.INTER_AREA)
    return lambda band: luma[band]


def _luma_of(frame: Frame, weights: tuple[float, float, float]) -> Guide:
    """Luma of RGB, not rounded; packed RGB wants it three times."""
    packed = frame.format.family == "rgb"
    matrix = np.array([weights] * 3 if packed else [[weights[1], weights[2], weights[0]]], np.float32)

    def guide(band: slice) -> Plane:
        pixels = frame.planes[0][band] if packed else cv2.merge([p[band] for p in frame.planes])
        return _flat(np.asarray(cv2.transform(np.asarray(pixels, np.float32), matrix)))

    return guide


def _flat(plane: Plane) -> Plane:
    return plane.reshape(plane.shape[0], -1)


def _stretched(grid: Grid, shape: tuple[int, ...], extent: tuple[float, float]) -> Grid:
    """(n, h, w) as (h, samples in a row of the plane): every column, colours interleaved, but only the rows of the grid."""
    width = max(1, round(shape[1] * extent[1]))
    cells = np.ascontiguousarray(grid.transpose(1, 2, 0))
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
    """All rows of a plane, a few at a time, with bilinear weights between the rows of a grid `width` wide."""
    places = np.clip((np.arange(height) + 0.5) * cells / max(1, round(height * extent)) - 0.5, 0, cells - 1)
    above = places.astype(np.intp)
    share = (places - above).astype(np.float32)
    step = _rows_at_once(cells / (height * extent), width)
    return tuple(_band(slice(first, min(first + step, height)), above, share, cells) for first in range(0, height, step))


def _rows_at_once(cells_per_row: float, width: int) -> int:
    """So many rows that rows × width × (cells · rows + 2) multiplications stay below PRODUCT, and the maps in the cache."""
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


def _run(job: _Job, pairs: list[tuple[Plane, Plane]], maps: list[Grid], bands: Sequence[_Band], top: int) -> None:
    """Band by band: rows of every map by a product with the few weights that are not zero, then the job's work on the pixels."""
    rows = bands[0].weights.shape[0]
    parts, spare = ([np.empty((rows, maps[0].shape[1]), np.float32) for _ in range(n)] for n in (len(maps), 2))
    for band in bands:
        if band.weights.shape[0] != rows:  # the last one
            parts, spare = ([x[: band.weights.shape[0]] for x in buffers] for buffers in (parts, spare))
        for grid, part in zip(maps, parts, strict=True):
            np.matmul(band.weights, grid[band.cells], out=part)
        here = [(plane[band.rows], out[band.rows]) for plane, out in pairs]
        job.work(here, None if job.guide is None else job.guide(band.rows), parts, spare, top)


def _plain(here: list[tuple[Plane, Plane]], guide: None, parts: list[Grid], spare: list[Grid], top: int) -> None:
    """gain · code + shift; parts: gain, one shift per plane."""
    for (plane, out), shift in zip(here, parts[1:], strict=True):
        _add(cv2.multiply(plane, parts[0], dst=spare[0], dtype=cv2.CV_32F), shift, out, top)


def _self_guided(here: list[tuple[Plane, Plane]], guide: None, parts: list[Grid], spare: list[Grid], top: int) -> None:
    """(a · Y + b) · Y + c, for the luma plane itself."""
    plane, out = here[0]
    line = cv2.add(cv2.multiply(plane, parts[0], dst=spare[0], dtype=cv2.CV_32F), parts[1], dst=spare[0])
    _add(cv2.multiply(plane, line, dst=spare[0], dtype=cv2.CV_32F), parts[2], out, top)


def _guided(here: list[tuple[Plane, Plane]], guide: Plane, parts: list[Grid], spare: list[Grid], top: int) -> None:
    """(g1 · Y + g0) · code + (s1 · Y + s0); parts: g1, g0, then s1, s0 of every plane. The first two are used up."""
    gain = cv2.add(cv2.multiply(guide, parts[0], dst=spare[0], dtype=cv2.CV_32F), parts[1], dst=spare[0])
    for (plane, out), slope, level in zip(here, parts[2::2], parts[3::2], strict=True):
        product = cv2.multiply(plane, gain, dst=spare[1], dtype=cv2.CV_32F)
        shift = cv2.add(cv2.multiply(guide, slope, dst=parts[1], dtype=cv2.CV_32F), level, dst=parts[1])
        _add(product, shift, out, top)


def _add(product: Any, shift: Any, out: Plane, top: int) -> None:
    cv2.add(product, shift, dst=out, dtype=cv2.CV_8U if out.dtype == np.uint8 else cv2.CV_16U)
    if top not in (255, 65535):
        np.minimum(out, top, out=out)
