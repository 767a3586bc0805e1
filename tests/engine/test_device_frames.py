"""The arithmetic of the device path, on the processor's own tensors: what can be known without a graphics card."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from dehazer.config import EngineOptions, EnhanceOptions
from dehazer.engine import triton_kernel as fused
from dehazer.engine.device_apply import PlaneJob, affine_torch, apply_on_device
from dehazer.engine.device_path import DevicePath
from dehazer.engine.device_pyramid import analyse_on_device
from dehazer.engine.devices import CPU, Device
from dehazer.engine.engine import Engine
from dehazer.engine.fallback import ExecutionMode
from dehazer.engine.transfer import DeviceTransfer
from dehazer.enhance import Enhancer
from dehazer.errors import DeviceError, DeviceLost
from dehazer.field.haze_field import HazeField
from dehazer.field.pyramid import analyse
from dehazer.field.torch_pyramid import as_tensors
from dehazer.frames.device_frame import DeviceFrame, host_original
from dehazer.frames.frame import PIXEL_FORMATS, ColorTags, Frame
from tests.pictures import frame_of, random_frame, scene

CARRIER = DeviceTransfer(torch.device("cpu"))


def some_field(extent: tuple[float, float] = (1.0, 1.0), guided: bool = True) -> HazeField:
    draw = torch.Generator().manual_seed(0)
    gain = 1 + 2 * torch.rand(1, 5, 7, generator=draw)
    guide = torch.rand(1, 5, 7, generator=draw).numpy() if guided else None
    offset = (0.6 + 0.3 * torch.rand(3, 5, 7, generator=draw)) * (1 - gain)
    return HazeField(gain.numpy(), offset.numpy(), extent, guide=guide)


def as_nv12(frame: Frame) -> DeviceFrame:
    """The same 4:2:0 frame as a hardware decoder holds it: chroma interleaved, rows apart."""
    y, u, v = frame.planes
    luma = torch.zeros(y.shape[0], y.shape[1] + 24, dtype=torch.uint8)[:, : y.shape[1]]
    luma.copy_(torch.from_numpy(y))
    both = torch.zeros(u.shape[0], u.shape[1] + 12, 2, dtype=torch.uint8)[:, : u.shape[1]]
    both[..., 0], both[..., 1] = torch.from_numpy(u), torch.from_numpy(v)
    planes = (luma, both[..., 0], both[..., 1])
    return DeviceFrame(planes, frame.format, frame.height, frame.width, frame.color)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", PIXEL_FORMATS)
def test_there_and_back(name: str) -> None:
    frame = random_frame(name, 31, 45, pts=7, index=3)
    there = CARRIER.upload(frame)
    back = CARRIER.download(there)
    assert not there.on_host
    assert CARRIER.upload(there) is there
    assert host_original(there) is frame
    assert back.on_host
    assert (back.pts, back.index, back.format) == (7, 3, frame.format)
    assert all(np.array_equal(a, b) for a, b in zip(back.planes, frame.planes, strict=True))
    assert CARRIER.download(frame) is frame


@pytest.mark.parametrize("name", PIXEL_FORMATS)
@pytest.mark.parametrize("size", [(448, 480), (720, 960), (100, 130), (461, 623)])
def test_the_device_sees_what_the_processor_sees(name: str, size: tuple[int, int]) -> None:
    frame = frame_of(scene(*size), name, ColorTags(1, 0))
    wanted, seen = as_tensors(analyse(frame)), analyse_on_device(CARRIER.upload(frame))
    assert seen.extent == wanted.extent
    assert seen.small.shape == wanted.small.shape
    assert (seen.small - wanted.small).abs().mean() < 0.002
    assert (seen.stats[:, :6] - wanted.stats[:, :6]).abs().mean() < 0.005
    assert (seen.stats[:, 6:] - wanted.stats[:, 6:]).abs().mean() < 0.02


@pytest.mark.parametrize("name", PIXEL_FORMATS)
@pytest.mark.parametrize(("extent", "guided"), [((1.0, 1.0), False), ((1.3, 1.1), True)])
def test_the_device_corrects_as_the_processor_does(name: str, extent: tuple[float, float], guided: bool) -> None:
    frame, field = random_frame(name, 36, 52, tags=ColorTags(1, 1)), some_field(extent, guided)
    wanted = field.apply(frame)
    result = CARRIER.download(apply_on_device(field, CARRIER.upload(frame), affine_torch))
    for a, b in zip(result.planes, wanted.planes, strict=True):
        assert np.abs(a.astype(int) - b).max() <= 1
        assert (a != b).mean() < (0.2 if guided else 0.01)  # exact halves; with a guide also where the mean luma of chroma is one


def test_a_decoder_s_interleaved_chroma_is_one_pass_and_stays_interleaved() -> None:
    frame, field = random_frame("yuv420p", 36, 52, tags=ColorTags(1, 1)), some_field()
    passes: list[tuple[int, int]] = []

    def counted(job: PlaneJob) -> Tensor:
        passes.append((job.samples.shape[0], job.samples.shape[1]))
        return affine_torch(job)

    result = apply_on_device(field, as_nv12(frame), counted)
    assert passes == [(36, 52), (18, 52)]
    u, v = result.planes[1:]
    assert v.data_ptr() - u.data_ptr() == 1  # type: ignore[attr-defined]
    for a, b in zip(CARRIER.download(result).planes, field.apply(frame).planes, strict=True):
        assert np.abs(a.astype(int) - b).max() <= 1


def test_a_decoder_s_frame_is_seen_like_any_other() -> None:
    frame = frame_of(scene(448, 480), "yuv420p")
    assert torch.allclose(analyse_on_device(as_nv12(frame)).small, analyse_on_device(CARRIER.upload(frame)).small)


@pytest.fixture
def resident_engine(random_weights: Path) -> Engine:
    """An engine that treats the processor's tensors as a device."""
    engine = Engine(EngineOptions(device="cpu", backend="torch", precision="fp32"))
    engine._path = DevicePath(CPU)
    return engine


