"""Periodic textures that look like nature: random spectra that fall with frequency, looked up at any scale."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Reals = NDArray[Any]
"""Floating-point positions of either width."""

SIDE = 256
"""Samples along one side of a tile; a tile repeats after that many cells."""


def fractal_tile(seed: int, fall: float = 1.2) -> Floats:
    """(SIDE, SIDE) float32 noise with zero mean and unit deviation. fall: how fast amplitude falls with frequency."""
    white = np.random.default_rng(seed).standard_normal((SIDE, SIDE))
    rows, columns = np.fft.fftfreq(SIDE)[:, None], np.fft.rfftfreq(SIDE)[None, :]
    frequency = np.hypot(rows, columns)
    frequency[0, 0] = np.inf
    spectrum = np.fft.rfft2(white) / frequency**fall
    tile = np.fft.irfft2(spectrum, (SIDE, SIDE))
    return np.asarray((tile - tile.mean()) / tile.std(), np.float32)


def look_up(tile: Floats, x: Reals, y: Reals, cell: float) -> Floats:
    """Tile value at world positions x, y (any shape), one sample per `cell` metres, between samples linearly."""
    u, v = x / np.float32(cell), y / np.float32(cell)
    column, row = np.floor(u), np.floor(v)
    a, b = u - column, v - row
    i, j = row.astype(np.int32) % SIDE, column.astype(np.int32) % SIDE
    below, right = (i + 1) % SIDE, (j + 1) % SIDE
    top = tile[i, j] * (1 - a) + tile[i, right] * a
    bottom = tile[below, j] * (1 - a) + tile[below, right] * a
    return np.asarray(top * (1 - b) + bottom * b, np.float32)


def faded(tile: Floats, x: Reals, y: Reals, cell: float, footprint: Reals) -> Floats:
    """As `look_up`, fading to the mean where one pixel covers more than a cell (`footprint` in metres): no shimmer."""
    return np.asarray(look_up(tile, x, y, cell) / (1 + (footprint / np.float32(cell)) ** 2), np.float32)
