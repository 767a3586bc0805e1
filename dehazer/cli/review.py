"""dehazer-review: what the review of recordings does, without a window.

A command is one module with NAME, HELP, `add_flags` and `run`, and one line in COMMANDS. Exit codes: 0 all done; 1 failed while
running; 2 wrong usage; 3 nothing readable; 4 output exists; 130 stopped by the user.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from typing import Protocol

from dehazer import __version__
from dehazer.cli import review_export, review_key, review_scan
from dehazer.cli.messages import ensure_standard_streams, print_error, say, shown_log
from dehazer.cli.standard_output import Parser
from dehazer.errors import Cancelled, DehazerError
from dehazer.runtime.memory import limit_memory_growth

EXAMPLES = """examples:
  dehazer-review scan /media/recordings
  dehazer-review scan /media/recordings --zone Europe/Berlin --json > found.json
  dehazer-review export /media/recordings --camera gate --from 2026-01-31T13:00:00 --to 2026-01-31T13:00:30 --output gate.mp4
"""


class Command(Protocol):
    """A module that is a command. Heavy libraries are loaded by `run` alone."""

    NAME: str
    HELP: str

    def add_flags(self, parser: argparse.ArgumentParser) -> None:
        """Its own flags."""

    def run(self, flags: argparse.Namespace) -> int:
        """Do it; returns the exit code, raises members of `dehazer.errors`."""


COMMANDS: tuple[Command, ...] = (review_scan, review_export, review_key)


def build_parser() -> argparse.ArgumentParser:
    """All commands and flags; no heavy library is loaded for it."""
    parser = Parser("dehazer-review", description="Review surveillance recordings without a window.",
                                     epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", action="version", version=f"dehazer {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        own = commands.add_parser(command.NAME, help=command.HELP, description=command.HELP)
        command.add_flags(own)
        own.add_argument("-v", "--verbose", action="store_true", help="say what is used, and the technical side of errors")
        own.add_argument("-q", "--quiet", action="store_true", help="say nothing but errors")
        own.set_defaults(command=command)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code. arguments: None for those of the process."""
    if arguments is None:
        ensure_standard_streams()
        limit_memory_growth()
    flags = build_parser().parse_args(arguments)
    try:
        with shown_log(logging.INFO if flags.verbose else None):
            code: int = flags.command.run(flags)
            return code
    except DehazerError as error:
        print_error(error, flags.verbose, "dehazer-review")
        return error.exit_code
    except KeyboardInterrupt:
        say("Stopped. What was measured so far is kept in the index.")
        return Cancelled.exit_code


if __name__ == "__main__":
    sys.exit(main())
