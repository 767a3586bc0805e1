"""What is said to people, on standard error; nobody listening is no reason to fail."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from dehazer.errors import DehazerError


def say(text: str, end: str = "\n") -> None:
    """A line on standard error, if that is open and somebody reads it."""
    if sys.stderr is not None:  # print would take standard output instead
        with suppress(OSError, ValueError):
            print(text, file=sys.stderr, end=end, flush=True)


def print_error(error: DehazerError, verbose: bool) -> None:
    """The sentence, and with -v the detail."""
    say(f"dehazer-video: {error}" + (f"\n  {error.detail}" if verbose and error.detail else ""))


def columns() -> int:
    """Width of the terminal that standard error is, 0 if it is none."""
    with suppress(OSError, ValueError, AttributeError):
        return os.get_terminal_size(sys.stderr.fileno()).columns
    return 0


def ensure_standard_streams() -> None:
    """Open what the caller closed of standard input, output and error: else the next file would get its number, and
    libraries that write to standard error would write into that file.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number
