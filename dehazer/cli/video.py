"""dehazer-video: videos, pictures, folders and cameras in, clear ones out.

Exit codes: 0 all done; 1 failed while running, or the self-check found a silent change; 2 wrong usage; 3 input unreadable
(a damaged input of which something could be decoded counts as done, with a counted warning); 4 output exists; 130 stopped
by the user. With several inputs one bad file does not stop the rest, and the code is that of the first failure.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dehazer import __version__
from dehazer.cli import profiles
from dehazer.cli.arguments import add_options, read_options
from dehazer.cli.interrupts import InterruptHandler, ignore_interrupts
from dehazer.cli.library_output import library_output_logged
from dehazer.cli.messages import ensure_standard_streams, print_error, say, shown_log
from dehazer.cli.one_file import RunOptions
from dehazer.cli.progress import KINDS
from dehazer.cli.standard_output import Parser, show
from dehazer.config import DecodeOptions, EncodeOptions, EngineOptions, EnhanceOptions, PublishOptions, SpreadOptions
from dehazer.errors import Cancelled, DehazerError, OutOfMemory, UsageError
from dehazer.runtime.memory import limit_memory_growth

if TYPE_CHECKING:
    pass

_NO_ROOM_FOR_A_LIBRARY = ("failed to map segment", "cannot allocate memory", "Cannot allocate memory")

EXAMPLES = """examples:
  dehazer-video foggy.mp4 clear.mp4
  dehazer-video foggy.mp4 compared.mp4 --compare side --strength 80
  dehazer-video photo.jpg clear.jpg
  dehazer-video monday.mkv tuesday.mkv photos/ results/
  dehazer-video --resume long.mp4 clear.mp4
  dehazer-video rtsp://camera/stream clear.mkv --duration 1:00
  dehazer-video rtsp://camera/stream rtsp://server/clear
