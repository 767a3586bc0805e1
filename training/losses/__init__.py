"""Losses. Every loss is one class in one file and one line in `LOSSES`."""

from __future__ import annotations

from collections.abc import Callable

from dehazer.errors import ConfigError
from training.losses.base import Loss
from training.losses.field import Floor, Transmission
from training.losses.pixel import L1, MSE, RMSE

LossClass = Callable[..., Loss]


def _table(*losses: LossClass) -> dict[str, LossClass]:
    table: dict[str, LossClass] = {}
    for loss in losses:
        name = loss.title  # type: ignore[attr-defined]  # a Callable here, a Loss class in truth
        if name in table:
            raise ConfigError(f"Two losses are called {name}; rename one.")
        table[name] = loss
    return table


LOSSES = _table(L1, MSE, RMSE, Transmission, Floor)
