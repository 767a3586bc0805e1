"""What can be trained: the deployable networks of dehazer and the teachers, one list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dehazer.errors import ConfigError
from dehazer.models.registry import MODELS
from training.config import Part


@dataclass(frozen=True)
class Trainable:
    """kind: how it is run (see `training.inference`). build: makes it with random weights. multiple: of height and width."""

    kind: str
    build: Callable[..., Any]
    multiple: int = 1


def table(entries: Iterable[tuple[str, Trainable]]) -> dict[str, Trainable]:
    """Name → network; a name given twice is an error."""
    named: dict[str, Trainable] = {}
    for name, entry in entries:
        if name in named:
            raise ConfigError(f"Two networks are called {name}; rename one.")
        named[name] = entry
    return named


STUDENTS = table((name, Trainable(spec.kind, spec.build, spec.multiple)) for name, spec in MODELS.items())


def build_network(part: Part, among: Mapping[str, Trainable]) -> tuple[str, Any]:
    """(kind, network) of a config's part; raises ConfigError that lists the names or says what its settings lack."""
    if part.name not in among:
        raise ConfigError(f"There is no network called {part.name!r} here; choose one of: {', '.join(among)}.")
    settings = {k: tuple(v) if isinstance(v, list) else v for k, v in part.settings.items()}
    try:
        return among[part.name].kind, among[part.name].build(**settings)
    except TypeError as error:
        raise ConfigError(f"The settings of the network {part.name} do not fit it: {error}.") from error
