"""The library of recordings that the commands of dehazer-review work on: its flags, and reading it to the end."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from dehazer.cli.messages import clear_line, columns, say
from dehazer.cli.progress import draw_line
from dehazer.errors import InputError, UsageError
from dehazer.redact import escaped

if TYPE_CHECKING:
    from dehazer.review import Library, LibraryOptions

LOOK = 0.1
"""Seconds between two looks at how far it is."""
_EVERY, _EVERY_IN_LOGS = 0.5, 10.0
"""Seconds between two lines of progress: on a terminal, in a file or a pipe."""


def add_library_flags(parser: argparse.ArgumentParser) -> None:
    """Folders, zone, patterns, offsets and index."""
    parser.add_argument("paths", nargs="+", metavar="FOLDER", help="folders with recordings, or single files")
    parser.add_argument("--zone", metavar="NAME", help="time zone of the cameras' clocks (default: that of this computer)")
    parser.add_argument("--pattern", action="append", default=[], metavar="TEXT",
                        help="how files are named, such as '{camera}_{year}{month}{day}_{hour}{minute}{second}'; may be repeated")
    parser.add_argument("--offset", action="append", default=[], metavar="CAMERA=S",
                        help="seconds to add to the times of a camera whose clock is wrong; may be repeated")
    parser.add_argument("--index", type=Path, metavar="FILE",
                        help="where to remember what was read (default: in the user's data folder)")


def library_options(flags: argparse.Namespace) -> LibraryOptions:
    """Zone, patterns and offsets; raises UsageError for those that make no sense."""
    from dehazer.review import LibraryOptions, NamePattern, local_zone, zone_named

    zone = local_zone() if flags.zone is None else zone_named(flags.zone)
    return LibraryOptions(zone, tuple(NamePattern(text) for text in flags.pattern), dict(map(_offset, flags.offset)), follow=0)


def _offset(text: str) -> tuple[str, timedelta]:
    camera, _, seconds = text.rpartition("=")
    try:
        offset = timedelta(seconds=float(seconds))
    except (ValueError, OverflowError):
        camera = ""
    if not camera:
        raise UsageError(f"--offset {text} is no offset; give a camera and seconds, such as --offset gate=-90.")
    return camera, offset


def read_library(library: Library, quiet: bool) -> None:
    """Look through the folders to the end. Raises InputError where nothing can be read."""
    library.start()
    try:
        with progress_line(quiet) as tell:
            while library.progress.running:
                seen = library.progress
                tell(f"{seen.read} of {seen.found} files read, {seen.unreadable} unreadable")
                time.sleep(LOOK)
    finally:
        library.stop()
    if not quiet:
        for sentence in library.progress.trouble:
            say(f"Note: {sentence}")
    if not library.recordings:
        why = f" {library.unreadable[0].fault}" if library.unreadable else ""
        raise InputError(f"There is no recording that can be read in {', '.join(map(str, library.paths))}.{why}")


@contextmanager
def progress_line(quiet: bool) -> Iterator[Callable[[str], None]]:
    """Something to call with a line on how far it is: shown in place on a terminal, else now and then; cleared at the end."""
    width, shown = columns(), time.monotonic()

    def tell(text: str) -> None:
        nonlocal shown
        if not quiet and time.monotonic() - shown > (_EVERY if width else _EVERY_IN_LOGS):
            shown = time.monotonic()
            draw_line(escaped(text), width)

    try:
        yield tell
    finally:
        clear_line(0 if quiet else width)
