"""What fails is computed again on the next mode: said aloud, no frame lost, and an error only when no mode is left."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import torch

from dehazer.config import EngineOptions, EnhanceOptions
from dehazer.engine import image_network
from dehazer.engine.devices import CPU, Device
from dehazer.engine.engine import Engine
from dehazer.engine.fallback import SMALLEST_TILE, TILE, ExecutionMode, next_fallback
from dehazer.engine.torch_devices import device_errors
from dehazer.enhance import Enhancer
from dehazer.errors import DeviceError, DeviceLost, ModelError, OutOfMemory
from dehazer.models.registry import MODELS
from dehazer.pipeline import Pipeline
from dehazer.sinks.null import NullSink
from dehazer.sources.synthetic import SceneOptions, SyntheticSource
from tests.pictures import frame_of, scene

pytestmark = pytest.mark.usefixtures("random_weights")

GPU = Device("cuda")


class Breaking:
    """A backend that works through `inner` until `broken` says what to raise."""

    def __init__(self, inner: Any, broken: Callable[[], BaseException | None]) -> None:
        self.inner, self._broken = inner, broken
        self.name, self.device, self.precision, self.batches = inner.name, inner.device, inner.precision, inner.batches
        self.at_once = inner.at_once

    def field(self, small: Any, stats: Any) -> tuple[Any, Any]:
        self._maybe_break()
        return self.inner.field(small, stats)  # type: ignore[no-any-return]

    def begin(self, small: Any, stats: Any) -> Any:
        answer = self.inner.begin(small, stats)

        def waited() -> Any:
            self._maybe_break()
            return answer()

        return waited

    def image(self, rgb: Any) -> Any:
        self._maybe_break()
        return self.inner.image(rgb)

    def joined(self, arrays: Any) -> Any:
        return self.inner.joined(arrays)

    def on_host(self, *arrays: Any) -> Any:
        return self.inner.on_host(*arrays)

    def set_precision(self, precision: str) -> None:
        self.inner.set_precision(precision)

    def _maybe_break(self) -> None:
        error = self._broken()
        if error is not None:
            with device_errors():
                raise error


def breaking_engine(monkeypatch: pytest.MonkeyPatch, options: EngineOptions, errors: list[BaseException | None]) -> Engine:
    """An engine whose first backend raises `errors` one after the other (None: works), whatever comes after is whole."""
    engine = Engine(options)
    queue = list(errors)
    engine.backend = Breaking(engine.backend, lambda: queue.pop(0) if queue else None)
    return engine


def out_of_memory() -> BaseException:
    return torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")


def lost() -> BaseException:
    return torch.AcceleratorError("CUDA error: unspecified launch failure")


@pytest.mark.parametrize(("error", "kind"), [
    (out_of_memory(), OutOfMemory), (lost(), DeviceLost), (MemoryError(), OutOfMemory),
    (RuntimeError("[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: can't allocate memory"), OutOfMemory),
    (RuntimeError("CUDA error: device-side assert triggered"), DeviceLost),
    (RuntimeError("shape mismatch"), RuntimeError), (ValueError("x"), ValueError),
])
def test_errors_of_the_device_get_their_names(error: BaseException, kind: type[BaseException]) -> None:
    with pytest.raises(BaseException) as caught, device_errors():  # noqa: PT011
        raise error
    assert type(caught.value) is kind
    assert not isinstance(caught.value, DeviceError) or caught.value.detail == str(error)


def test_field_engine_falls_from_openvino_to_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("openvino")
    frame = frame_of(scene(64, 96), "yuv420p")
    wanted = Engine(EngineOptions(device="cpu", backend="torch", precision="fp32")).estimate(frame).field
    engine = breaking_engine(monkeypatch, EngineOptions(device="cpu", backend="openvino"), [DeviceError("It failed.")])
    assert np.allclose(engine.estimate(frame).field.gain, wanted.gain, atol=1e-4)
    assert engine.describe()["backend"] == "torch"
    assert engine.warnings == ("It failed. Going on with the backend torch.",)


def test_a_frame_that_was_begun_is_computed_again_where_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("openvino")
    frames = [frame_of(scene(64, 96, seed), "yuv420p") for seed in range(3)]
    torch_engine = Engine(EngineOptions(device="cpu", backend="torch", precision="fp32"))
    options = EngineOptions(device="cpu", backend="openvino", precision="fp32")
    engine = breaking_engine(monkeypatch, options, [None, DeviceError("It failed.")])
    if engine.at_once == 1:
        pytest.skip("this processor computes one frame at a time")
    begun = [engine.begin(frame) for frame in frames]
    for frame, started in zip(frames, begun, strict=True):
        found = engine.estimate(frame, begun=started).field
        assert np.allclose(found.gain, torch_engine.estimate(frame).field.gain, atol=1e-4)
    assert engine.describe()["backend"] == "torch"
    assert len(engine.warnings) == 1


def test_a_backend_that_cannot_even_begin_is_passed_by(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise DeviceError("OpenVINO cannot run the model field; use --backend torch.")

    pytest.importorskip("openvino")
    monkeypatch.setattr("dehazer.engine.openvino_backend.OpenVinoBackend", broken)
    engine = Engine(EngineOptions(device="cpu", backend="openvino"))
    assert engine.describe()["backend"] == "torch"
    assert "Going on with the backend torch" in engine.warnings[0]


def test_memory_runs_out_and_the_picture_is_tiled(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = frame_of(scene(40, 60), "rgb24")
    wanted = Engine(EngineOptions("student", device="cpu", backend="torch")).restore(frame)
    engine = breaking_engine(monkeypatch, EngineOptions("student", device="cpu", backend="torch"), [out_of_memory()])
    result = engine.restore(frame)
    assert np.abs(result.planes[0].astype(int) - wanted.planes[0]).max() <= 1
    assert engine.describe()["tiles"] == f"{TILE} pixels"
    assert "tiles of 512 pixels" in engine.warnings[0]


def test_tiles_are_used_before_memory_runs_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Linux too little memory is no exception but the end of the process: look before."""
    monkeypatch.setattr(image_network, "free_bytes", lambda device: 1_000_000)
    engine = Engine(EngineOptions("student", device="cpu"))
    engine.restore(frame_of(scene(40, 60), "rgb24"))
    assert "more memory than is free" in engine.warnings[0]
    assert engine.describe()["tiles"]


