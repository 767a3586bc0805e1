"""The suite runs a few failed tests once more, alone: a stalled machine is told from a defect; many failures are believed."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

ONCE = """
import pathlib


def test_it():
    mark = pathlib.Path('mark')
    seen = mark.exists()
    mark.touch()
    assert seen
"""


@pytest.fixture
def project(suite: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project in the place of ours, whose tests have just failed."""
    monkeypatch.setattr(suite, "ROOT", tmp_path)
    (tmp_path / "test_once.py").write_text(ONCE)
    (tmp_path / "test_never.py").write_text("def test_it():\n    assert False\n")
    return tmp_path


def fails(suite: ModuleType, name: str) -> None:
    assert suite.code_of("tests", [sys.executable, "-m", "pytest", "-q", name], dict(os.environ)) == suite.TESTS_FAILED


def test_what_failed_once_is_named_and_passes(suite: ModuleType, project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    fails(suite, "test_once.py")
    assert suite.passed_alone(sys.executable, dict(os.environ))
    assert "run once more, alone:\n   test_once.py::test_it" in capfd.readouterr().out


def test_what_fails_again_has_failed(suite: ModuleType, project: Path) -> None:
    fails(suite, "test_never.py")
    assert not suite.passed_alone(sys.executable, dict(os.environ))


def test_many_failures_are_not_tried_again(suite: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fails(suite, "test_once.py")
    kept = project / ".pytest_cache" / "v" / "cache" / "lastfailed"
    kept.write_text(json.dumps({f"test_once.py::test_{n}": True for n in range(suite.FEW + 1)}))
    monkeypatch.setattr(suite, "code_of", lambda *_: pytest.fail("nothing is to run"))
    assert not suite.passed_alone(sys.executable, dict(os.environ))


def test_without_a_record_of_failures_there_is_nothing_to_believe(suite: ModuleType, project: Path) -> None:
    assert not suite.passed_alone(sys.executable, dict(os.environ))
