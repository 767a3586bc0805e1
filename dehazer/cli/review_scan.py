"""dehazer-review scan: which recordings there are, of which cameras and times, and how hazy they are."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from dehazer.cli.arguments import add_options, read_options
from dehazer.cli.messages import clear_line, columns, say
from dehazer.cli.video import show
from dehazer.config import EngineOptions
from dehazer.errors import DeviceError, InputError, UsageError

if TYPE_CHECKING:
    from dehazer.review import HazeScan, Library, LibraryOptions

NAME = "scan"
HELP = "List the recordings in folders by camera and wall clock, and measure their haze."
_LOOK = 0.1
"""Seconds between two looks at how far it is."""
_EVERY, _EVERY_IN_LOGS = 0.5, 10.0
"""Seconds between two lines of progress: on a terminal, in a file or a pipe."""


def add_flags(parser: argparse.ArgumentParser) -> None:
    """The flags of this command."""
    parser.add_argument("paths", nargs="+", metavar="FOLDER", help="folders with recordings, or single files")
    parser.add_argument("--json", action="store_true", help="print everything as JSON on standard output")
    parser.add_argument("--no-haze", action="store_true", help="do not measure haze")
    parser.add_argument("--interval", type=float, default=10.0, metavar="S",
                        help="seconds of footage between two measurements, at least (default: 10)")
    parser.add_argument("--zone", metavar="NAME", help="time zone of the cameras' clocks (default: that of this computer)")
    parser.add_argument("--pattern", action="append", default=[], metavar="TEXT",
                        help="how files are named, such as '{camera}_{year}{month}{day}_{hour}{minute}{second}'; may be repeated")
    parser.add_argument("--offset", action="append", default=[], metavar="CAMERA=S",
                        help="seconds to add to the times of a camera whose clock is wrong; may be repeated")
    parser.add_argument("--index", type=Path, metavar="FILE",
                        help="where to remember what was read (default: in the user's data folder)")
    add_options(parser, "network", EngineOptions)


def run(flags: argparse.Namespace) -> int:
    """List, measure, print. Raises InputError where no recording can be read."""
    from dehazer.cli.review_report import report_of, report_text
    from dehazer.live.shared_engine import SharedEngine
    from dehazer.review import HazeScan, Index, Library

    options, engine_options = _options(flags), read_options(EngineOptions, flags)
    with Index(flags.index) as index:
        library = Library(flags.paths, index, options)
        _list(library, flags.quiet)
        if flags.no_haze:
            report = report_of(library, None)
        else:
            with SharedEngine(engine_options) as engine:
                scan = HazeScan(library, index, engine, flags.interval)
                _measure(scan, flags.quiet)
            report = report_of(library, scan)
    show(json.dumps(report, indent=1, ensure_ascii=False) if flags.json else report_text(report))
    return 0


def _options(flags: argparse.Namespace) -> LibraryOptions:
    """Zone, patterns and offsets; raises UsageError for those that make no sense."""
    from dehazer.review import LibraryOptions, NamePattern, local_zone, zone_named

    zone = local_zone() if flags.zone is None else zone_named(flags.zone)
    if not flags.interval > 0:
        raise UsageError(f"--interval must be above 0 seconds, got {flags.interval:g}.")
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


def _list(library: Library, quiet: bool) -> None:
    """Look through the folders to the end. Raises InputError where nothing can be read."""
    library.start()
    try:
        with _progress(quiet) as tell:
            while library.progress.running:
                seen = library.progress
                tell(f"{seen.read} of {seen.found} files read, {seen.unreadable} unreadable")
                time.sleep(_LOOK)
    finally:
        library.stop()
    if not quiet:
        for sentence in library.progress.trouble:
            say(f"Note: {sentence}")
    if not library.recordings:
        why = f" {library.unreadable[0].fault}" if library.unreadable else ""
        raise InputError(f"There is no recording that can be read in {', '.join(map(str, library.paths))}.{why}")


def _measure(scan: HazeScan, quiet: bool) -> None:
    """Measure everything; raises DeviceError where the engine fails."""
    scan.start()
    try:
        with _progress(quiet) as tell:
            while scan.progress.running:
                done = scan.progress
                tell(f"haze of {done.measured / 3600:.1f} h of {done.total / 3600:.1f} h measured")
                time.sleep(_LOOK)
    finally:
        scan.stop()
    if scan.progress.trouble:
        raise DeviceError(scan.progress.trouble)


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[str], None]]:
    """Something to call with a line on how far it is: shown in place on a terminal, else now and then; cleared at the end."""
    width, shown = columns(), time.monotonic()

    def tell(text: str) -> None:
        nonlocal shown
        if not quiet and time.monotonic() - shown > (_EVERY if width else _EVERY_IN_LOGS):
            shown = time.monotonic()
            say(f"\r{text[:width - 1]:{width - 1}}" if width else text, end="" if width else "\n")

    try:
        yield tell
    finally:
        clear_line(0 if quiet else width)
