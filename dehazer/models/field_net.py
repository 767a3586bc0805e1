"""The haze-field network: a small U-Net that looks at a pyramid and answers with a haze field.

The clear scene is affine in the hazy one, J = a·I + b with a = 1/t and b = A·(1 − 1/t) (atmospheric scattering model,
RFD eq. 1), and t and A vary slowly. So the network never draws pixels: it estimates the transmission t and the local
airlight A on a grid of cells, and the field made of them is applied to the full-resolution picture.

What it sees (see `dehazer.field.pyramid`): the picture shrunk to two samples per cell side, and statistics of every
full-resolution cell. Averaging alone loses the dark channel and the strength of texture; the statistics keep both.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from dehazer.field.haze_field import MIN_TRANSMISSION

STATISTICS = 9  # minimum, maximum and log difference of three colours


class Gate(nn.Module):
    """x + W₁(value · σ(gate)), value and gate from one 3×3 convolution of the normalised x. Shape is kept."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.norm = nn.BatchNorm2d(channels)
        self.spread = nn.Conv2d(channels, 2 * channels, 3, padding=1)
        self.merge = nn.Conv2d(channels, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        value, gate = self.spread(self.norm(x)).chunk(2, dim=1)
        y: Tensor = x + self.merge(value * gate.sigmoid())
        return y


def gates(channels: int, count: int) -> nn.Sequential:
    """`count` gates in a row, all of one width."""
    return nn.Sequential(*(Gate(channels) for _ in range(count)))


class Up(nn.Module):
    """Bilinear ×2 followed by a convolution (pixel-shuffle leaves faint blocks on smooth fog), plus the skip."""

    def __init__(self, channels: int, out: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, out, 3, padding=1)

    def forward(self, x: Tensor, skip: Tensor) -> Tensor:
        return skip + F.interpolate(self.conv(x), scale_factor=2.0, mode="bilinear", align_corners=False)


class FieldNet(nn.Module):
    """Pyramid in, haze field out.

    Args:
        widths: channels at 1, 1/2 and 1/4 of the grid.
        blocks: gates at each of these scales; the two upper scales have as many again on the way up.
        statistics: whether the cell statistics are used (without them: the small picture alone).
        airlight_max: largest airlight the head can answer, in picture units ([0, 1] is black to white).
        t_min: smallest transmission the head can answer; the gain never exceeds 1 / t_min.
    """

    def __init__(self, widths: tuple[int, int, int] = (32, 64, 128), blocks: tuple[int, int, int] = (1, 2, 4),
                 statistics: bool = True, airlight_max: float = 1.2, t_min: float = MIN_TRANSMISSION) -> None:
        super().__init__()
        w1, w2, w3 = widths
        self.statistics, self.airlight_max, self.t_min = statistics, airlight_max, t_min
        # feature maps offered to a distiller, name → channels
        self.taps = dict(zip(("early", "middle", "late"), (w1, w3, w1), strict=True))
        self.stem = nn.Conv2d(12 + (STATISTICS + 1 if statistics else 0), w1, 3, padding=1)
        self.enter1 = gates(w1, blocks[0])
        self.down1 = nn.Conv2d(w1, w2, 3, stride=2, padding=1)
        self.enter2 = gates(w2, blocks[1])
        self.down2 = nn.Conv2d(w2, w3, 3, stride=2, padding=1)
        self.bottom = gates(w3, blocks[2])
        self.whole = nn.Linear(2 * w3, w3)
        self.up2 = Up(w3, w2)
        self.leave2 = gates(w2, blocks[1])
        self.up1 = Up(w2, w1)
        self.leave1 = gates(w1, blocks[0])
        self.head = nn.Conv2d(w1, 4, 3, padding=1)
        for parameter in self.head.parameters():
            nn.init.zeros_(parameter)

    def forward(self, small: Tensor, stats: Tensor) -> tuple[Tensor, Tensor]:
        """Estimate the field.

        Args:
            small: (N, 3, 2h, 2w) float, RGB in [0, 1]; h and w multiples of 4.
            stats: (N, 9, h, w) float: cell minimum, cell maximum (RGB, [0, 1]) and log differences.

        Returns:
            gain (N, 1, h, w) in [1, 1/t_min] and offset (N, 3, h, w), so that clear = gain · hazy + offset.
        """
        field, _ = self.features(small, stats)
        return field

    def features(self, small: Tensor, stats: Tensor) -> tuple[tuple[Tensor, Tensor], dict[str, Tensor]]:
        """As `forward`, with the feature maps named in `taps` beside the field."""
        seen = F.pixel_unshuffle(small, 2)  # (N, 12, h, w)
        if self.statistics:
            dark = stats[:, :3].amin(dim=1, keepdim=True)
            seen = torch.cat([seen, stats, dark], dim=1)  # (N, 22, h, w)
        early = self.enter1(self.stem(seen))  # (N, 32, h, w)
        half = self.enter2(self.down1(early))  # (N, 64, h/2, w/2)
        middle = self.bottom(self.down2(half))  # (N, 128, h/4, w/4)
        summary = torch.cat([middle.mean(dim=(2, 3)), middle.amax(dim=(2, 3))], dim=1)
        middle = middle + self.whole(summary)[:, :, None, None]
        late = self.leave1(self.up1(self.leave2(self.up2(middle, half)), early))  # (N, 32, h, w)
        field = self._field(self.head(late).float())
        return field, {"early": early, "middle": middle, "late": late}

    def _field(self, raw: Tensor) -> tuple[Tensor, Tensor]:
        t = self.t_min + (1 - self.t_min) * (raw[:, :1] + 1).sigmoid()
        airlight = self.airlight_max * (raw[:, 1:] + 2).sigmoid()
        gain = 1 / t
        return gain, airlight * (1 - gain)
