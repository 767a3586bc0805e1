"""The devices that can compute, for people, with what was measured on the processor."""

from __future__ import annotations

from collections.abc import Iterator

from dehazer.engine.backends import measured_choice
from dehazer.engine.devices import cores, cuda_lines
from dehazer.engine.openvino_library import available
from dehazer.engine.tuning import remembered
from dehazer.models.registry import MODELS, ModelSpec, model_spec
from dehazer.models.weights import WeightsSet, find_weights, packaged_weights

UNKNOWN = "not measured yet; the first use or dehazer-bench --tune does it"


def list_devices() -> list[str]:
    """One line per device, and per set of field weights what is quickest on the processor, as --list-devices shows them."""
    found = [f"cpu      {label}: {remembered(spec, weights) or UNKNOWN}" for label, spec, weights in _field_sets()]
    return [f"cpu      {cores()} threads", *found, *cuda_lines()]


def measured_speed(model: str, weights: str | None = None) -> str:
    """What was measured to be quickest for a field network on the processor, with the times of all; empty where nothing was.

    Raises ConfigError and WeightsError for a model or weights that are not there.
    """
    spec = model_spec(model)
    choice = remembered(spec, find_weights(spec, weights or next(iter(spec.weights), "")))
    return "" if choice is None else str(choice)


def tune() -> Iterator[str]:
    """Measure every packaged field network anew, and remember it; a line for each. Raises WeightsError and DeviceError."""
    for label, spec, weights in _field_sets():
        yield f"{label}: {measured_choice(spec, weights, again=True)}"


def _field_sets() -> list[tuple[str, ModelSpec, WeightsSet]]:
    """Name, network and weights of what OpenVINO runs in the number format that was measured to be quickest."""
    specs = [spec for spec in MODELS.values() if spec.kind == "field"] if available() else []
    return [(f"{spec.name}/{name}", spec, find_weights(spec, name)) for spec in specs for name in packaged_weights(spec)]
