"""Which backend runs a network, and the network put into it. Each library is loaded when its backend is opened."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from dehazer.engine import openvino_library
from dehazer.engine.backend import Backend
from dehazer.engine.devices import Device, pick_precision
from dehazer.engine.fallback import ExecutionMode
from dehazer.engine.tuning import Candidate, Choice, example, tuned
from dehazer.errors import ConfigError
from dehazer.models.registry import ModelSpec
from dehazer.models.weights import WeightsSet, build_network, ready_model

QUICK_MS = 16.0
"""A network this quick on a share of the cores leaves most of the 40 ms that a camera of 25 frames a second gives."""


def pick_backend(name: str, device: Device) -> str:
    """The backend as asked; auto is OpenVINO on processors where it is installed. Raises ConfigError."""
    if name == "openvino" and device.type != "cpu":
        raise ConfigError("--backend openvino computes on the processor; use it with --device cpu.")
    if name == "openvino" and not openvino_library.available():
        raise ConfigError("--backend openvino was asked for, but OpenVINO is not installed; pip install openvino, or use "
                          "--backend torch.")
    if name != "auto":
        return name
    return "openvino" if device.type == "cpu" and openvino_library.available() else "torch"


def missing_openvino(name: str, device: Device) -> str | None:
    """What to say where torch computes because OpenVINO is missing; None where it is installed or was not chosen."""
    if name != "auto" or device.type != "cpu" or openvino_library.available():
        return None
    return "OpenVINO is not installed, so torch computes, several times more slowly; pip install openvino."


def open_backend(spec: ModelSpec, weights: WeightsSet, mode: ExecutionMode) -> Backend:
    """The backend of a mode with the network in it. Raises WeightsError and DeviceError."""
    if mode.backend == "openvino":
        from dehazer.engine.openvino_backend import OpenVinoBackend

        return OpenVinoBackend(partial(openvino_model, spec, weights), mode.precision, mode.threads)
    if mode.device.type == "cuda" and not mode.tile:  # tiles use forward hooks, which a graph cannot
        from dehazer.engine.cuda_backend import CudaBackend

        return CudaBackend(build_network(spec, weights), mode.device, mode.precision, compiled=spec.kind == "image")
    from dehazer.engine.torch_backend import TorchBackend

    return TorchBackend(build_network(spec, weights), mode.device, mode.precision)


class NumberFormat(NamedTuple):
    """precision: its name. threads: 0 where the backend decides on them. quick: as in `ExecutionMode`."""

    precision: str
    threads: int = 0
    quick: bool = False


def pick_format(name: str, backend: str, device: Device, spec: ModelSpec, weights: WeightsSet) -> NumberFormat:
    """What to compute in. auto is measured where OpenVINO runs a field network.

    Raises ConfigError for INT8 where there is no such network, DeviceError where nothing can be measured.
    """
    if name == "int8" and (backend != "openvino" or "int8" not in weights.card.openvino):
        raise ConfigError("--precision int8 needs OpenVINO on the processor and weights with an INT8 network, which "
                          f"{weights.card.name} {'has' if 'int8' in weights.card.openvino else 'lacks'}; use --precision auto.")
    if name == "auto" and backend == "openvino" and spec.kind == "field" and spec.half:
        choice = measured_choice(spec, weights)
        return NumberFormat(choice.precision, choice.threads, choice.alone_ms <= QUICK_MS)
    return NumberFormat(pick_precision(name, device, spec))


def measured_choice(spec: ModelSpec, weights: WeightsSet, *, again: bool = False) -> Choice:
    """What is quickest for these weights on this processor, with OpenVINO. again: measure anew."""
    from dehazer.engine.openvino_backend import OpenVinoBackend

    models: dict[bool, Any] = {}
    inputs = example()

    def read(precision: str) -> Any:
        quantised = precision == "int8"
        if quantised not in models:
            models[quantised] = openvino_model(spec, weights, precision)
        return models[quantised]

    def prepare(candidate: Candidate) -> Callable[[], object]:
        backend = OpenVinoBackend(read, candidate.precision, candidate.threads)
        return lambda: backend.field(*inputs)

    return tuned(spec, weights, prepare, again=again)


def openvino_model(spec: ModelSpec, weights: WeightsSet, precision: str) -> Any:
    """The network as an OpenVINO model, with open shapes: the ready one beside the weights, else converted."""
    ready = ready_model(weights, "int8" if precision == "int8" else "float")
    if ready is not None:
        return openvino_library.core().read_model(ready)
    from dehazer.engine.openvino_conversion import converted

    return converted(spec, weights)
