"""Batches made on the device: all scenes lie there as 8-bit arrays, and crops, flips and haze cost no processor and no transfer.

For graphics cards on which time is short. 1,349 scenes of 460×620 with depth are 1.5 GB. As every stream, a batch is a pure
function of (seed, step, rank); nothing waits for the device.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from dehazer.errors import ConfigError
from dehazer.field.torch_pyramid import build_pyramid
from training.batch import Batch
from training.data.haze import AIRLIGHT, BETA
from training.data.random_draws import generator
from training.data.shards import Shard


@dataclass(frozen=True)
class ResidentStream:
    """RESIDE's indoor haze on random crops of `crop` × `crop` pixels, on `device`.

    shards: scenes with measured depth. scales: of the pictures; one is drawn for a batch, so that a crop shows 1/scale times
    as much of a scene. batch: samples of the whole batch, over all ranks. pyramids: for field networks, as the deployed code
    looks at 8-bit pictures (hazy and clear at two samples per cell side, with statistics); else whole pixels.
    Raises ConfigError when no scene is as large as a crop.
    """

    shards: Sequence[Shard]
    crop: int
    scales: Sequence[float]
    batch: int
    seed: int = 0
    pyramids: bool = False
    cell: int = 8
    device: str = "cpu"

    def __post_init__(self) -> None:
        smallest = min(min(shard.size) for shard in self.shards)
        if max(self.windows) > smallest:
            raise ConfigError(f"A crop of {self.crop} pixels at scale {min(self.scales)} does not fit into scenes of {smallest}; "
                              "make data.crop smaller or data.scales larger.")
        if self.pyramids and self.crop % (4 * self.cell):
            raise ConfigError(f"data.crop = {self.crop} is not a multiple of {4 * self.cell}, four cells.")

    @property
    def windows(self) -> list[int]:
        """Pixels of a scene per side of a crop, for every scale."""
        return [round(self.crop / scale) for scale in self.scales]

    @cached_property
    def _resident(self) -> list[tuple[Tensor, Tensor]]:
        """(clear (n, H, W, 3), depth (n, H, W)) uint8 on the device, brought there with the first batch."""
        return [(torch.from_numpy(np.array(shard.clear)).to(self.device), torch.from_numpy(np.array(shard.depth)).to(self.device))
                for shard in self.shards]

    def __call__(self, step: int, rank: int = 0, world: int = 1) -> Batch:
        """This rank's part of batch `step`."""
        host = generator(self.seed, step)  # one shard and one scale for the whole batch, so that shapes are known beforehand
        shares = np.array([len(shard) for shard in self.shards])
        number = int(host.choice(len(shares), p=shares / shares.sum()))
        window = self.windows[int(host.integers(len(self.scales)))]
        draws = torch.Generator(self.device).manual_seed(int(host.integers(2**62)))
        clear, depth = self._crops(number, window, draws, slice(rank, self.batch, world))
        return self._hazed(clear, depth, draws, slice(rank, self.batch, world))

    def _uniform(self, draws: torch.Generator, low: float, high: float, mine: slice) -> Tensor:
        """(n, 1, 1, 1): drawn for the whole batch, so that every rank draws the same, then this rank's."""
        drawn = torch.rand((self.batch, 1, 1, 1), generator=draws, device=self.device)
        return low + (high - low) * drawn[mine]

    def _crops(self, number: int, window: int, draws: torch.Generator, mine: slice) -> tuple[Tensor, Tensor]:
        """clear (n, 3, crop, crop) and depth (n, 1, crop, crop) in [0, 1]."""
        pictures, depths = self._resident[number]
        count, height, width = depths.shape
        scene, top, left, flip = (
            (self._uniform(draws, 0, most, mine).flatten().long().clamp(max=most - 1))[:, None, None]
            for most in (count, height - window + 1, width - window + 1, 2))
        steps = torch.arange(window, device=self.device)
        rows = top + steps[None, :, None]  # (n, window, 1)
        columns = left + torch.where(flip == 1, window - 1 - steps[None, None], steps[None, None])  # (n, 1, window)
        clear = pictures[scene, rows, columns].permute(0, 3, 1, 2).float() / 255
        depth = depths[scene, rows, columns][:, None].float()
        depth = ((depth + torch.rand(depth.shape, generator=draws, device=self.device) - 0.5) / 255).clamp(0, 1)
        return self._scaled(clear), self._scaled(depth)

    def _scaled(self, picture: Tensor) -> Tensor:
        if picture.shape[-1] == self.crop:
            return picture
        how = "area" if picture.shape[-1] > self.crop else "bicubic"
        return F.interpolate(picture, (self.crop, self.crop), mode=how).clamp(0, 1)

    def _hazed(self, clear: Tensor, depth: Tensor, draws: torch.Generator, mine: slice) -> Batch:
        beta, airlight = (self._uniform(draws, *limits, mine) for limits in (BETA, AIRLIGHT))
        t = torch.exp(-beta * depth)
        hazy = clear * t + airlight * (1 - t)
        if not self.pyramids:
            return Batch(hazy, clear, t)
        pyramid = build_pyramid((hazy * 255).round() / 255, self.cell)
        clear, t = (F.avg_pool2d(x, self.cell // 2) for x in (clear, t))
        return Batch(pyramid.small, clear, t, pyramid.stats)
