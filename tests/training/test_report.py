"""Tables of results: seeds of one row share a line, and equal time can be that of the processor."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dehazer.models.weights import FOLDER, read_card
from training.aims import AIMS, aims_table
from training.config import Config
from training.loop import Run
from training.networks import STUDENTS
from training.report import Table, markdown
from training.results import RESULTS, read_tables, row_config
from training.teachers import TEACHERS


def result(title: str, seed: int, psnr: float, steps: int = 100) -> dict[str, Any]:
    return {"title": title, "seed": seed, "psnr": psnr, "ssim": 0.9, "paper": "", "parameters": 7, "steps": steps,
            "pictures": 8 * steps, "minutes": 1.0, "machine": "two cores"}


def test_seeds_of_one_row_share_a_line_with_their_spread() -> None:
    found = [result(title, seed, psnr + seed) for seed in range(3) for title, psnr in (("alone", 18.0), ("with", 20.0))]
    text = markdown(Table("fam", "FAM", "About.", ()), found)
    assert "| alone | 19.00 ± 1.00 | 0.9000 ± 0.0000 |  | 7 | 0, 1, 2 | 100 | 800 | 1.0 |" in text
    assert text.count("\n| with |") == 1
    assert "Mean ± standard deviation over the seeds." in text


def test_rows_without_seeds_are_shown_as_they_are() -> None:
    text = markdown(Table("fam", "FAM", "About.", ()), [result("alone", 4, 18.5, 1200)])
    assert "| alone | 18.50 | 0.9000 |  | 7 | 4 | 1,200 | 9,600 | 1.0 |" in text
    assert "±" not in text


def test_a_table_with_seeds_has_every_row_once_a_seed(tmp_path: Path) -> None:
    (tmp_path / "1_both.toml").write_text('title = "t"\nabout = ""\nconfig = "student.toml"\nseeds = [3, 5]\n'
                                          '[[row]]\nname = "a"\ntitle = "A"\n[[row]]\nname = "b"\ntitle = "B"\n')
    (table,) = read_tables(tmp_path)
    assert [row.name for row in table.rows] == ["a-seed3", "b-seed3", "a-seed5", "b-seed5"]
    assert [row_config(row, []).seed for row in table.rows] == [3, 3, 5, 5]


def test_minutes_can_be_those_of_the_processor(student_config: Callable[..., Config], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "process_time", lambda: 12.5)
    assert Run(student_config("clock=processor"), STUDENTS, TEACHERS).clock() == 12.5
    assert Run(student_config(), STUDENTS, TEACHERS).clock() != 12.5


def test_aims_are_compared_with_what_was_measured(tmp_path: Path) -> None:
    validation = {"identity share": 0.95, "calibration worst": 0.09, "static-camera-fog-720p flicker smoothed": 2.0,
                  "static-camera-fog-720p flicker before": 4.0}
    (tmp_path / "field-real.json").write_text(json.dumps({"metrics": {"validation": validation}}))
    (tmp_path / "quality-field-its-sots-indoor-sample.json").write_text(json.dumps({"psnr ffa": 31.5, "ssim ffa": 0.9}))
    text = aims_table(tmp_path, tmp_path)
    assert "at 35 dB and more | ≥ 0.900 | yes | 0.950 |" in text
    assert "error of t | ≤ 0.080 | **no** | 0.090 |" in text
    assert "after / before | ≤ 1.00 | yes | 0.50 |" in text
    assert "≥ 31.00 dB | yes | 31.50 dB | `readme.py --measure` |" in text
    assert "not measured" in text  # the rest
    assert len(text.splitlines()) == len(AIMS) + 2


def test_cards_results_and_report_tell_the_same() -> None:
    """The figures of a packaged set stand in its card, in training/results and, rounded, in RESULTS.md."""
    report = (RESULTS.parent / "RESULTS.md").read_text("utf-8")
    kept = sorted(RESULTS.glob("packaged-*.json"))
    assert kept
    for path in kept:
        result = json.loads(path.read_text("utf-8"))
        card = read_card(FOLDER / f"{result['model']}-{result['name']}.safetensors")
        assert result["sha256"] == card.sha256, f"{path.name} is of other weights; run: {result['command']}"
        assert result["figures"] == card.metrics["validation"], path.name
        line = next(line for line in report.splitlines() if line.startswith(f"| {result['model']}, `{result['name']}` |"))
        assert f"| {result['figures']['psnr']:.2f} | {result['figures']['ssim']:.4f} |" in line, path.name
    assert {path.stem.removeprefix("packaged-") for path in kept} == {path.stem for path in FOLDER.glob("*.safetensors")}


def test_readme_quotes_what_was_evaluated() -> None:
    """README's table of quality against the cards' evaluations of the same sets."""
    text = (RESULTS.parents[1] / "README.md").read_text("utf-8")
    for path in FOLDER.glob("*.safetensors"):
        card = read_card(path)
        for name in ("sots-indoor-sample", "sots-outdoor-sample", "hsts-synthetic"):
            if name in card.metrics:
                figures = card.metrics[name]
                assert f"{figures['psnr ffa']:.2f} dB / {figures['ssim ffa']:.3f}" in text, (path.name, name)
