"""The haze field made of a network's answer, in the one way that engine and training share.

Two rules that no network keeps exactly: what is all but clear stays as it is, and grey pictures stay grey.
"""

from __future__ import annotations

import numpy as np

from dehazer.field.haze_field import HazeField, Picture, cell_luma
from dehazer.field.planes import Grid

GREY, COLOURED = 3 / 255, 10 / 255
"""Difference of the largest and the smallest channel, in [0, 1], up to which a picture is grey, and from which it is coloured."""
TRACE, THIN = 0.03, 0.12
"""Haze (1 − t) that counts as none, and that counts in full."""
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
    gain, offset = without_traces(gain, offset)
    share = colour_share(small)
    if share < 1:
        grey = np.tensordot(np.array(weights, np.float32), offset, axes=1)[None]
        offset = np.asarray(grey + np.float32(share) * (offset - grey), np.float32)
    return HazeField(gain, offset, extent, guide=cell_luma(small, weights), weights=weights)


def without_traces(gain: Grid, offset: Grid) -> tuple[Grid, Grid]:
    """Gain and offset with haze of TRACE and less taken for none, and up to THIN for less than it was: an estimate is that rough,
    nobody sees the difference in haze, and clear pictures are left alone. The airlight is kept: t alone changes."""
    haze = 1 - 1 / np.maximum(gain, 1)
    share = ((haze - TRACE) / (THIN - TRACE)).clip(0, 1)
    haze *= share * share * (3 - 2 * share)  # smooth at both ends, so that no contours appear in skies
    eased = np.where(share < 1, 1 / (1 - haze), gain)
    return np.asarray(eased, np.float32), np.asarray(offset * ((eased - 1) / np.maximum(gain - 1, 1e-6)), np.float32)


def colour_share(small: Picture) -> float:
    """0 for a grey picture (3, H, W), 1 for a coloured one, and in between what lies between."""
    spread = small.max(axis=0) - small.min(axis=0)
    place = int(ALMOST_ALL * (spread.size - 1))
    widest = float(np.partition(spread, place, axis=None)[place])
    return min(max((widest - GREY) / (COLOURED - GREY), 0.0), 1.0)
