"""The README's tables hold as many machines as were measured, and nothing of them is typed by hand."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
MEASURED = SCRIPTS.parent / "docs" / "measured"


@pytest.fixture
def readme(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    sys.modules.pop("readme", None)
    module = importlib.import_module("readme")
    monkeypatch.setattr(module, "MEASURED", tmp_path)
    return module


def put(folder: Path, kind: str, name: str, **machine: Any) -> None:
    """A measured file as it is in the repository, of another machine."""
    content = json.loads((MEASURED / f"{kind}.json").read_text("utf-8"))
    content["machine"] |= machine
    (folder / f"{name}.json").write_text(json.dumps(content), "utf-8")


def test_every_machine_has_its_table_of_speed_and_what_it_is_good_at(readme: ModuleType, tmp_path: Path) -> None:
    put(tmp_path, "speed", "speed", cpu="First", instructions=[], auto={})
    put(tmp_path, "speed", "speed-other", cpu="Second", instructions=["avx2", "amx_bf16"], auto={"bf16, 2 threads": 3.25},
        rates={"cpu": {"matmul_gflop_s": {"fp32": 100.4, "bf16": 900.0}}})
    first, second = readme.speed_table().split("\n\n| scenario")
    assert "(First, 2 cores, " in first
    assert "--precision auto" not in first
    assert "(Second with amx_bf16, 2 cores, " in second
    assert second.endswith("100 GFLOP/s in fp32, 900 GFLOP/s in bf16. `--precision auto` found for a frame: "
                           "bf16, 2 threads 3.2 ms.")


def test_every_machine_has_its_column_of_the_window(readme: ModuleType, tmp_path: Path) -> None:
    put(tmp_path, "gui", "gui", cpu="First")
    put(tmp_path, "gui", "gui-other", cpu="Second", instructions=["avx2"])
    lines = readme.window_table().splitlines()
    assert lines[0] == "| 720p played live in the window | First, 2 cores | Second with avx2, 2 cores | limit |"
    assert {line.count("|") for line in lines[:-2]} == {5}


def test_the_table_of_quality_says_when_and_where_each_row_was_measured(readme: ModuleType, tmp_path: Path) -> None:
    for weights, day in (("its", "2026-01-02"), ("real", "2026-03-04")):
        content = {"model": "field", "weights": weights, "data": "hsts-synthetic", "psnr ffa": 24.0, "ssim ffa": 0.9,
                   "date": day, "machine": "M"}
        (tmp_path / f"quality-field-{weights}-hsts-synthetic.json").write_text(json.dumps(content), "utf-8")
    assert readme.quality_table().endswith("field, `its` on 2026-01-02 (M); field, `real` on 2026-03-04 (M).")
