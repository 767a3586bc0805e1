"""The picture of one camera's lane, computed per pixel column: where there is footage, how hazy it is, what cannot be read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dehazer.review import FOGGY
from gui.review.footage import Footage
from gui.review.time_scale import TimeScale

Picture = NDArray[np.uint32]
Column = NDArray[np.float64]
HEIGHT_POWER = 0.66
"""Haze is drawn as high as this power of it, so that what counts as foggy (a quarter) is seen in a lane of 20 pixels."""
RAMP = 0.1
"""Haze below and above FOGGY within which the colour changes from that of clear footage to that of fog."""
WHOLE = 0.98
"""Share of a column from which on it looks fully covered: cameras often lose some tenths of a second between two files."""
FAINTEST = 0.45
"""Strength of a column with hardly any footage: a clip of a few seconds is visible in the view of a month."""
HATCH = 8
"""Pixels from one stripe of the hatching to the next."""


@dataclass(frozen=True)
class LaneColors:
    """Colours as 0xffrrggbb. gap: without footage. footage: not hazy. clear, foggy: haze 0 and 1. edge: upper edge of the haze.

    limit: dashed line. unknown: dots where haze was not measured. fault: hatching of what cannot be read. overlap: line on top.
    """

    gap: int
    footage: int
    clear: int
    foggy: int
    edge: int
    limit: int
    unknown: int
    fault: int
    overlap: int


@dataclass(frozen=True, eq=False)
class LaneColumns:
    """Per column, (n,) float64: covered, overlapped, unreadable as shares of it; haze 0 to 1, NaN where unknown."""

    covered: Column
    overlapped: Column
    unreadable: Column
    haze: Column

    @classmethod
    def of(cls, footage: Footage, scale: TimeScale, haze: Column) -> LaneColumns:
        """What is in view of one camera. haze: (n,), one value for each of n columns across the width."""
        edges = scale.edges(len(haze))
        return cls(footage.covered.shares(edges), footage.overlapped.shares(edges), footage.unreadable.shares(edges), haze)


def lane_picture(columns: LaneColumns, height: int, colors: LaneColors) -> Picture:
    """→ (height, n) uint32, 0xffrrggbb. Haze is an area that rises from the lower edge, so that it is read without its colour."""
    covered, count = columns.covered > 0, len(columns.covered)
    rows, across = np.arange(height - 1, -1, -1)[:, None], np.arange(count)
    picture = np.broadcast_to(_mixed(colors.gap, colors.footage, _visible(columns.covered)), (height, count)).copy()
    known = covered & ~np.isnan(columns.haze)
    level = np.where(known, drawn_height(columns.haze) * height, 0.0)
    np.copyto(picture, _mixed(colors.clear, colors.foggy, _foggy(columns.haze)), where=rows < level)
    edge = np.clip(height - np.ceil(level).astype(int), 0, height - 1)
    picture[edge[known], across[known]] = colors.edge
    picture[-2, covered & ~known & (across % 6 < 2)] = colors.unknown
    limit = round(float(drawn_height(np.array(FOGGY))) * height)
    picture[height - 1 - limit, known & (across % 8 < 3)] = colors.limit
    unreadable = columns.unreadable > 0
    if unreadable.any():
        np.copyto(picture, np.uint32(colors.fault), where=((rows + across) % HATCH < 2) & unreadable)
    picture[:3, columns.overlapped > 0.02] = colors.overlap
    return picture


def drawn_height(haze: Column) -> Column:
    """Haze as a share of the height of its lane, 0 where it is unknown."""
    height: Column = np.nan_to_num(haze) ** HEIGHT_POWER
    return height


def _visible(covered: Column) -> Column:
    """How strongly a column is painted, by the share of it that has footage."""
    return np.where(covered >= WHOLE, 1.0, np.where(covered > 0, FAINTEST + (0.85 - FAINTEST) * covered, 0.0))


def _foggy(haze: Column) -> Column:
    """How much of the colour of fog a haze has: none well below the limit, all well above."""
    share = np.clip((np.nan_to_num(haze) - FOGGY + RAMP) / (2 * RAMP), 0.0, 1.0)
    return share * share * (3 - 2 * share)


def _mixed(one: int, other: int, share: Column) -> Picture:
    """(n,) colours between two, by share (0: the first)."""
    low, high = (np.array([(c >> shift) & 255 for shift in (16, 8, 0)], np.float64) for c in (one, other))
    red, green, blue = np.rint(low[:, None] + (high - low)[:, None] * share).astype(np.uint32)
    mixed: Picture = np.uint32(0xff000000) | (red << np.uint32(16)) | (green << np.uint32(8)) | blue
    return mixed
