"""What the two training commands share: options, errors as one sentence, the summary at the end."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from dehazer.errors import DehazerError
from training.config import load_config, smoke
from training.loop import Run
from training.networks import STUDENTS, Trainable
from training.teachers import TEACHERS


def parser(description: str) -> argparse.ArgumentParser:
    """Options of every training command."""
    options = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--config", type=Path, required=True, metavar="TOML", help="config file, see training/configs")
    options.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="changes",
                         help="change one option, for example --set minutes=55 or --set optimiser.lr=1e-3 or "
                              "--set loss.0.weight=0.5 (repeatable; units as in the config)")
    options.add_argument("--smoke", action="store_true", help="four steps on four scenes in FOLDER-smoke: does everything run?")
    return options


def train_command(description: str | None, networks: Mapping[str, Trainable], arguments: Sequence[str] | None = None) -> None:
    """Parse, train one of `networks`, print the summary."""
    options = parser(description or "").parse_args(arguments)

    def work() -> dict[str, Any]:
        config = load_config(options.config, options.changes)
        if options.smoke:
            config = smoke(config)
            shutil.rmtree(config.folder, ignore_errors=True)
        return Run(config, networks, TEACHERS | STUDENTS).train()

    print_table(guarded(work))


def guarded(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Do it; dehazer's errors become one sentence on stderr and their exit code, Ctrl+C code 130."""
    try:
        return work()
    except DehazerError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("stopped; the last checkpoint is kept, the same command goes on from there", file=sys.stderr)
        sys.exit(130)


def print_table(summary: Mapping[str, Any]) -> None:
    """Name and value, one a line."""
    width = max(map(len, summary))
    for name, value in summary.items():
        print(f"{name:<{width}}  {value:.4f}" if isinstance(value, float) else f"{name:<{width}}  {value}")