def test_frames_take_the_way_over_the_device_and_come_back(resident_engine: Engine) -> None:
    plain = Enhancer(Engine(EngineOptions(device="cpu", backend="torch", precision="fp32")), EnhanceOptions())
    there = Enhancer(resident_engine, EnhanceOptions())
    for index in range(3):
        frame = frame_of(scene(96, 128, index), "yuv420p", index=index)
        wanted, moment = plain(frame), there(frame)
        assert moment.original is frame
        assert moment.result.on_host
        assert moment.luma == pytest.approx(wanted.luma, abs=1)
        for a, b in zip(moment.result.planes, wanted.result.planes, strict=True):
            assert np.abs(a.astype(int) - b).mean() < 1.5


def test_a_frame_born_on_the_device_stays_there(resident_engine: Engine) -> None:
    moment = Enhancer(resident_engine, EnhanceOptions())(as_nv12(frame_of(scene(96, 128), "yuv420p")))
    assert not moment.result.on_host
    assert moment.luma[0] > 0


@pytest.mark.parametrize("name", ["yuv420p", "gray10le", "gbrp", "rgb24"])
def test_exact_pictures_on_the_device(random_weights: Path, name: str) -> None:
    here, there = (Engine(EngineOptions("student", device="cpu", backend="torch")) for _ in range(2))
    there._path = DevicePath(CPU)
    frame = random_frame(name, 21, 30)
    result, wanted = there.restore(frame, 0.6), here.restore(frame, 0.6)
    assert result.on_host
    assert all(np.abs(a.astype(int) - b).max() <= 1 for a, b in zip(result.planes, wanted.planes, strict=True))
    born = replace(CARRIER.upload(frame), host=None)
    assert not there.restore(born).on_host


