"""Padding of pictures to the size a network needs."""

from __future__ import annotations

from typing import Literal

from torch import Tensor
from torch.nn import functional as F


def padded_to_multiple(picture: Tensor, multiple: int, mode: Literal["replicate", "reflect"] = "replicate") -> Tensor:
    """(N, C, H, W) → the same with H and W enlarged at the lower and right edge to the next multiples of `multiple`.

    A picture that fits comes back as it is. "reflect" needs more than `multiple` rows and columns.
    """
    down, right = (-side % multiple for side in picture.shape[-2:])
    return F.pad(picture, (0, right, 0, down), mode=mode) if down or right else picture