def test_numbers_that_are_not_finite_are_computed_again_in_fp32(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = frame_of(scene(64, 96), "yuv420p")
    engine = Engine(EngineOptions(device="cpu", backend="torch", precision="bf16"))
    nothing = torch.full((1, 1, 8, 12), torch.nan), torch.zeros(1, 3, 8, 12)
    monkeypatch.setattr(engine.backend, "field", lambda small, stats: nothing)
    assert np.isfinite(engine.estimate(frame).field.gain).all()
    assert engine.describe()["precision"] == "fp32"
    assert "fp32 numbers" in engine.warnings[0]


def test_no_rung_left_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = breaking_engine(monkeypatch, EngineOptions(device="cpu", backend="torch", precision="fp32"), [out_of_memory()])
    with pytest.raises(OutOfMemory, match="ran out of memory"):
        engine.estimate(frame_of(scene(64, 96), "yuv420p"))
    assert engine.warnings == ()


def test_the_whole_ladder_from_a_gpu() -> None:
    field, student = MODELS["field"], MODELS["student"]
    memory, gone = OutOfMemory("Full."), DeviceLost("Gone.")
    top = ExecutionMode("torch", GPU, "bf16")
    assert next_fallback(top, field, gone) == ExecutionMode("torch", CPU, "fp32")
    assert next_fallback(top, field, memory) == ExecutionMode("torch", CPU, "fp32")
    assert next_fallback(ExecutionMode("torch", CPU, "fp32"), field, gone) is None
    steps = []
    mode: ExecutionMode | None = ExecutionMode("torch", GPU, "bf16")
    while (mode := next_fallback(mode, student, memory)) is not None and len(steps) < 20:
        steps.append((mode.device.type, mode.tile))
    assert steps == [("cuda", 512), ("cuda", 256), ("cuda", SMALLEST_TILE), ("cpu", 512), ("cpu", 256), ("cpu", SMALLEST_TILE)]
    exact = ExecutionMode("torch", CPU, "fp32")
    assert next_fallback(ExecutionMode("torch", CPU, "bf16"), field, ModelError("NaN.")) == exact
    assert next_fallback(ExecutionMode("torch", CPU, "fp32"), field, ModelError("NaN.")) is None


def test_a_gpu_lost_in_the_middle_loses_no_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run over frames where the device dies at the third: every frame comes out, with the values of an unbroken run."""
    frames = [frame_of(scene(64, 96, seed=i), "yuv420p", index=i, rate=Fraction(25)) for i in range(5)]
    options = EngineOptions(device="cpu", backend="torch", precision="fp32")
    unbroken = Enhancer(Engine(options), EnhanceOptions())
    wanted = [unbroken(f).result for f in frames]
    engine = breaking_engine(monkeypatch, options, [None, None, lost()])
    engine.mode = ExecutionMode("torch", GPU, "fp32")  # what the backend claims to be; the next mode is the processor
    broken = Enhancer(engine, EnhanceOptions())
    for frame, good in zip(frames, wanted, strict=True):
        result = broken(frame).result
        assert result.pts == frame.pts
        assert all(np.array_equal(a, b) for a, b in zip(result.planes, good.planes, strict=True))
    assert engine.device == CPU
    assert engine.warnings == ("The device stopped working; start again, or use --device cpu. Going on with the processor, "
                               "more slowly.",)


def test_a_run_reports_the_rung_it_took(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = breaking_engine(monkeypatch, EngineOptions(device="cpu", backend="torch", precision="fp32"), [None, lost()])
    engine.mode = ExecutionMode("torch", GPU, "fp32")
    source = SyntheticSource(SceneOptions(32, 32, frames=6, fine=1))
    report = Pipeline(source, Enhancer(engine, EnhanceOptions()), NullSink()).run()
    assert report.frames == 6
    assert any("Going on with the processor" in w for w in report.warnings)
    assert report.engine["device"] == "cpu"
