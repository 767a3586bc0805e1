"""The one operation through which a pixel of an exact network sees the whole picture."""

from __future__ import annotations

from torch import Tensor, nn


class GlobalMean(nn.Module):
    """Mean of each channel over the picture, (N, C, H, W) → (N, C, 1, 1).

    A module of its own, without parameters, so that the tiled computation can put the mean of the whole
    picture in the place of the tile's (see `dehazer.engine.tiles`). Networks whose `tiling` is "pooled" must use it for
    every global mean.
    """

    def forward(self, x: Tensor) -> Tensor:
        return x.mean(dim=(2, 3), keepdim=True)
