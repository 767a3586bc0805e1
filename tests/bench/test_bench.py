"""The benchmark measures what it says, in the form it promises."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from dehazer.bench import run as bench_run
from dehazer.bench.case import Case
from dehazer.bench.clip import LoopedSource, load_frames, make_clip
from dehazer.bench.measure import Memory, NotMeasured, Timing, paced, timed
from dehazer.bench.roofline import Work, apply_work, model_work, network_work
from dehazer.bench.run import QUICK, Plan, Result, Row
from dehazer.bench.scenarios import SCENARIOS, Scenario, copy
from dehazer.bench.tables import plot, summary, table
from dehazer.cli.bench import SIZE_NAMES, main
from dehazer.engine.backends import openvino_model
from dehazer.engine.devices import CPU
from dehazer.engine.openvino_library import available
from dehazer.models.registry import MODELS, model_spec
from dehazer.models.weights import build_network, find_weights
from dehazer.sources import open_source
from tests.pictures import random_frame
from tests.waiting import FakeClock

ROW = {"scenario", "model", "weights", "device", "precision", "width", "height", "fps", "ms_p50", "ms_p95", "peak_mb",
       "ratio_to_eager"}


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory, random_weights_folder: Path) -> dict[str, Any]:
    """One run of the command on a tiny size: every scenario, against eager, with memory test, JSON and plot."""
    folder = tmp_path_factory.mktemp("bench")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dehazer.models.weights.FOLDER", random_weights_folder)
        patch.setitem(bench_run.SIZES, "480p", (96, 160))
        code = main(["--quick", "--sizes", "480p", "--seconds", "0.02", "--frames", "60", "--soak", "210", "--against", "eager",
                     "--models", "field,student", "--devices", "cpu", "--json", str(folder / "b.json"),
                     "--plot", str(folder / "b.png"), "--quiet"])
    assert code == 0
    return {"json": json.loads((folder / "b.json").read_text("utf-8")), "plot": folder / "b.png"}


def test_every_scenario_has_its_row(measured: dict[str, Any]) -> None:
    rows = measured["json"]["rows"]
    assert all(set(row) == ROW for row in rows)
    field = [row["scenario"] for row in rows if row["model"] == "field"]
    assert field == [s.name for s in SCENARIOS if s.device in ("", "cpu")]
    assert {"network", "apply", "decode_to_paint", "decode_to_encode"} <= set(field)
    assert [row["scenario"] for row in rows if row["model"] == "student"] == ["eager", "network"]


def test_numbers_are_positive_and_agree(measured: dict[str, Any]) -> None:
    for row in measured["json"]["rows"]:
        assert row["fps"] > 0
        assert 0 < row["ms_p50"] <= row["ms_p95"]
        assert (row["width"], row["height"]) == (160, 96)
        assert row["peak_mb"] is None or row["peak_mb"] > 50


def test_ratios_are_to_the_eager_row_of_the_same_run(measured: dict[str, Any]) -> None:
    rows = {(r["scenario"], r["model"]): r for r in measured["json"]["rows"]}
    eager, chain = rows["eager", "student"], rows["decode_to_paint", "field"]
    assert eager["ratio_to_eager"] == 1
    assert chain["ratio_to_eager"] == pytest.approx(chain["fps"] * eager["ms_p50"] / 1000, rel=0.01)
    assert rows["decode", "field"]["ratio_to_eager"] is None


def test_the_rest_of_the_report(measured: dict[str, Any]) -> None:
    result = measured["json"]
    rates = result["machine"]["rates"]["cpu"]
    assert rates["copy_gb_s"] > 0.1
    assert rates["matmul_gflop_s"]["fp32"] > 0.1
    assert {r["scenario"] for r in result["roofline"]} == {"network", "apply"}
    assert all(r["share"] > 0 and r["best_ms"] > 0 for r in result["roofline"])
    assert {f["scenario"] for f in result["flicker"]} == {"decode_to_paint", "decode_to_encode"}
    assert all(f["before"] > 0 and f["after"] > 0 for f in result["flicker"])
    assert result["memory"]["frames"] == 210
    assert abs(result["memory"]["growth_mb"]) < 200


def test_the_plot_is_a_picture_with_bars(measured: dict[str, Any]) -> None:
    with Image.open(measured["plot"]) as picture:
        pixels = np.asarray(picture.convert("RGB"))
    assert pixels.shape[1] > 800
    assert len(np.unique(pixels.reshape(-1, 3), axis=0)) > 10


def test_names_of_the_command_are_those_of_the_plan() -> None:
    assert tuple(bench_run.SIZES) == SIZE_NAMES
    assert set(QUICK.models) <= set(MODELS)


@pytest.mark.parametrize(("arguments", "words"), [
    (["--sizes", "5k"], "choose from: 480p"), (["--scenarios", "nap"], "no scenario nap"), (["--models", "nothing"], "no model"),
    (["--frames", "3"], "--frames at least 20"), (["--devices", "cuda:99"], "cuda:99"),
])
def test_wrong_wishes_are_one_sentence(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--quick", "--seconds", "0.01", *arguments]) in (1, 2)
    captured = capsys.readouterr()
    assert words in captured.err
    assert "Traceback" not in captured.err


def test_results_that_cannot_be_written_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dehazer.cli.bench._measured", lambda flags: _result([]))
    assert main(["--json", str(tmp_path / "no" / "such" / "b.json")]) == 1
    assert "could not be written" in capsys.readouterr().err


def _result(rows: list[Row]) -> Result:
    rates = {"cpu": {"name": "cpu", "copy_gb_s": 10.0, "matmul_gflop_s": {"fp32": 100.0}}}
    return Result({"cpu": "Test", "cores": 2, "memory_gb": 4.0, "system": "x", "load": None, "rates": rates}, rows)


def _row(scenario: str, fps: float, peak: float = 100.0) -> Row:
    return Row(scenario, "field", "real", "cpu (torch)", "fp32", 1280, 720, fps, 1000 / fps, 2000 / fps, peak, fps * 7)


def test_table_is_aligned_markdown() -> None:
    lines = table([_row("network", 3.0), _row("decode_to_paint", 12345.0, math.nan)]).split("\n")
    assert len({len(line) for line in lines}) == 1
    assert lines[1].count("|") == lines[0].count("|") == 11
    assert "12345.0" in summary(_result([_row("decode_to_paint", 12345.0)]))


def test_plot_holds_rates_of_any_size(tmp_path: Path) -> None:
    plot(_result([_row("network", 0.004), _row("apply", 250_000.0)]), tmp_path / "p.png")
    with Image.open(tmp_path / "p.png") as picture:
        assert picture.size[1] < 400


def test_timing_leaves_warm_ups_out_and_takes_the_median() -> None:
    clock, spent = FakeClock(), iter([9.0, 9.0, 0.2, 0.1, 0.4])
    timing = timed(lambda: clock.advance(next(spent)), CPU, 0.5, warm_ups=2, clock=clock)
    assert timing.ms == pytest.approx((200, 100, 400))
    assert (timing.p50, timing.fps) == pytest.approx((200, 5))


def test_timing_repeats_quick_work_for_the_time_and_slow_work_a_few_times() -> None:
    clock = FakeClock()
    assert len(timed(lambda: clock.advance(0.125), CPU, 2.0, clock=clock).ms) == 16
    assert len(timed(lambda: clock.advance(60), CPU, 2.0, clock=clock, at_least=4).ms) == 4


def test_pace_is_frames_over_time() -> None:
    timing = paced([0.0, 5.0, 5.1, 5.2, 5.3, 5.4, 5.5, 5.6], 1.0, warm_ups=1)
    assert timing.fps == pytest.approx(10)
    assert timing.p50 == pytest.approx(100)
    assert Timing((1.0, 2.0, 3.0)).p95 == 3.0


def test_peak_memory_sees_what_was_freed_again() -> None:
    memory = Memory(CPU)
    before = memory.peak_mb
    block = np.ones(40_000_000, np.uint8)
    memory.sample()
    del block
    assert memory.peak_mb - before > 20


def test_work_is_counted() -> None:
    network = torch.nn.Conv2d(3, 4, 3, padding=1, bias=False)
    work = network_work(network, (torch.rand(1, 3, 10, 20),))
    assert work.flops == 2 * 27 * 4 * 200
    assert work.moved == 4 * (600 + 800 + 108)
    assert apply_work(random_frame("yuv420p", 10, 20)).moved == 2 * 300
    assert Work(1e9, 1e6).best_ms(100.0, 10.0) == pytest.approx(10.0)
    assert Work(1e6, 1e9).best_ms(100.0, 10.0) == pytest.approx(100.0)


@pytest.mark.skipif(not available(), reason="OpenVINO is not installed")
def test_work_of_the_default_network_is_the_same_in_openvino_and_in_torch() -> None:
    spec, shapes = model_spec("field"), ((1, 3, 16, 32), (1, 9, 8, 16))
    found = find_weights(spec, "real")
    ours = model_work(openvino_model(spec, found, "fp32"), shapes)
    theirs = network_work(build_network(spec, found), tuple(torch.rand(*shape) for shape in shapes))
    assert ours.flops == pytest.approx(theirs.flops, rel=0.01)  # torch counts a small matrix product too
    assert ours.moved == pytest.approx(theirs.moved, rel=0.05)  # torch counts the biases too


def test_a_scenario_that_this_machine_cannot_hold_is_a_note_and_the_others_are_measured(
        monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def too_slow(case: Case) -> Timing:
        raise NotMeasured("Four cameras are too much for this machine.")

    monkeypatch.setattr(bench_run, "SCENARIOS", (Scenario("first", too_slow), Scenario("copy", copy)))
    monkeypatch.setitem(bench_run.SIZES, "480p", (96, 160))
    plan = Plan(sizes=("480p",), models=("field",), devices=("cpu",), seconds=0.01, frames=20, soak=0,
                scenarios=("first", "copy"))
    result = bench_run.run(plan, lambda text: None)
    assert [row.scenario for row in result.rows] == ["copy"]
    assert result.notes[0] == "first at 160×96 was not measured: Four cameras are too much for this machine."


@pytest.mark.skipif(not available(), reason="OpenVINO is not installed, so torch computes")
def test_the_default_network_on_a_processor_is_measured_without_torch() -> None:
    arguments = ["--sizes", "480p", "--models", "field", "--devices", "cpu", "--seconds", "0.01", "--frames", "20", "--soak", "0",
                 "--scenarios", "analysis,network,apply", "--quiet"]
    code = (f"import sys; from dehazer.bench import run; run.SIZES['480p'] = (96, 160)\n"
            f"from dehazer.cli.bench import main; code = main({arguments!r})\n"
            "print('loaded', [name for name in ('torch', 'torchvision') if name in sys.modules]); sys.exit(code)")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "loaded []"


def test_clip_has_the_size_and_repeats_with_running_times(tmp_path: Path) -> None:
    path = make_clip(tmp_path, 98, 130, 6)
    assert make_clip(tmp_path, 98, 130, 6) == path
    with open_source(path) as source:
        assert (source.info.height, source.info.width) == (98, 130)
        frames = list(LoopedSource(source, path, 15))
    assert [f.pts for f in frames] == list(range(15))
    kept = load_frames(path, 4)
    assert len(kept) == 4
    assert not np.array_equal(kept[0].planes[0], kept[3].planes[0])
