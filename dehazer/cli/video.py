"""dehazer-video: videos, pictures and folders in, clear ones out.

Exit codes: 0 all done; 1 failed while running; 2 wrong usage; 3 input unreadable (a damaged input of which something
could be decoded counts as done, with a counted warning); 4 output exists; 130 stopped by the user. With several inputs
one bad file does not stop the rest, and the code is that of the first failure.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dehazer import __version__
from dehazer.cli.arguments import add_options, read_options
from dehazer.cli.jobs import Job, plan_jobs
from dehazer.cli.progress import KINDS, open_progress
from dehazer.config import DecodeOptions, EncodeOptions, EngineOptions, EnhanceOptions
from dehazer.errors import Cancelled, DehazerError, OutputError, OutputExistsError, UsageError

if TYPE_CHECKING:
    from dehazer.engine import Engine
    from dehazer.enhance import Enhancer
    from dehazer.frame import VideoInfo
    from dehazer.pipeline import Pipeline, Report

EXAMPLES = """examples:
  dehazer-video foggy.mp4 clear.mp4
  dehazer-video foggy.mp4 compared.mp4 --compare side --strength 80
  dehazer-video photo.jpg clear.jpg
  dehazer-video monday.mkv tuesday.mkv photos/ results/
"""


GROUPS: dict[str, type[Any]] = {
    "network": EngineOptions, "picture": EnhanceOptions, "input": DecodeOptions, "output": EncodeOptions}


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
    talk.add_argument("--report", metavar="FILE", help="write what was done as JSON")
    talk.add_argument("--dry-run", action="store_true", help="check everything and say what would be done; write nothing")
    talk.add_argument("-v", "--verbose", action="store_true", help="say more, also the technical side of errors")
    talk.add_argument("-q", "--quiet", action="store_true", help="say nothing but errors")
    talk.add_argument("--list-devices", action="store_true", help="show the devices that can compute, and leave")
    talk.add_argument("--list-models", action="store_true", help="show networks and weights, and leave")
    talk.add_argument("--version", action="version", version=f"dehazer {__version__}")
    return parser


@dataclass(frozen=True)
class Wishes:
    """Everything the command line says, checked."""

    jobs: list[Job]
    engine: EngineOptions
    enhance: EnhanceOptions
    decode: DecodeOptions
    encode: EncodeOptions
    flags: argparse.Namespace

    def say(self, text: str) -> None:
        """A line for people, on standard error, unless -q."""
        if not self.flags.quiet:
            say(text)


def say(text: str) -> None:
    """A line on standard error; a closed standard error is no reason to fail."""
    with suppress(OSError, ValueError, AttributeError):
        print(text, file=sys.stderr, flush=True)


def read_wishes(flags: argparse.Namespace) -> Wishes:
    """Check the flags and plan the jobs; raises members of `dehazer.errors`."""
    if flags.yes and flags.never:
        raise UsageError("-y (overwrite) and -n (never overwrite) contradict each other; give one of them.")
    if len(flags.paths) < 2:
        raise UsageError("Give at least one input and, last, the output: dehazer-video foggy.mp4 clear.mp4 (--help shows more).")
    options = [read_options(kind, flags) for kind in (EngineOptions, EnhanceOptions, DecodeOptions)]
    encode = read_options(EncodeOptions, flags, overwrite=flags.yes)
    return Wishes(plan_jobs(flags.paths[:-1], flags.paths[-1]), *options, encode, flags)  # type: ignore[arg-type]


class Stopper:
    """Ctrl+C once: the frame is finished and the file made playable. Twice: end at once."""

    def __init__(self) -> None:
        self.count = 0
        self.pipeline: Pipeline | None = None

    def __call__(self, number: int, frame: object) -> None:
        self.count += 1
        if self.pipeline is None:
            raise Cancelled("Stopped before the first frame; nothing was written.")
        if self.count == 1:
            say("\nStopping after this frame; press Ctrl+C again to end at once.")
            self.pipeline.cancel()
        else:
            self.pipeline.abort()

    @contextmanager
    def watching(self) -> Iterator[Stopper]:
        """Install the handlers, and put the old ones back."""
        old = {s: signal.signal(s, self) for s in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield self
        finally:
            for number, handler in old.items():
                signal.signal(number, handler)


def run_job(job: Job, wishes: Wishes, engine: Engine, stopper: Stopper) -> Report:
    """Dehaze one file; raises members of `dehazer.errors`, Cancelled after the partial file was kept."""
    from dehazer.enhance import Enhancer, resident_decode
    from dehazer.pipeline import Pipeline
    from dehazer.sinks import check_output, open_sink
    from dehazer.sources import open_source

    check_output([job.source], job.target, wishes.encode.overwrite)
    enhancer = Enhancer(engine, wishes.enhance)
    with open_source(job.source, resident_decode(engine, wishes.enhance, wishes.decode)) as source:
        info = enhancer.output_info(source.info)
        job.target.parent.mkdir(parents=True, exist_ok=True)
        with open_sink(job.target, info, wishes.encode, wishes.decode, copy_from=job.source) as sink:
            for warning in sink.warnings:
                wishes.say(f"Note: {warning}")
            progress = open_progress("none" if wishes.flags.quiet else wishes.flags.progress, source.info,
                                     expected_frames(source.info, wishes.decode))
            stopper.pipeline = Pipeline(source, enhancer, sink, lambda moment: progress.step(moment.original.seconds))
            try:
                return stopper.pipeline.run()
            finally:
                progress.close()
                stopper.pipeline = None


def expected_frames(info: VideoInfo, decode: DecodeOptions) -> int | None:
    """How many frames the span holds, as far as it is known."""
    if info.frames is None or (decode.start is None and decode.end is None) or info.rate is None or not info.duration:
        return info.frames
    span = min(decode.end or info.duration, info.duration) - (decode.start or 0.0)
    return max(0, round(span * float(info.rate)))


def plan_job(job: Job, wishes: Wishes, enhancer: Enhancer) -> str:
    """What would be done with one file, after opening input and encoder for a look."""
    from dehazer.sinks import check_output, open_sink
    from dehazer.sources import open_source

    check_output([job.source], job.target, wishes.encode.overwrite)
    with open_source(job.source, wishes.decode) as source:
        info = enhancer.output_info(source.info)
        if job.target.parent.exists():
            with open_sink(job.target, info, wishes.encode, wishes.decode, copy_from=job.source) as sink:
                notes = "".join(f"\n  note: {w}" for w in sink.warnings)
        else:
            notes = f"\n  note: the folder {job.target.parent} will be made."
    length = f", {info.frames} frames" if info.frames else ""
    return f"{job.source} → {job.target}: {info.width}×{info.height} {info.format.name}{length}{notes}"


def summary(job: Job, report: Report) -> str:
    """One line on a finished file."""
    haze = "" if report.haze is None else f", haze {report.haze:.0%}"
    flicker = f", flicker {report.flicker[0]:.2f} → {report.flicker[1]:.2f}" if report.frames > 1 else ""
    frames = "1 frame" if report.frames == 1 else f"{report.frames} frames"
    return f"{report.output or job.target}: {frames}, {report.fps:.1f} fps{haze}{flicker}"


def run_jobs(wishes: Wishes, stopper: Stopper) -> int:
    """All jobs; returns the exit code."""
    from dehazer.engine import Engine

    engine = Engine(wishes.engine)
    if wishes.flags.verbose:
        wishes.say("Using " + ", ".join(f"{k} {v}" for k, v in engine.describe().items()))
    code, done = 0, []
    for job in wishes.jobs:
        failure, entry = _one(job, wishes, engine, stopper)
        done.append(entry)
        code = code or failure
        if failure == Cancelled.exit_code:
            break
    if wishes.flags.report:
        write_report(Path(wishes.flags.report), {"version": __version__, "exit": code, "files": done})
    return code


def _one(job: Job, wishes: Wishes, engine: Engine, stopper: Stopper) -> tuple[int, dict[str, Any]]:
    entry: dict[str, Any] = {"input": str(job.source), "output": str(job.target)}
    if wishes.flags.never and job.target.exists():
        wishes.say(f"{job.target} exists and was left alone (-n).")
        return OutputExistsError.exit_code if len(wishes.jobs) == 1 else 0, {**entry, "skipped": True}
    try:
        if wishes.flags.dry_run:
            from dehazer.enhance import Enhancer

            wishes.say(plan_job(job, wishes, Enhancer(engine, wishes.enhance)))
            return 0, entry
        report = run_job(job, wishes, engine, stopper)
    except DehazerError as error:
        complain(error, wishes.flags.verbose)
        return error.exit_code, {**entry, "error": str(error), "exit": error.exit_code}
    for warning in report.warnings:
        wishes.say(f"Warning: {warning}")
    wishes.say(summary(job, report) if report.complete else f"Stopped. What is done so far plays: {report.output}")
    return 0 if report.complete else Cancelled.exit_code, {**entry, **asdict(report), "fps": report.fps}


def write_report(path: Path, content: dict[str, Any]) -> None:
    """JSON, complete or not at all; raises OutputError."""
    partial = path.with_name(path.name + ".partial")
    try:
        partial.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", "utf-8")
        os.replace(partial, path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise OutputError(f"The report {path} cannot be written: {error.strerror}.", str(error)) from error


def complain(error: DehazerError, verbose: bool) -> None:
    """The sentence, and with -v the detail."""
    say(f"dehazer-video: {error}" + (f"\n  {error.detail}" if verbose and error.detail else ""))


def show_lists(flags: argparse.Namespace) -> None:
    """--list-models and --list-devices, on standard output."""
    if flags.list_models:
        from dehazer.models.registry import MODELS
        from dehazer.models.weights import packaged

        for spec in MODELS.values():
            print(f"{spec.name:10} {spec.kind:6} weights: {', '.join(packaged(spec)) or 'none'}   {spec.title} ({spec.paper})")
    if flags.list_devices:
        from dehazer.engine import list_devices

        print("\n".join(list_devices()))


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point; returns the exit code."""
    parser = build_parser()
    flags = parser.parse_args(arguments)
    stopper = Stopper()
    try:
        if flags.list_models or flags.list_devices:
            show_lists(flags)
            return 0
        with stopper.watching():
            return run_jobs(read_wishes(flags), stopper)
    except DehazerError as error:
        complain(error, flags.verbose)
        return error.exit_code


if __name__ == "__main__":
    sys.exit(main())
