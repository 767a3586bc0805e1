"""Shards: all scenes of one size, decoded once, kept as memory-mapped arrays in a cache folder.

So a step of training reads pixels instead of decoding pictures; 1,349 scenes of 460×620 take 1.5 GB of disk.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

import cv2
import numpy as np

from training.data.scenes import Picture, Scene
from training.progress import progress

VERSION = 3  # raise when the arrays change their meaning
DAY = 24 * 3600  # seconds
ARRAYS = ("clear", "depth")


class Scenes(Protocol):
    """Clear material: see `training.data.scenes`."""

    measured: bool
    root: Path

    @property
    def names(self) -> list[str]: ...
    def __len__(self) -> int: ...
    def __getitem__(self, index: int) -> Scene: ...


@dataclass(frozen=True)
class Shard:
    """clear (n, H, W, 3) and depth (n, H, W), both uint8. `measured`: depth is metric, 255 = the farthest point; else it marks
    what looks like sky. folder: where the arrays are kept, if they are."""

    clear: Picture
    depth: Picture
    measured: bool
    folder: Path | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Height and width in pixels."""
        return self.depth.shape[1], self.depth.shape[2]

    def __len__(self) -> int:
        return len(self.depth)

    def __reduce__(self) -> Any:
        # Worker processes that are not forked get a copy: the address of the cache instead of its gigabytes.
        return (open_shard, (self.folder, self.measured)) if self.folder else (Shard, (self.clear, self.depth, self.measured))


def open_shard(folder: Path, measured: bool) -> Shard:
    """The shard that is kept in `folder`; pixels are read when they are looked at."""
    return Shard(**{name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in ARRAYS}, measured=measured, folder=folder)


def sky_likeness(clear: Picture) -> Picture:
    """(H, W) uint8 for a picture (H, W, 3) uint8: 255 where it is bright, smooth, not warm, and reached from the top edge."""
    small = cv2.resize(clear, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    grey, block = small.mean(axis=2), np.ones((5, 5), np.uint8)
    rough = cv2.blur(cv2.dilate(grey, block) - cv2.erode(grey, block), (3, 3))
    cool = (small[..., 2] - small[..., 0] + 0.06) / 0.08
    score = np.clip((grey - 0.3) / 0.15, 0, 1) * np.clip((0.16 - rough) / 0.06, 0, 1) * np.clip(cool, 0, 1)
    reached = cv2.blur(np.minimum.accumulate(score, axis=0), (5, 5))
    size = (clear.shape[1], clear.shape[0])
    return np.asarray(cv2.resize(reached * 255, size, interpolation=cv2.INTER_LINEAR).round(), np.uint8)


def build_shards(scenes: Scenes, title: str) -> Iterator[Shard]:
    """Decode every scene; one shard per size that occurs."""
    sizes: dict[tuple[int, ...], list[Scene]] = {}
    for index in progress(range(len(scenes)), title, "scene"):
        scene = scenes[index]
        sizes.setdefault(scene.clear.shape, []).append(scene)
    for group in sizes.values():
        depths = [sky_likeness(s.clear) if s.depth is None else s.depth for s in group]
        yield Shard(np.stack([s.clear for s in group]), np.stack(depths), scenes.measured)


def default_cache() -> Path:
    """The user's cache folder."""
    from platformdirs import user_cache_path  # not on every training machine; data.cache does without

    return user_cache_path("dehazer") / "shards"


def cached_shards(scenes: Scenes, cache: str = "") -> list[Shard]:
    """The shards of `scenes`, from the cache folder or made now (half a minute for 1349 scenes on two cores)."""
    folder = Path(cache).expanduser() if cache else default_cache()
    key = {"version": VERSION, "files": _fingerprint(scenes.root), "scenes": scenes.names}
    home = folder / hashlib.sha256(json.dumps(key, sort_keys=True).encode()).hexdigest()[:16]
    if not home.exists():
        _store(home, list(build_shards(scenes, f"pixels of {scenes.root.name}")))
    return _restore(home, scenes.measured)


def _fingerprint(source: Path) -> list[tuple[str, int, int]]:
    files = sorted(source.rglob("*")) if source.is_dir() else [source]
    return [(f.name, f.stat().st_size, int(f.stat().st_mtime)) for f in files if f.is_file()]


def _store(home: Path, shards: Sequence[Shard]) -> None:
    # Written beside and renamed, so that an interrupted run leaves no half cache behind; under a name of its own, because
    # two runs may make the same arrays at once.
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
        for name in ARRAYS:
            np.save(folder / str(number) / f"{name}.npy", getattr(shard, name))


def _restore(home: Path, measured: bool) -> list[Shard]:
    folders = sorted((f for f in home.iterdir() if f.is_dir()), key=lambda f: int(f.name))
    return [open_shard(folder, measured) for folder in folders]
