"""The engine answers for every registered model, every layout, every size a camera may have, and every backend alike."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dehazer.config import EngineOptions
from dehazer.engine import openvino_conversion, openvino_library
from dehazer.engine.devices import cuda_count
from dehazer.engine.engine import Engine
from dehazer.errors import ConfigError, DeviceError, WeightsError
from dehazer.frames.frame import PIXEL_FORMATS, Frame
from dehazer.models.registry import MODELS
from tests.networks import export_weights, random_network
from tests.pictures import frame_of, random_frame, scene

pytestmark = pytest.mark.usefixtures("random_weights")

BACKENDS = ["torch", pytest.param("openvino", marks=pytest.mark.skipif(not openvino_library.available(), reason="no OpenVINO"))]


@pytest.fixture(scope="module")
def field_engine(random_weights_folder: object) -> Engine:
    """One field engine for the tests that only ask it questions."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dehazer.models.weights.FOLDER", random_weights_folder)
        return Engine(EngineOptions(device="cpu", backend="torch", precision="fp32"))


def dehazed(engine: Engine, frame: Frame) -> Frame:
    return engine.estimate(frame).field.apply(frame) if engine.gives_field else engine.restore(frame)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("name", [n for n, spec in MODELS.items() if spec.weights])
def test_every_model_keeps_layout_and_size(name: str, backend: str) -> None:
    engine = Engine(EngineOptions(name, device="cpu", backend=backend))
    frame = frame_of(scene(50, 70), "yuv420p")
    result = dehazed(engine, frame)
    assert [p.shape for p in result.planes] == [p.shape for p in frame.planes]
    assert any((a != b).any() for a, b in zip(result.planes, frame.planes, strict=True))
    assert engine.describe()["backend"] == backend


