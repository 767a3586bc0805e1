"""Full-resolution samples for image networks and teachers: synthesis on the fly, published pairs, super-resolution.

Each maker draws one sample from a generator of its own (`training.data.random_draws`), so batches are the same for any number of
worker processes and ranks, and a resumed run goes on where it stood.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from dehazer.errors import ConfigError, InputError
from training.batch import Batch
from training.data.archive import Archive
from training.data.crops import Choice
from training.data.haze import Haze
from training.data.layouts import Pair
from training.data.random_draws import Generator, generator
from training.data.scenes import Picture
from training.data.shards import Scenes

Maker = Callable[[Generator], Batch]


@dataclass(frozen=True)
class SampleStream:
    """Batch number `step` as a pure function of (seed, step); `batch` samples over all ranks."""

    make: Maker
    batch: int
    seed: int = 0

    def __call__(self, step: int, rank: int = 0, world: int = 1) -> Batch:
        """This rank's part of batch `step`."""
        return join([self.make(generator(self.seed, step, row + 1)) for row in range(rank, self.batch, world)])


def join(samples: Sequence[Batch]) -> Batch:
    """One batch of several of the same shape."""
    known = [f.name for f in fields(Batch) if getattr(samples[0], f.name) is not None]
    return replace(samples[0], **{name: torch.cat([getattr(s, name) for s in samples]) for name in known})


def as_tensor(picture: Picture) -> Tensor:
    """(H, W, 3) or (H, W) uint8 → (1, C, H, W) float in [0, 1]."""
    flat = picture if picture.ndim == 3 else picture[..., None]
    return torch.from_numpy(flat.transpose(2, 0, 1).astype(np.float32))[None] / 255


def window(rng: Generator, picture: Picture, crop: int) -> tuple[slice, slice, int]:
    """Rows, columns and horizontal flip (1 or −1) of a random square; crop = 0 is the whole picture."""
    height, width = picture.shape[:2]
    flip = -1 if rng.random() < 0.5 else 1
    if not crop:
        return slice(None), slice(None), flip
    if crop > min(height, width):
        raise ConfigError(f"data.crop = {crop} is larger than a picture of {height}×{width}; make it smaller.")
    top, left = int(rng.integers(height - crop + 1)), int(rng.integers(width - crop + 1))
    return slice(top, top + crop), slice(left, left + crop), flip


def cut(picture: Picture, where: tuple[slice, slice, int]) -> Picture:
    """The window of a picture, flipped."""
    return picture[where[0], where[1]][:, ::where[2]]


def drawn(scenes: Scenes, rng: Generator, crop: int) -> Picture:
    """The clear picture of a random scene, cut."""
    picture = scenes[int(rng.integers(len(scenes)))].clear
    return cut(picture, window(rng, picture, crop))


@dataclass(frozen=True)
class HazedPixels:
    """Crops of scenes under a haze (`training.data.haze`, `training.data.weather`), at full resolution."""

    choice: Choice
    haze: Haze

    def __call__(self, rng: Generator) -> Batch:
        """One sample."""
        hazed = self.haze(self.choice(rng), rng)
        clear = torch.from_numpy(np.ascontiguousarray(hazed.clear.transpose(2, 0, 1)))
        return Batch(as_tensor(hazed.hazy), clear[None], torch.from_numpy(hazed.transmission)[None, None])


@dataclass(frozen=True)
class PairSamples:
    """Published pairs; the clear picture is centre-cropped to the hazy one's size, the transmission read where given."""

    archive: Archive
    pairs: Sequence[Pair]
    crop: int = 0

    def __call__(self, rng: Generator) -> Batch:
        """One sample."""
        pair = self.pairs[int(rng.integers(len(self.pairs)))]
        hazy, clear = read_pair(self.archive, pair)
        where = window(rng, hazy, self.crop)
        batch = Batch(as_tensor(cut(hazy, where)), as_tensor(cut(clear, where)))
        if pair.trans is None:
            return batch
        t = centred(self.archive.picture(pair.trans, "L"), hazy, pair.trans)
        return replace(batch, transmission=as_tensor(cut(t, where)).clamp(min=1 / 255))


def read_pair(archive: Archive, pair: Pair) -> tuple[Picture, Picture]:
    """Hazy and clear, both of the hazy picture's size."""
    hazy = archive.picture(pair.hazy)
    return hazy, centred(archive.picture(pair.clear), hazy, pair.clear)


def centred(picture: Picture, like: Picture, name: str) -> Picture:
    """The centre of `picture`, as large as `like`; raises InputError when it is smaller."""
    (height, width), (rows, columns) = like.shape[:2], picture.shape[:2]
    if rows < height or columns < width:
        raise InputError(f"{name} is {columns}×{rows}, smaller than its hazy picture of {width}×{height}; they are no pair.")
    top, left = (rows - height) // 2, (columns - width) // 2
    return picture[top:top + height, left:left + width]


@dataclass(frozen=True)
class Enlarging:
    """Super-resolution pairs from clear pictures.

    target "native": the picture is the reference, its bicubic reduction the input (HR 460×620 on whole scenes).
    target "enlarged": the picture is the input, its bicubic enlargement the reference (HR 920×1240): there is no sharper
    original, so this measures agreement with bicubic interpolation and nothing else.
    """

    scenes: Scenes
    crop: int = 96
    scale: int = 2
    target: str = "native"

    def __call__(self, rng: Generator) -> Batch:
        """One sample."""
        return enlarging_pair(as_tensor(drawn(self.scenes, rng, self.crop)), self.scale, self.target)


def enlarging_pair(clear: Tensor, scale: int, target: str) -> Batch:
    """(given, reference) as `Enlarging` defines them, for one picture (1, 3, H, W); native ones are cut to whole steps."""
    if target not in ("native", "enlarged"):
        raise ConfigError(f"data.target = {target!r}; choose native or enlarged.")
    if target == "enlarged":
        return Batch(clear, bicubic(clear, float(scale)))
    height, width = (side // scale * scale for side in clear.shape[2:])
    clear = clear[..., :height, :width]
    return Batch(bicubic(clear, 1 / scale), clear)


def bicubic(x: Tensor, factor: float) -> Tensor:
    """Resized with anti-aliasing, clamped to [0, 1]."""
    return F.interpolate(x, scale_factor=factor, mode="bicubic", antialias=True, align_corners=False).clamp(0, 1)


@dataclass(frozen=True)
class Clear:
    """Clear pictures as their own target: for auto-encoders."""

    scenes: Scenes
    crop: int = 128

    def __call__(self, rng: Generator) -> Batch:
        """One sample."""
        clear = as_tensor(drawn(self.scenes, rng, self.crop))
        return Batch(clear, clear)


