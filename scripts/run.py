"""Dehaze something at once: `python3 scripts/run.py` for the bundled sample, `… in.mp4 out.mp4` for a file of yours.

Makes .venv and installs dehazer the first time; further arguments go to dehazer-video (see its --help).
"""

from __future__ import annotations

import subprocess
import sys

from _environment import ROOT, missing_qt_packages, prepare

SAMPLE = ROOT / "dehazer" / "data" / "sample.mp4"
RESULT = ROOT / "sample-dehazed.mp4"


def main() -> int:
    arguments = sys.argv[1:]
    python = prepare()
    missing = missing_qt_packages()
    if missing:
        print(f"Note: dehazer-gui would need: sudo apt-get install {' '.join(missing)}", file=sys.stderr)
    if arguments:
        return subprocess.run([python, "-m", "dehazer.cli.video", *arguments], check=False).returncode
    code = subprocess.run([python, "-m", "dehazer.cli.video", "-y", "--compare", "side", SAMPLE, RESULT], check=False).returncode
    if code == 0:
        print(f"The sample clip, original left and dehazed right, is in {RESULT}")
    return code


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
