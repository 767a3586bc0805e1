"""The haze field made of a network's answer, in the one way that engine and training share; grey pictures get grey offsets."""

from __future__ import annotations

import numpy as np

from dehazer.field.haze_field import HazeField, Picture, cell_luma
from dehazer.field.planes import Grid

GREY, COLOURED = 3 / 255, 10 / 255
"""Difference of the largest and the smallest channel, in [0, 1], up to which a picture is grey, and from which it is coloured."""
ALMOST_ALL = 0.98
"""Share of a picture that must be grey; the rest may be the coloured stamp of a recorder."""


def field_from_network(gain: Grid, offset: Grid, small: Picture, extent: tuple[float, float],
                       weights: tuple[float, float, float]) -> HazeField:
    """The field of a picture.

    Grey pictures stay grey: a network that has seen coloured haze only would give them the tint that it found likeliest. Their
    three offsets become one, with the luma that they had; between grey and coloured the change is gradual, so that nothing pops.

    Args:
        gain, offset: the network's answer, (1, h, w) and (3, h, w).
        small: (3, 2h, 2w) float32 RGB in [0, 1], what the network saw.
        extent: of the grid, relative to the picture.
        weights: of R, G and B in luma.
    """
    share = colour_share(small)
    if share < 1:
        grey = np.tensordot(np.array(weights, np.float32), offset, axes=1)[None]
        offset = np.asarray(grey + np.float32(share) * (offset - grey), np.float32)
    return HazeField(gain, offset, extent, guide=cell_luma(small, weights), weights=weights)


def colour_share(small: Picture) -> float:
    """0 for a grey picture (3, H, W), 1 for a coloured one, and in between what lies between."""
    spread = small.max(axis=0) - small.min(axis=0)
    place = int(ALMOST_ALL * (spread.size - 1))
    widest = float(np.partition(spread, place, axis=None)[place])
    return min(max((widest - GREY) / (COLOURED - GREY), 0.0), 1.0)
