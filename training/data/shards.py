"""Shards: what the field network needs of every scene, computed once, kept as memory-mapped arrays in a cache folder.

A picture of 456×616 becomes 57×77 cells: the picture at two samples per cell side, the cells' minimum, maximum and mean
neighbour difference, and the depth. Haze is added to these on the fly (see `training.data.haze`): minimum and maximum
move like pixels, differences shrink with the transmission. So no full-resolution synthesis happens during training.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from dehazer.pyramid import DIFFERENCE_FLOOR, build_pyramid
from training.data.scenes import Scene, resized
from training.progress import progress

VERSION = 2  # raise when the arrays change their meaning
DAY = 24 * 3600  # seconds
ARRAYS = ("small", "low", "high", "difference", "depth")


class Scenes(Protocol):
    """Clear material: see `training.data.scenes`."""

    measured: bool
    root: Path

    @property
    def names(self) -> list[str]: ...
    def __len__(self) -> int: ...
    def __getitem__(self, index: int) -> Scene: ...


@dataclass(frozen=True)
class View:
    """How a scene is looked at before its cells are computed.

    scale: resize factor; shift: pixels cut off at the top and left; every: keep one scene of
    `every`; cell: pixels per cell side.
    """

    scale: float = 1.0
    shift: int = 0
    every: int = 1
    cell: int = 8


@dataclass(frozen=True)
class Shard:
    """All scenes of one shape: small (n, 3, 2h, 2w), low and high (n, 3, h, w) uint8; difference (n, 3, h, w) and depth
    (n, 1, 2h, 2w) float16. `measured`: depth is metric, 1 = the farthest point; else it marks what looks like sky."""

    arrays: dict[str, NDArray[Any]]
    measured: bool

    @property
    def cells(self) -> tuple[int, int]:
        """Height and width in cells."""
        return self.arrays["low"].shape[2], self.arrays["low"].shape[3]

    def __len__(self) -> int:
        return len(self.arrays["low"])


def sky_likeness(small: Tensor) -> Tensor:
    """(1, 2h, 2w) in [0, 1] for a picture (3, 2h, 2w): bright, smooth, not warm, and reached from the top edge."""
    grey = small.mean(dim=0, keepdim=True)
    rough = F.avg_pool2d((F.max_pool2d(grey, 5, 1, 2) + F.max_pool2d(-grey, 5, 1, 2)), 3, 1, 1, count_include_pad=False)
    cool = (small[2:] - small[:1] + 0.06) / 0.08
    score = ((grey - 0.3) / 0.15).clamp(0, 1) * ((0.16 - rough) / 0.06).clamp(0, 1) * cool.clamp(0, 1)
    reached: Tensor = score.cummin(dim=1).values
    return F.avg_pool2d(reached, 5, 1, 2, count_include_pad=False)


def look(scene: Scene, view: View) -> dict[str, Tensor]:
    """The arrays of one scene, without the leading axis."""
    scene = resized(scene, view.scale)
    clear, depth = scene.clear, scene.depth
    unit = view.cell
    height, width = ((side - view.shift) // unit * unit for side in clear.shape[:2])
    window = (slice(view.shift, view.shift + height), slice(view.shift, view.shift + width))
    rgb = torch.from_numpy(clear[window].transpose(2, 0, 1).astype(np.float32)) / 255
    pyramid = build_pyramid(rgb[None], view.cell)
    small, stats = pyramid.small[0], pyramid.stats[0]
    far = (sky_likeness(small) if depth is None else
           F.avg_pool2d(torch.from_numpy(depth[window].astype(np.float32))[None] / 255, view.cell // 2))
    return {"small": (small * 255).round().byte(), "low": (stats[:3] * 255).round().byte(),
            "high": (stats[3:6] * 255).round().byte(), "difference": (torch.exp(stats[6:] * 2 - 5) - DIFFERENCE_FLOOR).half(),
            "depth": far.half()}


def build_shards(scenes: Scenes, view: View, title: str) -> Iterator[Shard]:
    """Compute every scene; one shard per shape that occurs."""
    shapes: dict[tuple[int, ...], list[dict[str, Tensor]]] = {}
    for index in progress(range(0, len(scenes), view.every), title, "scene"):
        arrays = look(scenes[index], view)
        shapes.setdefault(tuple(arrays["low"].shape), []).append(arrays)
    for rows in shapes.values():
        yield Shard({name: torch.stack([row[name] for row in rows]).numpy() for name in ARRAYS}, scenes.measured)


def default_cache() -> Path:
    """The user's cache folder."""
    from platformdirs import user_cache_path  # not on every training machine; data.cache does without

    return user_cache_path("dehazer") / "shards"


def cached_shards(scenes: Scenes, view: View, cache: str = "") -> list[Shard]:
    """The shards of `scenes`, from the cache folder or made now (a minute or two for 1349 scenes on two cores)."""
    folder = Path(cache).expanduser() if cache else default_cache()
    key = {"version": VERSION, "view": asdict(view), "files": _fingerprint(scenes.root), "scenes": scenes.names}
    home = folder / hashlib.sha256(json.dumps(key, sort_keys=True).encode()).hexdigest()[:16]
    if not home.exists():
        _store(home, list(build_shards(scenes, view, f"cells of {scenes.root.name}")))
    return _restore(home, scenes.measured)


def _fingerprint(source: Path) -> list[tuple[str, int, int]]:
    files = sorted(source.rglob("*")) if source.is_dir() else [source]
    return [(f.name, f.stat().st_size, int(f.stat().st_mtime)) for f in files if f.is_file()]


def _store(home: Path, shards: Sequence[Shard]) -> None:
    # Written beside and renamed, so that an interrupted run leaves no half cache behind; under a name of its own, because
    # two runs may make the same cells at once.
    beside = home.with_name(f"{home.name}.{uuid4().hex}.partial")
    beside.mkdir(parents=True)
    _sweep(home.parent)
    try:
        _save(beside, shards)
        beside.rename(home)
    except OSError:
        if not home.exists():
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _sweep(folder: Path) -> None:
    """Remove what killed runs left behind; no cache takes a day to make."""
    for left in folder.glob("*.partial"):
        with suppress(FileNotFoundError):  # that run has just renamed it
            if time.time() - left.stat().st_mtime > DAY:
                shutil.rmtree(left, ignore_errors=True)


def _save(folder: Path, shards: Sequence[Shard]) -> None:
    for number, shard in enumerate(shards):
        (folder / str(number)).mkdir()
        for name, array in shard.arrays.items():
            np.save(folder / str(number) / f"{name}.npy", array)


def _restore(home: Path, measured: bool) -> list[Shard]:
    folders = sorted((f for f in home.iterdir() if f.is_dir()), key=lambda f: int(f.name))
    return [Shard({name: np.load(f / f"{name}.npy", mmap_mode="r") for name in ARRAYS}, measured) for f in folders]
