"""One file of a run: opened, dehazed, checked, and told about."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dehazer.cli.interrupts import InterruptHandler
from dehazer.cli.messages import print_error, say
from dehazer.cli.progress import open_progress
from dehazer.config import DecodeOptions, EncodeOptions, EngineOptions, EnhanceOptions, PublishOptions, SpreadOptions
from dehazer.errors import Cancelled, DehazerError, InputError, OutOfMemory, OutputExistsError

if TYPE_CHECKING:
    from dehazer.cli.jobs import Job
    from dehazer.engine.engine import Engine
    from dehazer.enhance import Enhancer
    from dehazer.frames.frame import VideoInfo
    from dehazer.pipeline import Report
    from dehazer.sinks import Sink
    from dehazer.sources import Source
    from dehazer.verification import Check


Outcome = tuple[int, dict[str, Any]]
"""Exit code of one file, and its entry of the report."""


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
    publish: PublishOptions = field(default_factory=PublishOptions)

    def say(self, *lines: str) -> None:
        """Lines for people, on standard error, unless -q."""
        if not self.flags.quiet:
            say(*lines)


@contextmanager
def opened(job: Job, run_options: RunOptions, engine: Engine,
           interrupts: InterruptHandler) -> Iterator[tuple[Source, Enhancer, Sink]]:
    """Input, network and output of a job, in folders made for it; what is still empty at the end is removed again."""
    from dehazer.live.files import open_run
    from dehazer.sinks import check_output, folders_above

    if job.makes_file:
        check_output([job.source], Path(job.target), run_options.encode.overwrite)
    with (folders_above(Path(job.target)) if job.makes_file else nullcontext(),
          open_run(job.source, job.target, engine, enhance=run_options.enhance, decode=run_options.decode,
                   encode=run_options.encode, label=not run_options.publish.no_label, interrupt=interrupts.opening(),
                   tell=run_options.say) as parts):
        yield parts


def run_job(job: Job, run_options: RunOptions, engine: Engine,
            interrupts: InterruptHandler) -> tuple[Report, tuple[Check, ...]]:
    """Dehaze one file; raises members of `dehazer.errors`. After a stop the report is not complete.

    The second value is the self-check of the result, empty unless it is asked for.
    """
    from dehazer.cli.self_check import check_result
    from dehazer.pipeline import Pipeline

    with opened(job, run_options, engine, interrupts) as (source, enhancer, sink):
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


def plan_job(job: Job, run_options: RunOptions, engine: Engine, interrupts: InterruptHandler) -> list[str]:
    """Lines on what would be done with one file, after opening input and encoder for a look.

    The journal of a finished file is not opened for the look, which would remove it.
    """
    from dehazer.resume import is_finished

    target = Path(job.target)
    folder = target.parent
    notes = [] if not job.makes_file or os.path.exists(folder) else [f"the folder {folder} will be made."]
    encode = run_options.encode
    looking = replace(run_options, encode=replace(encode, resume=encode.resume and not is_finished(target)))
    with opened(job, looking, engine, interrupts) as (source, enhancer, sink):
        info = enhancer.output_info(source.info)
        notes += [*source.warnings, *sink.warnings]
    length = f", {_counted(info.frames)}" if info.frames else ""
    size = f"{info.width}×{info.height} {info.format.name}{length}"
    return [f"{job.name} → {job.output}: {size}", *(f"  note: {note}" for note in notes)]


def _counted(frames: int) -> str:
    return "1 frame" if frames == 1 else f"{frames} frames"


def summary(job: Job, report: Report) -> str:
    """One line on a finished file."""
    haze = "" if report.haze is None else f", haze {report.haze:.0%}"
    flicker = f", flicker {report.flicker[0]:.2f} → {report.flicker[1]:.2f}" if report.frames > 1 else ""
    return f"{report.output or job.output}: {_counted(report.frames)}, {report.fps:.1f} fps{haze}{flicker}"


def stopped(report: Report, run_options: RunOptions) -> str:
    """What is left of an unfinished file."""
    more = " The same line goes on from there." if run_options.encode.resume else ""
    return f"Stopped. What is done so far plays: {report.output}{more}"


def run_one_job(job: Job, run_options: RunOptions, engine: Engine, interrupts: InterruptHandler) -> Outcome:
    """One job; returns the exit code and the entry of the report."""
    from dehazer.resume import forget_finished

    entry: dict[str, Any] = {"input": job.name, "output": job.output}
    try:
        if run_options.encode.resume and not run_options.flags.dry_run:
            forget_finished(Path(job.target))
        if run_options.flags.never and job.makes_file and os.path.lexists(job.target):
            run_options.say(f"{job.target} exists and was left alone (-n).")
            return OutputExistsError.exit_code if len(run_options.jobs) == 1 else 0, {**entry, "skipped": True}
        interrupts.check()
        if run_options.flags.dry_run:
            run_options.say(*plan_job(job, run_options, engine, interrupts))
            return 0, entry
        report, checks = run_job(job, run_options, engine, interrupts)
    except (DehazerError, MemoryError) as failed:
        if interrupts.count and isinstance(failed, InputError):
            failed = Cancelled("Stopped before the first frame; nothing was written.")  # the waiting for the input was ended
        error = failed if isinstance(failed, DehazerError) else OutOfMemory(
            f"There is not enough memory for {job.name}; close other programs, or choose smaller pictures.", str(failed))
        print_error(error, run_options.flags.verbose)
        return error.exit_code, {**entry, "error": str(error), "exit": error.exit_code}
    run_options.say(summary(job, report) if report.complete else stopped(report, run_options))
    code = _checked(checks, run_options) if report.complete else Cancelled.exit_code
    sent = {} if job.makes_file else {"output": entry["output"]}
    return code, {**entry, **asdict(report), **sent, "fps": report.fps, "checks": [asdict(check) for check in checks]}


def _checked(checks: tuple[Check, ...], run_options: RunOptions) -> int:
    """Say what the self-check found; returns its exit code."""
    from dehazer.cli.self_check import FAILED, passes, shown

    if passes(checks):
        if checks and run_options.flags.verify:
            run_options.say(*shown(checks, every=run_options.flags.verbose > 0))
        return 0
    say(*shown(checks, every=run_options.flags.verbose > 0))
    return FAILED


def say_outcome(outcome: Outcome, run_options: RunOptions) -> None:
    """One line on a file that another process has done."""
    code, entry = outcome
    if "error" in entry:
        say(f"dehazer-video: {entry['error']}")
    elif entry.get("skipped"):
        run_options.say(f"{entry['output']} exists and was left alone (-n).")
    else:
        for warning in entry.get("warnings", ()):
            run_options.say(f"Note: {warning}")
        state = {0: "done", Cancelled.exit_code: "stopped"}.get(code, "the self-check failed")
        run_options.say(f"{entry['output']}: {entry.get('frames', 0)} frames, {state}")
