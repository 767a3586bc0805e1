"""One long film on a cluster: which of its parts can be worked on, and what follows when all are done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from dehazer.cli.film_parts import (
    FilmPart,
    find_states,
    is_begun,
    join_parts,
    make_part,
    part_path,
    remove_foreign_parts,
    remove_parts,
    state_path,
)
from dehazer.cli.jobs import Job
from dehazer.cli.one_file import Outcome, RunOptions
from dehazer.cli.worker import run_on_node
from dehazer.errors import DehazerError
from dehazer.resume import journal_path

Submit = Callable[..., Any]
"""Gives a function and its arguments to the cluster; returns what its result is asked for with."""


class FilmTasks:
    """The tasks of one film. running: those that are under way. The machine this runs on must see the disk, too."""

    def __init__(self, job: Job, run_options: RunOptions, parts: tuple[FilmPart, ...], submit: Submit) -> None:
        self.job, self._run_options, self._parts, self._submit = job, run_options, parts, submit
        self._waiting = list(parts)
        self._begun = False
        self._last: Any = None
        self._states = submit(_attempt, "states", job, run_options, parts)
        self.running = {self._states}
        self._begin(parts[0])

    def _begin(self, part: FilmPart) -> None:
        self._waiting.remove(part)
        self.running.add(self._submit(_attempt, "part", self.job, self._run_options, (part, self._parts[0])))

    def advance(self) -> None:
        """Begin the parts that can be begun."""
        self._begun = self._begun or is_begun(self.job, self._parts[0])
        if self._begun:
            for part in [part for part in self._waiting if state_path(self.job, part).exists()]:
                self._begin(part)

    def ended(self, task: Any, outcome: Outcome | None) -> Outcome | None:
        """A task of this film has ended; its outcome is that of the film where that is all."""
        self.running.discard(task)
        if outcome is not None:  # an error, or the end
            return outcome
        if task == self._states:  # a file may hold fewer frames than it says
            self._parts = tuple(part for part in self._parts if not part.first or state_path(self.job, part).exists())
            self._waiting = [part for part in self._waiting if part in self._parts]
        self.advance()
        if not self.running and not self._waiting:
            self.running.add(self._submit(_attempt, "join", self.job, self._run_options, self._parts))
        return None


def _attempt(step: str, job: Job, run_options: RunOptions, parts: tuple[FilmPart, ...]) -> Outcome | None:
    """One step of the work on a film, on a machine of the cluster; None where others follow."""
    try:
        if step == "states":
            find_states(job, run_options, parts)
        elif step == "part":
            make_part(job, run_options, *parts)
        else:
            return _finished(job, run_options, parts)
    except DehazerError as error:
        return error.exit_code, {"input": job.name, "output": job.output, "error": str(error), "exit": error.exit_code}
    return None


def _finished(job: Job, run_options: RunOptions, parts: tuple[FilmPart, ...]) -> Outcome:
    """Join what is not joined yet, and make the file."""
    if all(part_path(job, part).exists() for part in parts):
        join_parts(job, parts)
    elif journal_path(Path(job.target)).exists():
        remove_parts(job, parts)  # another machine was lost while it did so
    outcome = run_on_node(job, run_options)
    if outcome[0] == 0:
        remove_foreign_parts(job)
    return outcome
