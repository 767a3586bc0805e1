"""The student of "Distilling Image Dehazing with Heterogeneous Task Imitation" (KDDN, section 3.1), image in, image out.

Two stride-2 convolutions, six residual-in-residual groups of three spatially weighted channel-attention blocks inside one long
skip, two bilinear enlargements with convolutions, Tanh. 64 channels, 1,750,549 parameters. The paper's Tanh answers in [-1, 1]
while pictures are in [0, 1]: both ends are converted here.
"""

from __future__ import annotations

from torch import Tensor, nn

from dehazer.models.pooling import GlobalMean

WIDTH = 64


def down() -> nn.Sequential:
    """(N, 3, H, W) in [-1, 1] → (N, 64, H/4, W/4)."""
    return nn.Sequential(nn.Conv2d(3, WIDTH, 3, stride=2, padding=1), nn.ReLU(),
                         nn.Conv2d(WIDTH, WIDTH, 3, stride=2, padding=1), nn.ReLU())


def up() -> nn.Sequential:
    """(N, 64, H/4, W/4) → (N, 3, H, W) in [-1, 1]."""
    def enlarge() -> list[nn.Module]:
        return [nn.Conv2d(WIDTH, WIDTH, 3, padding=1), nn.ReLU(),
                nn.Upsample(scale_factor=2, mode="bilinear", align_corners=False)]

    return nn.Sequential(*enlarge(), *enlarge(), nn.Conv2d(WIDTH, 3, 3, padding=1), nn.Tanh())


class Swrcab(nn.Module):
    """Spatially weighted residual channel attention block (KDDN figure 3).

    The features of two convolutions get a weight per channel. It is computed from the mean of the block's input, in which every
    pixel counts by a learnt spatial weight: dense haze can weigh more than in a plain average. spatial=False is the squeeze-
    and-excitation block of the paper's baseline, the plain average of the features themselves.
    """

    def __init__(self, channels: int, spatial: bool = True) -> None:
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(channels, channels, 3, padding=1), nn.ReLU(),
                                  nn.Conv2d(channels, channels, 3, padding=1))
        self.spatial = nn.Sequential(nn.Conv2d(channels, 1, 3, padding=1), nn.Sigmoid()) if spatial else None
        self.pool = GlobalMean()
        self.channel = nn.Sequential(nn.Conv2d(channels, channels, 1), nn.Sigmoid())

    def forward(self, x: Tensor) -> Tensor:
        y = self.body(x)
        pooled = y if self.spatial is None else x * self.spatial(x)  # (N, C, H, W)
        weighted: Tensor = x + y * self.channel(self.pool(pooled))
        return weighted


class ResidualGroup(nn.Module):
    """Residual in residual: three blocks and a convolution inside one shortcut."""

    def __init__(self, channels: int, blocks: int, spatial: bool) -> None:
        super().__init__()
        self.body = nn.Sequential(*(Swrcab(channels, spatial) for _ in range(blocks)),
                                  nn.Conv2d(channels, channels, 3, padding=1))

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = x + self.body(x)
        return y


class Kddn(nn.Module):
    """The deployed network. Input and output: (N, 3, H, W) float RGB in [0, 1], H and W multiples of 4.

    groups, blocks: residual groups and blocks in each. spatial: see `Swrcab`. Groups 1, 2 and 3 (the paper's n) are tapped.
    """

    def __init__(self, groups: int = 6, blocks: int = 3, spatial: bool = True) -> None:
        super().__init__()
        self.taps = {"early": WIDTH, "middle": WIDTH, "late": WIDTH}
        self.down, self.up = down(), up()
        self.groups = nn.ModuleList(ResidualGroup(WIDTH, blocks, spatial) for _ in range(groups))

    def forward(self, x: Tensor) -> Tensor:
        """(N, 3, H, W) hazy → (N, 3, H, W) clear, in [0, 1]."""
        image, _ = self.features(x)
        return image

    def features(self, x: Tensor) -> tuple[Tensor, dict[str, Tensor]]:
        """As `forward`, with the maps (N, 64, H/4, W/4) after groups 1, 2 and 3 as "early", "middle", "late"."""
        shallow = self.down(2 * x - 1)  # (N, 64, H/4, W/4)
        y, maps = shallow, []
        for group in self.groups:
            y = group(y)
            maps.append(y)
        return (self.up(shallow + y) + 1) / 2, dict(zip(self.taps, maps, strict=False))
