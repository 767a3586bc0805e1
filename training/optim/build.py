"""Optimisers and schedules by name."""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch import nn
from torch.optim import Optimizer

from dehazer.errors import ConfigError
from training.config import OptimiserConfig
from training.optim.muon import Muon

OUTER = ("stem", "head", "enter", "leave", "down", "up")  # first and last layers: not hidden, so not Muon's
THIN = 2  # a matrix with so few rows or columns has no shape to keep


def _adam(network: nn.Module, extra: list[nn.Parameter], c: OptimiserConfig) -> list[Optimizer]:
    return [torch.optim.Adam([*network.parameters(), *extra], c.lr, weight_decay=c.weight_decay)]


def _adamw(network: nn.Module, extra: list[nn.Parameter], c: OptimiserConfig) -> list[Optimizer]:
    return [torch.optim.AdamW([*network.parameters(), *extra], c.lr, weight_decay=c.weight_decay)]


def _muon(network: nn.Module, extra: list[nn.Parameter], c: OptimiserConfig) -> list[Optimizer]:
    hidden = [p for name, p in network.named_parameters()
              if p.ndim == 4 and min(len(p), p[0].numel()) > THIN and name.split(".")[0] not in OUTER]
    ours = {id(p) for p in hidden}
    rest = [p for p in network.parameters() if id(p) not in ours]
    return [Muon(hidden, c.muon_lr, weight_decay=c.weight_decay), torch.optim.AdamW([*rest, *extra], c.lr, weight_decay=0.0)]


OPTIMISERS: dict[str, Callable[[nn.Module, list[nn.Parameter], OptimiserConfig], list[Optimizer]]] = {
    "adam": _adam, "adamw": _adamw, "muon": _muon}


def build_optimisers(network: nn.Module, extra: list[nn.Parameter], c: OptimiserConfig) -> list[Optimizer]:
    """The optimisers of a config, for a network and the losses' own parameters."""
    if c.name not in OPTIMISERS:
        raise ConfigError(f"There is no optimiser called {c.name!r}; choose one of: {', '.join(OPTIMISERS)}.")
    if c.schedule not in SCHEDULES:
        raise ConfigError(f"There is no schedule called {c.schedule!r}; choose one of: {', '.join(SCHEDULES)}.")
    return OPTIMISERS[c.name](network, extra, c)


def _cosine(progress: float, c: OptimiserConfig) -> float:
    return c.final + (1 - c.final) * 0.5 * (1 + math.cos(math.pi * progress))


def _cycles(progress: float, c: OptimiserConfig) -> float:
    """Cosine restarted `cycles` times (KDDN section 4.1: three cycles of 20 epochs)."""
    return _cosine(progress * c.cycles % 1.0 if progress < 1 else 1.0, c)


def _decay(progress: float, c: OptimiserConfig) -> float:
    """× 0.98 every 10 of 200 epochs (RFD section 4.3): twenty steps over the whole run."""
    return 0.98 ** math.floor(progress * 20)


SCHEDULES: dict[str, Callable[[float, OptimiserConfig], float]] = {
    "cosine": _cosine, "cycles": _cycles, "decay": _decay, "constant": lambda progress, c: 1.0}


def factor(progress: float, step: int, c: OptimiserConfig) -> float:
    """What every learning rate is multiplied with at `progress` in [0, 1] and optimiser step `step`, warm-up included."""
    warm = min(1.0, (step + 1) / c.warmup) if c.warmup else 1.0
    return warm * SCHEDULES[c.schedule](min(progress, 1.0), c)
