"""Write the completions of dehazer-video for bash, zsh and fish into dehazer/data/completions, made of its parser by shtab.

    pip install shtab && python scripts/completions.py
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from dehazer.cli.video import SHELLS, build_parser, completion_file  # noqa: E402  the checkout comes before what is installed


def main() -> int:
    try:
        import shtab
    except ImportError:
        sys.exit("completions.py needs shtab: pip install shtab")
    for shell in SHELLS:
        completion_file(shell).parent.mkdir(exist_ok=True)
        completion_file(shell).write_text(shtab.complete(build_parser(), shell) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
