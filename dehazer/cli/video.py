"""dehazer-video: videos, pictures and folders in, clear ones out.

Exit codes: 0 all done; 1 failed while running, or the self-check found a silent change; 2 wrong usage; 3 input unreadable
(a damaged input of which something could be decoded counts as done, with a counted warning); 4 output exists; 130 stopped
by the user. With several inputs one bad file does not stop the rest, and the code is that of the first failure.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dehazer import __version__
from dehazer.cli.arguments import add_options, read_options
from dehazer.cli.interrupts import InterruptHandler, ignore_interrupts
from dehazer.cli.library_output import library_output_logged
from dehazer.cli.messages import ensure_standard_streams, print_error, say, shown_log
from dehazer.cli.progress import KINDS, open_progress
from dehazer.config import DecodeOptions, EncodeOptions, EngineOptions, EnhanceOptions, SpreadOptions
from dehazer.errors import Cancelled, DehazerError, OutOfMemory, OutputError, OutputExistsError, UsageError
from dehazer.runtime.memory import limit_memory_growth

if TYPE_CHECKING:
    from dehazer.cli.jobs import Job
    from dehazer.engine.engine import Engine
    from dehazer.enhance import Enhancer
    from dehazer.frames.frame import VideoInfo
    from dehazer.pipeline import Report
    from dehazer.sinks import Sink
    from dehazer.sources import Source
    from dehazer.verification import Check

_NO_ROOM_FOR_A_LIBRARY = ("failed to map segment", "cannot allocate memory", "Cannot allocate memory")

EXAMPLES = """examples:
  dehazer-video foggy.mp4 clear.mp4
  dehazer-video foggy.mp4 compared.mp4 --compare side --strength 80
  dehazer-video photo.jpg clear.jpg
  dehazer-video monday.mkv tuesday.mkv photos/ results/
  dehazer-video --resume long.mp4 clear.mp4
