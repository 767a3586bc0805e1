"""Every deployable network, in one explicit list.

A new model is one file with its network and one line here; command line choices, menus and contract tests follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from dehazer.errors import ConfigError

OutputKind = Literal["field", "image"]


@dataclass(frozen=True)
class ModelSpec:
    """The contract between a network and the application.

    name: what users type. kind: "field" networks answer a pyramid with (gain, offset) on a grid, "image" networks
    answer a picture with a picture of the same size. build: makes the network with random weights; to be trained, it also
    has `taps` (channels of its feature maps "early", "middle" and "late") and `features` (as `forward`, with these maps).
    weights: names of the packaged sets, best first for the default. multiple: height and width must be multiples
    of it (image networks; the engine pads). half: safe in 16-bit floats. tiling: "no" where the result of a pixel may
    depend on the whole picture and nothing compensates, "pooled" where only global means do. paper: where it is from.
    """

    name: str
    kind: OutputKind
    build: Callable[..., Any]
    weights: tuple[str, ...]
    title: str
    paper: str
    multiple: int = 1
    half: bool = True
    tiling: Literal["no", "pooled", "local"] = "pooled"


def _field_net(**settings: Any) -> Any:
    from dehazer.models.field_net import FieldNet

    return FieldNet(**settings)


def _student(**settings: Any) -> Any:
    from dehazer.models.student import Student

    return Student(**settings)


def _kddn(**settings: Any) -> Any:
    from dehazer.models.kddn import Kddn

    return Kddn(**settings)


def _table(specs: Iterable[ModelSpec]) -> dict[str, ModelSpec]:
    table: dict[str, ModelSpec] = {}
    for spec in specs:
        if spec.name in table:
            raise ConfigError(f"Two models are called {spec.name}; give one of them another name.")
        table[spec.name] = spec
    return table


MODELS = _table([
    ModelSpec("field", "field", _field_net, ("real", "its"), "haze field, fast (default)", "this project", multiple=32),
    ModelSpec("student", "image", _student, ("its",), "Rich Feature Distillation student, exact", "RFD section 3.2"),
    ModelSpec("kddn", "image", _kddn, (), "KDDN student, train your own weights", "KDDN section 3.1", multiple=4),
])


def model_spec(name: str) -> ModelSpec:
    """Look a model up; raises ConfigError that lists what there is."""
    if name not in MODELS:
        raise ConfigError(f"There is no model called {name!r}; choose one of: {', '.join(MODELS)}.")
    return MODELS[name]
