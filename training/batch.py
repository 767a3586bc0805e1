"""What flows through the training loop: batches in, predictions out."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace

import torch
from torch import Tensor

Taps = dict[str, Tensor]
"""Feature maps by the names that a network lists in its `taps`, each (N, C, h, w)."""


@dataclass(frozen=True)
class Batch:
    """One training batch; pictures are float RGB in [0, 1].

    hazy: (N, 3, H, W), what the network sees. clear: (N, 3, H', W'), what it should prediction (larger for
    super-resolution). transmission: (N, 1, H, W) in (0, 1], where the synthesis knows it. stats: (N, 9, h, w), the cell
    statistics a field network reads (see dehazer.field.pyramid).
    """

    hazy: Tensor
    clear: Tensor
    transmission: Tensor | None = None
    stats: Tensor | None = None

    def to(self, device: torch.device, memory_format: torch.memory_format = torch.contiguous_format) -> Batch:
        """The same batch on `device`, every tensor in `memory_format`."""
        moved = {f.name: value.to(device, non_blocking=True).contiguous(memory_format=memory_format)
                 for f in fields(self) if (value := getattr(self, f.name)) is not None}
        return replace(self, **moved)


@dataclass(frozen=True)
class Prediction:
    """What a network made of a batch: the image (N, 3, H, W), its feature taps, and the field where there is one."""

    image: Tensor
    taps: Taps = field(default_factory=dict)
    gain: Tensor | None = None
    offset: Tensor | None = None
