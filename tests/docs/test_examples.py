"""The example notebooks run from their first cell to their last, and are stored with what they show."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "docs/examples").glob("*.ipynb"))
LARGEST = 700_000
"""Bytes of a notebook with its pictures."""
RUN = """
import json, sys
cells = json.load(open(sys.argv[1], encoding="utf-8"))["cells"]
sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
names = {"__name__": "__main__"}
for source in sources:
    exec(compile(source, source.partition(chr(10))[0], "exec"), names)
print(json.dumps({"cells": len(sources), "frames": names["report"].frames, "complete": names["report"].complete,
                  "bytes": names["result"].stat().st_size, "changed": bool((names["clear"] != names["hazy"]).any())}))
"""


def code_cells(notebook: Path) -> list[dict[str, Any]]:
    """The cells that hold code."""
    return [cell for cell in json.loads(notebook.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]


def run(notebook: Path, folder: Path) -> dict[str, Any]:
    """Execute the cells one after the other in a fresh interpreter in an empty folder; returns what they made."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder)}
    command = [sys.executable, "-W", "error::DeprecationWarning", "-c", RUN, str(notebook)]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 0, done.stderr
    made: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return made


def test_first_steps_dehaze_a_picture_and_a_video(tmp_path: Path) -> None:
    notebook = ROOT / "docs/examples/first_steps.ipynb"
    made = run(notebook, tmp_path)
    assert made["cells"] == len(code_cells(notebook))
    assert made["changed"]
    assert made["complete"]
    assert made["frames"] == 25  # the first second
    assert made["bytes"] > 10_000


def test_every_notebook_has_a_test() -> None:
    assert [path.name for path in NOTEBOOKS] == ["first_steps.ipynb"]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_stored_with_their_pictures_and_without_errors_or_paths(notebook: Path) -> None:
    outputs = [output for cell in code_cells(notebook) for output in cell["outputs"]]
    assert sum("image/png" in output.get("data", {}) for output in outputs) >= 3
    assert not [output for output in outputs if output["output_type"] == "error" or output.get("name") == "stderr"]
    assert "/home/" not in notebook.read_text("utf-8")
    assert notebook.stat().st_size <= LARGEST
