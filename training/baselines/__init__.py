"""What a network must beat, by name: hazy picture in, clear picture out, both (1, 3, H, W) in [0, 1]."""

from __future__ import annotations

from collections.abc import Callable

from torch import Tensor

from training.baselines.dark_channel import dark_channel_prior


def nothing(hazy: Tensor) -> Tensor:
    """The hazy picture itself."""
    return hazy


BASELINES: dict[str, Callable[[Tensor], Tensor]] = {"input": nothing, "dcp": dark_channel_prior}
