"""The script that measures large libraries measures what it says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPTS = Path(__file__).parents[2] / "scripts"


def test_every_opening_finds_all_files(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, SCRIPTS / "bench_library.py", "--files", "24", "--folder", tmp_path],
                          capture_output=True, text=True, check=True, timeout=120)
    lines = done.stdout.splitlines()
    assert "24 files" in lines[0]
    assert [line.partition(",")[0] for line in lines[1:]] == ["opened"] * 3
    assert all("24 recordings of 4 cameras" in line for line in lines[1:])
    assert list(tmp_path.iterdir()) == []
