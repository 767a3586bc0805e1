"""Which files become which files: several inputs, folders with their tree mirrored, one output or a folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from dehazer.errors import InputError, UsageError
from dehazer.files.containers import VIDEO_SUFFIXES
from dehazer.files.inputs import STANDARD_STREAM, check_there
from dehazer.files.output_paths import is_partial
from dehazer.files.pictures import is_numbered, is_picture
from dehazer.sinks import has_writer, kind_of, output_name
from dehazer.sources import is_live
from dehazer.sources.request import SourceRequest


@dataclass(frozen=True)
class Job:
    """One file (or one folder of pictures that becomes one video) to dehaze.

    source: a camera or stream is a text, not a path. target: likewise an address that pictures are sent to.
    """

    source: Path | str
    target: Path | str

    @property
    def name(self) -> str:
        """The source as people see it, without a password."""
        return str(self.source) if isinstance(self.source, Path) else SourceRequest(self.source).name

    @property
    def output(self) -> str:
        """The target as people see it, without a password."""
        return output_name(self.target)

    @property
    def makes_file(self) -> bool:
        """Whether the result is a file, which can be opened afterwards."""
        return not kind_of(self.target).nowhere

    @property
    def readable_again(self) -> bool:
        """Whether the source can be opened a second time, for the same pictures."""
        return isinstance(self.source, Path) and str(self.source) != STANDARD_STREAM


def plan_jobs(inputs: list[str], output: str) -> list[Job]:
    """Expand inputs and output into jobs.

    One file goes to `output` itself, or into it where it is a folder (exists as one, or ends in a slash). Several
    inputs, and folders, go into the folder `output`, trees mirrored; one folder of pictures and an output named like
    a video make one video. Raises UsageError or InputError with one sentence.
    """
    for given in (*inputs, output):
        if not given.strip():
            raise UsageError("One of the names is empty; give the input files and, last, the output.")
    if kind_of(output).live:
        return [_sent(inputs, output)]
    _check_output_name(output)
    if any(map(is_live, inputs)):
        return [_live(inputs, output)]
    if STANDARD_STREAM in (*inputs, output):
        return [_piped(inputs, output)]
    sources, target = [Path(i) for i in inputs], Path(output)
    for source in sources:
        if not is_numbered(source):
            check_there(source)
    jobs = _jobs(sources, target, _is_folder(output))
    _check_targets(jobs)
    return jobs


def _piped(inputs: list[str], output: str) -> Job:
    """Standard input or output, or both: one film in, one film out."""
    source, target = Path(inputs[0]), Path(output)
    if len(inputs) > 1:
        raise UsageError("Standard input or output (-) takes one film; give one input and one output.")
    if inputs[0] != STANDARD_STREAM and check_there(source) and source.is_dir():
        raise UsageError(f"{source} is a folder; standard output (-) takes one film.")
    if output != STANDARD_STREAM and _is_folder(output):
        raise UsageError(f"{output} is a folder; name the file that standard input (-) becomes.")
    return Job(source, target)


def _live(inputs: list[str], output: str) -> Job:
    """One camera or stream that becomes one film."""
    if len(inputs) > 1:
        raise UsageError("A camera or stream is worked on alone; give one input and one output.")
    if output != STANDARD_STREAM and _is_folder(output):
        raise UsageError(f"{output} is a folder; name the file that the camera or stream becomes.")
    return Job(inputs[0], Path(output))


def _sent(inputs: list[str], output: str) -> Job:
    """One camera, stream or film whose pictures are sent somewhere as they come."""
    if len(inputs) > 1:
        raise UsageError(f"To {output_name(output)} one camera, stream or film is sent; give one input.")
    source = inputs[0]
    if is_live(source) or source == STANDARD_STREAM:
        return Job(source, output)
    check_there(Path(source))
    return Job(Path(source), output)


def _check_output_name(output: str) -> None:
    request = SourceRequest(output)
    if request.kind != "file" and not os.path.lexists(output):
        raise UsageError(f"{request.name} is an address or a camera, but dehazer-video writes files; name a file as the output.")


def _jobs(sources: list[Path], target: Path, into: bool) -> list[Job]:
    if len(sources) == 1 and not sources[0].is_dir():
        return [Job(sources[0], target / _result_name(sources[0]) if into else target)]
    if len(sources) == 1 and target.suffix.lower() in VIDEO_SUFFIXES:
        return [Job(sources[0], target)]
    if os.path.lexists(target) and not os.path.isdir(target):
        raise UsageError(f"{target} is no folder, but several results need one; name a folder as the last argument.")
    if not into and (is_picture(target) or target.suffix.lower() in VIDEO_SUFFIXES):
        raise UsageError(f"{target} is named like one file, but several results need a folder; end its name with / if it is one.")
    return [job for source in sources for job in _tree(source, target)]


def _is_folder(output: str) -> bool:
    return output.endswith(("/", "\\")) or os.path.isdir(output)


def _result_name(source: Path) -> str:
    """The name of the input; with .mkv behind it where nothing of that kind can be written."""
    return source.name if has_writer(source) else f"{source.name}.mkv"


def _tree(source: Path, target: Path) -> list[Job]:
    if not source.is_dir():
        return [Job(source, target / _result_name(source))]
    there = Path(os.path.realpath(target))
    if there == source.resolve():
        raise UsageError(f"Input and output are the same folder, {source}; name another folder for the results.")
    inside = [p for p in sorted(source.rglob("*")) if _is_media(p, source) and there not in p.resolve().parents]
    if not inside:
        raise InputError(f"There is no video or picture in the folder {source}.")
    return [Job(p, target / p.relative_to(source).with_name(_result_name(p))) for p in inside]


def passed_over(inputs: list[str], output: str) -> str | None:
    """One sentence on the files in the input folders that are no films or pictures, None if there are none."""
    there = Path(os.path.realpath(output))
    kinds: dict[str, int] = {}
    for folder in (Path(given) for given in inputs if os.path.isdir(given)):
        for path in folder.rglob("*"):
            hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
            if path.is_file() and not hidden and not _is_media(path, folder) and there not in path.resolve().parents:
                kind = "unfinished results" if is_partial(path) else path.suffix.lower() or "without an ending"
                kinds[kind] = kinds.get(kind, 0) + 1
    if not kinds:
        return None
    named = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    return f"Passed over, because they are no films or pictures to dehaze: {named}."


def _is_media(path: Path, root: Path) -> bool:
    """Whether `path` looks like something to dehaze; hidden files and unfinished results are not."""
    hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
    known = is_picture(path) or path.suffix.lower() in VIDEO_SUFFIXES
    return known and not hidden and not is_partial(path) and path.is_file()


def _check_targets(jobs: list[Job]) -> None:
    """No two results at one place, and none over the input of another job."""
    sources = {_identity(Path(job.source)): job.source for job in jobs}
    seen: dict[Path | str, Path | str] = {}
    for job in jobs:
        if job.target in seen:
            raise UsageError(f"{seen[job.target]} and {job.source} would both become {job.target}; dehaze them separately.")
        seen[job.target] = job.source
        other = sources.get(_identity(Path(job.target)), job.source)
        if other != job.source:
            raise UsageError(f"{job.target} would overwrite the input {other}; choose another folder for the results.")


def _identity(path: Path) -> tuple[int, int] | None:
    """What the system knows a file by, whatever it is called; None if it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
