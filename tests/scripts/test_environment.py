"""System packages are installed only where somebody asked for it; a program in the place of apt-get notes what it is told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"
PROVIDE = ("import sys; sys.path.insert(0, {scripts!r}); import _environment as e; "
           "e.os.geteuid = lambda: {user}; e.provide(['xvfb', 'libegl1'], e.may_install(sys.argv[1:]))")

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Debian's package manager")


class Machine:
    """A PATH with nothing but programs that write down how they were called."""

    def __init__(self, folder: Path, installs: bool = True) -> None:
        self.calls, self._programs = folder / "calls", folder / "bin"
        self._programs.mkdir()
        self.calls.touch()
        self._write("apt-get", f'echo "apt-get $@" >> {self.calls}; exit {0 if installs else 100}')
        self._write("sudo", f'echo "sudo $@" >> {self.calls}; shift; exec "$@"')

    def _write(self, name: str, text: str) -> None:
        program = self._programs / name
        program.write_text(f"#!/bin/sh\n{text}\n")
        program.chmod(0o755)

    def provide(self, *arguments: str, user: int, ci: str | None = None) -> subprocess.CompletedProcess[str]:
        """Let the script's own function see to two packages."""
        environment = {"PATH": str(self._programs), **({} if ci is None else {"CI": ci})}
        code = PROVIDE.format(scripts=str(SCRIPTS), user=user)
        return subprocess.run([sys.executable, "-c", code, *arguments], env=environment, capture_output=True, text=True,
                              check=True, timeout=60)


@pytest.mark.parametrize("ci", [None, "", "false", "1"])
@pytest.mark.parametrize(("user", "line"), [(0, "apt-get install xvfb libegl1"), (1000, "sudo apt-get install xvfb libegl1")])
def test_nothing_is_installed_unasked_not_even_as_root(tmp_path: Path, user: int, line: str, ci: str | None) -> None:
    machine = Machine(tmp_path)
    done = machine.provide("-k", "engine", user=user, ci=ci)
    assert machine.calls.read_text() == ""
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1].strip() == line


@pytest.mark.parametrize(("arguments", "ci"), [(["--install"], None), ([], "true")], ids=["--install", "CI=true"])
def test_packages_are_installed_when_asked_for(tmp_path: Path, arguments: list[str], ci: str | None) -> None:
    machine = Machine(tmp_path)
    done = machine.provide(*arguments, user=0, ci=ci)
    assert machine.calls.read_text().splitlines() == ["apt-get update -qq", "apt-get install -y -qq xvfb libegl1"]
    assert done.stderr == ""


def test_a_user_installs_through_sudo_that_asks_for_no_password(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.provide("--install", user=1000)
    assert machine.calls.read_text().splitlines()[-2:] == [
        "sudo -n apt-get install -y -qq xvfb libegl1", "apt-get install -y -qq xvfb libegl1"]


def test_a_failed_installation_ends_in_the_line_to_type(tmp_path: Path) -> None:
    done = Machine(tmp_path, installs=False).provide("--install", user=1000)
    assert done.stderr.splitlines()[-1].strip() == "sudo apt-get install xvfb libegl1"
