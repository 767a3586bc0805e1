"""The haze field: gain and offset on a small grid, J = a·I + b, and everything that is done with it.

Haze obeys I = J·t + A·(1 − t) (atmospheric scattering model, RFD eq. 1), so the clear picture is affine in the hazy one
with a = 1/t and b = A·(1 − 1/t). One gain for all three colours means that Y, U and V planes can be corrected directly:
a linear map of colours commutes with the field.

Between the grid and the pixels stands a guided filter (He and Sun, "Fast Guided Filter", 2015): in every 3×3 cells, gain
and offset are fitted as straight lines in luma, and the lines are interpolated, not the values. Depth changes where the
picture does, so a field that follows luma inside a cell leaves no halo along a roof or a branch.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from dehazer.errors import UsageError
from dehazer.field.planes import Grid, LinearCoefficients, corrected
from dehazer.frames.frame import Frame

GUIDE_REGULARISATION = 1e-3
"""Added to the variance of luma in the guided filter; between 3e-4 and 3e-3 little changes (docs/adr)."""
MIN_TRANSMISSION = 0.06
"""Below, nothing of the scene is left in 8 bits; gains stay under 1/0.06, about 16.7, whatever the strength."""
MAX_STRENGTH = 1.5
LEFT_LUMA = 0.6
"""Share of a cell's mean luma at full strength that strengths above it leave; a wall at t = 0.4 would be black at 150 %."""
BT709 = (0.2126, 0.7152, 0.0722)
Picture = NDArray[np.float32]


@dataclass(frozen=True)
class HazeMeter:
    """How hazy a picture is. transmission: mean t in (0, 1], 1 is clear air. haze: 1 − transmission.

    visibility: t of the haziest tenth of the picture (its own far field) in (0, 1]; 1 means nothing is veiled.
    """

    transmission: float
    visibility: float

    @property
    def haze(self) -> float:
        """Share of the light that is veil, 0 (clear) to 1."""
        return 1.0 - self.transmission


