"""Exponential average of a network's weights: steadier than the last step's."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class Average:
    """Averaged copy of a state dict. The decay grows from 0 with the steps, so early weights are forgotten quickly."""

    def __init__(self, network: nn.Module, decay: float) -> None:
        self.decay = decay
        self.state: dict[str, Tensor] = {k: v.detach().clone() for k, v in network.state_dict().items()}

    @torch.no_grad()
    def update(self, network: nn.Module, step: int) -> None:
        """Move the average toward the weights after optimiser step number `step` (from 1)."""
        weight = 1 - min(self.decay, step / (step + 20))
        for name, value in network.state_dict().items():
            if value.is_floating_point():
                self.state[name].lerp_(value, weight)
            else:
                self.state[name].copy_(value)
