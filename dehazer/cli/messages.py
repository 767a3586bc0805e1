"""Messages for people on standard error; a closed standard error is no failure."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from dehazer.errors import DehazerError
from dehazer.redact import escaped, redacted


def say(*lines: str) -> None:
    """Lines on standard error, if that is open and read; a name inside a line can neither end it nor command the terminal."""
    draw("\n".join(map(escaped, lines)) + "\n")


def draw(text: str) -> None:
    """The text as it is on standard error, if that is open and read; names in it must be `escaped`."""
    if sys.stderr is None:  # print would take standard output instead
        return
    shown = shown_as(text, sys.stderr.encoding)
    with suppress(OSError, ValueError):
        try:
            print(shown, file=sys.stderr, end="", flush=True)
        except RuntimeError:  # a signal came in the middle of another line, and this is its handler's
            os.write(sys.stderr.fileno(), shown.encode(sys.stderr.encoding, "replace"))


_PLAIN = str.maketrans({"→": "->", "×": "x", "…": "...", "°": " degrees", "–": "-", "•": "*"})


def shown_as(text: str, encoding: str | None) -> str:
    """The text with characters that a terminal of that encoding can show."""
    try:
        text.encode(encoding or "utf-8", "surrogateescape")
    except (UnicodeEncodeError, LookupError):
        return text.translate(_PLAIN)
    return text


def print_error(error: DehazerError, verbose: bool, program: str = "dehazer-video") -> None:
    """The sentence, and with -v the detail."""
    details = error.detail.splitlines() if verbose else []
    say(redacted(f"{program}: {error}"), *(f"  {redacted(line)}" for line in details))


class MessageHandler(logging.Handler):
    """Shows log records on standard error, one line each, on a line of their own where a progress bar is drawn."""

    def emit(self, record: logging.LogRecord) -> None:
        clear_line(columns())
        say(*self.format(record).split("\n"))  # more than one with a traceback only


@contextmanager
def shown_log(level: int | None) -> Iterator[None]:
    """Show what the library logs at `level` and above, for as long as this lasts; None shows nothing."""
    if level is None:
        yield
        return
    logger, handler = logging.getLogger("dehazer"), MessageHandler(level)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(level)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)


def clear_line(width: int) -> None:
    """Take away what stands on the current line of a terminal that is `width` wide; 0: no terminal, nothing to clear."""
    if width:
        draw(f"\r{'':{width - 1}}\r")


def columns() -> int:
    """Width of the terminal that standard error is, 0 if it is none."""
    with suppress(OSError, ValueError, AttributeError):
        return os.get_terminal_size(sys.stderr.fileno()).columns
    return 0


def ensure_standard_streams() -> None:
    """Open what the caller closed of standard input, output and error: else the next file would get its number, and
    libraries that write to standard error would write into that file. Standard output opens for reading, so that a film or
    a listing sent there fails instead of being lost.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDONLY if number == 1 else os.O_RDWR)  # takes the lowest free number
