"""All training data in one list: a name in a config's [data] table → a function that builds a stream of batches.

Every source takes batch (samples over all ranks), seed, and validation (the part kept for judging); `limit` uses only the
first scenes (for trials).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol

import torch

from dehazer.errors import ConfigError
from training.batch import Batch
from training.data import samples
from training.data.archive import open_archive
from training.data.crops import Choice, FieldStream, Size, View
from training.data.haze import its_haze
from training.data.layouts import find_pairs
from training.data.resident import ResidentStream
from training.data.scenes import IndoorScenes, Photographs
from training.data.shards import Scenes, cached_shards
from training.data.weather import Jittered, distrust, real_haze, shares_of


class Stream(Protocol):
    """Batch number `step`, the part of rank `rank` of `world`; a pure function of seed, step and rank."""

    def __call__(self, step: int, rank: int = 0, world: int = 1) -> Batch: ...


Source = Callable[..., Stream]


def field_its(*, indoor: str, batch: int, seed: int, validation: bool = False, cache: str = "", cell: int = 8,
              scales: Sequence[float] = (1.0,), jitter: float = 0.0, mosaic: float = 0.0, limit: int = 0) -> Stream:
    """RESIDE's indoor haze, seen as a field network sees it. cell: pixels per cell side.

    Against memorising 1349 scenes in long runs: scales of the pictures, jitter: share of the samples whose exposure, white
    balance and depth curve are changed, mosaic: share of those put together from two.
    """
    shards = cached_shards(IndoorScenes(indoor, validation, limit), cache)
    block = 4 * cell
    # a cell at least is left to move the crop in, so that every phase of the grid occurs
    rows, columns = (int(min(s.size[i] for s in shards) * min(scales) - cell) // block * 4 for i in range(2))
    haze = Jittered(its_haze, jitter) if jitter else its_haze
    views = [View(s, scale) for s in shards for scale in scales]
    return FieldStream(views, [(rows, columns)], haze, batch, seed, mosaic, cell=cell)


PHOTO_LINES = (321, 459, 610)  # short sides that photographs are brought to
REAL_WINDOWS: list[Size] = [(56, 76), (56, 56), (40, 52), (56, 84), (76, 56), (56, 76), (56, 96)]


def field_real(*, indoor: str, photos: str | Sequence[str], batch: int, seed: int, validation: bool = False, cache: str = "",
               photo_share: float = 0.4, kinds: Mapping[str, float] | None = None, limit: int = 0) -> Stream:
    """The wide haze: indoor scenes at three sharpnesses and outdoor photographs at three, many shapes.

    photos: one folder or tar of photographs, or several. photo_share: their share of the samples (they are few; more of them
    would be memorised). kinds: shares of kinds of scenes by name, instead of those in `training.data.scene_kinds`.
    """
    rooms = cached_shards(IndoorScenes(indoor, validation, limit), cache)
    outdoors = [shard for root in listed(photos) for shard in cached_shards(Photographs(root, validation, limit), cache)]
    inside = [View(s, scale, weight) for s in rooms for scale, weight in ((1.0, 1.0), (0.7, 1.0), (1.4, 0.5))]
    outside = [View(s, lines / min(s.size)) for s in outdoors for lines in PHOTO_LINES]
    views = [replace(view, weight=view.weight * share / sum(v.weight * len(v.shard) for v in group))
             for group, share in ((inside, 1 - photo_share), (outside, photo_share)) for view in group]
    return FieldStream(views, REAL_WINDOWS, partial(real_haze, shares=shares_of(kinds or {})), batch, seed, distort=distrust)


def listed(roots: str | Sequence[str]) -> Sequence[str]:
    """One path or several, as several."""
    return [roots] if isinstance(roots, str) else roots


def clear_scenes(indoor: str, photos: str, validation: bool, limit: int) -> Scenes:
    """Indoor scenes or photographs, whichever folder is given."""
    if bool(indoor) == bool(photos):
        raise ConfigError("Give exactly one of data.indoor (scenes with depth) and data.photos (a folder or tar of pictures).")
    return IndoorScenes(indoor, validation, limit) if indoor else Photographs(photos, validation, limit)


def rgbd_its(*, indoor: str, batch: int, seed: int, validation: bool = False, cache: str = "", crop: int = 128,
             scales: Sequence[float] = (1.0,), limit: int = 0) -> Stream:
    """RESIDE's indoor haze on pixels, random squares of side `crop` (0 = whole pictures); every sample at one of `scales`.

    A small crop of a shrunk scene shows the whole room for the price of a corner.
    """
    shards = cached_shards(IndoorScenes(indoor, validation, limit), cache)
    views = [View(shard, scale) for shard in shards for scale in scales]
    return samples.SampleStream(samples.HazedPixels(Choice(views, square(crop)), its_haze), batch, seed)


def resident_its(*, indoor: str, batch: int, seed: int, validation: bool = False, cache: str = "", crop: int = 256,
                 scales: Sequence[float] = (1.0,), pyramids: bool = False, cell: int = 8, device: str = "auto",
                 limit: int = 0) -> Stream:
    """RESIDE's indoor haze, made on the device that trains (`training.data.resident`). pyramids: for field networks."""
    place = ("cuda" if torch.cuda.is_available() else "cpu") if device == "auto" else device
    shards = cached_shards(IndoorScenes(indoor, validation, limit), cache)
    return ResidentStream(shards, crop, scales, batch, seed, pyramids, cell, place)


def rgbd_real(*, batch: int, seed: int, indoor: str = "", photos: str = "", validation: bool = False, cache: str = "",
              crop: int = 256, limit: int = 0) -> Stream:
    """The wide haze at full resolution."""
    views = [View(shard) for shard in cached_shards(clear_scenes(indoor, photos, validation, limit), cache)]
    return samples.SampleStream(samples.HazedPixels(Choice(views, square(crop)), real_haze), batch, seed)


def square(side: int) -> Size | None:
    """The size of a square crop; None, whole pictures, for 0."""
    return (side, side) if side else None


def pairs(*, root: str, batch: int, seed: int, layout: str = "pairs", validation: bool = False, crop: int = 128,
          limit: int = 0) -> Stream:
    """A published set of pairs (`training.data.layouts`); every tenth pair is kept for validation."""
    archive = open_archive(root)
    found = [p for i, p in enumerate(find_pairs(archive, layout)) if (i % 10 == 0) == validation]
    return samples.SampleStream(samples.PairSamples(archive, found[:limit or None], crop), batch, seed)


def enlarging(*, batch: int, seed: int, indoor: str = "", photos: str = "", validation: bool = False, crop: int = 96,
              scale: int = 2, target: str = "native", limit: int = 0) -> Stream:
    """Super-resolution of clear pictures, for the teachers."""
    scenes = clear_scenes(indoor, photos, validation, limit)
    return samples.SampleStream(samples.Enlarging(scenes, crop, scale, target), batch, seed)


def clear(*, batch: int, seed: int, indoor: str = "", photos: str = "", validation: bool = False, crop: int = 128,
          limit: int = 0) -> Stream:
    """Clear pictures as their own target, for auto-encoders."""
    return samples.SampleStream(samples.Clear(clear_scenes(indoor, photos, validation, limit), crop), batch, seed)


def _table(*sources: Source) -> dict[str, Source]:
    table: dict[str, Source] = {}
    for source in sources:
        name = source.__name__.replace("_", "-")
        if name in table:
            raise ConfigError(f"Two data sources are called {name}; rename one.")
        table[name] = source
    return table


SOURCES = _table(field_its, field_real, rgbd_its, resident_its, rgbd_real, pairs, enlarging, clear)
