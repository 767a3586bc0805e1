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

from dehazer.frames.color import Matrix, effective_matrix, luma_code, plane_codes, rgb_to_yuv_matrix
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
    """code' = (g1 · Y + g0) · code + (s1 · Y + s0). (n, h, w) each, n = 1, or 3 for what packed RGB has of every colour.

    All are weighted sums of the grids of the lines; their weights, (n, 9) each, come in such a tuple as well.
    """

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
    grids = _line_grids(lines)
    return [PlaneCoefficients(*(_weighted(grids, part) for part in plane)) for plane in _weights_of(frame)]


def _line_grids(lines: LinearCoefficients) -> Grid:
    """(9, h, w): slopes, levels and one."""
    return np.concatenate([lines.slope, lines.level, np.ones_like(lines.level[:1])])


def _weighted(grids: Grid, weights: Grid) -> Grid:
    """Sums of the (9, h, w) grids, (n, h, w) for weights (n, 9); as many products at a time as PRODUCT allows."""
    flat = grids.reshape(len(grids), -1)
    sums = np.empty((len(weights), flat.shape[1]), np.float32)
    step = max(1, PRODUCT // weights.size)
    for first in range(0, flat.shape[1], step):
        np.matmul(weights, flat[:, first : first + step], out=sums[:, first : first + step])
    return sums.reshape(len(weights), *grids.shape[1:])


def _weights_of(frame: Frame) -> tuple[PlaneCoefficients, ...]:
    matrix = effective_matrix(frame.color, frame.height)
    return _plane_weights(frame.format.family, matrix, luma_code(frame.format.bits, frame.full_range), plane_codes(frame))


@lru_cache(maxsize=16)
def _plane_weights(family: str, matrix: Matrix, luma: tuple[float, float],
                   codes: tuple[tuple[float, float], ...]) -> tuple[PlaneCoefficients, ...]:
    """For every plane, how much of every slope, of every level and of one there is in its coefficients."""
    (y0, y1), one, planes = luma, np.eye(9), []
    slope, level = one[:4] / y1, one[4:8] - one[:4] * (y0 / y1)
    for way, (zero, span) in zip(_directions(family, matrix, len(codes)), codes, strict=True):
        shift1 = span * way @ slope[1:] - zero * slope[:1]
        shift0 = span * way @ level[1:] + zero * (one[8:] - level[:1])
        planes.append(PlaneCoefficients(*(part.astype(np.float32) for part in (slope[:1], level[:1], shift1, shift0))))
    return tuple(planes)


def _directions(family: str, matrix: Matrix, planes: int) -> list[NDArray[np.float64]]:
    """For every plane, how R, G and B add up to what it holds: (n, 3)."""
    if family == "rgb":
        return [np.eye(3)]
    if family == "gbr":
        return [np.eye(3)[i : i + 1] for i in (1, 2, 0)]
    return [rgb_to_yuv_matrix(matrix)[i : i + 1] for i in range(planes)]


def corrected(frame: Frame, lines: LinearCoefficients) -> tuple[Plane, ...]:
    """The corrected planes. Planes of one size share the work on their gain; packed RGB is a plane three times as wide."""
    out: list[Plane] = [np.empty(p.shape, p.dtype) for p in frame.planes]
    grids, weights = _line_grids(lines), _weights_of(frame)
    for job in _jobs(frame, lines):
        shape = frame.planes[job.members[0]].shape
        maps = _stretched(grids, job.maps(weights), shape, lines.extent)
        pairs = [(_flat(frame.planes[i]), _flat(out[i])) for i in job.members]
        bands = _bands(grids.shape[1], shape[0], maps.shape[2], lines.extent[0])
        _run(job, pairs, maps, bands, 2**frame.format.bits - 1)
    return tuple(out)


Guide = Callable[[slice], Plane]
"""Luma code values of some rows, one for every sample of the plane."""


class _Job(NamedTuple):
    """Planes of one shape that are done together.

    work: of one band. maps: weights of what it needs at every sample, chosen from those of all planes. guide: None where luma
    plays no part, or is the plane."""

    members: tuple[int, ...]
    work: Callable[..., None]
    maps: Callable[[Sequence[PlaneCoefficients]], list[Grid]]
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
    def maps(own: Sequence[PlaneCoefficients]) -> list[Grid]:
        first = own[members[0]]
        return [first.g1, first.g0, *(part for i in members for part in (own[i].s1, own[i].s0))]

    return _Job(members, _guided, maps, guide)


def _shrunk_luma(frame: Frame) -> Guide:
    """Luma where chroma is: the average of the pixels that share a sample, rounded to a code."""
    rows, columns = frame.planes[1].shape
    luma: Any = frame.planes[0]
    if luma.shape != (rows, columns):
        more = (rows << frame.format.sub_y) - luma.shape[0], (columns << frame.format.sub_x) - luma.shape[1]
        if any(more):  # an area average over whole numbers of pixels is four times as quick as one over fractions of them
            luma = cv2.copyMakeBorder(luma, 0, more[0], 0, more[1], cv2.BORDER_REPLICATE)
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


def _stretched(grids: Grid, maps: list[Grid], shape: tuple[int, ...], extent: tuple[float, float]) -> Grid:
    """The maps of these weights as (maps, h, samples in a row of the plane): every column, colours interleaved, but only the
    rows of the grid."""
    width, colours = max(1, round(shape[1] * extent[1])), 1 if len(shape) == 2 else shape[2]
    cells = _weighted(grids, np.concatenate([part if len(part) == colours else part.repeat(colours, axis=0) for part in maps]))
    below = cells.reshape(len(maps), colours, *grids.shape[1:]).transpose(0, 2, 3, 1)
    below = np.ascontiguousarray(below).reshape(-1, grids.shape[2], colours)  # all maps in one call, none of whose rows meet
    wide = np.asarray(cv2.resize(below, (width, len(below)), interpolation=cv2.INTER_LINEAR), np.float32)
    return wide.reshape(len(maps), grids.shape[1], -1)[..., : shape[1] * colours]


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


def _run(job: _Job, pairs: list[tuple[Plane, Plane]], maps: Grid, bands: Sequence[_Band], top: int) -> None:
    """Band by band: rows of every map by a product with the few weights that are not zero, then the job's work on the pixels."""
    most = bands[0].weights.shape[0]
    parts, spare = (np.empty((n, most, maps.shape[2]), np.float32) for n in (len(maps), 2))
    for band in bands:
        rows = band.weights.shape[0]
        here = [(plane[band.rows], out[band.rows]) for plane, out in pairs]
        found = np.matmul(band.weights, maps[:, band.cells], out=parts[:, :rows])
        job.work(here, None if job.guide is None else job.guide(band.rows), found, spare[:, :rows], top)


def _plain(here: list[tuple[Plane, Plane]], guide: None, parts: Grid, spare: Grid, top: int) -> None:
    """gain · code + shift; parts: gain, one shift per plane."""
    for (plane, out), shift in zip(here, parts[1:], strict=True):
        _add(cv2.multiply(plane, parts[0], dst=spare[0], dtype=cv2.CV_32F), shift, out, top)


def _self_guided(here: list[tuple[Plane, Plane]], guide: None, parts: Grid, spare: Grid, top: int) -> None:
    """(a · Y + b) · Y + c, for the luma plane itself. The second part is used up."""
    plane, out = here[0]
    luma = _as_float(plane, spare[0])
    line = cv2.accumulateProduct(luma, parts[0], parts[1])
    _add(cv2.multiply(luma, line, dst=spare[0]), parts[2], out, top)


def _guided(here: list[tuple[Plane, Plane]], guide: Plane, parts: Grid, spare: Grid, top: int) -> None:
    """(g1 · Y + g0) · code + (s1 · Y + s0); parts: g1, g0, then s1, s0 of every plane. All but the slopes are used up."""
    luma = _as_float(guide, spare[0])
    gain = cv2.accumulateProduct(luma, parts[0], parts[1])
    for (plane, out), slope, level in zip(here, parts[2::2], parts[3::2], strict=True):
        shift = cv2.accumulateProduct(luma, slope, level)
        _add(cv2.multiply(plane, gain, dst=spare[1], dtype=cv2.CV_32F), shift, out, top)


def _as_float(plane: Plane, out: Grid) -> Grid:
    """Code values as numbers, in `out`; the plane itself where it holds numbers."""
    if plane.dtype == np.float32:
        return plane
    np.copyto(out, plane)
    return out


def _add(product: Any, shift: Any, out: Plane, top: int) -> None:
    cv2.add(product, shift, dst=out, dtype=cv2.CV_8U if out.dtype == np.uint8 else cv2.CV_16U)
    if top not in (255, 65535):
        np.minimum(out, top, out=out)
