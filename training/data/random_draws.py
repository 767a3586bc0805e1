"""Seeded random numbers: every sample has its own generator, so a batch does not depend on workers, ranks or what came before."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Generator = np.random.Generator


def generator(seed: int, *index: int) -> Generator:
    """The generator of one sample (or step): a pure function of its numbers."""
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence((seed, *index))))


def smooth_noise(rng: Generator, height: int, width: int, knots: int = 4) -> NDArray[np.float32]:
    """(height, width) smooth noise in [-1, 1]: `knots` + 2 random values along the short side, bicubic between."""
    short = min(height, width)
    grid = [round(knots * side / short) + 2 for side in (height, width)]
    values = rng.uniform(-1, 1, grid).astype(np.float32)
    # the outermost values lie on the edge of the picture, not half a step inside of it
    rows, columns = (round(side * count / (count - 1)) for side, count in zip((height, width), grid, strict=True))
    top, left = (rows - height) // 2, (columns - width) // 2
    noise = np.asarray(cv2.resize(values, (columns, rows), interpolation=cv2.INTER_CUBIC), np.float32)
    return noise[top:top + height, left:left + width].clip(-1, 1)
