"""What can be trained: the deployable networks of dehazer and the teachers, one list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dehazer.errors import ConfigError
from dehazer.models.registry import MODELS
from training.config import Part


@dataclass(frozen=True)
class Trainable:
    """kind: how it is run (see `training.runners`). build: makes it with random weights."""

    kind: str
    build: Callable[..., Any]


STUDENTS: dict[str, Trainable] = {name: Trainable(spec.kind, spec.build) for name, spec in MODELS.items()}


def build_network(part: Part, among: Mapping[str, Trainable]) -> tuple[str, Any]:
    """(kind, network) of a config's part; raises ConfigError that lists the names or says what its settings lack."""
    if part.name not in among:
        raise ConfigError(f"There is no network called {part.name!r} here; choose one of: {', '.join(among)}.")
    settings = {k: tuple(v) if isinstance(v, list) else v for k, v in part.settings.items()}
    try:
        return among[part.name].kind, among[part.name].build(**settings)
    except TypeError as error:
        raise ConfigError(f"The settings of the network {part.name} do not fit it: {error}.") from error
