"""dehazer-bench in the project's own .venv: `python3 scripts/bench.py --quick`. All arguments go on to it."""

from __future__ import annotations

import subprocess
import sys

from _environment import prepare


def main() -> int:
    """Prepare the environment and measure."""
    python = prepare()
    return subprocess.run([python, "-m", "dehazer.cli.bench", *sys.argv[1:]], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