"""


GROUPS: dict[str, type[Any]] = {
    "network": EngineOptions, "picture": EnhanceOptions, "input": DecodeOptions, "output": EncodeOptions,
    "sending": PublishOptions, "many files": SpreadOptions}


SHELLS = ("bash", "zsh", "fish")


def completion_file(shell: str) -> Path:
    """What a shell reads to complete the flags; written by scripts/completions.py."""
    return Path(__file__).parents[1] / "data" / "completions" / f"dehazer-video.{shell}"


def build_parser() -> argparse.ArgumentParser:
    """All flags; no heavy library is loaded for it."""
    parser = Parser("dehazer-video", description="Take fog, haze and smoke out of videos and pictures.",
                                     epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter,
                                     usage="dehazer-video [options] INPUT [INPUT ...] OUTPUT")
    parser.add_argument("paths", nargs="*", metavar="PATH",
                        help="inputs (videos, pictures, folders; an address or a camera), then the output")
    parser.add_argument("-y", "--yes", action="store_true", help="overwrite outputs that exist")
    parser.add_argument("-n", "--never", action="store_true", help="leave outputs that exist alone, and go on with the rest")
    for title, kind in GROUPS.items():
        add_options(parser, title, kind)
    profiles.add_flags(parser)
    talk = parser.add_argument_group("reports")
    talk.add_argument("--progress", choices=tuple(KINDS), default="bar",
                      help="how progress is shown on standard error (default bar)")
    talk.add_argument("--report", metavar="FILE", help="write what was done as JSON, with the self-check of --verify")
    talk.add_argument("--verify", action="store_true",
                      help="open every result again and compare it with the input; exit code 1 if anything changed silently")
    talk.add_argument("--dry-run", action="store_true", help="check all and say what would be done; write nothing but the report")
    talk.add_argument("-v", "--verbose", action="count", default=0,
                      help="say more: what is used and why, and the technical side of errors; -vv for every detail")
    talk.add_argument("-q", "--quiet", action="store_true", help="say nothing but errors")
    talk.add_argument("--list-devices", action="store_true", help="show the devices that can compute, and leave")
    talk.add_argument("--list-models", action="store_true", help="show networks and weights, and leave")
    talk.add_argument("--list-protocols", action="store_true",
                      help="show the addresses that can be read and that pictures can be sent to, and leave")
    talk.add_argument("--completion", choices=SHELLS, help="write the completion for this shell to standard output, and leave")
    talk.add_argument("--version", action="version", version=f"dehazer {__version__}")
    return parser


def read_run_options(flags: argparse.Namespace) -> RunOptions:
    """Check the flags and plan the jobs; raises members of `dehazer.errors`."""
    from dehazer.cli.jobs import passed_over, plan_jobs
    from dehazer.cli.report import check_report
    from dehazer.cli.self_check import check_verifiable

    if flags.yes and flags.never:
        raise UsageError("-y (overwrite) and -n (never overwrite) contradict each other; give one of them.")
    if len(flags.paths) < 2:
        raise UsageError("Give at least one input and, last, the output: dehazer-video foggy.mp4 clear.mp4 (--help shows more).")
    engine, enhance = read_options(EngineOptions, flags), read_options(EnhanceOptions, flags)
    decode, encode = read_options(DecodeOptions, flags), read_options(EncodeOptions, flags, overwrite=flags.yes)
    jobs = plan_jobs(flags.paths[:-1], flags.paths[-1])
    if not flags.quiet and (note := passed_over(flags.paths[:-1], flags.paths[-1])) is not None:
        say(note)
    if flags.report is not None:
        check_report(flags.report, jobs)
    if flags.verify:
        check_verifiable(jobs)
    return RunOptions(jobs, engine, enhance, decode, encode, read_options(SpreadOptions, flags), flags,
                      read_options(PublishOptions, flags))


def run_jobs(run_options: RunOptions, interrupts: InterruptHandler) -> int:
    """All jobs; returns the exit code."""
    from dehazer.cli.report import write_report
    from dehazer.cli.spread import outcomes

    found = outcomes(run_options, interrupts)
    all_begun, done = len(found) == len(run_options.jobs), [entry for _, entry in found]
    code = next((failure for failure, _ in found if failure), 0 if all_begun else Cancelled.exit_code)
    if run_options.flags.report is not None:
        write_report(Path(run_options.flags.report), {"version": __version__, "exit": code, "files": done})
    return code


def lists(flags: argparse.Namespace) -> str:
    """What --list-models, --list-devices and --list-protocols show."""
    lines = []
    if flags.list_models:
        from dehazer.models.registry import MODELS
        from dehazer.models.weights import packaged_weights

        for spec in MODELS.values():
            sets = ", ".join(packaged_weights(spec)) or "none"
            lines.append(f"{spec.name:10} {spec.kind:6} weights: {sets}   {spec.title} ({spec.paper})")
    if flags.list_devices:
        from dehazer.engine.device_list import list_devices

        lines += list_devices()
    if flags.list_protocols:
        from dehazer.files.protocols import readable_schemes, writable_schemes

        for what, schemes in (("inputs", readable_schemes()), ("outputs", writable_schemes())):
            lines.append(f"{what:8} {' '.join(f'{scheme}://' for scheme in schemes)}")
    return "\n".join(lines)


def read_flags(arguments: Sequence[str]) -> argparse.Namespace:
    """The parsed command line; options may stand before, between and behind the paths, and "--" ends them."""
    words = list(arguments)
    end = words.index("--") if "--" in words else len(words)
    parser = build_parser()
    try:
        parser.set_defaults(**profiles.defaults(words[:end], tuple(GROUPS.values())))
    except DehazerError as error:
        print_error(error, verbose=False)
        sys.exit(error.exit_code)
    flags = parser.parse_intermixed_args(words[:end])
    flags.paths += words[end + 1 :]
    return flags


def log_level(flags: argparse.Namespace) -> int | None:
    """From which level on log records are shown; None without -v, since what matters is said as a note or a warning."""
    if flags.quiet or not flags.verbose:
        return None
    return logging.INFO if flags.verbose == 1 else logging.DEBUG


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point; returns the exit code. arguments: None for those of the process, which ends afterwards."""
    if arguments is not None:
        return _run(read_flags(arguments))
    ensure_standard_streams()
    limit_memory_growth()
    flags = read_flags(sys.argv[1:])
    logging.captureWarnings(True)
    try:
        with library_output_logged():
            return _run(flags)
    finally:
        ignore_interrupts()


def _run(flags: argparse.Namespace) -> int:
    interrupts = InterruptHandler()
    try:
        with interrupts.installed(), shown_log(log_level(flags)):
            if flags.completion:
                show(completion_file(flags.completion).read_text("utf-8"))
                return 0
            if flags.list_models or flags.list_devices or flags.list_protocols:
                show(lists(flags))
                return 0
            return run_jobs(read_run_options(flags), interrupts)
    except (DehazerError, MemoryError, ImportError) as failed:
        error = _as_sentence(failed)
        print_error(error, flags.verbose)
        return error.exit_code


def _as_sentence(failed: DehazerError | MemoryError | ImportError) -> DehazerError:
    """The error for people; raises what is a fault of this program."""
    if isinstance(failed, DehazerError):
        return failed
    if isinstance(failed, ImportError) and not any(words in str(failed) for words in _NO_ROOM_FOR_A_LIBRARY):
        raise failed
    return OutOfMemory("There is not enough memory to begin; close other programs.", str(failed))


if __name__ == "__main__":
    sys.exit(main())
