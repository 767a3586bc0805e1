"""One file dehazed in a process of its own, on this machine or another."""

from __future__ import annotations

import os
import sys
import threading
import time
from contextlib import nullcontext
from dataclasses import replace
from functools import cache
from pathlib import Path

from dehazer.cli.interrupts import InterruptHandler
from dehazer.cli.jobs import Job
from dehazer.cli.one_file import Outcome, RunOptions, run_one_job
from dehazer.config import EngineOptions
from dehazer.engine.engine import Engine
from dehazer.resume import journal_path
from dehazer.sinks import kind_of

_LOCK_PATIENCE = 60.0
"""Seconds that a process may take to end after its machine was lost; its journal is locked until then."""


def run_file(job: Job, run_options: RunOptions) -> Outcome:
    """Dehaze one file; a signal stops it as it stops dehazer-video. The network is loaded once a process."""

    interrupts = InterruptHandler()
    in_main = threading.current_thread() is threading.main_thread()
    with interrupts.installed() if in_main else nullcontext():
        return run_one_job(job, run_options, engine_of(run_options.engine), interrupts)


def run_on_node(job: Job, run_options: RunOptions) -> Outcome:
    """As `run_file` on a machine of a cluster: silent, and so that another machine can go on with it."""
    flags = run_options.flags
    flags.quiet, flags.progress = True, "none"
    resume = kind_of(job.target).resumable
    if resume:
        wait_until_free(journal_path(Path(job.target)))
    return run_file(job, replace(run_options, encode=replace(run_options.encode, resume=resume)))


@cache
def engine_of(options: EngineOptions) -> Engine:
    """The engine of this process, loaded once."""
    return Engine(options)


def wait_until_free(journal: Path) -> None:
    """Wait while the process of a machine that was lost still holds the journal; what is wrong with it is said later."""
    deadline = time.monotonic() + _LOCK_PATIENCE
    while time.monotonic() < deadline and _is_locked(journal):
        time.sleep(0.2)


def _is_locked(path: Path) -> bool:
    if sys.platform == "win32" or not os.path.isfile(path):
        return False
    import fcntl

    with path.open("r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False
