"""The whole suite: lint, types, import contracts and tests, in the same .venv plus the test extras.

`python3 scripts/test.py` runs everything, the tests in a few processes side by side and the other checks beside them;
further arguments go to pytest and then only the tests run, in one process.
Of the whole suite, up to five tests that failed are run once more, alone, and named.
System packages that are missing are named, never installed, unless `--install` is given or CI=true.
With CI=true the whole suite ends with the quick benchmark, for the log: it never makes the suite fail.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from _environment import FOLDER, INSTALL, ROOT, may_install, missing_qt_packages, prepare, provide


def needed_packages() -> list[str]:
    """Debian packages for the tests: of the desktop application, and FFmpeg's programs, which make and judge video files."""
    missing = missing_qt_packages()
    if sys.platform.startswith("linux") and not shutil.which("Xvfb"):
        missing.append("xvfb")
    if sys.platform.startswith("linux") and not (shutil.which("ffmpeg") and shutil.which("ffprobe")):
        missing.append("ffmpeg")
    return missing


WORKERS = min(4, max(2, os.cpu_count() or 2))
"""Processes that share the tests, file by file: many tests wait for threads and programs, so one core gains by two as well."""
SIDE_BY_SIDE = ["-n", str(WORKERS), "--dist", "loadfile", "--no-loadscope-reorder", "--max-worker-restart", "2"]
"""A process that ended within a test is begun again, with that test first: it must not go on for ever."""
TESTS_FAILED = 1
"""Exit code of pytest where it ran to its end."""
SLOWEST = ["--durations", "20", "--durations-min", "5"]
FEW = 5
"""So many failed tests at most are run once more."""


def run(title: str, command: list[str], environment: dict[str, str], quiet: bool = False) -> bool:
    """Like `code_of`; whether the check passed."""
    return code_of(title, command, environment, quiet) == 0


def code_of(title: str, command: list[str], environment: dict[str, str], quiet: bool = False) -> int:
    """Run one check, say how long it took, and return its exit code. quiet: its words are shown behind it, in one piece."""
    started = time.monotonic()
    print(f"── {title}", flush=True)
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False, stdout=subprocess.PIPE if quiet else None,
                          stderr=subprocess.STDOUT if quiet else None, text=True)
    verdict = "ok" if done.returncode == 0 else "FAILED"
    print(f"{done.stdout or ''}── {title}: {verdict} ({time.monotonic() - started:.0f} s)", flush=True)
    return done.returncode


def static_checks(python: str) -> list[tuple[str, list[str]]]:
    """Title and command of every check that runs no test."""
    return [
        ("lint", [python, "-m", "ruff", "check", "."]),
        ("types", [python, "-m", "mypy"]),
        ("import contracts", [str(FOLDER / "bin" / "lint-imports"), "--no-cache"]),
    ]


def everything(python: str, environment: dict[str, str]) -> bool:
    """The whole suite; whether all of it passed."""
    one_thread = {"OMP_NUM_THREADS": "1", **environment}  # the processes share the cores already
    with ThreadPoolExecutor(1) as beside:
        checks = [beside.submit(run, title, command, environment, quiet=True) for title, command in static_checks(python)]
        code = code_of("tests", [python, "-m", "pytest", *SIDE_BY_SIDE, *SLOWEST], one_thread)
        passed = code == 0 or (code == TESTS_FAILED and passed_alone(python, environment))
        return all([passed, *(check.result() for check in checks)])


def passed_alone(python: str, environment: dict[str, str]) -> bool:
    """Run a few failed tests once more, with the machine to themselves; whether all pass then.

    It tells a machine that stood still or was overloaded from a defect. Both are named, and what failed first stays in the log.
    """
    kept = ROOT / ".pytest_cache" / "v" / "cache" / "lastfailed"
    failed = sorted(json.loads(kept.read_text("utf-8"))) if kept.exists() else []
    if not 0 < len(failed) <= FEW:
        return False
    print("── failed, and run once more, alone:", *failed, sep="\n   ", flush=True)
    return run("tests once more", [python, "-m", "pytest", "--last-failed", "--last-failed-no-failures", "none"], environment)


def print_speed(python: str, environment: dict[str, str], seconds: float = 60) -> None:
    """The quick benchmark beside the newest one that was kept; given up after some time, and never a failure.

    Machines that run tests are shared: their figures are to be looked at, not to be relied on.
    """
    kept = sorted((ROOT / "docs" / "measured" / "history").glob("*.json"))
    compared = ["--compare", str(kept[-1])] if kept else []
    command = [python, "-m", "dehazer.cli.bench", "--quick", "--quiet", "--seconds", "0.4", "--frames", "60", *compared]
    print("── speed (for information)", flush=True)
    try:
        subprocess.run(command, cwd=ROOT, env=environment, check=False, timeout=seconds)
    except subprocess.TimeoutExpired:
        print(f"── speed: not measured, this machine needs more than {seconds:g} s for it", flush=True)


def main() -> int:
    python = str(prepare("test"))
    provide(needed_packages(), may_install(sys.argv[1:]))
    chosen = [argument for argument in sys.argv[1:] if argument != INSTALL]
    environment = {**os.environ, "PATH": f"{FOLDER / 'bin'}{os.pathsep}{os.environ['PATH']}", "QT_QPA_PLATFORM": "offscreen"}
    if chosen:
        return 0 if run("tests", [python, "-m", "pytest", *chosen], environment) else 1
    passed = everything(python, environment)
    if os.environ.get("CI") == "true":
        print_speed(python, environment)
    return 0 if passed else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
