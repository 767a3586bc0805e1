"""dehazer-review scan: which recordings there are, of which cameras and times, and how hazy they are."""

from __future__ import annotations

import argparse
import json
import time
from typing import TYPE_CHECKING

from dehazer.cli.arguments import add_options, read_options
from dehazer.cli.review_library import LOOK, add_library_flags, library_options, progress_line, read_library
from dehazer.cli.standard_output import show
from dehazer.config import EngineOptions
from dehazer.errors import DeviceError, UsageError

if TYPE_CHECKING:
    from dehazer.review import HazeScan

NAME = "scan"
HELP = "List the recordings in folders by camera and wall clock, and measure their haze."


def add_flags(parser: argparse.ArgumentParser) -> None:
    """The flags of this command."""
    add_library_flags(parser)
    parser.add_argument("--json", action="store_true", help="print everything as JSON on standard output")
    parser.add_argument("--no-haze", action="store_true", help="do not measure haze")
    parser.add_argument("--interval", type=float, default=10.0, metavar="S",
                        help="seconds of footage between two measurements, at least (default: 10)")
    add_options(parser, "network", EngineOptions)


def run(flags: argparse.Namespace) -> int:
    """List, measure, print. Raises InputError where no recording can be read."""
    from dehazer.cli.review_report import report_of, report_text
    from dehazer.live.shared_engine import SharedEngine
    from dehazer.review import HazeScan, Index, Library

    if not flags.interval > 0:
        raise UsageError(f"--interval must be above 0 seconds, got {flags.interval:g}.")
    options, engine_options = library_options(flags), read_options(EngineOptions, flags)
    with Index(flags.index) as index:
        library = Library(flags.paths, index, options)
        read_library(library, flags.quiet)
        if flags.no_haze:
            report = report_of(library, None)
        else:
            with SharedEngine(engine_options) as engine:
                scan = HazeScan(library, index, engine, flags.interval)
                _measure(scan, flags.quiet)
            report = report_of(library, scan)
    show(json.dumps(report, indent=1) if flags.json else report_text(report).encode(errors="replace").decode())
    return 0


def _measure(scan: HazeScan, quiet: bool) -> None:
    """Measure everything; raises DeviceError where the engine fails."""
    scan.start()
    try:
        with progress_line(quiet) as tell:
            while scan.progress.running:
                done = scan.progress
                tell(f"haze of {done.measured / 3600:.1f} h of {done.total / 3600:.1f} h measured")
                time.sleep(LOOK)
    finally:
        scan.stop()
    if scan.progress.trouble:
        raise DeviceError(scan.progress.trouble)