def test_strength_zero_needs_no_journey(resident_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = frame_of(scene(64, 64), "rgb24")
    assert Enhancer(resident_engine, EnhanceOptions(strength=0))(frame).result is frame


@pytest.mark.parametrize("where", ["apply", "download"])
def test_a_device_lost_on_the_way_loses_no_frame(resident_engine: Engine, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = frame_of(scene(96, 128), "yuv420p")
    wanted = Enhancer(Engine(EngineOptions(device="cpu", backend="torch", precision="fp32")), EnhanceOptions())(frame)
    resident_engine.mode = ExecutionMode("torch", Device("cuda"), "fp32")

    def broken(*_: object) -> object:
        raise torch.AcceleratorError("CUDA error: unspecified launch failure")

    path = resident_engine._path
    assert path is not None
    monkeypatch.setattr(*((path, "affine") if where == "apply" else (path.transfer, "download")), broken)
    moment = Enhancer(resident_engine, EnhanceOptions())(frame)
    assert all(np.abs(a.astype(int) - b).max() <= 25 for a, b in zip(moment.result.planes, wanted.result.planes, strict=True))
    assert resident_engine.device.type == "cpu"
    assert "Going on with the processor" in resident_engine.warnings[0]


def test_only_the_compute_thread_takes_another_mode(resident_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The writer brings frames to main memory while the compute thread uses the backend: it must not be changed under it."""
    frame, path = frame_of(scene(96, 128), "yuv420p"), resident_engine._path
    assert path is not None
    there = path.upload(frame)
    resident_engine.mode = mode = ExecutionMode("torch", Device("cuda"), "fp32")
    backend = resident_engine.backend

    def broken(*_: object) -> object:
        raise torch.AcceleratorError("CUDA error: unspecified launch failure")

    monkeypatch.setattr(path.transfer, "download", broken)
    with ThreadPoolExecutor(1) as writer, pytest.raises(DeviceLost):
        writer.submit(resident_engine.download, there).result()
    assert resident_engine.backend is backend
    assert resident_engine.mode is mode
    assert resident_engine.estimate(frame).field.grid
    assert resident_engine.mode == ExecutionMode("torch", CPU, "fp32")
    assert "Going on with the processor" in resident_engine.warnings[0]


def test_a_failure_of_a_mode_already_left_changes_nothing(resident_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    frame, path = frame_of(scene(96, 128), "yuv420p"), resident_engine._path
    assert path is not None
    there, left = path.upload(frame), ExecutionMode("torch", Device("cuda"), "fp32")

    def broken(*_: object) -> object:
        resident_engine.mode = ExecutionMode("torch", CPU, "fp32")  # the compute thread was quicker
        raise torch.AcceleratorError("CUDA error: unspecified launch failure")

    resident_engine.mode = left
    monkeypatch.setattr(path.transfer, "download", broken)
    with pytest.raises(DeviceLost):
        resident_engine.download(there)
    resident_engine.estimate(frame)
    assert resident_engine.warnings == ()


def test_an_upload_that_fails_leaves_the_frame_where_it_is(resident_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = frame_of(scene(64, 64), "rgb24")

    def full(frame: Frame) -> DeviceFrame:
        raise torch.OutOfMemoryError("CUDA out of memory.")

    assert resident_engine._path is not None
    monkeypatch.setattr(resident_engine._path.transfer, "upload", full)
    assert resident_engine.upload(frame) is frame


def test_a_decoded_frame_that_died_with_its_device_is_an_error(random_weights: Path) -> None:
    engine = Engine(EngineOptions(device="cpu", backend="torch"))
    with pytest.raises(DeviceLost, match="--hwaccel none"):
        engine.estimate(as_nv12(frame_of(scene(96, 128), "yuv420p")))
    with pytest.raises(DeviceError):
        engine.download(as_nv12(frame_of(scene(96, 128), "yuv420p")))


@pytest.mark.skipif(not fused.available(), reason="no Triton here (it comes with torch for CUDA)")
def test_the_fused_pass_gives_what_the_plain_one_gives() -> None:
    """In Triton's interpreter, which needs no graphics card; in a process of its own, since it must be chosen at import."""
    script = """
import itertools
import torch
from dehazer.engine.device_apply import PlaneJob, affine_torch
from dehazer.engine.triton_kernel import affine_fused
for kind, top, (high, wide) in ((torch.uint8, 255, (37, 550)), (torch.uint16, 1023, (20, 34)), (torch.uint8, 255, (1, 2))):
    for count, guided, (down, across) in itertools.product((1, 2, 3), (False, True), ((0, 0), (1, 1), (1, 0))):
        codes = lambda *size: torch.randint(0, top + 1, size, dtype=torch.int32).to(kind)
        plane = codes(high, count * wide + 9)[:, : count * wide]
        luma = codes(high << down, (wide << across) + 5)[:, : wide << across] if guided else None
        ranges = ((-0.004, 0.004), (1, 2), (-0.1, 0.1), (-100, 0))
        maps = torch.stack([low + (upper - low) * torch.rand(count, 5, 7) for low, upper in ranges])
        job = PlaneJob(plane, luma, down, across, maps, (5 / round(1.2 * high), 7 / wide), top)
        plain, quick = (f(job).int() for f in (affine_torch, affine_fused))
        assert (plain - quick).abs().max() <= 1 and (plain != quick).float().mean() < 0.01, (count, guided, down, across)
"""
    subprocess.run([sys.executable, "-c", script], check=True, env={**os.environ, "TRITON_INTERPRET": "1"}, timeout=120,
                   cwd=Path(__file__).parents[2])


@pytest.mark.parametrize(("layout", "name", "shift"), [("nv12", "yuv420p", 0), ("p010le", "yuv420p10le", 6)])
def test_a_decoder_s_picture_is_handed_over_by_dlpack(layout: str, name: str, shift: int) -> None:
    """As NVDEC does it, with the same layouts in main memory."""
    import av

    from dehazer.sources._device_frames import device_planes

    frame = random_frame(name, 32, 48)
    picture = av.VideoFrame(48, 32, layout)
    y, u, v = (p.astype(np.uint16 if shift else np.uint8) << shift for p in frame.planes)
    for plane, values in zip(picture.planes, (y, np.stack([u, v], axis=2).reshape(16, 48)), strict=True):
        rows = np.frombuffer(plane, values.dtype).reshape(plane.height, -1)  # type: ignore[call-overload]
        rows[:, : values.shape[1]] = values
    form, planes = device_planes(picture, layout)
    resident = DeviceFrame(planes, form, 32, 48)  # type: ignore[arg-type]
    assert form == frame.format
    assert all(np.array_equal(a, b) for a, b in zip(CARRIER.download(resident).planes, frame.planes, strict=True))
    assert planes[2].data_ptr() - planes[1].data_ptr() == planes[1].element_size()
