"""Which files become which files: several inputs, folders with their tree mirrored, one output or a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dehazer.errors import InputError, UsageError

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp"})
VIDEOS = frozenset({".mp4", ".m4v", ".mkv", ".mov", ".webm", ".avi", ".ts", ".m2ts", ".mts", ".mpg", ".mpeg", ".wmv", ".flv",
                    ".ogv", ".3gp", ".mxf", ".vob"})


@dataclass(frozen=True)
class Job:
    """One file (or one folder of pictures that becomes one video) to dehaze."""

    source: Path
    target: Path


def plan_jobs(inputs: list[str], output: str) -> list[Job]:
    """Expand inputs and output into jobs.

    One file goes to `output` itself, or into it where it is a folder (exists as one, or ends in a slash). Several
    inputs, and folders, go into the folder `output`, trees mirrored; one folder of pictures and an output named like
    a video make one video. Raises UsageError or InputError with one sentence.
    """
    sources, target = [Path(i) for i in inputs], Path(output)
    for source in sources:
        if not source.exists():
            raise InputError(f"{source} does not exist; check the spelling and the folder.")
    if len(sources) == 1 and sources[0].is_file():
        return [Job(sources[0], target / sources[0].name if _is_folder(output) else target)]
    if len(sources) == 1 and target.suffix.lower() in VIDEOS:
        return [Job(sources[0], target)]
    if target.is_file():
        raise UsageError(f"{target} is a file, but several results need a folder; name a folder as the last argument.")
    return _distinct([job for source in sources for job in _tree(source, target)])


def _is_folder(output: str) -> bool:
    return output.endswith(("/", "\\")) or Path(output).is_dir()


def _tree(source: Path, target: Path) -> list[Job]:
    if source.is_file():
        return [Job(source, target / source.name)]
    if target.resolve() == source.resolve():
        raise UsageError(f"Input and output are the same folder, {source}; name another folder for the results.")
    inside = [p for p in sorted(source.rglob("*")) if _is_media(p) and target.resolve() not in p.resolve().parents]
    if not inside:
        raise InputError(f"There is no video or picture in the folder {source}.")
    return [Job(p, target / p.relative_to(source)) for p in inside]


def _is_media(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in PICTURES | VIDEOS and ".partial." not in path.name


def _distinct(jobs: list[Job]) -> list[Job]:
    seen: dict[Path, Path] = {}
    for job in jobs:
        if job.target in seen:
            raise UsageError(f"{seen[job.target]} and {job.source} would both become {job.target}; dehaze them separately.")
        seen[job.target] = job.source
    return jobs
