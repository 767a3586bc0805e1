"""The commands as a researcher types them: train, evaluate, profile, export, results."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import pytest
import torch

from dehazer.errors import OutputExistsError
from dehazer.models import weights as packaged_weights
from dehazer.models.registry import MODELS
from tests.training.conftest import scenery
from training import average, checkpoint, distill, evaluate, export, profile, results, teacher
from training.command import train_command
from training.config import Config, load_config
from training.export import difference, refuse_worse
from training.loop import Run
from training.networks import STUDENTS
from training.provenance import provenance
from training.teachers import TEACHERS

CONFIGS = Path(__file__).parents[2] / "training" / "configs"
Make = Callable[..., Config]


@pytest.fixture
def field_run(student_config: Make, rooms: Path, cache: Path) -> Path:
    """The folder of a finished small field run."""
    changes = ["network={name='field', widths=[8, 12, 16], blocks=[1, 1, 1]}",
               f"data={{name='field-its', indoor='{rooms}', cache='{cache}'}}"]
    config = student_config(*changes)
    Run(config, STUDENTS, TEACHERS).train()
    return Path(config.folder)


@pytest.fixture
def haze_pairs(tmp_path: Path) -> Path:
    """Three pairs of SOTS's kind."""
    for number in range(3):
        clear = scenery(number, 100, 140)
        for folder, picture in (("clear", clear), ("hazy", (0.5 * clear + 100).astype("uint8"))):
            (tmp_path / "sots" / folder).mkdir(parents=True, exist_ok=True)
            name = f"{1400 + number}{'_5' if folder == 'hazy' else ''}.png"
            cv2.imwrite(str(tmp_path / "sots" / folder / name), picture)
    return tmp_path / "sots"


@pytest.mark.parametrize(("config", "changes"), [
    ("teacher_dsc_mc", []), ("autoencoder", []), ("field_its", []), ("field_real", ["photos"]),
    ("student", []), ("student_fam", ["teacher.checkpoint=random"]), ("student_paper", ["teacher.checkpoint=random"]),
    ("kddn", ["teacher.checkpoint=random", "loss.1.weights=/no/file", "loss.1.missing=skip"]),
])
def test_every_config_runs_in_a_smoke_test(
        config: str, changes: list[str], rooms: Path, photos: Path, cache: Path, tmp_path: Path,
        capsys: pytest.CaptureFixture[str]) -> None:
    where = [f"folder={tmp_path / 'r'}", f"data.indoor={rooms}", f"validate.0.indoor={rooms}", "device=cpu"]
    if "field" in config:
        where.append(f"data.cache={cache}")
    if changes == ["photos"]:
        changes = [f"data.photos={photos}", f"validate.0.photos={photos}", f"validate.0.cache={cache}",
                   f"validate.1.photos={photos}", f"validate.2.indoor={rooms}"]
    among = TEACHERS if config in ("teacher_dsc_mc", "autoencoder") else STUDENTS
    sets = [part for change in (*where, *changes) for part in ("--set", change)]
    train_command("", among, ["--config", str(CONFIGS / f"{config}.toml"), "--smoke", *sets])
    out = capsys.readouterr().out
    assert "psnr" in out
    assert "parameters" in out
    assert (tmp_path / "r-smoke" / "best.pt").exists()


def test_errors_are_one_sentence_with_an_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        train_command("", STUDENTS, ["--config", str(CONFIGS / "field_its.toml"), "--set", f"data.indoor={tmp_path / 'none'}"])
    assert stop.value.code == 2
    assert capsys.readouterr().err.startswith(f"error: The data folder {tmp_path / 'none'} does not exist")


HELP: dict[str, Callable[[list[str]], object]] = {
    "teacher": lambda words: train_command(teacher.__doc__, TEACHERS, words),
    "distill": lambda words: train_command(distill.__doc__, STUDENTS, words),
    "evaluate": evaluate.main, "profile": profile.main, "export": export.main, "results": results.main,
    "average": average.main,
}


