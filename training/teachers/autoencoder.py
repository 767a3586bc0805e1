"""KDDN's teacher: an auto-encoder of clear pictures (KDDN section 3.1), built from the deployed student's parts."""

from __future__ import annotations

from torch import Tensor, nn

from dehazer.models.kddn import WIDTH, down, up


class ResidualBlock(nn.Module):
    """conv, ReLU, conv, + input; no batch normalisation."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(channels, channels, 3, padding=1), nn.ReLU(),
                                  nn.Conv2d(channels, channels, 3, padding=1))

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = x + self.body(x)
        return y


class AutoEncoder(nn.Module):
    """(N, 3, H, W) in [0, 1], H and W multiples of 4 → the same picture; blocks 2, 4 and 6 (the paper's m) are tapped."""

    def __init__(self, blocks: int = 6) -> None:
        super().__init__()
        self.taps = {"early": WIDTH, "middle": WIDTH, "late": WIDTH}
        self.down, self.up = down(), up()
        self.blocks = nn.ModuleList(ResidualBlock(WIDTH) for _ in range(blocks))

    def forward(self, x: Tensor) -> Tensor:
        """The picture again, in [0, 1]."""
        image, _ = self.features(x)
        return image

    def features(self, x: Tensor) -> tuple[Tensor, dict[str, Tensor]]:
        """The picture, and the maps (N, 64, H/4, W/4) after blocks 2, 4 and 6."""
        y, maps = self.down(2 * x - 1), []
        for block in self.blocks:
            y = block(y)
            maps.append(y)
        return (self.up(y) + 1) / 2, dict(zip(self.taps, maps[1::2], strict=True))
