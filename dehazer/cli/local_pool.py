"""--jobs: several files at a time on this machine, each in a process of its own with a network of its own."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context
from queue import SimpleQueue

from dehazer.cli.interrupts import InterruptHandler
from dehazer.cli.jobs import Job
from dehazer.cli.one_file import Outcome, RunOptions, say_outcome
from dehazer.cli.worker import run_file
from dehazer.errors import Cancelled, OutOfMemory

_POLL = 0.2
"""Seconds: a signal that comes just before a wait does not end it, so waits are short."""


class LocalPool:
    """`count` processes. A process that ends in the middle fails its file; a new one takes the next."""

    def __init__(self, count: int) -> None:
        self._count, self._stopped = count, threading.Event()
        self._idle: SimpleQueue[_Process] = SimpleQueue()
        self._processes = [_Process(self._stopped) for _ in range(count)]
        for process in self._processes:
            self._idle.put(process)

    def cancel(self) -> None:
        """Begin no further file; those in work end behind their current frame."""
        self._stopped.set()
        self.abort()

    def abort(self) -> None:
        """End the files in work: the second signal throws away what was done."""
        for process in self._processes:
            process.interrupt()

    def results(self, run_options: RunOptions) -> Iterator[tuple[int, Outcome]]:
        """(number of the job, its outcome), as they end."""
        with ThreadPoolExecutor(self._count) as threads:
            waiting = {threads.submit(self._run, job, run_options): number for number, job in enumerate(run_options.jobs)}
            while waiting:
                for done in wait(waiting, _POLL, FIRST_COMPLETED).done:
                    number = waiting.pop(done)
                    if (outcome := done.result()) is not None:
                        say_outcome(outcome, run_options)
                        yield number, outcome
        for process in self._processes:
            process.close()

    def _run(self, job: Job, run_options: RunOptions) -> Outcome | None:
        """None for a job that was not begun."""
        if self._stopped.is_set():
            return None
        process = self._idle.get()
        try:
            return process.run(job, run_options)
        except BrokenProcessPool as error:
            entry = {"input": job.name, "output": str(job.target)}
            if self._stopped.is_set():
                return Cancelled.exit_code, {**entry, "exit": Cancelled.exit_code}
            lost = OutOfMemory(f"The process that worked on {job.name} was ended from outside, as a rule for want of memory; "
                               "give a smaller number behind --jobs.", str(error))
            return lost.exit_code, {**entry, "error": str(lost), "exit": lost.exit_code}
        finally:
            self._idle.put(process)


class _Process:
    """One process, started when it is first needed and again after it has ended."""

    def __init__(self, stopped: threading.Event) -> None:
        self._stopped = stopped
        self._executor: ProcessPoolExecutor | None = None
        self._number: int | None = None

    def run(self, job: Job, run_options: RunOptions) -> Outcome | None:
        """None where a stop came before the process could be told of it; from then on `interrupt` reaches the process."""
        try:
            if self._executor is None:
                self._executor = ProcessPoolExecutor(1, get_context("spawn"), initializer=_own_group)
                self._number = self._executor.submit(os.getpid).result()
            return None if self._stopped.is_set() else self._executor.submit(run_file, job, run_options).result()
        except BrokenProcessPool:
            self.close()
            raise

    def interrupt(self) -> None:
        if self._number is not None:
            with suppress(ProcessLookupError):
                os.kill(self._number, signal.SIGINT)

    def close(self) -> None:
        executor, self._executor, self._number = self._executor, None, None
        if executor is not None:
            executor.shutdown(cancel_futures=True)


def _own_group() -> None:
    """Ctrl+C in the terminal reaches the program alone, which passes it on; before a file is begun it is kept for that file.

    The program alone speaks, too: standard error of this process is where it logs what libraries write.
    """
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  for as long as the process lives
    if hasattr(os, "setsid"):
        os.setsid()
    signal.signal(signal.SIGINT, InterruptHandler())
