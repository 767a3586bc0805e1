"""What is quickest is measured once, with a clock that the tests own, and remembered under everything it depends on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dehazer.config import EngineOptions
from dehazer.engine import openvino_library, tuning
from dehazer.engine.backends import QUICK_MS
from dehazer.engine.device_list import UNKNOWN, list_devices, measured_speed, tune
from dehazer.engine.engine import Engine
from dehazer.engine.tuning import Candidate, Choice, key, quickest, remembered, tuned
from dehazer.errors import ConfigError, DeviceError
from dehazer.models.registry import model_spec
from dehazer.models.weights import WeightsSet, find_weights

pytestmark = pytest.mark.usefixtures("random_weights")
SPEC = model_spec("field")
needs_openvino = pytest.mark.skipif(not openvino_library.available(), reason="OpenVINO is not installed")


class Machine:
    """A processor and its clock: computing and preparing take the seconds they are told to."""

    def __init__(self, seconds: dict[str, float], preparing: float = 0.0) -> None:
        self.now, self.seconds, self.preparing = 0.0, seconds, preparing
        self.prepared: list[str] = []

    def clock(self) -> float:
        return self.now

    def prepare(self, candidate: Candidate) -> Callable[[], object]:
        self.prepared.append(str(candidate))
        self.now += self.preparing
        if str(candidate) not in self.seconds:
            raise DeviceError("Not on this processor.")

        def compute() -> None:
            self.now += self.seconds[str(candidate)]

        return compute

    def quickest(self, *precisions: str, cores: int = 2, budget: float = 9.0) -> Choice:
        return quickest(precisions, self.prepare, clock=self.clock, most=cores, budget=budget)


def test_the_quickest_is_taken_and_all_times_are_told() -> None:
    machine = Machine({"fp32, 2 threads": 0.011, "bf16, 2 threads": 0.017, "int8, 2 threads": 0.005, "int8, 1 thread": 0.009})
    choice = machine.quickest("fp32", "bf16", "int8")
    assert (choice.precision, choice.threads) == ("int8", 2)
    assert choice.ms == {"fp32, 2 threads": 11.0, "bf16, 2 threads": 17.0, "int8, 2 threads": 5.0, "int8, 1 thread": 9.0}
    assert str(choice).endswith("5.0 ms a frame (int8, 1 thread 9.0; fp32, 2 threads 11.0; bf16, 2 threads 17.0)")


def test_fewer_threads_win_where_they_are_quicker() -> None:
    machine = Machine({"fp32, 8 threads": 0.010, "bf16, 8 threads": 0.012, "fp32, 4 threads": 0.006})
    choice = machine.quickest("fp32", "bf16", cores=8)
    assert (choice.precision, choice.threads) == ("fp32", 4)


def test_finer_numbers_are_taken_where_they_cost_next_to_nothing() -> None:
    machine = Machine({"fp32, 2 threads": 0.0102, "bf16, 2 threads": 0.0100, "fp32, 1 thread": 0.02, "bf16, 1 thread": 0.02})
    assert machine.quickest("fp32", "bf16").precision == "fp32"


def test_what_a_processor_cannot_do_is_left_out() -> None:
    machine = Machine({"fp32, 2 threads": 0.010, "fp32, 1 thread": 0.02})
    assert machine.quickest("fp32", "bf16").precision == "fp32"
    with pytest.raises(DeviceError, match="--backend torch"):
        Machine({}).quickest("fp32", "bf16")


@pytest.mark.parametrize(("ms", "threads", "quick"), [(8.0, 2, True), (8.1, 2, False), (15.0, 1, True), (17.0, 1, False)])
def test_a_network_is_quick_where_half_of_its_threads_leave_time_for_a_camera(ms: float, threads: int, quick: bool) -> None:
    name = str(Candidate("bf16", threads))
    assert (Choice("bf16", threads, {name: ms, "fp32, 2 threads": 1.0}).alone_ms <= QUICK_MS) == quick


def test_one_core_has_no_half() -> None:
    machine = Machine({"fp32, 1 thread": 0.010})
    assert machine.quickest("fp32", cores=1) == Choice("fp32", 1, {"fp32, 1 thread": 10.0})


def test_the_budget_ends_it_with_the_best_so_far() -> None:
    slow = {f"{p}, {t}": 0.3 for p in ("fp32", "bf16", "int8") for t in ("2 threads", "1 thread")}
    machine = Machine(slow, preparing=0.5)
    choice = machine.quickest("fp32", "bf16", "int8", budget=0.6)
    assert (choice.precision, choice.complete) == ("int8", False)
    assert machine.prepared == ["int8, 2 threads"]
    assert machine.now < 1.5


def test_one_disturbed_round_does_not_decide() -> None:
    """Times come from the best of several interleaved rounds: something else that runs for a moment changes nothing."""
    machine = Machine({"fp32, 2 threads": 0.010, "bf16, 2 threads": 0.005, "bf16, 1 thread": 0.009})
    calls = 0

    def prepare(candidate: Candidate) -> Callable[[], object]:
        compute = machine.prepare(candidate)

        def disturbed() -> None:
            nonlocal calls
            calls += 1
            machine.now += 0.5 if calls == 4 else 0.0  # the first timed round of bf16
            compute()

        return disturbed

    assert quickest(("fp32", "bf16"), prepare, clock=machine.clock, most=2, budget=9.0).precision == "bf16"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tuning, "_file", lambda: tmp_path / "cache" / "tuning.json")
    return tmp_path / "cache" / "tuning.json"


@pytest.fixture
def weights() -> WeightsSet:
    return find_weights(SPEC, "real")


def prepared_by(calls: list[str]) -> Callable[[Candidate], Callable[[], object]]:
    def prepare(candidate: Candidate) -> Callable[[], object]:
        calls.append(candidate.precision)
        return lambda: None

    return prepare


@needs_openvino
def test_a_choice_is_measured_once_and_again_on_request(cache: Path, weights: WeightsSet) -> None:
    calls: list[str] = []
    assert remembered(SPEC, weights) is None
    first = tuned(SPEC, weights, prepared_by(calls))
    measured = len(calls)
    assert tuned(SPEC, weights, prepared_by(calls)) == first == remembered(SPEC, weights)
    assert len(calls) == measured
    tuned(SPEC, weights, prepared_by(calls), again=True)
    assert len(calls) == 2 * measured
    assert [path.name for path in cache.parent.iterdir()] == ["tuning.json"]


def test_formats_are_compared_by_processor_time_and_threads_by_the_clock() -> None:
    """Beside other work a format that waited longer is not a slower one."""
    machine = Machine({"fp32, 2 threads": 0.020, "bf16, 2 threads": 0.050, "fp32, 1 thread": 0.030, "bf16, 1 thread": 0.030})
    used = {"fp32": 0.010, "bf16": 0.004}
    spent = [0.0]

    def prepare(candidate: Candidate) -> Callable[[], object]:
        compute = machine.prepare(candidate)

        def counted() -> None:
            spent[0] += used[candidate.precision]
            compute()

        return counted

    choice = quickest(("fp32", "bf16"), prepare, clock=machine.clock, most=2, budget=9.0, spent=lambda: spent[0])
    assert (choice.precision, choice.threads) == ("bf16", 1)


@needs_openvino
def test_a_busy_machine_goes_on_at_the_next_start_until_every_candidate_had_its_turn(cache: Path, weights: WeightsSet,
                                                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tuning, "BUDGET", 0.0)
    starts = []
    for _ in range(3):
        calls: list[str] = []
        starts.append(tuned(SPEC, weights, prepared_by(calls)))
        assert (remembered(SPEC, weights) is not None) == starts[-1].complete
    assert [choice.complete for choice in starts] == [False, True, True]
    assert calls == []  # the third start had nothing left to measure
    assert {name.partition(",")[0] for name in starts[1].ms} == {"fp32", "bf16"}


def test_what_is_left_meets_the_best_so_far_however_little_time_there_is() -> None:
    """The times of another start were taken beside other work; only those of one start are compared."""
    machine = Machine({"fp32, 2 threads": 0.30, "bf16, 2 threads": 0.10, "int8, 2 threads": 0.20}, preparing=0.5)
    choice = machine.quickest("fp32", "bf16", "int8", budget=0.0)
    assert (choice.precision, choice.complete, machine.prepared) == ("int8", False, ["int8, 2 threads"])
    machine.prepared.clear()
    choice = quickest(("fp32", "bf16", "int8"), machine.prepare, clock=machine.clock, most=2, budget=0.0,
                      known={"int8, 2 threads": 1.0})
    assert (choice.precision, choice.complete) == ("bf16", False)
    assert machine.prepared == ["int8, 2 threads", "bf16, 2 threads"]
    assert choice.ms == {"bf16, 2 threads": 100.0, "int8, 2 threads": 200.0}


def test_on_request_every_candidate_has_its_turn_however_long_it_takes() -> None:
    machine = Machine({"fp32, 2 threads": 0.10, "bf16, 2 threads": 0.30}, preparing=5.0)
    choice = quickest(("fp32", "bf16"), machine.prepare, clock=machine.clock, most=2, budget=1.0, every=True)
    assert (choice.precision, choice.complete) == ("fp32", True)


@needs_openvino
def test_other_weights_versions_and_processors_are_measured_anew(cache: Path, weights: WeightsSet,
                                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    names = {key(SPEC, weights)}
    names.add(key(SPEC, find_weights(SPEC, "its")))
    names.add(key(SPEC, replace(weights, card=replace(weights.card, openvino={"int8": {"bin": "ab" * 32}}))))
    for what, value in (("cpu_name", lambda: "Other"), ("cores", lambda: 77), ("version", lambda package: "9.9"),
                        ("METHOD", 0)):
        with monkeypatch.context() as patch:
            patch.setattr(tuning, what, value)
            names.add(key(SPEC, weights))
    assert len(names) == 7


@needs_openvino
@pytest.mark.parametrize("content", ["", "{", "[]", "7", '{"KEY": 3}', '{"KEY": {"precision": "fp7", "threads": 2, "ms": {}}}',
                                     '{"KEY": {"unknown": 1}}', '{"KEY": {"precision": "fp32", "threads": 2}}'])
def test_a_damaged_cache_is_measured_anew(cache: Path, weights: WeightsSet, content: str) -> None:
    cache.parent.mkdir()
    cache.write_text(content.replace("KEY", key(SPEC, weights)), "utf-8")
    calls: list[str] = []
    choice = tuned(SPEC, weights, prepared_by(calls))
    assert calls
    assert remembered(SPEC, weights) == choice


@needs_openvino
def test_a_cache_that_cannot_be_written_is_no_failure(tmp_path: Path, weights: WeightsSet,
                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(tuning, "_file", lambda: tmp_path / "file" / "tuning.json")
    assert tuned(SPEC, weights, prepared_by([])).precision in ("fp32", "bf16")


@needs_openvino
def test_the_cache_does_not_grow_without_end(cache: Path, weights: WeightsSet) -> None:
    cache.parent.mkdir()
    cache.write_text(json.dumps({str(i): {} for i in range(100)}), "utf-8")
    tuned(SPEC, weights, prepared_by([]))
    kept = list(json.loads(cache.read_text("utf-8")))
    assert len(kept) == tuning.KEPT
    assert kept[-1] == key(SPEC, weights)


@needs_openvino
def test_the_engine_takes_what_was_measured(cache: Path, weights: WeightsSet) -> None:
    cache.parent.mkdir()
    known = {"precision": "bf16", "threads": 1, "ms": {"bf16, 1 thread": 3.0}}
    cache.write_text(json.dumps({key(SPEC, weights): known}), "utf-8")
    told = Engine(EngineOptions(device="cpu", backend="openvino")).describe()
    assert (told["precision"], told["threads"]) == ("bf16", "1")
    lines = list_devices()
    assert "cpu      field/real: bf16, 1 thread: 3.0 ms a frame" in lines
    assert f"cpu      field/its: {UNKNOWN}" in lines
    assert measured_speed("field") == measured_speed("field", "real") == "bf16, 1 thread: 3.0 ms a frame"
    assert measured_speed("field", "its") == measured_speed("student") == ""
    assert "threads" not in Engine(EngineOptions(device="cpu", backend="openvino", precision="fp32")).describe()


@needs_openvino
def test_tuning_measures_every_packaged_field_network(cache: Path) -> None:
    lines = list(tune())
    assert [line.partition(":")[0] for line in lines] == ["field/real", "field/its"]
    assert len(json.loads(cache.read_text("utf-8"))) == 2


@pytest.mark.parametrize("backend", ["torch", pytest.param("openvino", marks=needs_openvino)])
def test_int8_needs_weights_that_have_it(backend: str) -> None:
    with pytest.raises(ConfigError, match=r"INT8 network, which real lacks; use --precision auto"):
        Engine(EngineOptions(device="cpu", precision="int8", backend=backend))
