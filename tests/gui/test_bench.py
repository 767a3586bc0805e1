"""The figures of the window come out of one command, all of them, and are numbers that make sense."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.gui.test_program import ROOT

FIGURES = {"painted_fps", "latency_ms_p95", "response_ms_p95", "memory_mb", "rss_growth_mb", "live_cpu_percent",
           "paused_cpu_percent", "four_cameras_fps", "start_s"}


def test_one_command_measures_every_figure(tmp_path: Path) -> None:
    command = [sys.executable, "scripts/bench_gui.py", "--json", str(tmp_path / "gui.json"), "--minutes", "0.05", "--clicks", "2",
               "--starts", "1", "--rest", "1", "--frames", "40"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=400, check=False,
                          env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    assert done.returncode in (0, 1), done.stderr  # 1: a limit was missed, as it may be on a busy machine
    result = json.loads((tmp_path / "gui.json").read_text())
    assert set(result["figures"]) >= FIGURES == set(result["limits"])
    assert all(result["figures"][name] > 0 for name in FIGURES - {"rss_growth_mb", "paused_cpu_percent", "four_cameras_fps"})
    assert result["figures"]["painted"] > 0
    assert (result["width"], result["height"]) == (1280, 720)
    assert set(result["missed"]) <= FIGURES
    assert all(name in done.stdout for name in FIGURES)
    assert ("MISSED" in done.stdout) == (done.returncode == 1)
