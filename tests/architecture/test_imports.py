"""What a folder may know: import contracts, and that a look at the help costs no heavy library."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import dehazer
import dehazer.review
from dehazer.models.registry import MODELS

HEAVY = ("torch", "cv2", "av", "PyQt6")


def loaded_after(code: str) -> set[str]:
    """Heavy libraries that a fresh interpreter has loaded after `code`."""
    script = f"{code}\nimport sys\nprint(*[m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    return set(done.stdout.split("\n")[-2].split())


@pytest.mark.parametrize("code", [
    "import dehazer; dehazer.MODELS; dehazer.__version__",
    "import dehazer.review; dehazer.review.Recording; dehazer.review.LibraryOptions",
    "import dehazer.cli.video as v; v.build_parser()",
    "import dehazer.config, dehazer.errors, dehazer.frames.frame, dehazer.sources, dehazer.sinks, dehazer.runtime.channel",
])
def test_these_load_no_heavy_library(code: str) -> None:
    assert loaded_after(code) == set()


@pytest.mark.parametrize("code", [
    "import dehazer.engine.engine, dehazer.field.haze_field, dehazer.models.student, dehazer.models.field_net",
])
def test_engine_needs_neither_codec_nor_window(code: str) -> None:
    assert loaded_after(code) & {"av", "PyQt6"} == set()


@pytest.mark.parametrize("package", [dehazer, dehazer.review], ids=["dehazer", "dehazer.review"])
def test_public_names_are_the_same_for_python_and_for_type_checkers(package: ModuleType) -> None:
    tree = ast.parse(Path(str(package.__file__)).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    stated = {alias.name: node.module for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert {name: module for module, names in package._PUBLIC.items() for name in names} == stated


@pytest.mark.parametrize("name", dehazer.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(dehazer, name) is not None


@pytest.mark.parametrize("name", dehazer.review.__all__)
def test_every_public_name_of_the_review_is_there(name: str) -> None:
    assert getattr(dehazer.review, name) is not None


def test_model_names_are_the_registry_s_own() -> None:
    assert all(name == spec.name for name, spec in MODELS.items())
