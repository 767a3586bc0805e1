"""dehazer-review key: a key of one's own, with which evidence packs are signed."""

from __future__ import annotations

import argparse
from pathlib import Path

from dehazer.cli.standard_output import show

NAME = "key"
HELP = "Make a key for signing evidence packs; prints its fingerprint, which others need to check a signature."


def add_flags(parser: argparse.ArgumentParser) -> None:
    """The flags of this command."""
    parser.add_argument("path", type=Path, metavar="FILE", help="where to keep it; a file that is there is never overwritten")


def run(flags: argparse.Namespace) -> int:
    """Make it. Raises OutputExistsError, OutputError; UsageError without the library `cryptography`."""
    from dehazer.review import make_key

    show(make_key(flags.path))
    return 0