"""


GROUPS: dict[str, type[Any]] = {
    "network": EngineOptions, "picture": EnhanceOptions, "input": DecodeOptions, "output": EncodeOptions,
    "many files": SpreadOptions}


def build_parser() -> argparse.ArgumentParser:
    """All flags; no heavy library is loaded for it."""
    parser = argparse.ArgumentParser("dehazer-video", description="Take fog, haze and smoke out of videos and pictures.",
                                     epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter,
                                     usage="dehazer-video [options] INPUT [INPUT ...] OUTPUT")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="inputs (videos, pictures, folders), then the output")
    parser.add_argument("-y", "--yes", action="store_true", help="overwrite outputs that exist")
    parser.add_argument("-n", "--never", action="store_true", help="leave outputs that exist alone, and go on with the rest")
    for title, kind in GROUPS.items():
        add_options(parser, title, kind)
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
    talk.add_argument("--version", action="version", version=f"dehazer {__version__}")
    return parser


@dataclass(frozen=True)
class RunOptions:
    """Everything the command line says, checked."""

    jobs: list[Job]
    engine: EngineOptions
    enhance: EnhanceOptions
    decode: DecodeOptions
    encode: EncodeOptions
    spread: SpreadOptions
    flags: argparse.Namespace

    def say(self, text: str) -> None:
        """A line for people, on standard error, unless -q."""
        if not self.flags.quiet:
            say(text)


def read_run_options(flags: argparse.Namespace) -> RunOptions:
    """Check the flags and plan the jobs; raises members of `dehazer.errors`."""
    from dehazer.cli.jobs import plan_jobs
    from dehazer.cli.report import check_report
    from dehazer.cli.self_check import check_verifiable

    if flags.yes and flags.never:
        raise UsageError("-y (overwrite) and -n (never overwrite) contradict each other; give one of them.")
    if len(flags.paths) < 2:
        raise UsageError("Give at least one input and, last, the output: dehazer-video foggy.mp4 clear.mp4 (--help shows more).")
    engine, enhance = read_options(EngineOptions, flags), read_options(EnhanceOptions, flags)
    decode, encode = read_options(DecodeOptions, flags), read_options(EncodeOptions, flags, overwrite=flags.yes)
    jobs = plan_jobs(flags.paths[:-1], flags.paths[-1])
    if flags.report is not None:
        check_report(flags.report, jobs)
    if flags.verify:
        check_verifiable(jobs)
    return RunOptions(jobs, engine, enhance, decode, encode, read_options(SpreadOptions, flags), flags)


@contextmanager
def opened(job: Job, run_options: RunOptions, engine: Engine) -> Iterator[tuple[Source, Enhancer, Sink]]:
    """Input, network and output of a job, in folders made for it; what is still empty at the end is removed again."""
    from dehazer.pipeline import open_files
    from dehazer.sinks import check_output, folders_above

    check_output([job.source], job.target, run_options.encode.overwrite)
    with folders_above(job.target), open_files(job.source, job.target, engine, enhance=run_options.enhance,
                                               decode=run_options.decode, encode=run_options.encode) as parts:
        yield parts


def run_job(job: Job, run_options: RunOptions, engine: Engine,
            interrupts: InterruptHandler) -> tuple[Report, tuple[Check, ...]]:
    """Dehaze one file; raises members of `dehazer.errors`. After a stop the report is not complete.

    The second value is the self-check of the result, empty unless it is asked for.
    """
    from dehazer.cli.self_check import check_result
    from dehazer.pipeline import Pipeline

    with opened(job, run_options, engine) as (source, enhancer, sink):
        known_warnings = (*source.warnings, *sink.warnings)
        for warning in known_warnings:
            run_options.say(f"Note: {warning}")
        if source.done:
            run_options.say(f"Going on behind {_counted(source.done)} that are done already.")
        kind = "none" if run_options.flags.quiet else run_options.flags.progress
        progress = open_progress(kind, source.info, expected_frames(source.info, run_options.decode), source.done)
        written = enhancer.output_info(source.info)
        pipeline = Pipeline(source, enhancer, sink, lambda moment: progress.step(moment.original.seconds))
        try:
            with interrupts.stopping(pipeline):
                report = pipeline.run()
        except Cancelled:
            raise
        except DehazerError as error:
            keep(sink, error, run_options)
            raise
        finally:
            progress.close()
    for warning in report.warnings:
        if warning not in known_warnings:
            run_options.say(f"Warning: {warning}")
    wanted = run_options.flags.verify or run_options.flags.report is not None
    return report, check_result(job, report, written, run_options.decode, run_options.encode) if wanted else ()


def keep(sink: Sink, failure: DehazerError, run_options: RunOptions) -> None:
    """After a failure: what was written until then becomes a file that plays, and is named unless `failure` does that."""
    try:
        result = sink.stop()
    except DehazerError as error:
        print_error(error, run_options.flags.verbose)
    else:
        if result.path is not None and str(result.path) not in str(failure):
            say(f"What was done until then ({_counted(result.frames)}) is kept as {result.path}.")


def expected_frames(info: VideoInfo, decode: DecodeOptions) -> int | None:
    """How many frames the span holds, as far as it is known."""
    if info.frames is None or (decode.start is None and decode.end is None) or info.rate is None or not info.duration:
        return info.frames
    span = min(decode.end or info.duration, info.duration) - (decode.start or 0.0)
    return max(0, round(span * float(info.rate)))


def plan_job(job: Job, run_options: RunOptions, engine: Engine) -> str:
    """What would be done with one file, after opening input and encoder for a look."""
    folder = job.target.parent
    notes = [] if os.path.exists(folder) else [f"the folder {folder} will be made."]
    with opened(job, run_options, engine) as (source, enhancer, sink):
        info = enhancer.output_info(source.info)
        notes += [*source.warnings, *sink.warnings]
    length = f", {_counted(info.frames)}" if info.frames else ""
    size = f"{info.width}×{info.height} {info.format.name}{length}"
    return "\n  note: ".join([f"{job.source} → {job.target}: {size}", *notes])


def _counted(frames: int) -> str:
    return "1 frame" if frames == 1 else f"{frames} frames"


def summary(job: Job, report: Report) -> str:
    """One line on a finished file."""
    haze = "" if report.haze is None else f", haze {report.haze:.0%}"
    flicker = f", flicker {report.flicker[0]:.2f} → {report.flicker[1]:.2f}" if report.frames > 1 else ""
    return f"{report.output or job.target}: {_counted(report.frames)}, {report.fps:.1f} fps{haze}{flicker}"


def stopped(report: Report, run_options: RunOptions) -> str:
    """What is left of an unfinished file."""
    more = " The same line goes on from there." if run_options.encode.resume else ""
    return f"Stopped. What is done so far plays: {report.output}{more}"


def run_jobs(run_options: RunOptions, interrupts: InterruptHandler) -> int:
    """All jobs; returns the exit code."""
    from dehazer.cli.report import write_report
    from dehazer.cli.spread import outcomes

    found = outcomes(run_options, interrupts)
    code, done = next((failure for failure, _ in found if failure), 0), [entry for _, entry in found]
    if run_options.flags.report is not None:
        write_report(Path(run_options.flags.report), {"version": __version__, "exit": code, "files": done})
    return code


def run_one_job(job: Job, run_options: RunOptions, engine: Engine, interrupts: InterruptHandler) -> tuple[int, dict[str, Any]]:
    """One job; returns the exit code and the entry of the report."""
    from dehazer.resume import forget_finished

    entry: dict[str, Any] = {"input": str(job.source), "output": str(job.target)}
    if run_options.encode.resume:
        forget_finished(job.target)
    if run_options.flags.never and os.path.lexists(job.target):
        run_options.say(f"{job.target} exists and was left alone (-n).")
        return OutputExistsError.exit_code if len(run_options.jobs) == 1 else 0, {**entry, "skipped": True}
    try:
        interrupts.check()
        if run_options.flags.dry_run:
            run_options.say(plan_job(job, run_options, engine))
            return 0, entry
        report, checks = run_job(job, run_options, engine, interrupts)
    except (DehazerError, MemoryError) as failed:
        error = failed if isinstance(failed, DehazerError) else OutOfMemory(
            f"There is not enough memory for {job.source}; close other programs, or choose smaller pictures.", str(failed))
        print_error(error, run_options.flags.verbose)
        return error.exit_code, {**entry, "error": str(error), "exit": error.exit_code}
    run_options.say(summary(job, report) if report.complete else stopped(report, run_options))
    code = _checked(checks, run_options) if report.complete else Cancelled.exit_code
    return code, {**entry, **asdict(report), "fps": report.fps, "checks": [asdict(check) for check in checks]}


def _checked(checks: tuple[Check, ...], run_options: RunOptions) -> int:
    """Say what the self-check found; returns its exit code."""
    from dehazer.cli.self_check import FAILED, passes, shown

    if passes(checks):
        if checks and run_options.flags.verify:
            run_options.say(shown(checks, every=run_options.flags.verbose > 0))
        return 0
    say(shown(checks, every=run_options.flags.verbose > 0))
    return FAILED


def lists(flags: argparse.Namespace) -> str:
    """What --list-models and --list-devices show."""
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
    return "\n".join(lines)


def show(text: str) -> None:
    """Print on standard output, to the end; raises OutputError where it is full or its reader has ended."""
    from dehazer.files.output_paths import reason

    try:
        print(text, flush=True)
    except OSError as error:
        raise OutputError(f"Nothing can be written to standard output: {reason(error)}.", str(error)) from error


def read_flags(arguments: Sequence[str]) -> argparse.Namespace:
    """The parsed command line; options may stand before, between and behind the paths, and "--" ends them."""
    words = list(arguments)
    end = words.index("--") if "--" in words else len(words)
    flags = build_parser().parse_intermixed_args(words[:end])
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
            if flags.list_models or flags.list_devices:
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
