"""--ray: files on the machines of a Ray cluster, which share the disk that inputs and outputs lie on.

One task a file. A task writes a journal beside its output, segment by segment; where a machine is lost, Ray gives the task to
another one, which goes on behind the last segment. Nothing of Ray is loaded, and no socket opened, unless --ray is given.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from pathlib import Path
from socket import create_connection
from typing import Any

from dehazer.cli.jobs import Job
from dehazer.cli.one_file import Outcome, RunOptions, say_outcome
from dehazer.cli.worker import run_on_node
from dehazer.errors import Cancelled, DeviceError, UsageError

_RETRIES = 5
"""Machines that may be lost under one file."""
_POLL = 0.2
_PATIENCE = 5.0


class RayPool:
    """A connection to a cluster. Raises UsageError where Ray is not installed, DeviceError where no cluster answers."""

    def __init__(self, address: str) -> None:
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
        try:
            import ray
        except ImportError as error:
            raise UsageError("--ray needs Ray, which is not installed: pip install 'dehazer[cluster]'.", str(error)) from error
        self._ray: Any = ray
        self._tasks: dict[Any, int] = {}
        self._stopped = False
        try:
            _check_answers(address)
            ray.init(address=address, log_to_driver=False, configure_logging=False, logging_level="ERROR")
        except (OSError, ValueError, RuntimeError) as error:
            raise DeviceError(f"No Ray cluster answers at {address}; start one with: ray start --head.", str(error)) from error

    def cancel(self) -> None:
        """Stop all tasks; what is in their journals stays."""
        self._stopped = True
        for task in self._tasks:
            self._ray.cancel(task)

    abort = cancel

    def results(self, run_options: RunOptions) -> Iterator[tuple[int, Outcome]]:
        """(number of the job, its outcome), as they end; each is told on standard error."""
        shared = replace(run_options, flags=copy(run_options.flags), jobs=[absolute(job) for job in run_options.jobs])
        remote = self._ray.remote(run_on_node).options(max_retries=_RETRIES)
        self._tasks = {remote.remote(job, shared): number for number, job in enumerate(shared.jobs)}
        try:
            while self._tasks:
                for task in self._ray.wait(list(self._tasks), timeout=_POLL)[0]:
                    number = self._tasks.pop(task)
                    outcome = self._outcome(task, shared.jobs[number])
                    say_outcome(outcome, run_options)
                    yield number, outcome
        finally:
            self._ray.shutdown()

    def _outcome(self, task: Any, job: Job) -> Outcome:
        try:
            found: Outcome = self._ray.get(task)
        except self._ray.exceptions.RayError as error:
            code = Cancelled.exit_code if self._stopped else DeviceError.exit_code
            words = "was stopped; the same line goes on from there" if self._stopped else "was lost with its machine, too often"
            return code, {"input": job.name, "output": str(job.target), "error": f"The work on {job.name} {words}.",
                          "detail": str(error), "exit": code}
        return found


def _check_answers(address: str) -> None:
    """Raise OSError or ValueError where nothing listens at HOST:PORT: Ray itself would try for minutes."""
    host, colon, port = address.removeprefix("ray://").rpartition(":")
    if colon:
        with create_connection((host, int(port)), _PATIENCE):
            return


def absolute(job: Job) -> Job:
    """The same files, wherever a process is started."""
    return Job(Path(os.path.abspath(job.source)), Path(os.path.abspath(job.target)))
