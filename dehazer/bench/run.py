"""The plan of a benchmark and its execution: sizes × models × devices × precisions × scenarios → rows."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dehazer.bench.case import Case
from dehazer.bench.machine import machine
from dehazer.bench.measure import NotMeasured, Timing
from dehazer.bench.roofline import Work, apply_work, model_work, network_work
from dehazer.bench.scenarios import SCENARIOS, Scenario, eager, scratch_folder, soak
from dehazer.config import EngineOptions
from dehazer.engine.backends import openvino_model
from dehazer.engine.devices import Device, pick_device
from dehazer.engine.engine import Engine
from dehazer.engine.openvino_library import available
from dehazer.engine.tuning import remembered
from dehazer.errors import UsageError
from dehazer.field.pyramid import analyse
from dehazer.models import weights as weights_of
from dehazer.models.registry import model_spec

if TYPE_CHECKING:
    from torch import Tensor

SIZES = {"480p": (480, 854), "720p": (720, 1280), "1080p": (1080, 1920), "4k": (2160, 3840)}
EAGER_PIXELS_ON_CPU = 1280 * 720
"""Above this the eager student takes minutes a frame and gigabytes of memory on a processor; its time is not measured."""
EXACT_PIXELS_ON_CPU = 1280 * 720


@dataclass(frozen=True)
class Plan:
    """What to measure. seconds: for each scenario. frames: of each chain. soak: frames of the memory test, 0 for none."""

    sizes: tuple[str, ...] = tuple(SIZES)
    models: tuple[str, ...] = ("field", "student")
    devices: tuple[str, ...] = ("auto",)
    precisions: tuple[str, ...] = ("auto",)
    backend: str = "auto"
    weights: str | None = None
    against: str | None = None
    seconds: float = 3.0
    frames: int = 300
    soak: int = 2000
    scenarios: tuple[str, ...] = tuple(s.name for s in SCENARIOS)


QUICK = Plan(sizes=("720p",), models=("field",), seconds=0.7, frames=100, soak=0)
"""An answer in under a minute on two cores."""


@dataclass(frozen=True)
class Row:
    """One measurement. fps: frames per second, sustained. ratio_to_eager: how many times the eager student's speed."""

    scenario: str
    model: str
    weights: str
    device: str
    precision: str
    width: int
    height: int
    fps: float
    ms_p50: float
    ms_p95: float
    peak_mb: float
    ratio_to_eager: float | None = None


