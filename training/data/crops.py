"""Batches for field networks: random crops of cached scenes, hazed pixel by pixel and looked at by the deployed code.

Every pixel has its own transmission, also where depth jumps inside a cell. Hazing the statistics of cells instead teaches a
falsehood: across an edge, the darkest pixel of a cell is then none that haze could have made (docs/adr/0013).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from dehazer.errors import ConfigError
from dehazer.field.pyramid import CELL, picture_pyramid
from training.batch import Batch
from training.data.haze import Crop, Haze, Hazed, Plane
from training.data.random_draws import Generator, generator
from training.data.scenes import Picture
from training.data.shards import Shard
from training.data.threads import one_thread_each

Size = tuple[int, int]  # height, width
Distort = Callable[[Plane, Generator], Plane]


@dataclass(frozen=True)
class View:
    """A shard looked at `scale` times as large; weight: how often each of its scenes is drawn."""

    shard: Shard
    scale: float = 1.0
    weight: float = 1.0

    def source(self, size: Size) -> Size:
        """How many of the scenes' pixels fill a crop of `size` pixels."""
        return round(size[0] / self.scale), round(size[1] / self.scale)

    def holds(self, size: Size) -> bool:
        """Whether the scenes are large enough for a crop of `size` pixels."""
        return all(have >= want for have, want in zip(self.shard.size, self.source(size), strict=True))

    def crop(self, rng: Generator, size: Size | None) -> Crop:
        """A random crop of a random scene, `size` pixels (None = all of it), flipped half of the time; it must hold it."""
        size = size or (round(self.shard.size[0] * self.scale), round(self.shard.size[1] * self.scale))
        scene = int(rng.integers(len(self.shard)))
        want = self.source(size)
        top, left = (int(rng.integers(have - need + 1)) for have, need in zip(self.shard.size, want, strict=True))
        where = (scene, slice(top, top + want[0]), slice(left, left + want[1]))
        flip = rng.random() < 0.5
        clear, depth = (fitted(array[where], size, flip) for array in (self.shard.clear, self.shard.depth))
        return Crop(clear, depth, self.shard.measured)


def fitted(part: Picture, size: Size, flip: bool) -> Picture:
    """Resized (area means down, cubic up) where it has not that size, and mirrored."""
    if part.shape[:2] != size:
        how = cv2.INTER_AREA if part.shape[0] > size[0] else cv2.INTER_CUBIC
        part = np.asarray(cv2.resize(part, size[::-1], interpolation=how), np.uint8)
    return np.asarray(cv2.flip(part, 1), np.uint8) if flip else np.ascontiguousarray(part)  # numpy mirrors five times slower


def joined(first: Crop, second: Crop, axis: int, cut: int) -> Crop:
    """`first` up to pixel `cut` of `axis` (0 rows, 1 columns), `second` from there on."""
    def both(one: Picture, other: Picture) -> Picture:
        return np.concatenate([np.split(one, [cut], axis)[0], np.split(other, [cut], axis)[1]], axis)

    return Crop(both(first.clear, second.clear), both(first.depth, second.depth), first.measured)


@dataclass(frozen=True)
class Choice:
    """Draws crops of one size (height, width in pixels; None = whole scenes) from the views that hold it.

    Raises ConfigError when none does.
    """

    views: Sequence[View]
    size: Size | None

    def __post_init__(self) -> None:
        if not self._fitting:
            rows, columns = self.size or (0, 0)
            raise ConfigError(f"No scene holds a crop of {rows}×{columns} pixels; make the crop smaller or the scale larger.")

    @cached_property
    def _fitting(self) -> list[View]:
        return [v for v in self.views if self.size is None or (min(self.size) > 0 and v.holds(self.size))]

    @cached_property
    def _share(self) -> NDArray[np.float64]:
        share = np.array([view.weight * len(view.shard) for view in self._fitting])
        return np.asarray(share / share.sum())

    def __call__(self, rng: Generator, like: Crop | None = None) -> Crop:
        """One crop; with `like`, from a view whose depth means the same."""
        share = self._share
        if like is not None:
            share = share * [view.shard.measured == like.measured for view in self._fitting]
            share = share / share.sum()
        return self._fitting[int(rng.choice(len(self._fitting), p=share))].crop(rng, self.size)


@dataclass(frozen=True)
class FieldStream:
    """Batch number `step` as a pure function of (seed, step): no epochs, no state, the same for any number of workers.

    views: where scenes come from. windows: sizes (height, width) in cells, multiples of 4; one is drawn for a batch. haze:
    how crops are hazed. batch: samples of the whole batch, over all ranks. mosaic: share of the samples that are put
    together from two scenes (CutMix, Yun et al. 2019), so that a scene cannot be known by heart. distort: a last change of
    the statistics (9, h, w). cell: pixels per cell side. Batches hold hazy and clear (N, 3, 2h, 2w), transmission
    (N, 1, 2h, 2w) and stats (N, 9, h, w), float32. Raises ConfigError when no scene is as large as a window.
    """

    views: Sequence[View]
    windows: Sequence[Size]
    haze: Haze
    batch: int
    seed: int = 0
    mosaic: float = 0.0
    distort: Distort | None = None
    cell: int = CELL
    _choices: dict[Size, Choice] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        for window in self.windows:
            self._choices[window] = Choice(self.views, (window[0] * self.cell, window[1] * self.cell))

    def __call__(self, step: int, rank: int = 0, world: int = 1) -> Batch:
        """This rank's part of batch `step`."""
        window = self.windows[int(generator(self.seed, step).integers(len(self.windows)))]
        with one_thread_each(), ThreadPoolExecutor(torch.get_num_threads()) as pool:
            rows = list(pool.map(lambda row: self._sample(generator(self.seed, step, row + 1), window),
                                 range(rank, self.batch, world)))
        small, clear, transmission, stats = (torch.from_numpy(np.stack(parts)) for parts in zip(*rows, strict=True))
        return Batch(small, clear, transmission, stats)

    def _sample(self, rng: Generator, window: Size) -> tuple[Plane, Plane, Plane, Plane]:
        """Small hazy and clear picture, transmission and statistics of one sample."""
        hazed = self.haze(self._drawn(rng, window), rng)
        small, stats = picture_pyramid(hazed.hazy, self.cell)
        return small, *self._targets(hazed), self.distort(stats, rng) if self.distort else stats

    def _drawn(self, rng: Generator, window: Size) -> Crop:
        choice = self._choices[window]
        crop = choice(rng)
        if self.mosaic == 0 or rng.random() >= self.mosaic:
            return crop
        axis = int(rng.integers(2))
        return joined(crop, choice(rng, crop), axis, int(rng.integers(1, crop.depth.shape[axis])))

    def _targets(self, hazed: Hazed) -> tuple[Plane, Plane]:
        """The clear picture (3, 2h, 2w) and the transmission (1, 2h, 2w), averaged to two samples per cell side."""
        height, width = (side * 2 // self.cell for side in hazed.transmission.shape)
        clear, t = (np.asarray(cv2.resize(x, (width, height), interpolation=cv2.INTER_AREA), np.float32)
                    for x in (hazed.clear, hazed.transmission))
        return np.ascontiguousarray(clear.transpose(2, 0, 1)), t[None]