@dataclass(frozen=True, eq=False)
class HazeField:
    """A gain and three offsets per grid cell, for pictures with R, G, B in [0, 1].

    gain: (1, h, w) float32 ≥ 1 for haze, 1 is the identity. offset: (3, h, w) float32, 0 is the identity.
    extent: height and width covered by the grid, relative to the picture (slightly above 1 where the analysis was
    padded). neutral: known to be exactly the identity, so that applying it returns the very same pixels.
    guide: (1, h, w) mean luma of the hazy picture in each cell, in [0, 1]; None interpolates without looking at the
    picture. weights: of R, G and B in that luma.
    """

    gain: Grid
    offset: Grid
    extent: tuple[float, float] = (1.0, 1.0)
    neutral: bool = False
    guide: Grid | None = None
    weights: tuple[float, float, float] = BT709

    def __post_init__(self) -> None:
        if self.gain.ndim != 3 or self.gain.shape[0] != 1 or self.offset.shape != (3, *self.gain.shape[1:]):
            raise UsageError("A haze field needs a gain of shape (1, h, w) and an offset of shape (3, h, w), got "
                             f"{tuple(self.gain.shape)} and {tuple(self.offset.shape)}.")

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The field as plain arrays, for a file; `from_arrays` makes exactly the same one of them."""
        guide = {} if self.guide is None else {"guide": self.guide}
        return {"gain": self.gain, "offset": self.offset, "extent": np.array(self.extent), "neutral": np.array(self.neutral),
                "weights": np.array(self.weights), **guide}

    @classmethod
    def from_arrays(cls, arrays: dict[str, NDArray[Any]]) -> HazeField:
        """The field that these arrays describe; raises KeyError where one is missing, UsageError for wrong shapes."""
        height, width = arrays["extent"].tolist()
        red, green, blue = arrays["weights"].tolist()
        return cls(arrays["gain"], arrays["offset"], (height, width), bool(arrays["neutral"]), arrays.get("guide"),
                   (red, green, blue))

    @property
    def grid(self) -> tuple[int, int]:
        """Rows and columns of the grid."""
        return int(self.gain.shape[1]), int(self.gain.shape[2])

    def strengthened(self, strength: float) -> HazeField:
        """Less or more of the field. s = 0 is the exact identity, s = 1 changes nothing.

        s in [0, 1]: a ← 1 + s(a − 1), b ← s·b. s in (1, 1.5]: as if the air were thicker by s, t ← t^s with the same airlight,
        so a ← a^s and b ← b·(a^s − 1)/(a − 1); gains end at 1/MIN_TRANSMISSION. Where that would darken a cell below LEFT_LUMA of
        its mean luma at s = 1, it goes only so far (fields with a guide). Raises UsageError outside [0, 1.5].
        """
        if not 0.0 <= strength <= MAX_STRENGTH:
            raise UsageError(f"Strength must lie between 0 and {MAX_STRENGTH}, got {strength}.")
        if strength == 1.0:
            return self
        if strength > 1.0:
            return self._kept_bright(self._thicker(strength))
        return replace(self, gain=1 + strength * (self.gain - 1), offset=strength * self.offset,
                       neutral=strength == 0.0 or self.neutral)

    def _thicker(self, strength: float) -> HazeField:
        """t ← t^s with the airlight A = b/(1 − a) kept; where a is 1, (a^s − 1)/(a − 1) is its limit s."""
        before = np.maximum(self.gain, 1)
        gain = np.maximum(self.gain, np.minimum(before**np.float32(strength), np.float32(1 / MIN_TRANSMISSION)))
        excess = self.gain - 1
        small = np.abs(excess) < 1e-4
        ratio = np.where(small, np.float32(strength), (gain - 1) / np.where(small, 1, excess))
        return replace(self, gain=gain.astype(np.float32), offset=(self.offset * ratio).astype(np.float32))

    def _kept_bright(self, thicker: HazeField) -> HazeField:
        """Between the field at full strength and a thicker one, cell by cell: shadows that are right at 100 % are not crushed."""
        if self.guide is None:
            return thicker
        usual, darker = self._mean_luma(), thicker._mean_luma()
        short = LEFT_LUMA * np.maximum(usual, 0) - darker
        back = np.where(short > 0, short / np.maximum(usual - darker, 1e-6), 0).clip(0, 1)
        return thicker.blended(self, np.asarray(back, np.float32))

    def _mean_luma(self) -> Grid:
        """(1, h, w) mean luma of every cell after correction."""
        assert self.guide is not None
        offset = np.tensordot(np.array(self.weights, np.float32), self.offset, axes=1)
        return np.asarray(self.gain * self.guide + offset, np.float32)

    def blended(self, other: HazeField, weight: float | Grid) -> HazeField:
        """self + weight · (other − self), seen with the other's guide; weight a number in [0, 1] or one per cell, (1, h, w)."""
        if other.grid != self.grid:
            raise UsageError(f"Fields on different grids cannot be blended: {self.grid} and {other.grid}.")
        gain = self.gain + weight * (other.gain - self.gain)
        offset = self.offset + weight * (other.offset - self.offset)
        return replace(other, gain=gain, offset=offset, neutral=self.neutral and other.neutral)

    def meter(self) -> HazeMeter:
        """Mean transmission and the visibility of the haziest tenth, from t = 1/a on the part the picture covers."""
        rows, columns = (max(1, round(n / e)) for n, e in zip(self.grid, self.extent, strict=True))
        t = (1 / self.gain[0, :rows, :columns]).ravel()
        count = max(1, t.size // 10)
        far = np.partition(t, count - 1)[:count]
        return HazeMeter(float(np.clip(t.mean(), 0, 1)), float(np.clip(far.mean(), 0, 1)))

    def lines(self) -> LinearCoefficients:
        """Gain and offsets as straight lines in luma; level lines where there is no guide."""
        values = np.ascontiguousarray(self._values().transpose(1, 2, 0))
        if self.guide is None:
            slope, level = np.zeros_like(values), values
        else:
            slope, level = _guided_lines(values, self.guide[0])
        return LinearCoefficients(slope.transpose(2, 0, 1), level.transpose(2, 0, 1), self.extent, self.weights)

    def apply_rgb(self, rgb: Picture) -> Picture:
        """(…, 3, H, W) float32 RGB in [0, 1] → the same shape, not clamped."""
        if self.neutral:
            return rgb
        size = int(rgb.shape[-2]), int(rgb.shape[-1])
        if self.guide is None:
            full = self._grown(self._values(), size)
            return np.asarray(rgb * full[:1] + full[1:], np.float32)
        lines = self.lines()
        slope, level = (self._grown(grid, size) for grid in (lines.slope, lines.level))
        red, green, blue = (rgb[..., c : c + 1, :, :] * np.float32(self.weights[c]) for c in range(3))
        full = slope * (red + green + blue) + level
        return np.asarray(rgb * full[..., :1, :, :] + full[..., 1:, :, :], np.float32)

    def _values(self) -> Grid:
        """(4, h, w): gain, then the three offsets."""
        return np.concatenate([self.gain, self.offset]).astype(np.float32, copy=False)

    def _grown(self, grid: Grid, size: tuple[int, int]) -> Grid:
        """(n, h, w) → (n, H, W), bilinear between cell centres."""
        height, width = (max(1, round(n * e)) for n, e in zip(size, self.extent, strict=True))
        rows = np.ascontiguousarray(grid.transpose(1, 2, 0))
        full = np.asarray(cv2.resize(rows, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
        return full.transpose(2, 0, 1)[:, : size[0], : size[1]]

    def apply(self, frame: Frame) -> Frame:
        """Correct a frame in its own planes, whatever their layout; the exact same frame where the field is neutral."""
        return frame if self.neutral else frame.with_planes(corrected(frame, self.lines()))


def _guided_lines(values: Grid, luma: Grid) -> tuple[Grid, Grid]:
    """Slope and level of (h, w, 4) values over (h, w) luma, fitted in 3×3 cells and averaged over 3×3 fits."""
    def mean(x: Any) -> Grid:
        return np.asarray(cv2.blur(x, (3, 3), borderType=cv2.BORDER_REPLICATE), np.float32)

    luma = np.asarray(cv2.merge([luma] * 4), np.float32)  # numpy takes four times as long where the last axis is repeated
    centre, middle = mean(luma), mean(values)
    covariance = mean(values * luma) - centre * middle
    variance = mean(luma * luma) - centre * centre
    slope = covariance / (np.maximum(variance, 0) + np.float32(GUIDE_REGULARISATION))
    return mean(slope), mean(middle - slope * centre)


def cell_luma(small: Picture, weights: tuple[float, float, float]) -> Grid:
    """(3, 2h, 2w) RGB → (1, h, w) mean luma of each cell: the guide of a field."""
    red, green, blue = (small[c] * np.float32(weights[c]) for c in range(3))
    return cell_means(red + green + blue)


def cell_means(picture: NDArray[np.float32]) -> Grid:
    """(2h, 2w) → (1, h, w) mean of each cell of a small picture; forty times as quick as numpy's mean over two short axes."""
    rows, columns = picture.shape[0] // 2, picture.shape[1] // 2
    return np.asarray(cv2.resize(picture, (columns, rows), interpolation=cv2.INTER_AREA), np.float32).reshape(1, rows, columns)