@pytest.mark.parametrize("command", HELP)
def test_help_shows_how_to_call_it(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        HELP[command](["--help"])
    assert stop.value.code == 0
    assert f"python -m training.{command}" in capsys.readouterr().out


def test_training_needs_only_the_bare_libraries() -> None:
    """A training machine has torch, numpy, pillow, opencv and safetensors; nothing else is imported."""
    blocked = ("av", "PyQt6", "tqdm", "platformdirs", "tensorboard", "openvino", "skimage")
    script = (f"import sys\nfor name in {blocked}: sys.modules[name] = None\n"
              "import training.distill, training.teacher, training.evaluate, training.export, training.results\n"
              "from training.progress import bar\nb = bar('x', 'step', 3)\nb.last = -1e9\n"
              "b.set_postfix_str('loss 1')\nb.update()\n")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=False,
                          cwd=CONFIGS.parents[1])
    assert done.returncode == 0, done.stderr
    assert "x: step 1 of 3  loss 1" in done.stderr


def test_evaluate_pairs(field_run: Path, haze_pairs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = {name: tmp_path / name for name in ("scores.csv", "scores.json", "sheet.png")}
    assert evaluate.main(["--data", str(haze_pairs), "--model", "field", "--weights", str(field_run / "best.pt"), "--clip",
                          "--save-images", str(tmp_path / "images"), "--csv", str(out["scores.csv"]),
                          "--json", str(out["scores.json"]), "--sheet", str(out["sheet.png"])]) == 0
    rows = list(csv.DictReader(out["scores.csv"].read_text().splitlines()))
    assert [row["picture"] for row in rows] == [f"hazy/{n}_5.png" for n in (1400, 1401, 1402)]
    report = json.loads(out["scores.json"].read_text())
    assert report["psnr ffa"] == pytest.approx(sum(float(r["psnr ffa"]) for r in rows) / 3)
    assert {"psnr gunet", "ssim 8bit", "flicker index", "psnr sigma"} <= set(report)
    assert cv2.imread(str(tmp_path / "images/hazy/1400_5.png")).shape == (100, 140, 3)
    assert cv2.imread(str(out["sheet.png"])).shape == (3 * 184, 3 * 244, 3)
    assert "psnr ffa" in capsys.readouterr().out


def test_evaluate_baselines_and_single_pictures(haze_pairs: Path, tmp_path: Path) -> None:
    reports = []
    for model in ("input", "dcp"):
        evaluate.main(["--data", str(haze_pairs / "clear"), "--model", model, "--json", str(tmp_path / "r.json")])
        reports.append(json.loads((tmp_path / "r.json").read_text()))
    assert reports[0]["psnr against the input"] == 100
    assert reports[1]["psnr against the input"] < 40
    assert "psnr ffa" not in reports[0]


@pytest.mark.usefixtures("random_weights")
def test_evaluate_packaged_weights_as_they_are_deployed(haze_pairs: Path, tmp_path: Path) -> None:
    from dehazer.config import EngineOptions
    from dehazer.engine.engine import Engine
    from dehazer.frames.frame import frame_from_rgb

    evaluate.main(["--data", str(haze_pairs), "--model", "field", "--weights", "its", "--save-images", str(tmp_path)])
    engine = Engine(EngineOptions("field", weights="its", device="cpu", backend="torch"))
    frame = frame_from_rgb(cv2.imread(str(haze_pairs / "hazy/1400_5.png"))[..., ::-1].copy())
    deployed = engine.estimate(frame).field.apply(frame).planes[0].astype(int)
    ours = cv2.imread(str(tmp_path / "hazy/1400_5.png"))[..., ::-1].astype(int)
    assert abs(deployed - ours).max() <= 1


def test_profile_lists_every_network(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile.main(["--runs", "1", "--size", "64x96", "--json", str(tmp_path / "p.json")])
    rows = {row["network"]: row for row in json.loads((tmp_path / "p.json").read_text())["rows"]}
    assert set(rows) == {*STUDENTS, *TEACHERS}
    assert rows["student"]["parameters"] == 96_007
    assert all(row["ms"] > 0 for row in rows.values())
    with pytest.raises(SystemExit):
        profile.main(["--size", "large"])
    assert "write HEIGHTxWIDTH" in capsys.readouterr().err


def exported(run: Path, out: Path, *more: str) -> Path:
    export.main(["--checkpoint", str(run / "best.pt"), "--name", "its", "--data", "scenes", "--licence", "none",
                 "--out", str(out), *more])
    return out / "field-its.safetensors"


def test_export_is_loaded_as_dehazer_loads_it(field_run: Path, tmp_path: Path) -> None:
    (tmp_path / "e.json").write_text(json.dumps({"data": "sots", "psnr ffa": 30.5, "images": []}))
    path = exported(field_run, tmp_path / "out", "--evaluation", str(tmp_path / "e.json"))
    network, card = packaged_weights.load(MODELS["field"], str(path))
    assert card.settings == {"widths": [8, 12, 16], "blocks": [1, 1, 1]}
    assert card.budget["pictures"] == 16
    assert card.metrics["validation"]["psnr"] > 5
    assert card.metrics["sots"] == {"psnr ffa": 30.5}
    average = torch.load(field_run / "best.pt", weights_only=True)["ema"]
    assert all(torch.equal(v, average[k]) for k, v in network.state_dict().items())
    assert sorted(p.name for p in path.parent.iterdir()) == ["field-its.json", "field-its.safetensors"]
    assert path.stat().st_mode == path.with_suffix(".json").stat().st_mode


def test_export_keeps_the_better_set(field_run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = exported(field_run, tmp_path / "out")
    before = path.read_bytes()
    config = load_config(field_run / "config.toml")
    figures = packaged_weights.read_card(path).metrics["validation"]
    refuse_worse(path, config, "field", figures)
    with pytest.raises(OutputExistsError, match="stays: its validation psnr"):
        refuse_worse(path, config, "field", {"psnr": figures["psnr"] - 1})
    worse = torch.load(field_run / "best.pt", weights_only=True)
    worse["ema"]["head.bias"] -= 9.0
    torch.save(worse, field_run / "worse.pt")
    with pytest.raises(SystemExit) as stop:
        exported(field_run, tmp_path / "out", "--checkpoint", str(field_run / "worse.pt"))
    assert stop.value.code == 4
    assert path.read_bytes() == before
    assert "field-its.safetensors stays" in capsys.readouterr().err


def test_export_believes_the_validation_and_not_the_card(field_run: Path, tmp_path: Path) -> None:
    path = exported(field_run, tmp_path / "out")
    card = packaged_weights.read_card(path)
    packaged_weights.write_card(path, packaged_weights.Card(**{**card.__dict__, "metrics": {"validation": {"psnr": 99.0}}}))
    assert packaged_weights.read_card(exported(field_run, tmp_path / "out")).metrics["validation"] == card.metrics["validation"]


def test_parity_is_measured() -> None:
    torch.manual_seed(0)
    one, other = (STUDENTS["student"].build(inner=1).eval() for _ in range(2))
    assert difference(one, other, "student") > 1e-3
    assert difference(one, one, "student") == 0


def test_onnx_answers_as_torch(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime", reason="the onnx extra is not installed")
    pytest.importorskip("onnxscript", reason="the onnx extra is not installed")
    script = ("import sys, torch\nfrom pathlib import Path\nfrom training.export import export_onnx\n"
              "from training.networks import STUDENTS\ntorch.manual_seed(0)\n"
              "print(export_onnx(STUDENTS['student'].build(inner=1).eval(), 'student', Path(sys.argv[1])))")
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path / "s.onnx")], capture_output=True, text=True, timeout=240,
                          check=False, cwd=CONFIGS.parents[1])
    assert done.returncode == 0, done.stderr[-2000:]
    assert float(done.stdout.split()[-1]) < 1e-3
    assert (tmp_path / "s.onnx").stat().st_size > 10_000


def test_results_are_run_once_and_written(rooms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                          capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    common: list[str] = ["--results", str(tmp_path / "results"), "--report", str(tmp_path / "RESULTS.md")]
    sets = [f"--set={c}" for c in (f"data.indoor={rooms}", f"validate.0.indoor={rooms}", "device=cpu")]
    results.main(["run", "--table", "teachers", "--row", "dsc-mc", "--smoke", *common, *sets])
    kept: dict[str, Any] = json.loads((tmp_path / "results/teachers-dsc-mc.json").read_text())
    assert kept["paper"] == "40.12"
    assert kept["parameters"] == 26_451
    results.main(["run", "--table", "teachers", "--row", "dsc-mc", *common])
    assert "every chosen row has its result" in capsys.readouterr().out
    results.main(["write", *common])
    text = (tmp_path / "RESULTS.md").read_text()
    assert "| DSC-MC-FSRCNN |" in text
    assert "Small budget" in text
    assert "MC-FSRCNN |" in text
    assert "| FSRCNN-2x" not in text
    (tmp_path / "e.json").write_text(json.dumps({"data": "sots", "pictures": 3, "psnr ffa": 30.123, "ssim ffa": 0.95}))
    for name in ("command", "config", "data"):
        assert kept[name]
    assert kept["command"].startswith("python -m training.results run --table teachers --row dsc-mc --set ")
    assert set(kept["data"]) == {str(rooms)}
    finished = tmp_path / "runs/results/teachers-dsc-mc-smoke"
    added = ["add", "--run", str(finished), "--title", "a long one", "--evaluation", str(tmp_path / "e.json"), *common]
    with pytest.raises(SystemExit):
        results.main([*added, "--config", str(CONFIGS / "teacher_dsc_mc.toml")])
    assert "its config.toml differs" in capsys.readouterr().err
    results.main([*added, "--config", str(finished / "config.toml")])
    results.main(["write", *common])
    text = (tmp_path / "RESULTS.md").read_text()
    assert "### a long one" in text
    assert "- sots: psnr ffa 30.12, ssim ffa 0.9500 (3 pictures)" in text
    results.main(["list", "--table", "teachers", *common])
    assert "teachers-mc           open" in capsys.readouterr().out


def test_runs_are_averaged(field_run: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(field_run, other)
    state = torch.load(other / "best.pt", weights_only=True)
    state["ema"]["head.bias"] += 1
    torch.save(state, other / "best.pt")
    both = ["--run", str(field_run), "--share", "0.7", "--run", str(other), "--share", "0.3"]
    average.main([*both, "--out", str(tmp_path / "mean")])
    mean, first = (checkpoint.load_weights(folder / "best.pt") for folder in (tmp_path / "mean", field_run))
    assert torch.allclose(mean["head.bias"], first["head.bias"] + 0.3)
    assert torch.allclose(mean["stem.weight"], first["stem.weight"])
    assert load_config(tmp_path / "mean" / "config.toml") == load_config(field_run / "config.toml")
    with_file = ["--run", str(field_run), "--share", "0.5", "--run", str(other / "best.pt"), "--share", "0.5"]
    average.main([*with_file, "--out", str(tmp_path / "half")])
    assert torch.allclose(checkpoint.load_weights(tmp_path / "half" / "best.pt")["head.bias"], first["head.bias"] + 0.5)
    with pytest.raises(SystemExit):
        average.main(["--run", str(field_run), "--share", "0.7", "--out", str(tmp_path / "mean")])


def test_inputs_of_a_run_are_hashed(rooms: Path, student_config: Callable[..., Config], tmp_path: Path) -> None:
    (tmp_path / "start.safetensors").write_bytes(b"weights")
    config = student_config(f"init={tmp_path / 'start.safetensors'}")
    found = provenance(config, "python -m training.distill")
    assert set(found["data"]) == {str(rooms), str(tmp_path / "start.safetensors")}
    assert found["data"][str(tmp_path / "start.safetensors")] == hashlib.sha256(b"weights").hexdigest()
    assert found["config"]["seed"] == 0
    before = found["data"][str(rooms)]
    assert provenance(config, "")["data"][str(rooms)] == before


def test_every_kept_result_can_be_made_again() -> None:
    kept = sorted((CONFIGS.parent / "results").glob("*.json"))
    assert len(kept) > 30
    for path in kept:
        result = json.loads(path.read_text("utf-8"))
        assert result["command"].startswith("python -m training."), path
        assert result["data"], path
        assert result.get("config") or result.get("validation"), path
        assert all(len(digest) == 64 for digest in result["data"].values()), path
