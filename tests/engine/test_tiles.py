"""A picture in tiles is the picture in one piece, although attention looks at all of it."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings, strategies as st
from torch import Tensor, nn

from dehazer.engine.image_network import OVERLAP
from dehazer.engine.tiles import TiledNetwork, tiles_of
from dehazer.models.pooling import GlobalMean
from dehazer.models.registry import MODELS, ModelSpec
from tests.networks import random_network
from tests.pictures import scene

TILEABLE = [spec for spec in MODELS.values() if spec.kind == "image" and spec.tiling != "no"]
SMALLER = {"student": {"inner": 2}, "kddn": {"groups": 2, "blocks": 2}}
HALF_A_CODE = 0.5 / 255
"""What rounding to 8 bits hides; the overlap and the settling of the means are chosen to stay below it."""


def picture(height: int, width: int, seed: int = 0) -> Tensor:
    return torch.from_numpy(scene(height, width, seed)).permute(2, 0, 1)[None].contiguous()


@pytest.mark.parametrize("spec", TILEABLE, ids=lambda s: s.name)
@torch.inference_mode()
def test_tiled_is_untiled(spec: ModelSpec) -> None:
    network = random_network(spec.name, **SMALLER.get(spec.name, {}))
    rgb = picture(112, 160)
    whole = network(rgb)
    tiled = TiledNetwork(network, network, 64, OVERLAP, spec.multiple)
    assert (tiled(rgb) - whole).abs().max() < HALF_A_CODE
    first = tiled.rounds
    assert (tiled(rgb) - whole).abs().max() < HALF_A_CODE
    assert tiled.rounds == 1  # a steady scene is gone through once
    assert first > 1 or spec.tiling == "local"  # global means take one more round, what has none is ready at once


@torch.inference_mode()
def test_the_means_of_the_whole_picture_matter() -> None:
    """The test above can fail: with each tile's own means the same picture is far off."""
    network = nn.Sequential(nn.Conv2d(3, 3, 3, padding=1), _Scaled())
    rgb = picture(64, 128)
    rgb[..., 64:] *= 0.2
    right = TiledNetwork(network, network, 64, 8)(rgb)
    alone = torch.cat([network(rgb[..., :64]), network(rgb[..., 64:])], dim=3)
    assert (right - network(rgb)).abs().max() < 1e-5
    assert (alone - network(rgb)).abs().max() > 0.05


class _Scaled(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.pool = GlobalMean()

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = x + self.pool(x)
        return y


@given(height=st.integers(1, 60), width=st.integers(1, 60), side=st.integers(8, 128), overlap=st.integers(0, 64),
       multiple=st.sampled_from([1, 4, 32]))
@settings(max_examples=60, deadline=None)
def test_tiles_cover_every_pixel_once(height: int, width: int, side: int, overlap: int, multiple: int) -> None:
    height, width = height * multiple, width * multiple
    covered = np.zeros((height, width), int)
    for tile in tiles_of(height, width, side, overlap, multiple):
        a, b, c, d = tile.inner
        covered[a:b, c:d] += 1
        assert all(edge % multiple == 0 for edge in tile.outer)
        top, bottom, left, right = tile.outer
        assert min(a - top - min(overlap, a), bottom - b - min(overlap, height - b)) >= 0
        assert min(c - left - min(overlap, c), right - d - min(overlap, width - d)) >= 0
    assert (covered == 1).all()


def test_every_pooled_network_pools_through_global_mean() -> None:
    """A plain .mean() inside a network that promises "pooled" would be silently wrong in tiles."""
    for spec in TILEABLE:
        if spec.tiling == "pooled":
            network = random_network(spec.name)
            assert any(isinstance(m, GlobalMean) for m in network.modules()), spec.name
