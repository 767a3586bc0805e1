"""Library and haze scan of a read-only folder: nothing in it is opened for writing, made, renamed, removed or touched.

A guard inside the program sees all that Python does; where strace is installed, system calls are watched as well, so that FFmpeg
and SQLite cannot go around it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.test_programs import can_trace
from tests.media import Film, write_film

GUARD = """
import os, sys

store, seen = sys.argv[1], []
CHANGES = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.truncate", "os.utime", "os.chmod", "os.chown", "os.link",
           "os.symlink", "sqlite3.connect")

def guard(event, values):
    if event == "open":
        flags = values[2] if isinstance(values[2], int) else 0
        changes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
    else:
        changes = event in CHANGES
    if changes and any(str(value).startswith(store) for value in values if isinstance(value, (str, os.PathLike))):
        seen.append(f"{event} {values}")

sys.addaudithook(guard)
from dehazer.cli.review import main
code = main(sys.argv[2:])
print(*seen, sep="\\n", file=sys.stderr)
sys.exit(code or (9 if seen else 0))
"""
CHANGING = re.compile(r"\b(open|openat|creat|mkdir|rename|renameat2?|unlink|unlinkat|rmdir|truncate|utimensat|f?chmodat|chmod|"
                      r"symlink|symlinkat|link|linkat)\(")
WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Recordings in a folder that may only be read: good ones, a damaged one and one that is none."""
    folder = tmp_path / "store"
    (folder / "gate").mkdir(parents=True)
    for name in ("gate/gate_20240310_120000.mp4", "gate/gate_20240310_130000.mkv", "gate/gate_20240310_140000.ts"):
        write_film(folder / name, Film(frames=50, smooth=False))
    whole = write_film(folder / "cut_20240310_150000.mp4", Film(frames=100, smooth=False), movflags="faststart")
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    (folder / "text_20240310_160000.mp4").write_bytes(b"no video" * 100)
    for path in sorted(folder.rglob("*"), reverse=True):
        path.chmod(0o555 if path.is_dir() else 0o444)
    folder.chmod(0o555)
    return folder


@pytest.fixture(autouse=True)
def writable_again(store: Path) -> Iterator[None]:
    """So that the temporary folder can be removed."""
    yield
    for path in (store, *store.rglob("*")):
        path.chmod(0o755)


def state(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Everything that could be changed; access times are the file system's business."""
    found = {}
    for path in (folder, *sorted(folder.rglob("*"))):
        kept = path.stat()
        found[str(path)] = (kept.st_mtime_ns, kept.st_mode, b"" if path.is_dir() else path.read_bytes())
    return found


def run(store: Path, tmp_path: Path, index: Path, *watch: str) -> subprocess.CompletedProcess[str]:
    script = tmp_path / "guarded.py"
    script.write_text(GUARD)
    command = [*watch, sys.executable, str(script), str(store), "scan", str(store), "--json", "--interval", "1",
               "--device", "cpu", "--index", str(index)]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=240)


def test_recordings_are_never_opened_for_writing(store: Path, tmp_path: Path) -> None:
    before, trace = state(store), tmp_path / "trace"
    watch = ["strace", "-f", "-qq", "-e", "trace=file", "-o", str(trace)] if can_trace() else []
    done = run(store, tmp_path, tmp_path / "index.sqlite3", *watch)
    assert done.returncode == 0, done.stderr
    assert '"gate"' in done.stdout
    assert state(store) == before
    if watch:
        calls = [call for call in trace.read_text(errors="replace").splitlines() if f'"{store}' in call]
        assert any("openat" in call for call in calls)
        changing = [call for call in calls if CHANGING.search(call) and ("open" not in call or WRITING.search(call))]
        assert changing == []


def test_the_guard_sees_what_is_written(store: Path, tmp_path: Path) -> None:
    """An index that the user puts beside the recordings is the only thing ever written there, and it is seen."""
    store.chmod(0o755)
    done = run(store, tmp_path, store / "index.sqlite3")
    assert done.returncode == 9
    assert "sqlite3.connect" in done.stderr
