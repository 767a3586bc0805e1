"""Dehaze something at once: `python3 scripts/run.py` for the bundled sample, `… in.mp4 out.mp4` for a file of yours.

Makes .venv and installs dehazer the first time; further arguments go to dehazer-video (see its --help).
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from _environment import ROOT, install_line, missing_qt_packages, prepare

SAMPLE = ROOT / "dehazer" / "data" / "sample.mp4"
RESULT = ROOT / "sample-dehazed.mp4"


def call(command: Sequence[str | Path]) -> int:
    """Run a program to its end; returns its exit code. Ctrl+C, which the terminal sends to both, is the program's business:
    it completes its file first. Other polite requests to end are passed on.
    """
    with subprocess.Popen(command) as program:
        signal.signal(signal.SIGINT, lambda number, frame: None)
        signal.signal(signal.SIGTERM, lambda number, frame: program.send_signal(number))
        return program.wait()


def main() -> int:
    arguments = sys.argv[1:]
    python = prepare()
    missing = missing_qt_packages()
    if missing:
        print(f"Note: dehazer-gui would need: {install_line(missing)}", file=sys.stderr)
    if arguments:
        return call([python, "-m", "dehazer.cli.video", *arguments])
    code = call([python, "-m", "dehazer.cli.video", "-y", "--compare", "side", SAMPLE, RESULT])
    if code == 0:
        print(f"The sample clip, original left and dehazed right, is in {RESULT}")
    return code


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