@pytest.mark.skipif(not openvino_library.available(), reason="OpenVINO is an extra")
@pytest.mark.parametrize("name", [n for n, spec in MODELS.items() if spec.weights])
def test_openvino_gives_what_torch_gives(name: str) -> None:
    """fp32 on both: the same numbers but for the order of additions, so at most one code apart, almost never that."""
    torch_engine, other = (Engine(EngineOptions(name, device="cpu", precision="fp32", backend=b)) for b in ("torch", "openvino"))
    frame = frame_of(scene(96, 130), "rgb24")
    a, b = dehazed(torch_engine, frame).planes[0], dehazed(other, frame).planes[0]
    assert np.abs(a.astype(int) - b).max() <= 1
    assert (a != b).mean() < 0.01
    if torch_engine.gives_field:
        first, second = torch_engine.estimate(frame).field, other.estimate(frame).field
        assert np.allclose(first.gain, second.gain, rtol=1e-4, atol=1e-4)
        assert np.allclose(first.offset, second.offset, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("backend", BACKENDS)
def test_bf16_stays_close(backend: str) -> None:
    fine, coarse = (Engine(EngineOptions(device="cpu", precision=p, backend=backend)) for p in ("fp32", "bf16"))
    frame = frame_of(scene(96, 130), "rgb24")
    a, b = (e.estimate(frame).field.apply(frame).planes[0].astype(int) for e in (fine, coarse))
    assert np.abs(a - b).mean() < 3


@pytest.mark.parametrize("size", [(16, 16), (1, 1), (1, 200), (270, 480), (480, 270), (461, 623)])
@pytest.mark.parametrize("name", ["yuv420p", "gray", "yuv422p10le", "gbrp12le", "rgb24"])
def test_any_size_and_layout(field_engine: Engine, size: tuple[int, int], name: str) -> None:
    frame = random_frame(name, *size)
    result = field_engine.estimate(frame).field.apply(frame)
    assert (result.height, result.width, result.format) == (*size, PIXEL_FORMATS[name])


@pytest.mark.parametrize("size", [(5, 7), (1, 1), (33, 18)])
@pytest.mark.parametrize("name", ["yuv420p", "gray10le", "rgb24"])
def test_image_networks_take_any_size_and_layout(size: tuple[int, int], name: str) -> None:
    frame = random_frame(name, *size)
    engine = Engine(EngineOptions("student", device="cpu", backend="torch"))
    assert [p.shape for p in engine.restore(frame).planes] == [p.shape for p in frame.planes]
    assert engine.restore(frame, 0.0) is frame


def test_several_streams_in_one_call_get_what_they_get_alone(field_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    frames = [frame_of(scene(96, 130, seed), "yuv420p") for seed in range(3)] + [frame_of(scene(96, 180), "gray")]
    alone = [field_engine.estimate(f) for f in frames]
    calls: list[int] = []
    field = field_engine.backend.field
    monkeypatch.setattr(field_engine.backend, "batches", True)
    monkeypatch.setattr(field_engine.backend, "field", lambda small, stats: (calls.append(len(small)), field(small, stats))[1])
    for one, many in zip(alone, field_engine.estimate_many(frames), strict=True):
        assert np.allclose(one.field.gain, many.field.gain, rtol=1e-4)
        assert np.array_equal(one.small, many.small)
    assert sorted(calls) == [1, 3]  # one call per grid


@pytest.mark.parametrize("precision", ["fp32", "bf16"])
def test_frames_computed_side_by_side_get_what_they_get_alone(precision: str) -> None:
    engine = Engine(EngineOptions(device="cpu", precision=precision))
    if engine.at_once == 1:
        pytest.skip("this processor computes one frame at a time")
    frames = [frame_of(scene(96, 130, seed), "yuv420p") for seed in range(4)]
    alone = [engine.estimate(f) for f in frames]
    begun = [engine.begin(f) for f in frames]
    for frame, one, started in zip(frames, alone, begun, strict=True):
        assert started is not None
        together = engine.estimate(frame, begun=started)
        assert np.array_equal(one.field.gain, together.field.gain)
        assert np.array_equal(one.small, together.small)
    for one, many in zip(alone, engine.estimate_many(frames), strict=True):
        assert np.array_equal(one.field.offset, many.field.offset)


@pytest.mark.parametrize("quick", [False, True])
def test_a_live_frame_has_all_cores_only_where_it_needs_them(quick: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Engine(EngineOptions(device="cpu", precision="fp32"))
    if engine.at_once == 1:
        pytest.skip("this processor computes one frame at a time")
    assert not engine.mode.quick  # nothing was measured for a format that was asked for
    engine.mode = replace(engine.mode, quick=quick)
    frame, shared, begin = frame_of(scene(96, 130), "yuv420p"), [], engine.backend.begin
    monkeypatch.setattr(engine.backend, "begin", lambda small, stats: (shared.append(1), begin(small, stats))[1])
    (estimate,) = engine.estimate_many([frame])
    assert bool(shared) == quick
    assert np.array_equal(estimate.field.gain, engine.estimate(frame).field.gain)


def test_what_was_begun_and_never_asked_for_does_no_harm() -> None:
    engine = Engine(EngineOptions(device="cpu", precision="fp32"))
    frame = frame_of(scene(96, 130), "yuv420p")
    wanted = engine.estimate(frame).field.gain
    for _ in range(8):
        engine.begin(frame)
    assert np.array_equal(engine.estimate(frame).field.gain, wanted)


def test_restoring_several_frames_is_restoring_each() -> None:
    engine = Engine(EngineOptions("student", device="cpu", backend="torch"))
    frames = [frame_of(scene(20, 30, seed), "rgb24") for seed in range(2)]
    for one, many in zip(frames, engine.restore_many(frames, 0.7), strict=True):
        assert np.array_equal(engine.restore(one, 0.7).planes[0], many.planes[0])


def test_fewer_lines_mean_a_smaller_grid(field_engine: Engine) -> None:
    frame = random_frame("yuv420p", 720, 1280)
    assert field_engine.estimate(frame, 224).field.grid == (28, 48)
    assert field_engine.estimate(frame).field.grid == (56, 100)


def test_the_number_format_can_change_between_frames() -> None:
    engine = Engine(EngineOptions(device="cpu", backend="torch", precision="fp32"))
    frame = frame_of(scene(64, 64), "rgb24")
    before = engine.estimate(frame).field.gain
    engine.set_precision("bf16")
    assert engine.describe()["precision"] == "bf16"
    assert not np.array_equal(engine.estimate(frame).field.gain, before)
    engine.set_precision("fp32")
    assert np.array_equal(engine.estimate(frame).field.gain, before)


@pytest.mark.parametrize(("options", "error", "words"), [
    (EngineOptions(device="tpu"), ConfigError, "choose auto, cpu, cuda"),
    (EngineOptions(device="cpu", weights="nowhere"), WeightsError, "choose one of: real, its"),
    (EngineOptions("nothing"), ConfigError, "choose one of: field"),
])
def test_wrong_wishes_are_refused(options: EngineOptions, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        Engine(options)


@pytest.mark.skipif(cuda_count() > 0, reason="there is a CUDA device")
def test_a_missing_gpu_is_an_error_not_a_fallback() -> None:
    with pytest.raises(DeviceError, match="no CUDA device"):
        Engine(EngineOptions(device="cuda"))


def test_a_missing_openvino_is_an_error_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dehazer.engine.openvino_library.available", lambda: False)
    engine = Engine(EngineOptions(device="cpu"))
    assert engine.describe()["backend"] == "torch"
    assert ["pip install openvino" in warning for warning in engine.warnings] == [True]
    assert Engine(EngineOptions(device="cpu", backend="torch")).warnings == ()
    with pytest.raises(ConfigError, match="pip install openvino"):
        Engine(EngineOptions(device="cpu", backend="openvino"))


def test_changed_weights_do_not_run_from_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The converted network is kept under its own fingerprint; other weights of the same name get their own."""
    pytest.importorskip("openvino")
    monkeypatch.setattr("dehazer.models.weights.FOLDER", tmp_path)
    frame, gains = frame_of(scene(64, 64), "rgb24"), []
    small = {"widths": [8, 8, 8], "blocks": [1, 1, 1]}
    for settings in (small, {**small, "t_min": 0.5}):  # the very same numbers, put to another use
        export_weights(tmp_path, "field", "real", random_network("field", 1, **settings), settings)
        gains.append(Engine(EngineOptions(device="cpu", backend="openvino", precision="fp32")).estimate(frame).field.gain)
    assert not np.allclose(gains[0], gains[1])


def test_loading_and_computing_opens_no_connection(random_weights_folder: Path, tmp_path: Path) -> None:
    """Nothing is downloaded and nothing is reported, by no library underneath either."""
    script = """
import sys
seen = []
watched = ("socket.connect", "socket.getaddrinfo")
sys.addaudithook(lambda event, values: seen.append(values) if event in watched else None)
import dehazer.models.weights as weights
weights.FOLDER = __import__("pathlib").Path(sys.argv[1])
from dehazer.api import Dehazer
import numpy as np, time
Dehazer(device="cpu").image(np.zeros((64, 64, 3), np.uint8))
time.sleep(0.5)  # whatever is sent from a thread
assert not seen, seen
"""
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}  # an empty cache: the network has to be converted
    subprocess.run([sys.executable, "-c", script, str(random_weights_folder)], check=True, env=environment, timeout=120,
                   cwd=Path(__file__).parents[2])


@pytest.mark.skipif(not openvino_library.available(), reason="OpenVINO is an extra")
@pytest.mark.parametrize("suffix", [".xml", ".bin"])
def test_a_damaged_cache_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    monkeypatch.setattr(openvino_conversion, "cache_folder", lambda: tmp_path / "kept")
    options, frame = EngineOptions(device="cpu", backend="openvino", precision="fp32"), frame_of(scene(96, 130), "rgb24")
    before = Engine(options).estimate(frame).field
    for file in (tmp_path / "kept").glob(f"*{suffix}"):
        file.write_bytes(file.read_bytes()[:100])  # what a full disk or a lost power supply leaves behind
    for _ in range(2):
        engine = Engine(options)
        again = engine.estimate(frame).field
        assert engine.warnings == ()
        assert np.array_equal(again.gain, before.gain)
