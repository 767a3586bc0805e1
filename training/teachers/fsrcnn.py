"""Super-resolution teachers: FSRCNN (Dong et al. 2016) and the multi-channel variants of RFD, section 3.1.

Extraction 5×5 → shrink 1×1 → four mappings 3×3 → expand 1×1 → transposed convolution 9×9. d = 56, s = 12, m = 4.
Multi-channel: one such network per colour, outputs concatenated (RFD eq. 2, 3). Parameters: 24,683 for three colours at
once (at any scale), 38,427 multi-channel, 26,451 with depthwise-separable shrink, mapping and expand layers.
"""

from __future__ import annotations

from typing import Literal

import torch
from torch import Tensor, nn

Activation = Literal["prelu", "relu"]
WIDE, NARROW, MAPPINGS = 56, 12, 4


def activate(channels: int, activation: Activation) -> nn.Module:
    """PReLU with one slope per channel, or ReLU."""
    return nn.PReLU(channels) if activation == "prelu" else nn.ReLU()


def wrapped(conv: nn.Conv2d, normalised: bool) -> list[nn.Module]:
    """The convolution, between two batch normalisations when asked for."""
    if not normalised:
        return [conv]
    return [nn.BatchNorm2d(conv.in_channels), conv, nn.BatchNorm2d(conv.out_channels)]


def layer(channels: int, out: int, kernel: int, separable: bool, normalised: bool) -> list[nn.Module]:
    """A convolution that keeps the size; separable: depthwise of that kernel, then pointwise."""
    if not separable:
        return [nn.Conv2d(channels, out, kernel, padding=kernel // 2)]
    depthwise = nn.Conv2d(channels, channels, kernel, padding=kernel // 2, groups=channels)
    return wrapped(depthwise, normalised) + wrapped(nn.Conv2d(channels, out, 1), normalised)


def initialise(part: nn.Module) -> None:
    """As FSRCNN's authors do: He's initialisation for PReLU, a nearly silent transposed convolution."""
    if isinstance(part, nn.Conv2d):
        nn.init.kaiming_normal_(part.weight, a=0.25)
        nn.init.zeros_(part.bias)  # type: ignore[arg-type]  # every convolution here has a bias
    if isinstance(part, nn.ConvTranspose2d):
        nn.init.normal_(part.weight, std=1e-3)
        nn.init.zeros_(part.bias)  # type: ignore[arg-type]


class FSRCNN(nn.Module):
    """`colours` planes (N, colours, H, W) in [0, 1] → the same, `scale` times as high and wide.

    separable: shrink, mapping and expand layers as depthwise-separable convolutions. normalised: batch normalisation
    around each of their convolutions and after the extraction; RFD gives only the parameter count of this variant
    (29.57K), which this placement meets (3 × 9,857).
    """

    def __init__(self, colours: int, scale: int = 2, separable: bool = False, normalised: bool = False,
                 activation: Activation = "prelu") -> None:
        super().__init__()
        narrow = activate(NARROW, activation)
        extract: list[nn.Module] = [nn.Conv2d(colours, WIDE, 5, padding=2)]
        self.first = nn.Sequential(*extract, *([nn.BatchNorm2d(WIDE)] if normalised else []), activate(WIDE, activation),
                                   *layer(WIDE, NARROW, 1, separable, normalised), narrow)
        self.middle = nn.Sequential(*(part for _ in range(MAPPINGS) for part in
                                      (*layer(NARROW, NARROW, 3, separable, normalised), activate(NARROW, activation))))
        self.last = nn.Sequential(*layer(NARROW, WIDE, 1, separable, normalised), activate(WIDE, activation))
        self.enlarge = nn.ConvTranspose2d(WIDE, colours, 9, stride=scale, padding=4, output_padding=scale - 1)
        self.apply(initialise)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """(image, first, middle and last part's features)."""
        first = self.first(x)
        middle = self.middle(first)
        last = self.last(middle)
        return self.enlarge(last), first, middle, last


class SuperResolution(nn.Module):
    """Shared front: `features` and `forward` over one or three FSRCNN branches."""

    def __init__(self, branches: list[FSRCNN]) -> None:
        super().__init__()
        self.branches = nn.ModuleList(branches)
        count = len(branches)
        self.taps = {"early": count * NARROW, "middle": count * NARROW, "late": count * WIDE}

    def forward(self, x: Tensor) -> Tensor:
        """(N, 3, H, W) in [0, 1] → (N, 3, scale·H, scale·W), not clamped."""
        image, _ = self.features(x)
        return image

    def features(self, x: Tensor) -> tuple[Tensor, dict[str, Tensor]]:
        """The enlarged picture, and the features at the size of the given one."""
        planes = x.chunk(len(self.branches), dim=1)
        answers = [branch(plane) for branch, plane in zip(self.branches, planes, strict=True)]
        image, first, middle, last = (torch.cat(parts, dim=1) for parts in zip(*answers, strict=True))
        return image, {"early": first, "middle": middle, "late": last}


def build_fsrcnn(scale: int) -> SuperResolution:
    """FSRCNN-2x or -4x: one branch for all three colours."""
    return SuperResolution([FSRCNN(3, scale)])


class ColourWise(SuperResolution):
    """MC-FSRCNN: one branch per colour."""

    def __init__(self, scale: int = 2, separable: bool = False, normalised: bool = False,
                 activation: Activation = "prelu") -> None:
        super().__init__([FSRCNN(1, scale, separable, normalised, activation) for _ in range(3)])
