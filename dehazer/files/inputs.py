"""What can be wrong with an input file before anything of it is read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from dehazer.errors import DamagedInputError, InputError

STANDARD_STREAM = "-"
"""The name that stands for standard input, and for standard output."""


def check_there(path: Path) -> os.stat_result:
    """What the system knows of the file or folder `path`; raises the InputError that says why it is out of reach."""
    try:
        return path.stat()
    except PermissionError as error:
        raise InputError(f"{path} may not be read; check its permissions and those of its folder.", str(error)) from error
    except (OSError, ValueError) as error:  # not there, a loop of links, too long a name, a zero byte in it
        raise InputError(f"{path} does not exist; check the name.", str(error)) from error


def check_readable(path: Path) -> None:
    """Raise the InputError that says why `path` is no file to read: missing, a folder, a pipe or device, locked, empty."""
    found = check_there(path)
    if stat.S_ISDIR(found.st_mode):
        raise InputError(f"{path} is a folder; a file is needed here.")
    if not stat.S_ISREG(found.st_mode):
        raise InputError(f"{path} is a pipe or a device, which can be read only once and not searched; save it as a file first.")
    if not os.access(path, os.R_OK):
        raise InputError(f"{path} may not be read; check its permissions.")
    if found.st_size == 0:
        raise DamagedInputError(f"{path} is empty (0 bytes); there is nothing to decode.")
