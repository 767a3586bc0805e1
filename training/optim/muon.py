"""Muon: momentum, orthogonalised. For hidden weight matrices only; the rest is left to AdamW.

Source: K. Jordan et al., "Muon: An optimizer for hidden layers in neural networks" (2024): the momentum matrix is
replaced by the nearest semi-orthogonal one, found with five steps of a Newton–Schulz iteration in bfloat16.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor
from torch.optim import Optimizer

STEPS = 5
A, B, C = 3.4445, -4.7750, 2.0315  # the quintic of the iteration: steep at zero, within about 30 % of one after five steps


def orthogonal(matrix: Tensor) -> Tensor:
    """About U·Vᵀ of the (rows, columns) matrix's singular value decomposition."""
    x = matrix.bfloat16()
    x = x / (x.norm() + 1e-7)
    tall = x.shape[0] > x.shape[1]
    x = x.T if tall else x
    for _ in range(STEPS):
        square = x @ x.T
        x = A * x + (B * square + C * square @ square) @ x
    nearest: Tensor = (x.T if tall else x).to(matrix.dtype)
    return nearest


class Muon(Optimizer):
    """lr: change of a weight matrix's spectral norm per step. momentum: Nesterov. weight_decay: decoupled."""

    def __init__(self, params: Iterable[Tensor], lr: float = 0.02, momentum: float = 0.95, weight_decay: float = 0.01) -> None:
        super().__init__(params, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure: Any = None) -> None:  # type: ignore[override]  # no closure is ever given
        """Update every parameter that has a gradient."""
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is not None:
                    self._move(weight, group)

    def _move(self, weight: Tensor, group: dict[str, Any]) -> None:
        state = self.state[weight]
        if not state:
            state["momentum"] = torch.zeros_like(weight)
        state["momentum"].lerp_(weight.grad, 1 - group["momentum"])
        ahead = weight.grad.lerp(state["momentum"], group["momentum"])  # type: ignore[union-attr]
        update = orthogonal(ahead.reshape(len(weight), -1)).reshape(weight.shape)
        size = max(1.0, len(weight) / (weight.numel() / len(weight))) ** 0.5
        weight.mul_(1 - group["lr"] * group["weight_decay"]).add_(update, alpha=-group["lr"] * size)
