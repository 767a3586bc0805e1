"""--ray: files on the machines of a Ray cluster, which share the disk that inputs and outputs lie on.

One task a file, and several for a long film (`film_parts`). A task writes a journal beside its output, segment by segment; where
a machine is lost, Ray gives the task to another one, which goes on behind the last segment. Nothing of Ray is loaded, and no
socket opened, unless --ray is given.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from copy import copy
from dataclasses import replace
from pathlib import Path
from socket import create_connection
from typing import Any

from dehazer.cli.film_parts import plan_of
from dehazer.cli.jobs import Job
from dehazer.cli.one_file import Outcome, RunOptions, say_outcome
from dehazer.cli.ray_film import FilmTasks
from dehazer.cli.worker import run_on_node
from dehazer.errors import Cancelled, DehazerError, DeviceError, UsageError

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
        self._films: dict[int, FilmTasks] = {}
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
        for number, job in enumerate(shared.jobs):
            self._begin(number, job, shared)
        try:
            while self._tasks:
                for film in self._films.values():
                    film.advance()
                self._note_tasks()
                for task in self._ray.wait(list(self._tasks), timeout=_POLL)[0]:
                    number = self._tasks.pop(task)
                    outcome = self._ended(number, task, self._outcome(task, shared.jobs[number]))
                    if outcome is not None:
                        say_outcome(outcome, run_options)
                        yield number, outcome
        finally:
            self._ray.shutdown()

    def _begin(self, number: int, job: Job, shared: RunOptions) -> None:
        """A long film in parts, everything else as one task."""
        with suppress(DehazerError):  # said by the task that fails on it
            if parts := plan_of(job, shared, sum(node["Alive"] for node in self._ray.nodes())):
                self._films[number] = FilmTasks(job, shared, parts, self._submit)
                return
        self._tasks[self._submit(run_on_node, job, shared)] = number

    def _submit(self, function: Any, *arguments: Any) -> Any:
        return self._ray.remote(function).options(max_retries=_RETRIES).remote(*arguments)

    def _note_tasks(self) -> None:
        for number, film in self._films.items():
            self._tasks.update(dict.fromkeys(film.running, number))

    def _ended(self, number: int, task: Any, outcome: Outcome | None) -> Outcome | None:
        """The outcome of a job, None while more of its tasks are to come."""
        film = self._films.get(number)
        if film is None:
            return outcome
        found = film.ended(task, outcome)
        if found is not None:
            del self._films[number]
            for other in film.running:
                self._tasks.pop(other, None)
                self._ray.cancel(other)
        else:
            self._note_tasks()
        return found

    def _outcome(self, task: Any, job: Job) -> Outcome | None:
        try:
            found: Outcome | None = self._ray.get(task)
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
