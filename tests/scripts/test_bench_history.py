"""Results of the benchmark are kept with their commit and shown in the order they were measured."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from PIL import Image

from dehazer.errors import InputError

SCRIPTS = Path(__file__).parents[2] / "scripts"


@pytest.fixture
def history(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    import bench_history

    return bench_history


def write(path: Path, date: str, fps: float, cpu: str = "Test", **more: Any) -> Path:
    rows = [{"scenario": scenario, "model": "field", "weights": "real", "device": "cpu (openvino)", "precision": "fp32",
             "width": 1280, "height": 720, "fps": fps, "ms_p50": 1000 / fps, "ms_p95": 1000 / fps, "peak_mb": None,
             "ratio_to_eager": None}
            for scenario in ("network", "decode_to_paint")]
    path.write_text(json.dumps({"machine": {"date": date, "cpu": cpu, "cores": 2, "load": 0.1}, "rows": rows, **more}), "utf-8")
    return path


def test_a_result_is_kept_whole_with_its_commit(history: ModuleType, tmp_path: Path) -> None:
    path = write(tmp_path / "b.json", "2026-01-02", 50.0, flicker=[{"scenario": "x"}])
    target = history.add(path, "abcdef12+", tmp_path / "kept")
    assert target.name == "2026-01-02-01-abcdef12.json"
    content = json.loads(target.read_text("utf-8"))
    assert content.pop("commit") == "abcdef12+"
    assert content == json.loads(path.read_text("utf-8"))


def test_the_order_is_that_of_days_and_of_adding(history: ModuleType, tmp_path: Path) -> None:
    for day, commit in ((2, "ffffffff"), (2, "00000000"), (2, "ffffffff"), (1, "cccccccc")):
        history.add(write(tmp_path / "b.json", f"2026-01-0{day}", 50.0), commit, tmp_path / "kept")
    assert [m.commit for m in history.kept(tmp_path / "kept")] == ["cccccccc", "ffffffff", "00000000", "ffffffff"]


def test_a_file_of_another_kind_is_not_kept(history: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text("{}")
    with pytest.raises(InputError):
        history.add(tmp_path / "b.json", "abcdef12", tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


def test_the_page_has_a_line_for_every_measurement(history: ModuleType, tmp_path: Path) -> None:
    for date, fps in (("2026-01-01", 50.0), ("2026-01-02", 25.5)):
        history.add(write(tmp_path / "b.json", date, fps), "abcdef12", tmp_path / "kept")
    text = history.page(history.kept(tmp_path / "kept"))
    assert "| 2026-01-01 | `abcdef12` | Test, 2 cores | cpu | 0.1 | fp32 | 50.0 |  | 50.0 |  |" in text
    assert "| 2026-01-02 | `abcdef12` | Test, 2 cores | cpu | 0.1 | fp32 | 25.5 |  | 25.5 |  |" in text


def test_a_slower_commit_is_lower_and_machines_have_colours_of_their_own(history: ModuleType, tmp_path: Path) -> None:
    for fps, cpu in ((40.0, "A"), (10.0, "A"), (40.0, "B")):
        history.add(write(tmp_path / "b.json", "2026-01-01", fps, cpu), "abcdef12", tmp_path / "kept")
    history.draw(history.kept(tmp_path / "kept"), tmp_path / "h.png")
    with Image.open(tmp_path / "h.png") as picture:
        pixels = np.asarray(picture.convert("RGB"))[:history.TOP + history.PANEL, :history.WIDE - history.RIGHT + 20]
    rows = {colour: np.nonzero((pixels == [int(colour[i:i + 2], 16) for i in (1, 3, 5)]).all(axis=2))[0]
            for colour in history.COLOURS[:2]}
    a, b = (rows[colour] for colour in history.COLOURS[:2])
    assert a.max() - a.min() > 80  # a line that falls by three quarters of the panel
    assert b.max() - b.min() < 20  # a single point
    assert abs(int(a.min()) - int(b.min())) <= 1


def test_the_commit_is_that_of_the_checkout(history: ModuleType) -> None:
    if not (history.ROOT / ".git").exists():
        pytest.skip("no checkout")
    full = subprocess.run(["git", "rev-parse", "HEAD"], cwd=history.ROOT, capture_output=True, text=True, check=True).stdout
    assert full.startswith(history.head().rstrip("+"))


def test_wrong_use_is_one_sentence() -> None:
    done = subprocess.run([sys.executable, str(SCRIPTS / "bench_history.py"), "add"], capture_output=True, text=True, check=False,
                          timeout=60)
    assert done.returncode == 2
    assert "add FILE" in done.stderr
    assert "Traceback" not in done.stderr
