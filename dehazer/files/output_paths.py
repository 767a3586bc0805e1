"""Where the output may go: never over an input, never over a file without permission, never without room.

Work is written under a name of its own, NAME.partial-1a2b3c4d.EXT, that is created for it and never existed before. So
nothing that another run or a person made is ever overwritten or removed, and two runs to one output do not meet.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dehazer.errors import OutputError, OutputExistsError, UsageError
from dehazer.files.inputs import STANDARD_STREAM
from dehazer.redact import module_logger

log = module_logger(__name__)

_MIB = 1 << 20


_PARTIAL = re.compile(r"\.partial(-[0-9a-f]{8})?(\.[^.]*)?$")
_MOST_TRIES = 1000
_LONGEST_NAME = 255
"""Bytes of a file's name that all usual file systems take."""
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}
"""What file systems without hard links answer."""

Identity = tuple[int, int, int, int]
"""What a file is known by: device, number, size, time of the last change."""


def is_partial(path: Path) -> bool:
    """Whether the name is one under which unfinished work is kept."""
    return _PARTIAL.search(path.name) is not None


def new_partial_file(path: Path, announce: Callable[[Path], None] = lambda partial: None) -> Path:
    """Make an empty file beside `path` to write it under: NAME.partial-1a2b3c4d.EXT. Raises OutputError.

    announce: is told the name before the file is there.
    """
    def make(partial: Path) -> None:
        announce(partial)
        partial.touch(exist_ok=False)

    return _new_partial(path, make)


def new_partial_folder(path: Path) -> Path:
    """Make an empty folder beside `path` to fill in its place: NAME.partial-1a2b3c4d. Raises OutputError."""
    return _new_partial(path, lambda partial: partial.mkdir())


def _new_partial(path: Path, make: Callable[[Path], None]) -> Path:
    while True:
        partial = path.with_name(f"{_shortened(path)}.partial-{secrets.token_hex(4)}{path.suffix}")
        try:
            make(partial)
        except FileExistsError:
            continue  # one in four thousand million
        except OSError as error:
            raise OutputError(f"{partial} cannot be created: {reason(error)}.", str(error)) from error
        return partial


def _shortened(path: Path) -> str:
    """The stem, or as much of it as leaves room for a partial name."""
    stem, room = path.stem, _LONGEST_NAME - len(".partial-12345678") - len(os.fsencode(path.suffix))
    while len(os.fsencode(stem)) > room and len(os.fsencode(path.name)) <= _LONGEST_NAME:
        stem = stem[:-1]
    return stem


def identity(path: Path) -> Identity | None:
    """What `path` is known by at this moment, links not followed; None if it is not there."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def check_output(inputs: Iterable[str | Path], output: str | Path, overwrite: bool) -> None:
    """Raise what forbids writing `output` from `inputs`.

    UsageError: it is one of the inputs, also through a symbolic or hard link. OutputExistsError: it is there
    (a folder: not empty) and `overwrite` was not given. OutputError: it is a folder where a file is meant, a
    pipe or a device. Standard output ("-") may always be written to.
    """
    output = Path(output)
    if str(output) == STANDARD_STREAM:
        return
    for one in map(Path, inputs):
        if _same(one, output):
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
    """Make the folders that `path` lies in; those that are still empty at the end are removed again. Raises OutputError.

    Processes that do so for the same folders do not take them from each other: while one works in a folder, others leave it.
    """
    missing = [folder for folder in path.parents if not os.path.exists(folder)]
    try:
        hold = _made_and_held(path.parent)
    except OSError as error:
        _remove_empty(missing)
        raise OutputError(f"The folder {path.parent} cannot be made: {reason(error)}.", str(error)) from error
    try:
        yield
    finally:
        try:
            if _alone(hold):
                _remove_empty(missing)
        finally:
            if hold is not None:
                os.close(hold)


def _made_and_held(folder: Path) -> int | None:
    """Make a folder, and tell other processes that it is used; None where the system has no such way. Raises OSError."""
    for tried in range(_MOST_TRIES):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            hold = _opened(folder)
        except (FileNotFoundError, FileExistsError):
            if tried == _MOST_TRIES - 1 or (os.path.lexists(folder) and not os.path.isdir(folder)):
                raise
            if any(os.path.lexists(above) and not os.path.isdir(above) for above in folder.parents):
                raise
            continue  # removed by another process between two steps, of which one of Python's own may tell so, too
        if hold is None or not _locked(hold, wait=True) or _is_still(folder, hold):
            return hold
        os.close(hold)
    raise FileNotFoundError(errno.ENOENT, "removed again and again by other programs", str(folder))


def _opened(folder: Path) -> int | None:
    """None where a folder cannot be opened: on Windows, and where it may be written to, not read."""
    try:
        return None if sys.platform == "win32" else os.open(folder, os.O_RDONLY)
    except PermissionError:
        return None


def _is_still(folder: Path, hold: int) -> bool:
    try:
        return os.path.samestat(os.fstat(hold), os.stat(folder))
    except FileNotFoundError:
        return False


def _alone(hold: int | None) -> bool:
    """Whether no other process uses the folder, as far as the system tells."""
    return hold is None or _locked(hold, wait=False)


def _locked(hold: int, wait: bool) -> bool:
    """wait: take a lock that others may have, too; else one for this process alone, if nobody else has any."""
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(hold, fcntl.LOCK_SH if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a file system without locks
    return True


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


def put_in_place(partial: Path, path: Path, before: Identity | None) -> None:
    """Give finished work its name, in one step. before: what was there when the work began, which may be replaced.

    Raises OutputExistsError if something else is there now, OutputError if the system refuses; `partial` stays then.
    """
    now = identity(path)
    taken = f"{path} was written by another program meanwhile; the result is kept as {partial}."
    if now is not None and now != before:
        raise OutputExistsError(taken)
    try:
        if now is None:
            _name(partial, path)
        else:
            partial.replace(path)
    except FileExistsError as error:
        raise OutputExistsError(taken, str(error)) from error
    except OSError as error:
        raise OutputError(f"{path} cannot be written; the result is kept as {partial}.", str(error)) from error
    log.info("Finished %s", path)


def _name(partial: Path, path: Path) -> None:
    """Rename, but never over another file: a link is refused where a name is taken, also in the last instant."""
    if partial.is_dir():
        partial.rename(path)  # never over a file or a folder with something in it
        return
    try:
        path.hardlink_to(partial)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        partial.rename(path)
    else:
        partial.unlink()


def utf8(text: str) -> bytes:
    """Text as UTF-8. A file name may hold bytes that are no UTF-8; they are written as JSON writes them, such as \\udce9."""
    return text.encode("utf-8", "backslashreplace")


def write_in_place(path: Path, data: bytes) -> None:
    """Write a small file, complete or not at all, over one that is there. Raises OSError."""
    partial = path.with_name(f"{path.name}.partial-{secrets.token_hex(4)}")
    try:
        with partial.open("xb") as file:
            file.write(data)
        partial.replace(path)
    except FileExistsError:
        raise
    except OSError:
        partial.unlink(missing_ok=True)
        raise
