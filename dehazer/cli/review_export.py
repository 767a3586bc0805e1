"""dehazer-review export: a span of one or several cameras as a film, original packets, pictures, a mosaic or an evidence pack."""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from dataclasses import asdict
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from dehazer.cli.arguments import add_options, read_options
from dehazer.cli.messages import say
from dehazer.cli.review_library import LOOK, add_library_flags, library_options, progress_line, read_library
from dehazer.cli.standard_output import show
from dehazer.config import EncodeOptions, EngineOptions, EnhanceOptions
from dehazer.errors import Cancelled, DehazerError, InputError, UsageError
from dehazer.redact import escaped

if TYPE_CHECKING:
    from dehazer.review import ExportContext, ExportRequest, ExportStatus, Library

NAME = "export"
HELP = "Export a span of one or several cameras, and check the result."
KINDS = ("dehazed", "original", "side", "pictures", "mosaic", "evidence")
"""As `dehazer.review.EXPORT_KINDS`, which is not loaded for the help; a test compares the two."""


def add_flags(parser: argparse.ArgumentParser) -> None:
    """The flags of this command."""
    add_library_flags(parser)
    parser.add_argument("--kind", choices=KINDS, default="dehazed", help="what is made (default: dehazed)")
    parser.add_argument("--camera", action="append", default=[], metavar="NAME",
                        help="whose recordings; may be repeated (default: the only camera there is)")
    parser.add_argument("--from", dest="start", required=True, metavar="TIME",
                        help="first moment, such as 2026-01-31T13:00:00.5 in the zone of the cameras, or with +01:00 behind it")
    parser.add_argument("--to", dest="end", required=True, metavar="TIME", help="moment behind the last frame")
    parser.add_argument("--output", required=True, type=Path, metavar="PATH",
                        help="file to write; a folder for pictures, a .zip for evidence")
    parser.add_argument("-y", "--yes", action="store_true", help="overwrite outputs that exist")
    parser.add_argument("--json", action="store_true", help="print what was done as JSON on standard output")
    _add_content_flags(parser)
    add_options(parser, "network", EngineOptions)
    add_options(parser, "picture", EnhanceOptions)
    add_options(parser, "film", EncodeOptions)


def _add_content_flags(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-clock", action="store_true", help="do not draw the time into the pictures")
    parser.add_argument("--no-name", action="store_true", help="do not draw the camera's name into the pictures")
    parser.add_argument("--no-label", action="store_true", help='do not draw "ENHANCED" into dehazed pictures')
    parser.add_argument("--bookmarks", type=Path, metavar="FILE", help="CSV or JSON file of bookmarks that become chapters")
    parser.add_argument("--case", default="", metavar="TEXT", help="evidence: title of the case")
    parser.add_argument("--operator", default="", metavar="TEXT", help="evidence: who made it")
    parser.add_argument("--note", default="", metavar="TEXT", help="evidence: what it is for")
    parser.add_argument("--sign", type=Path, metavar="KEY", help="evidence: sign with this key (dehazer-review key makes one)")


def run(flags: argparse.Namespace) -> int:
    """Read the library, export, check. Raises members of `dehazer.errors`; 1 where a check failed."""
    from dehazer.engine.engine import Engine
    from dehazer.review import Bookmarks, ExportContext, Index, Library

    options, engine = library_options(flags), read_options(EngineOptions, flags)
    bookmarks = Bookmarks()
    if flags.bookmarks is not None:
        read = bookmarks.from_json if flags.bookmarks.suffix.lower() == ".json" else bookmarks.from_csv
        read(flags.bookmarks)
    with Index(flags.index) as index:
        library = Library(flags.paths, index, options)
        read_library(library, flags.quiet)
        request = _request(flags, library, options.zone)
        ended = _done(request, ExportContext(library, Engine(engine), options.zone, bookmarks), flags.quiet)
    return _told(ended, flags)


def _request(flags: argparse.Namespace, library: Library, zone: tzinfo) -> ExportRequest:
    """What is asked for; raises UsageError for what makes no sense."""
    from dehazer.review import BurnIn, CaseNotes, ExportRequest, Span

    if flags.compare is not None or flags.format is not None:
        raise UsageError("--compare and --format are for dehazer-video; here --kind and the name of --output decide.")
    cameras = tuple(flags.camera) or library.cameras
    if not flags.camera and len(cameras) > 1 and flags.kind != "mosaic":
        raise UsageError(f"There are several cameras; name one with --camera: {', '.join(cameras)}.")
    if unknown := [name for name in cameras if name not in library.cameras]:
        raise InputError(f"There are no recordings of {', '.join(unknown)}; there are of: {', '.join(library.cameras)}.")
    start, end = moment(flags.start, zone, "--from"), moment(flags.end, zone, "--to")
    if end <= start:
        raise UsageError(f"--to {flags.end} must lie behind --from {flags.start}.")
    chosen = read_options(EnhanceOptions, flags)
    labels = BurnIn(clock=not flags.no_clock, camera=not flags.no_name, label=not flags.no_label)
    return ExportRequest(flags.kind, cameras, Span(start, end), flags.output, dict.fromkeys(cameras, chosen), labels,
                         read_options(EncodeOptions, flags, overwrite=flags.yes),
                         case=CaseNotes(flags.case, flags.operator, flags.note, flags.sign))


def moment(text: str, zone: tzinfo, flag: str) -> datetime:
    """A typed time; without an offset it is one of `zone`. Raises UsageError, also for times that a zone has twice or never."""
    try:
        when = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(f"{flag} {text} is no date and time; write it as 2026-01-31T13:00:00.5.") from error
    if when.utcoffset() is not None:
        return when
    first, second = (when.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():
        raise UsageError(f"{flag} {text} is a time that clocks of this zone show twice or never, because summer time begins or "
                         f"ends; add the offset, such as {text}{first:%z}.")
    return first


def _done(request: ExportRequest, context: ExportContext, quiet: bool) -> ExportStatus:
    """Run the export to its end. Raises Cancelled after Ctrl+C: nothing is kept then."""
    from dehazer.review import ExportQueue

    with tempfile.TemporaryDirectory(prefix="dehazer-review-") as folder:
        queue = ExportQueue(Path(folder) / "exports.json", context)
        job = queue.add(request)
        queue.start()
        try:
            with progress_line(quiet) as tell:
                while not (status := queue.job(job.id)).over:
                    tell(f"{status.fraction:4.0%}  {status.sentence}")
                    time.sleep(LOOK)
        except KeyboardInterrupt:
            raise Cancelled("Stopped; nothing was kept.") from None
        finally:
            queue.close()
        return status


def _told(ended: ExportStatus, flags: argparse.Namespace) -> int:
    """Print what was done; returns the exit code, raises the error of a failed export."""
    if flags.json:
        show(json.dumps(_values(ended), indent=1, ensure_ascii=False))
    if ended.state != "done":
        raise DehazerError(ended.sentence)
    if not flags.json and not flags.quiet:
        for note in ended.notes:
            say(f"Note: {note}")
        lines = [f"{check.verdict:9}  {check.property}: {check.given} → {check.found}" for check in ended.checks]
        show("\n".join(map(escaped, [*lines, *map(str, ended.products), ended.sentence])))
    return 0 if ended.passed else 1


def _values(ended: ExportStatus) -> dict[str, object]:
    return {"state": ended.state, "sentence": ended.sentence, "notes": list(ended.notes),
            "products": [str(path) for path in ended.products], "checks": [asdict(check) for check in ended.checks]}
