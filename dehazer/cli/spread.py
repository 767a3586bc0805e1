"""Where files are worked on: one after the other in this process, several at a time, or on a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Protocol

from dehazer.cli.interrupts import InterruptHandler
from dehazer.cli.one_file import Outcome, RunOptions, run_one_job
from dehazer.errors import Cancelled, OutputError, UsageError
from dehazer.files.output_paths import folders_above


class Pool(Protocol):
    """Takes all jobs and gives their outcomes as they end. `cancel` and `abort` come from a signal."""

    def cancel(self) -> None: ...
    def abort(self) -> None: ...
    def results(self, run_options: RunOptions) -> Iterator[tuple[int, Outcome]]: ...


def outcomes(run_options: RunOptions, interrupts: InterruptHandler) -> list[Outcome]:
    """The outcomes of all jobs that were begun, in the order of the jobs."""
    pool = _pool(run_options)
    if pool is None:
        return list(_one_after_the_other(run_options, interrupts))
    with ExitStack() as folders, interrupts.stopping(pool):
        if not run_options.flags.dry_run:
            _make_folders(run_options, folders)
        found = dict(pool.results(run_options))
    return [found[number] for number in sorted(found)]


def _make_folders(run_options: RunOptions, folders: ExitStack) -> None:
    """For all jobs, so that none removes what another one is about to use; what stays empty goes at the end."""
    for target in {Path(job.target).parent: Path(job.target) for job in run_options.jobs}.values():
        with suppress(OutputError):  # said by the job itself
            folders.enter_context(folders_above(target))


def _pool(run_options: RunOptions) -> Pool | None:
    spread, jobs = run_options.spread, run_options.jobs
    if spread.ray is None and (spread.jobs == 1 or len(jobs) == 1 or run_options.flags.dry_run):
        return None
    if any(not (job.readable_again and job.makes_file) for job in jobs):
        raise UsageError("--ray works on files, not on pipes (-), cameras or streams, which belong to this process; name files.")
    if spread.ray is not None:
        from dehazer.cli.ray_pool import RayPool

        return RayPool(spread.ray)
    from dehazer.cli.local_pool import LocalPool

    run_options.flags.progress = "none"
    return LocalPool(min(spread.jobs, len(jobs)))


def _one_after_the_other(run_options: RunOptions, interrupts: InterruptHandler) -> Iterator[Outcome]:
    from dehazer.engine.engine import Engine

    engine = Engine(run_options.engine)
    for job in run_options.jobs:
        outcome = run_one_job(job, run_options, engine, interrupts)
        yield outcome
        if outcome[0] == Cancelled.exit_code:
            return
