"""All training data in one list: a name in a config's [data] table → a function that builds a stream of batches."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from dehazer.errors import ConfigError
from training.batch import Batch
from training.data.cells import CellStream, Window, default_root
from training.data.haze import Haze, its_haze
from training.data.scenes import IndoorScenes, Photographs
from training.data.shards import View, cached_shards
from training.data.weather import real_haze


class Stream(Protocol):
    """Batch number `step`, the part of rank `rank` of `world`; a pure function of seed, step and rank."""

    def __call__(self, step: int, rank: int = 0, world: int = 1) -> Batch: ...


Source = Callable[..., Stream]
SMALL_BATCH_CACHE = "~/.cache"


def field_its(indoor: str, batch: int, seed: int, validation: bool = False, cache: str | None = None, cell: int = 8) -> Stream:
    """RESIDE's indoor haze on cells of the indoor scenes, two phases of the cell grid."""
    root = default_root(indoor)
    scenes = IndoorScenes(root, validation)
    shards = [s for shift in (0, cell // 2) for s in cached_shards(scenes, root, View(shift=shift, cell=cell),
                                                                   Path(cache) if cache else None, validation)]
    window = (448 // cell, 608 // cell)
    return CellStream(shards, [1.0] * len(shards), [window], its_haze, batch, seed)


REAL_WINDOWS: list[Window] = [(56, 76), (56, 56), (40, 52), (56, 84), (76, 56), (56, 76), (56, 96)]


def field_real(indoor: str, photos: str, batch: int, seed: int, validation: bool = False, cache: str | None = None,
               photo_share: float = 0.4) -> Stream:
    """The wide haze: indoor scenes at three sharpnesses and outdoor photographs at two, many shapes.

    photo_share: the photographs' share of the samples (they are few; more of them would be memorised).
    """
    folder = Path(cache) if cache else None
    rooms, outdoors = default_root(indoor), default_root(photos)
    inside = [s for view in (View(), View(scale=0.7), View(scale=1.4, every=2))
              for s in cached_shards(IndoorScenes(rooms, validation), rooms, view, folder, validation)]
    outside = [s for view in (View(), View(scale=1.43), View(scale=1.9))
               for s in cached_shards(Photographs(outdoors, validation), outdoors, view, folder, validation)]
    weights = [(1 - photo_share) / sum(map(len, inside))] * len(inside) + [photo_share / sum(map(len, outside))] * len(outside)
    return CellStream([*inside, *outside], weights, REAL_WINDOWS, real_haze, batch, seed)


def _table(*sources: Source) -> dict[str, Source]:
    table: dict[str, Source] = {}
    for source in sources:
        name = source.__name__.replace("_", "-")
        if name in table:
            raise ConfigError(f"Two data sources are called {name}; rename one.")
        table[name] = source
    return table


SOURCES = _table(field_its, field_real)
__all__ = ["SOURCES", "Haze", "Stream"]
