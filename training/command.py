"""What the two training commands share: options, errors as one sentence, the summary at the end."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from dehazer.errors import DehazerError
from training.config import load_config
from training.loop import Run
from training.networks import Trainable


def parser(description: str) -> argparse.ArgumentParser:
    """Options of every training command."""
    options = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--config", type=Path, required=True, metavar="TOML", help="config file, see training/configs")
    options.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="changes",
                         help="change one option, for example --set minutes=55 or --set optimiser.lr=1e-3 (repeatable)")
    return options


def run_command(description: str | None, among: dict[str, Trainable], arguments: Sequence[str] | None = None) -> None:
    """Parse, train, print the summary; exits with the error's code."""
    options = parser(description or "").parse_args(arguments)
    try:
        summary = Run(load_config(options.config, options.changes), among).train()
    except DehazerError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    width = max(map(len, summary))
    for name, value in summary.items():
        print(f"{name:<{width}}  {value:.4g}" if isinstance(value, float) else f"{name:<{width}}  {value}")
