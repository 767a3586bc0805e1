"""Make tests/golden/golden.npz anew, and say what changed. Only after a change of behaviour that was meant.

    python scripts/generate_goldens.py
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.golden.cases import GOLDEN, compute


def main() -> int:
    """Compute, compare, store."""
    with tempfile.TemporaryDirectory() as folder:
        answers: dict[str, Any] = compute(Path(folder))
    before = dict(np.load(GOLDEN)) if GOLDEN.exists() else {}
    for key in sorted(set(before) | set(answers)):
        print(f"{key}: {change(before.get(key), answers.get(key))}")
    np.savez_compressed(GOLDEN, **answers)
    print(f"{GOLDEN}: {len(answers)} answers, {GOLDEN.stat().st_size / 1024:.0f} kB")
    return 0


def change(before: np.ndarray | None, now: np.ndarray | None) -> str:
    """One line about one key."""
    if before is None or now is None:
        return "new" if before is None else "gone"
    if before.shape != now.shape:
        return f"shape {before.shape} → {now.shape}"
    return f"differs by at most {np.abs(before.astype(float) - now.astype(float)).max():.4g}"


if __name__ == "__main__":
    sys.exit(main())
