"""The student of "Rich Feature Distillation" (RFD, section 3.2): 96,007 parameters, full resolution, image in, image out.

Sixteen channels throughout; three outer blocks of six inner blocks each, every outer block closed by a convolution and
a shortcut; channel attention (eq. 4, 5) and pixel attention (eq. 6) in every inner block; the three groups are weighted
by channel attention and summed; one global residual. 53.4 GFLOPs at 460×620 (two operations per multiply-add).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from dehazer.models.pooling import GlobalMean


def conv(channels: int, out: int, kernel: int) -> nn.Conv2d:
    """A convolution that keeps height and width."""
    return nn.Conv2d(channels, out, kernel, padding=kernel // 2)


class ChannelAttention(nn.Module):
    """Weights of a two-layer perceptron on the global mean of each channel (RFD eq. 4)."""

    def __init__(self, channels: int, hidden: int) -> None:
        super().__init__()
        self.pool = GlobalMean()
        self.mlp = nn.Sequential(conv(channels, hidden, 1), nn.ReLU(), conv(hidden, channels, 1), nn.Sigmoid())

    def forward(self, x: Tensor) -> Tensor:
        weights: Tensor = self.mlp(self.pool(x))  # (N, C, 1, 1)
        return weights


class PixelAttention(nn.Module):
    """x times one weight per pixel (RFD eq. 6)."""

    def __init__(self, channels: int, hidden: int) -> None:
        super().__init__()
        self.mlp = nn.Sequential(conv(channels, hidden, 1), nn.ReLU(), conv(hidden, 1, 1), nn.Sigmoid())

    def forward(self, x: Tensor) -> Tensor:
        attended: Tensor = x * self.mlp(x)
        return attended


class InnerBlock(nn.Module):
    """conv, ReLU, + input, conv, channel attention, pixel attention, + input."""

    def __init__(self, channels: int, reduction: int) -> None:
        super().__init__()
        hidden = channels // reduction
        self.conv1, self.conv2 = conv(channels, channels, 3), conv(channels, channels, 3)
        self.channel = ChannelAttention(channels, hidden)
        self.pixel = PixelAttention(channels, hidden)

    def forward(self, x: Tensor) -> Tensor:
        y = self.conv2(self.conv1(x).relu() + x)
        attended: Tensor = self.pixel(y * self.channel(y)) + x
        return attended


class OuterBlock(nn.Module):
    """Six inner blocks, a convolution, a shortcut around all."""

    def __init__(self, channels: int, inner: int, reduction: int) -> None:
        super().__init__()
        blocks = [InnerBlock(channels, reduction) for _ in range(inner)]
        self.body = nn.Sequential(*blocks, conv(channels, channels, 3))

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.body(x) + x
        return y


class Student(nn.Module):
    """The deployed network of RFD. Input and output: (N, 3, H, W) float RGB in [0, 1], any height and width.

    The output is not clamped, so that training sees the slope outside [0, 1]; clamp it before storing.
    """

    def __init__(self, channels: int = 16, groups: int = 3, inner: int = 6, reduction: int = 8) -> None:
        super().__init__()
        self.taps = {"early": channels, "middle": channels, "late": channels}
        self.enter = conv(3, channels, 3)
        self.groups = nn.ModuleList(OuterBlock(channels, inner, reduction) for _ in range(groups))
        self.weigh = ChannelAttention(channels * groups, channels // 16)
        self.pixel = PixelAttention(channels, channels // reduction)
        self.leave = nn.Sequential(conv(channels, channels, 3), conv(channels, 3, 3))

    def forward(self, x: Tensor) -> Tensor:
        """(N, 3, H, W) hazy → (N, 3, H, W) clear."""
        image, _ = self.features(x)
        return image

    def features(self, x: Tensor) -> tuple[Tensor, dict[str, Tensor]]:
        """As `forward`, with the output of groups 1, 2 and 3 as "early", "middle", "late" beside the image."""
        seen, maps = self.enter(x), []
        for group in self.groups:
            seen = group(seen)
            maps.append(seen)
        weights = self.weigh(torch.cat(maps, dim=1)).chunk(len(maps), dim=1)
        fused = sum((w * m for w, m in zip(weights, maps, strict=True)), torch.zeros_like(seen))
        image = self.leave(self.pixel(fused)) + x
        return image, dict(zip(self.taps, maps, strict=False))
