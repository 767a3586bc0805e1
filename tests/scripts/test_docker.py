"""The Dockerfile can be followed line by line, and what is sent to Docker is all that the wheel is made from."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
CODE = "from setuptools import build_meta; print(build_meta.build_wheel('dist'))"


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    import check_docker

    return check_docker


def test_continued_lines_are_one_and_comments_none(check: ModuleType) -> None:
    text = "# a\nFROM python:3.11-slim AS build\nRUN pip install a && \\\n    # why\n    rm b\n\nUSER me\n"
    assert list(check.instructions(text)) == [
        ("FROM", "python:3.11-slim AS build"), ("RUN", "pip install a && rm b"), ("USER", "me")]


@pytest.mark.parametrize(("path", "left_out"), [
    ("dehazer/api.py", False), ("dehazer/models/weights/field-real.json", False), ("README.md", False), ("tests/x.py", True),
    (".git/config", True), ("dehazer/__pycache__/api.pyc", True), ("docs/README.md", True), ("shared/dehazer/x", True),
])
def test_the_last_fitting_pattern_decides(check: ModuleType, path: str, left_out: bool) -> None:
    rules = [("*", True), ("dehazer", False), ("README.md", False), ("**/__pycache__", True)]
    assert check.ignored(Path(path), rules) is left_out


def test_the_image_is_made_by_steps_that_are_followed_and_does_not_run_as_root(check: ModuleType) -> None:
    lines = list(check.instructions((ROOT / "Dockerfile").read_text("utf-8")))
    assert {name for name, _ in lines} <= {"FROM", "ARG", "ENV", "WORKDIR", "COPY", "RUN", "USER", "ENTRYPOINT", "CMD"}
    assert [rest for name, rest in lines if name == "USER"][-1:] not in ([], ["root"])
    assert lines[-2:] == [("ENTRYPOINT", '["dehazer-video"]'), ("CMD", '["--help"]')]


def test_what_docker_is_sent_makes_the_whole_wheel(check: ModuleType, tmp_path: Path) -> None:
    sent = check.sent(ROOT)
    for path in sent:
        target = tmp_path / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    done = subprocess.run([sys.executable, "-c", CODE], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=120)
    with zipfile.ZipFile(tmp_path / "dist" / done.stdout.splitlines()[-1]) as wheel:
        names = set(wheel.namelist())
    packages = ("dehazer", "gui", "training")
    assert {path.relative_to(ROOT).as_posix() for name in packages for path in (ROOT / name).rglob("*.py")} <= names
    assert {"dehazer/data/sample.mp4", "dehazer/data/fonts/OFL.txt", "dehazer/models/weights/field-real.safetensors"} <= names
    assert not [path for path in sent if path.relative_to(ROOT).parts[0] in ("tests", "docs", ".git", "runs")]
