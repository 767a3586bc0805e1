"""What is handed out is complete: the source distribution holds the repository, the wheel all that the programs need."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest

from dehazer.models.registry import MODELS

ROOT = Path(__file__).parents[2]
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "build", "dist", "runs", "*.egg-info", "__pycache__", ".*_cache")
NEEDED = [
    "dehazer/py.typed", "dehazer/data/sample.mp4", "dehazer/data/fonts/Inter-Regular.otf",
    "dehazer/data/fonts/Inter-SemiBold.otf", "dehazer/data/fonts/OFL.txt", "gui/icons/plus.svg",
    "gui/translations/dehazer_de.qm", "gui/translations/dehazer_fr.qm",
    "training/configs/field_real.toml", "training/configs/results/1_teachers.toml", "training/RESULTS.md",
    *(f"dehazer/models/weights/{spec.name}-{name}.{kind}" for spec in MODELS.values() for name in spec.weights
      for kind in ("json", "safetensors")),
]


def build(project: Path, kind: str) -> Path:
    """Build an "sdist" or a "wheel" of a project folder with the setuptools that is installed, and nothing from a network."""
    code = f"from setuptools import build_meta; print(build_meta.build_{kind}('dist'))"
    done = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=True, timeout=120)
    return project / "dist" / done.stdout.splitlines()[-1]


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution of a copy of this repository, unpacked."""
    folder = tmp_path_factory.mktemp("package")
    copy = folder / "copy"
    shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
    with tarfile.open(build(copy, "sdist")) as archive:
        archive.extractall(folder, filter="data")
    return next(path for path in folder.iterdir() if path != copy)


@pytest.fixture(scope="module")
def wheel(sdist: Path) -> zipfile.ZipFile:
    """The wheel that the source distribution makes."""
    return zipfile.ZipFile(build(sdist, "wheel"))


@pytest.fixture(scope="module")
def metadata(wheel: zipfile.ZipFile) -> Message:
    """What the wheel says of itself."""
    return message_from_bytes(wheel.read(next(name for name in wheel.namelist() if name.endswith("METADATA"))))


@pytest.mark.skipif(not (ROOT / ".git").exists() or shutil.which("git") is None, reason="no checkout, so nothing to compare with")
def test_the_source_distribution_holds_every_file_of_the_repository(sdist: Path) -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    tracked = {name for name in listed.split("\0") if name and (ROOT / name).exists()}
    assert sorted(name for name in tracked if not (sdist / name).exists()) == []


def test_tests_and_scripts_run_from_the_source_distribution(sdist: Path) -> None:
    here = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | {"PYTHONPATH": str(sdist)}
    for command in (["-m", "pytest", "tests/test_redact.py", "tests/files"], ["scripts/licences.py"]):
        done = subprocess.run([sys.executable, *command], cwd=sdist, env=here, capture_output=True, text=True, check=False,
                              timeout=200)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", NEEDED)
def test_the_wheel_holds_what_the_programs_need(wheel: zipfile.ZipFile, name: str) -> None:
    assert name in wheel.namelist()


def test_the_wheel_holds_every_module_and_no_test(wheel: zipfile.ZipFile) -> None:
    modules = {path.relative_to(ROOT).as_posix() for package in ("dehazer", "gui", "training")
               for path in (ROOT / package).rglob("*.py")}
    assert {name for name in wheel.namelist() if name.endswith(".py")} == modules


def test_the_wheel_carries_licence_and_notice(wheel: zipfile.ZipFile) -> None:
    licences = [name.partition("/licenses/")[2] for name in wheel.namelist() if "/licenses/" in name]
    assert sorted(licences) == ["LICENSE", "NOTICE", "dehazer/data/fonts/OFL.txt"]
    assert wheel.read(next(n for n in wheel.namelist() if n.endswith("/licenses/NOTICE"))) == (ROOT / "NOTICE").read_bytes()


def test_metadata_names_authors_and_licence_and_no_address(metadata: Message) -> None:
    assert metadata["License-Expression"] == "Apache-2.0"
    assert metadata["Author"] == "The dehazer authors"
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert metadata.get_all("Project-URL") is None
    assert metadata["Home-page"] is None


def test_programs_are_installed_under_their_names(wheel: zipfile.ZipFile) -> None:
    text = wheel.read(next(name for name in wheel.namelist() if name.endswith("entry_points.txt"))).decode()
    assert {line.partition(" = ")[0] for line in text.splitlines() if " = " in line} == {
        "dehazer-video", "dehazer-bench", "dehazer-gui", "dehazer-review", "dehazer-verify"}
