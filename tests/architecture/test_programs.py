"""What the programs load, whom they talk to and what they write, seen from outside, with the packaged weights.

Each runs in a process of its own with an empty home folder; a guard inside notes and refuses every look-up and connection, and
where strace is installed the system calls are watched as well, so that no library and no child can go around the guard.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from dehazer.files.sample import SAMPLE_CLIP
from dehazer.models.registry import model_spec
from dehazer.models.weights import packaged_weights

ROOT = Path(__file__).parents[2]
GUARD = """
import atexit, os, socket, sys

def note(text):
    with open(os.environ["PROGRAM_NOTES"], "a") as notes:
        notes.write(text + "\\n")

def refuse(event, values):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg") and values[0].family == getattr(socket, "AF_UNIX", None):
        return  # inside the machine: X, D-Bus
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"):
        note(f"network {event} {values[1:]}")
        raise PermissionError(f"{event} is refused")

sys.addaudithook(refuse)
atexit.register(lambda: note("loaded " + " ".join(sorted(n for n, module in sys.modules.items() if module and "." not in n))))
"""
PROGRAMS = {
    "dehazer-video": ["-m", "dehazer.cli.video", str(SAMPLE_CLIP), "out.mp4", "--end", "0.4", "--device", "cpu"],
    "dehazer-gui": ["-m", "gui", str(SAMPLE_CLIP), "--live", "--quit-after", "12"],
    "dehazer-bench": ["-m", "dehazer.cli.bench", "--quick", "--sizes", "480p", "--seconds", "0.02", "--frames", "20",
                      "--devices", "cpu", "--quiet"],
    "dehazer-review": ["-m", "dehazer.cli.review", "scan", str(SAMPLE_CLIP), "--json", "--device", "cpu"],
}
WRITABLE = ("/dev/", "/proc/", "/sys/", "/memfd")

pytestmark = [
    pytest.mark.skipif("real" not in packaged_weights(model_spec("field")), reason="the packaged weights are not there"),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the home folder and its cache are Linux's"),
]


@dataclass
class Run:
    """One program that ran. notes: of the guard. home: its home folder. trace: system calls, empty without strace."""

    notes: list[str]
    home: Path
    folder: Path
    trace: list[str]

    def loaded(self) -> set[str]:
        """Top-level modules that were loaded when its first process ended."""
        return set(next(n for n in self.notes if n.startswith("loaded ")).split()[1:])


def start(name: str, folder: Path, watched: bool) -> Run:
    """Run a program to its end; it must succeed."""
    home, guard, notes, trace = (folder / part for part in ("home", "guard", "notes", "trace"))
    for made in (home, guard, folder / "work", folder / "tmp"):
        made.mkdir()
    (guard / "sitecustomize.py").write_text(GUARD)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")}
    environment |= {"HOME": str(home), "TMPDIR": str(folder / "tmp"), "PROGRAM_NOTES": str(notes), "QT_QPA_PLATFORM": "offscreen",
                    "PYTHONPATH": os.pathsep.join([str(guard), str(ROOT)]), "PYTHONDONTWRITEBYTECODE": "1"}
    watch = ["strace", "-f", "-qq", "-e", "trace=network,openat,mkdir,rename", "-o", str(trace)] if watched else []
    done = subprocess.run([*watch, sys.executable, *PROGRAMS[name]], cwd=folder / "work", env=environment, timeout=280,
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return Run(notes.read_text().splitlines(), home, folder, trace.read_text(errors="replace").splitlines() if watched else [])


def can_trace() -> bool:
    """Whether strace is installed and allowed to work here."""
    return shutil.which("strace") is not None and subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], check=False,
                                                                 capture_output=True).returncode == 0


@pytest.fixture(scope="module", params=list(PROGRAMS))
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return start(request.param, tmp_path_factory.mktemp(request.param), can_trace())


def test_nothing_is_looked_up_or_connected_to(run: Run) -> None:
    assert [note for note in run.notes if note.startswith("network")] == []
    assert "openvino_telemetry" not in run.loaded()
    inet = re.compile(r"(connect|sendto|sendmsg|sendmmsg)\(.*AF_INET")
    assert [call for call in run.trace if inet.search(call)] == []


def test_files_are_written_into_the_user_s_own_folders_only(run: Run) -> None:
    made = [path.relative_to(run.home).as_posix() for path in run.home.rglob("*") if path.is_file()]
    assert [path for path in made if not path.startswith((".cache/", ".config/", ".local/share/dehazer/"))] == []
    opened = re.compile(r'openat\([^,]+, "([^"]+)", [^)]*O_(?:WRONLY|RDWR)')
    written = {match[1] for call in run.trace if "= -1" not in call and (match := opened.search(call))}
    outside = {path for path in written if path.startswith("/") and not path.startswith((str(run.folder), *WRITABLE))}
    assert outside == set()


def test_the_processor_path_never_loads_torch(run: Run, request: pytest.FixtureRequest) -> None:
    if "dehazer.cli.bench" in PROGRAMS[request.node.callspec.params["run"]]:
        pytest.skip("the benchmark counts operations and measures rates with torch")
    assert "numpy" in run.loaded()
    assert "torch" not in run.loaded()
