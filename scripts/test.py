"""The whole suite: lint, types, import contracts and tests, in the same .venv plus the test extras.

`python3 scripts/test.py` runs everything; further arguments go to pytest and then only the tests run.
System packages that are missing are named, never installed, unless `--install` is given or CI=true.
With CI=true the whole suite ends with the quick benchmark, for the log: it never makes the suite fail.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time

from _environment import FOLDER, INSTALL, ROOT, may_install, missing_qt_packages, prepare, provide


def needed_packages() -> list[str]:
    """Debian packages for the tests: of the desktop application, and FFmpeg's programs, which make and judge video files."""
    missing = missing_qt_packages()
    if sys.platform.startswith("linux") and not shutil.which("Xvfb"):
        missing.append("xvfb")
    if sys.platform.startswith("linux") and not (shutil.which("ffmpeg") and shutil.which("ffprobe")):
        missing.append("ffmpeg")
    return missing


def run(title: str, command: list[str], environment: dict[str, str]) -> bool:
    """Run one check and say how long it took; returns whether it passed."""
    started = time.monotonic()
    print(f"── {title}", flush=True)
    passed = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0
    print(f"── {title}: {'ok' if passed else 'FAILED'} ({time.monotonic() - started:.0f} s)", flush=True)
    return passed


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
    tests = ("tests", [python, "-m", "pytest", *chosen])
    checks = [
        ("lint", [python, "-m", "ruff", "check", "."]),
        ("types", [python, "-m", "mypy"]),
        ("import contracts", [str(FOLDER / "bin" / "lint-imports"), "--no-cache"]),
        tests,
    ]
    results = [run(title, command, environment) for title, command in ([tests] if chosen else checks)]
    if not chosen and os.environ.get("CI") == "true":
        print_speed(python, environment)
    return 0 if all(results) else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