@dataclass
class Result:
    """Everything measured; `as_json` is what --json writes."""

    machine: dict[str, Any]
    rows: list[Row] = field(default_factory=list)
    roofline: list[dict[str, Any]] = field(default_factory=list)
    flicker: list[dict[str, Any]] = field(default_factory=list)
    memory: dict[str, float] | None = None
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Plain numbers, rounded; not-a-number becomes null."""
        return {"machine": self.machine, "rows": [_plain(asdict(row)) for row in self.rows], "roofline": self.roofline,
                "flicker": self.flicker, "memory": self.memory, "notes": self.notes}


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {k: (None if math.isnan(v) else round(v, 3)) if isinstance(v, float) else v for k, v in values.items()}


Progress = Callable[[str], None]


def run(plan: Plan, say: Progress) -> Result:
    """Measure everything the plan names; raises members of `dehazer.errors`. say: called with what is measured at the moment."""
    known = {s.name for s in SCENARIOS}
    if unknown := set(plan.scenarios) - known:
        raise UsageError(f"There is no scenario {', '.join(sorted(unknown))}; choose from: {', '.join(sorted(known))}.")
    devices = list(dict.fromkeys(pick_device(name) for name in plan.devices))
    say("what the machine can do at best")
    result = Result(machine(devices, min(0.5, plan.seconds)))
    with scratch_folder() as folder:
        for device in devices:
            _on_device(plan, device, Path(folder), result, say)
    result.machine["auto"] = _measured_formats(plan)
    return result


def _measured_formats(plan: Plan) -> dict[str, float]:
    """Milliseconds a frame of the number formats that `--precision auto` chose from, of the first network that was measured."""
    for spec in map(model_spec, plan.models if available() else ()):
        choice = remembered(spec, weights_of.find_weights(spec, plan.weights or next(iter(spec.weights), "")))
        if choice is not None:
            return choice.ms
    return {}


def _on_device(plan: Plan, device: Device, folder: Path, result: Result, say: Progress) -> None:
    for size in plan.sizes:
        base = _eager_row(plan, size, device, result, say)
        for case in _cases(plan, size, device, folder, result):
            _measure(plan, case, base, result, say)
    if plan.soak and "field" in plan.models:
        say(f"memory over {plan.soak} frames")
        engine = Engine(EngineOptions("field", plan.weights, str(device), backend=plan.backend))
        result.memory = soak(Case(engine, 360, 640, folder, plan.seconds, 50), plan.soak)


def _cases(plan: Plan, size: str, device: Device, folder: Path, result: Result) -> Iterator[Case]:
    height, width = SIZES[size]
    for model in plan.models:
        for precision in plan.precisions:
            options = EngineOptions(model, plan.weights, str(device), precision, plan.backend)
            engine = Engine(options)
            if not engine.gives_field and device.type == "cpu" and height * width > EXACT_PIXELS_ON_CPU:
                result.notes.append(f"{model} at {size} was not measured: exact networks are for graphics cards at this size.")
                continue
            yield Case(engine, height, width, folder, plan.seconds, plan.frames)


def _eager_row(plan: Plan, size: str, device: Device, result: Result, say: Progress) -> float | None:
    """Milliseconds of the eager student at this size, None where it was not asked for or would take too long."""
    height, width = SIZES[size]
    if plan.against is None:
        return None
    if device.type == "cpu" and height * width > EAGER_PIXELS_ON_CPU:
        result.notes.append(f"The eager student at {size} was not measured: minutes a frame on a processor.")
        return None
    say(f"eager student, {size}, {device}")
    timing = eager(height, width, device, plan.seconds)
    result.rows.append(Row("eager", "student", "", str(device), "fp32", width, height, timing.fps, timing.p50, timing.p95,
                           timing.peak_mb, 1.0))
    return timing.p50


def _measure(plan: Plan, case: Case, base: float | None, result: Result, say: Progress) -> None:
    for scenario in SCENARIOS:
        if scenario.name in plan.scenarios and scenario.suits(case.engine):
            say(f"{scenario.name}, {case.engine.spec.name}, {case.width}×{case.height}, {case.engine.device}")
            try:
                result.rows.append(_row(case, scenario, scenario.run(case), base))
            except NotMeasured as error:
                result.notes.append(f"{scenario.name} at {case.width}×{case.height} was not measured: {error}")
    _add_roofline(case, result)
    result.notes += [w for w in case.engine.warnings if w not in result.notes]
    for name, (before, after) in case.flicker.items():
        result.flicker.append({"scenario": name, "width": case.width, "height": case.height, "before": round(before, 3),
                               "after": round(after, 3)})


def _row(case: Case, scenario: Scenario, timing: Timing, base: float | None) -> Row:
    used = case.engine.describe()
    backend = f"{used['device']} ({used['backend']})" if scenario.network else used["device"]
    ratio = base * timing.fps / 1000 if base is not None and scenario.whole else None
    return Row(scenario.name, used["model"], used["weights"], backend, used["precision"], case.width, case.height, timing.fps,
               timing.p50, timing.p95, timing.peak_mb, ratio)


def _add_roofline(case: Case, result: Result) -> None:
    """For the network and the field application: the least time the machine's own rates allow, and how near that is."""
    rates = result.machine["rates"][str(case.engine.device)]
    precision = case.engine.describe()["precision"]
    flops = rates["matmul_gflop_s"].get(precision, rates["matmul_gflop_s"]["fp32"])
    works = {"network": _network_work(case)}
    if case.engine.gives_field:
        works["apply"] = apply_work(case.kept[0])
    place = case.engine.spec.name, case.width, case.height
    measured = {r.scenario: r for r in result.rows if (r.model, r.width, r.height) == place}
    for name, work in works.items():
        if name in measured:
            best = work.best_ms(flops, rates["copy_gb_s"])
            result.roofline.append({
                "scenario": name, "model": case.engine.spec.name, "precision": precision, "width": case.width,
                "height": case.height, "gflop": round(work.flops / 1e9, 3), "mb_moved": round(work.moved / 1e6, 2),
                "best_ms": round(best, 4), "ms_p50": round(measured[name].ms_p50, 3),
                "share": round(best / measured[name].ms_p50, 3)})


def _network_work(case: Case) -> Work:
    """Counted in what is run: OpenVINO's model of a field network, else the network itself, in torch."""
    spec, name = case.engine.spec, case.engine.weights
    if case.engine.gives_field and case.engine.mode.backend == "openvino":
        pyramid = analyse(case.kept[0])
        return model_work(openvino_model(spec, weights_of.find_weights(spec, name), "fp32"),
                          (pyramid.small.shape, pyramid.stats.shape))
    return network_work(weights_of.load(spec, name)[0], _tensors(case))


def _tensors(case: Case) -> tuple[Tensor, ...]:
    if case.engine.gives_field:
        from dehazer.field.torch_pyramid import as_tensors

        pyramid = as_tensors(analyse(case.kept[0]))
        return pyramid.small, pyramid.stats
    from dehazer.frames.color import frame_to_rgb

    return (frame_to_rgb(case.kept[0]).clamp(0, 1)[None],)
