"""Where the output may go: never over an input, never over a file without permission, never without room."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dehazer.errors import OutputError, OutputExistsError, UsageError
from dehazer.redact import module_logger

log = module_logger(__name__)

_MIB = 1 << 20


def partial_path(path: Path) -> Path:
    """Name under which `path` is written until it is complete: OUT.partial.EXT."""
    return path.with_name(f"{path.stem}.partial{path.suffix}")


def check_output(inputs: Iterable[str | Path], output: str | Path, overwrite: bool) -> None:
    """Raise what forbids writing `output` from `inputs`.

    UsageError: it is one of the inputs, also through a symbolic or hard link, or its partial file is. OutputExistsError:
    it is there (a folder: not empty) and `overwrite` was not given. OutputError: it is a folder where a file is meant, a
    pipe or a device.
    """
    output = Path(output)
    for one in map(Path, inputs):
        for target in (output, partial_path(output)) if output.name else (output,):
            if _same(one, target):
                raise UsageError(f"{output} would overwrite the input {one}; choose another name for the output.")
    if os.path.isdir(output):
        if output.suffix and not any(os.path.isdir(one) for one in inputs):
            raise OutputError(f"{output} is a folder; give the name of a file.")
        if not overwrite and any(output.iterdir()):
            raise OutputExistsError(f"The folder {output} is not empty; use -y to write into it.")
    elif os.path.lexists(output):
        if os.path.exists(output) and not os.path.isfile(output):
            raise OutputError(f"{output} is a pipe or a device; give the name of a file.")
        if not overwrite:
            raise OutputExistsError(f"{output} exists already; use -y to overwrite it or choose another name.")


@contextmanager
def folders_above(path: Path) -> Iterator[None]:
    """Make the folders that `path` lies in; those that are still empty at the end are removed again. Raises OutputError."""
    missing = [folder for folder in path.parents if not os.path.exists(folder)]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        _remove_empty(missing)
        raise OutputError(f"The folder {path.parent} cannot be made: {reason(error)}.", str(error)) from error
    try:
        yield
    finally:
        _remove_empty(missing)


def _remove_empty(folders: Iterable[Path]) -> None:
    for folder in folders:
        with suppress(OSError):  # what holds something now stays
            folder.rmdir()


def reason(error: OSError) -> str:
    """The system's words for what went wrong, and what to do about the commonest."""
    words = (error.strerror or str(error)).lower()
    return f"{words}; check the folder's permissions" if isinstance(error, PermissionError) else words


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one.absolute() == other.absolute()  # not both there


def check_folder(folder: Path) -> None:
    """Raise OutputError unless `folder` is there and can be written to."""
    if not os.path.isdir(folder):
        raise OutputError(f"The folder {folder} does not exist; create it or choose another place.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise OutputError(f"Nothing may be written into {folder}; check its permissions.")


def check_space(folder: Path, expected: int) -> str | None:
    """Compare free space with `expected` bytes: OutputError if even a tenth is missing, a warning if it may not do."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise OutputError(f"The folder {folder} cannot be used.", str(error)) from error
    if free < max(expected // 10, _MIB // 4):
        needed = size_text(max(expected, _MIB))
        raise OutputError(f"There are only {size_text(free)} free in {folder}; about {needed} are needed.")
    if free < expected:
        return f"There are {size_text(free)} free in {folder}; the output may need about {size_text(expected)}."
    return None


def size_text(count: int) -> str:
    """Bytes for people: "3.4 GB"."""
    size = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"


def put_in_place(partial: Path, path: Path, overwrite: bool) -> None:
    """Give a finished file its name, in one step. Raises OutputExistsError if the name was taken meanwhile."""
    if not overwrite and os.path.lexists(path):
        raise OutputExistsError(f"{path} was created by somebody else meanwhile; the result is kept as {partial}.")
    try:
        partial.replace(path)
    except OSError as error:
        raise OutputError(f"{path} cannot be written; the result is kept as {partial}.", str(error)) from error
    log.info("Finished %s", path)
