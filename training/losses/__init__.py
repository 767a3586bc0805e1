"""Losses. Every loss is one class and one entry of `LOSSES`."""

from __future__ import annotations

from dehazer.errors import ConfigError
from training.losses.affinity import FeatureAffinity
from training.losses.base import Loss
from training.losses.field import Floor, Transmission
from training.losses.imitation import DeepSupervision, Imitation
from training.losses.perceptual import Perceptual
from training.losses.pixel import L1, MSE, RMSE, Chroma, ClearError, SmoothError


def _table(*losses: type[Loss]) -> dict[str, type[Loss]]:
    table: dict[str, type[Loss]] = {}
    for loss in losses:
        if loss.title in table:
            raise ConfigError(f"Two losses are called {loss.title}; rename one.")
        table[loss.title] = loss
    return table


LOSSES = _table(L1, MSE, RMSE, Chroma, ClearError, SmoothError, Transmission, Floor, FeatureAffinity, Imitation, DeepSupervision,
                Perceptual)
