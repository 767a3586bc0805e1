"""The quick benchmark at the end of the suite is for the log: whatever becomes of it, the suite's result stays."""

from __future__ import annotations

import os
import sys
from types import ModuleType

import pytest


def test_it_is_given_up_on_a_machine_that_is_too_slow(suite: ModuleType, capfd: pytest.CaptureFixture[str]) -> None:
    suite.print_speed(sys.executable, dict(os.environ), seconds=0.01)
    assert "not measured" in capfd.readouterr().out


@pytest.mark.skipif(os.name != "posix", reason="needs the program `false`")
def test_its_failure_is_none_of_the_suite(suite: ModuleType, capfd: pytest.CaptureFixture[str]) -> None:
    suite.print_speed("/bin/false", dict(os.environ))
    assert "speed (for information)" in capfd.readouterr().out


def test_its_flags_are_known_to_the_command() -> None:
    from dehazer.cli.bench import build_parser, read_plan

    flags = build_parser().parse_args(["--quick", "--quiet", "--seconds", "0.4", "--frames", "60", "--compare", "x.json"])
    assert read_plan(flags).frames == 60
