"""Average the weights of finished runs of one network: what several runs agree on is steadier than any of them.

    python -m training.average --run runs/field_its --share 0.7 --run runs/field_its_mosaic --share 0.3 --out runs/average

A run may also be a weights file (.safetensors or .pt), but not the first. Writes OUT/best.pt with the config of the first run
beside it, ready for `training.evaluate` and `training.export`.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from torch import Tensor

from dehazer.errors import UsageError
from training import checkpoint
from training.command import guarded, print_table


def averaged(parts: Sequence[tuple[float, dict[str, Tensor]]]) -> dict[str, Tensor]:
    """Σ share · weights, for state dicts of the same names and shapes; whole numbers are taken from the first."""
    (_, first), *others = parts
    for _, other in others:
        if {k: v.shape for k, v in other.items()} != {k: v.shape for k, v in first.items()}:
            raise UsageError("Only weights of one and the same network can be averaged; check the runs.")
    return {name: sum((share * state[name] for share, state in parts[1:]), parts[0][0] * value)
            if value.is_floating_point() else value for name, value in first.items()}


def average(options: argparse.Namespace) -> dict[str, Any]:
    """The whole command."""
    if len(options.run) != len(options.share) or len(options.run) < 2 or abs(sum(options.share) - 1) > 1e-6:
        raise UsageError("Give --run and --share in pairs, two at least, with shares that add up to 1.")
    files = [run / "best.pt" if run.is_dir() else run for run in options.run]
    states = [checkpoint.load(file) if file.suffix == ".pt" else {} for file in files]
    weights = [checkpoint.load_weights(file) for file in files]
    options.out.mkdir(parents=True, exist_ok=True)
    whole = {**{k: sum(s.get(k, 0) for s in states) for k in ("step", "seconds")}, "config": states[0].get("config"),
             "network": averaged(list(zip(options.share, weights, strict=True))), "ema": None}
    shutil.copyfile(options.run[0] / "config.toml", options.out / "config.toml")
    checkpoint.save(whole, options.out / "best.pt")
    shares = {str(run): share for run, share in zip(options.run, options.share, strict=True)}
    return {"written": str(options.out / "best.pt"), **shares}


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point."""
    options = argparse.ArgumentParser("python -m training.average", description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--run", type=Path, action="append", default=[], metavar="PATH",
                         help="a run's folder or a weights file (repeatable)")
    options.add_argument("--share", type=float, action="append", default=[], metavar="X", help="its share, 0 to 1 (repeatable)")
    options.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write")
    given = options.parse_args(arguments)
    print_table(guarded(lambda: average(given)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
