"""A picture in overlapping tiles, with the same answer as in one piece: for exact networks where memory is short.

Two things tie a pixel to the rest of the picture. Convolutions reach a few dozen pixels: the overlap covers that. Channel
attention looks at means over the whole picture: they are measured over all tiles and put in the place of each tile's
own. The means of one layer depend on those before it, so the picture is gone through again until they settle; the means
of the last frame are the first guess for the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from dehazer.models.pooling import GlobalMean

SETTLED = 1e-4
"""Largest change of a mean, relative to the largest mean of its layer, at which another round changes no 8-bit code."""


@dataclass(frozen=True)
class Tile:
    """inner: what the tile is responsible for; outer: what it has to see for that. (top, bottom, left, right) pixels."""

    inner: tuple[int, int, int, int]
    outer: tuple[int, int, int, int]


def tiles_of(height: int, width: int, side: int, overlap: int, multiple: int = 1) -> list[Tile]:
    """Tiles of about side × side pixels that cover the picture once; all edges are multiples of `multiple`."""
    step = max(multiple, side // multiple * multiple)
    reach = -(-overlap // multiple) * multiple

    def spans(length: int) -> Iterator[tuple[int, int, int, int]]:
        for first in range(0, length, step):
            last = min(first + step, length)
            yield first, last, max(0, first - reach), min(length, last + reach)

    return [Tile((a, b, c, d), (o, p, q, r)) for a, b, o, p in spans(height) for c, d, q, r in spans(width)]


class TiledNetwork:
    """Runs a network tile by tile. side, overlap: pixels. rounds: how many passes the last picture took."""

    def __init__(self, network: Any, run: Callable[[Tensor], Tensor], side: int, overlap: int, multiple: int = 1) -> None:
        """run: computes one (1, 3, h, w) tile with `network` and answers on the CPU."""
        self.side, self._overlap, self._multiple, self._run = side, overlap, multiple, run
        self._pools = [m for m in network.modules() if isinstance(m, GlobalMean)]
        self._means: list[Tensor] | None = None
        self.rounds = 0

    def __call__(self, rgb: Tensor) -> Tensor:
        """(1, 3, H, W) → the same shape; H and W multiples of `multiple`."""
        tiles = tiles_of(rgb.shape[-2], rgb.shape[-1], self.side, self._overlap, self._multiple)
        self.rounds = 0
        while True:  # every round settles at least one more layer, so this ends
            self.rounds += 1
            used = self._means
            answer, self._means = self._round(rgb, tiles)
            if used is not None and _settled(used, self._means):
                return answer
            if not self._pools:
                return answer

    def _round(self, rgb: Tensor, tiles: list[Tile]) -> tuple[Tensor, list[Tensor]]:
        """The picture computed with the means known so far, and the means measured on the way."""
        answer = torch.empty_like(rgb)
        meters = [_Meter(None if self._means is None else self._means[i]) for i in range(len(self._pools))]
        with ExitStack() as hooks:
            for pool, meter in zip(self._pools, meters, strict=True):
                hooks.callback(pool.register_forward_hook(meter).remove)
            for tile in tiles:
                self._compute_tile(rgb, tile, meters, answer)
        return answer, [meter.mean() for meter in meters]

    def _compute_tile(self, rgb: Tensor, tile: Tile, meters: list[_Meter], answer: Tensor) -> None:
        top, bottom, left, right = tile.outer
        a, b, c, d = tile.inner
        for meter in meters:
            meter.inner = (a - top, b - top, c - left, d - left)
            meter.size = (bottom - top, right - left)
        out = self._run(rgb[..., top:bottom, left:right])
        answer[..., a:b, c:d] = out[..., a - top : b - top, c - left : d - left]


class _Meter:
    """A forward hook of one pool: adds up what the inner part of every tile holds, and answers with the given mean."""

    def __init__(self, given: Tensor | None) -> None:
        self._given = given
        self._sum: Tensor | None = None
        self._count = 0
        self.inner, self.size = (0, 0, 0, 0), (1, 1)

    def __call__(self, pool: torch.nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> Tensor:
        x = inputs[0]
        rows, columns = x.shape[-2] / self.size[0], x.shape[-1] / self.size[1]  # feature maps may be smaller
        a, b, c, d = self.inner
        part = x[..., round(a * rows) : round(b * rows), round(c * columns) : round(d * columns)].float()
        total = part.sum(dim=(2, 3), keepdim=True)
        self._sum = total if self._sum is None else self._sum + total
        self._count += part.shape[-2] * part.shape[-1]
        return output if self._given is None else self._given.to(output)

    def mean(self) -> Tensor:
        """Over everything seen so far."""
        assert self._sum is not None
        return self._sum / self._count


def _settled(before: list[Tensor], now: list[Tensor]) -> bool:
    return all(bool((a - b).abs().max() <= SETTLED * b.abs().max().clamp_min(1e-6)) for a, b in zip(before, now, strict=True))
