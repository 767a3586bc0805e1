"""What only a graphics card can show. Skipped without one; failures where DEHAZER_REQUIRE_CUDA=1 promises one."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
import torch

from dehazer.bench.measure import timed
from dehazer.bench.scenarios import eager
from dehazer.config import DecodeOptions, EngineOptions, EnhanceOptions
from dehazer.engine.device_apply import affine_torch, apply_on_device, plane_jobs
from dehazer.engine.devices import Device
from dehazer.engine.engine import Engine
from dehazer.engine.torch_devices import torch_device
from dehazer.engine.transfer import DeviceTransfer
from dehazer.enhance import Enhancer
from dehazer.frames.device_frame import created_on_device
from dehazer.frames.frame import PIXEL_FORMATS
from tests.pictures import frame_of, random_frame, scene

pytestmark = [pytest.mark.cuda, pytest.mark.usefixtures("random_weights")]


def cuda() -> Device:
    return Device("cuda")


def engine(model: str = "field", precision: str = "auto") -> Engine:
    return Engine(EngineOptions(model, device="cuda", precision=precision))


def test_a_promised_device_is_there() -> None:
    assert torch.cuda.is_available()
    assert engine().describe()["device"] == torch.cuda.get_device_name(0)


def test_fp32_fields_are_those_of_the_processor() -> None:
    frame = frame_of(scene(720, 1280), "yuv420p")
    there = engine(precision="fp32").estimate(frame).field
    here = Engine(EngineOptions(device="cpu", backend="torch", precision="fp32")).estimate(frame).field
    assert np.allclose(there.gain, here.gain, rtol=2e-2, atol=2e-2)  # TF32 is off; the picture is shrunk on the device


def test_replaying_is_computing() -> None:
    one = engine(precision="fp32")
    frames = [frame_of(scene(96, 128, seed), "yuv420p") for seed in range(4)]
    fields = [one.estimate(f).field.gain.copy() for f in frames]  # the first records, the rest replay
    assert "CUDA graphs" in one.describe()["backend"]
    for frame, gain in zip(frames, fields, strict=True):
        assert np.allclose(one.estimate(frame).field.gain, gain)
    assert not np.allclose(fields[0], fields[1])


@pytest.mark.parametrize("count", [2, 3, 9])
def test_a_wall_of_cameras_in_one_call(count: int) -> None:
    one = engine(precision="fp32")
    frames = [frame_of(scene(96, 128, seed), "yuv420p") for seed in range(count)]
    for single, many in zip([one.estimate(f) for f in frames], one.estimate_many(frames), strict=True):
        assert np.allclose(single.field.gain, many.field.gain, rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("name", PIXEL_FORMATS)
def test_the_fused_pass_on_every_layout(name: str) -> None:
    from dehazer.engine.triton_kernel import affine_fused

    transfer, frame = DeviceTransfer(torch_device(cuda())), random_frame(name, 157, 301)
    field = engine().estimate(frame_of(scene(157, 301), "rgb24")).field
    plain, quick = (transfer.download(apply_on_device(field, transfer.upload(frame), f)) for f in (affine_torch, affine_fused))
    for a, b, c in zip(plain.planes, quick.planes, field.apply(frame).planes, strict=True):
        assert np.abs(a.astype(int) - b).max() <= 1
        assert np.abs(c.astype(int) - b).max() <= 1


def test_the_whole_way_equals_the_processor_s() -> None:
    frame = frame_of(scene(480, 854), "yuv420p")
    there = Enhancer(engine(precision="fp32"), EnhanceOptions())(frame).result
    here = Enhancer(Engine(EngineOptions(device="cpu", backend="torch", precision="fp32")), EnhanceOptions())(frame).result
    assert all(np.abs(a.astype(int) - b).mean() < 1 for a, b in zip(there.planes, here.planes, strict=True))


def test_exact_pictures_compiled_and_plain_are_alike() -> None:
    one, frame = engine("student", "fp32"), frame_of(scene(96, 128), "rgb24")
    plain = one.restore(frame).planes[0].astype(int)
    one.settle()
    assert np.abs(one.restore(frame).planes[0] - plain).max() <= 1


def test_field_application_costs_little_more_than_a_copy() -> None:
    """The pass over the pixels itself; the grids are made on the processor, beside the work on the frame before."""
    from dehazer.engine.triton_kernel import affine_fused

    one, frame = engine(), DeviceTransfer(torch_device(cuda())).upload(random_frame("yuv420p", 2160, 3840))
    jobs = plane_jobs(one.estimate(frame).field, frame)
    apply_ms = timed(lambda: [affine_fused(s) for _ in range(20) for s in jobs], cuda(), 0.5).p50
    copy_ms = timed(lambda: [p.clone() for _ in range(20) for p in frame.awaited()], cuda(), 0.5).p50
    assert apply_ms <= 1.5 * copy_ms


def test_4k_fields_at_200_frames_a_second() -> None:
    transfer, enhancer = DeviceTransfer(torch_device(cuda())), Enhancer(engine(), EnhanceOptions())
    frames = [transfer.upload(random_frame("yuv420p", 2160, 3840, seed, pts=40 * seed)) for seed in range(4)]
    resident = [created_on_device(frame) for frame in frames]
    torch.cuda.reset_peak_memory_stats()
    for frame in resident:
        enhancer(frame)
    torch.cuda.synchronize()
    started, count = time.perf_counter(), 100
    for index in range(count):
        enhancer(resident[index % 4])
    torch.cuda.synchronize()
    assert count / (time.perf_counter() - started) >= 200
    assert torch.cuda.max_memory_allocated() < 1.5 * 2**30


def test_the_exact_student_is_8_times_its_eager_self() -> None:
    one, frame = engine("student"), random_frame("rgb24", 1080, 1920)
    one.restore(frame)
    one.settle()
    rgb = torch.rand(1, 3, 1080, 1920, device="cuda")
    quick = timed(lambda: one.backend.image(rgb), cuda(), 2.0)
    slow = eager(1080, 1920, cuda(), 2.0)
    assert slow.p50 / quick.p50 >= 8
    assert quick.fps >= 60


def test_decoding_on_the_device(tmp_path: Path) -> None:
    from dehazer.bench.clip import make_clip
    from dehazer.sources import open_source

    with open_source(make_clip(tmp_path, 270, 480, 10), DecodeOptions(hwaccel="cuda")) as source:
        assert len(list(source)) == 10
