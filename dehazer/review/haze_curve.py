"""Haze over wall-clock time, as measured at single pictures of a camera's recordings."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from dehazer.errors import UsageError

Times = NDArray[np.float64]
Values = NDArray[np.float32]


def _none() -> Times:
    return np.empty(0, np.float64)


def _nothing() -> Values:
    return np.empty(0, np.float32)


@dataclass(frozen=True, eq=False)
class HazeCurve:
    """times: (n,) float64, seconds since 1970 (UTC), ascending. haze: (n,) float32, share of veil, 0 (clear) to 1.

    visibility: (n,) float32, transmission of the haziest tenth of the picture, (0, 1]. reach: seconds; between two measurements
    further apart than this, and further away from the nearest one, haze is unknown (NaN).
    """

    times: Times = field(default_factory=_none)
    haze: Values = field(default_factory=_nothing)
    visibility: Values = field(default_factory=_nothing)
    reach: float = 60.0

    def __post_init__(self) -> None:
        if not len(self.times) == len(self.haze) == len(self.visibility):
            raise UsageError(f"A haze curve needs as many values as times, got {len(self.times)} times, {len(self.haze)} of haze "
                             f"and {len(self.visibility)} of visibility.")
        if np.any(np.diff(self.times) < 0):
            raise UsageError("The times of a haze curve must ascend; sort them first.")

    def __len__(self) -> int:
        return len(self.times)
