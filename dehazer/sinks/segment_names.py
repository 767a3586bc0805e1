"""How the files of one recording are called: by the moment their pictures begin, never as a file that is there."""

from __future__ import annotations

import itertools
import os
import re
from datetime import datetime
from pathlib import Path

from dehazer.errors import OutputError
from dehazer.files.output_paths import reason

_STAMP = re.compile(r"(?<=-)\d{8}-\d{6}(?=$|-original$|-take\d+(-original)?$)")


class SegmentNames:
    """Names for the files of a recording that begins with `path`.

    A stem with date and time ("gate-20260131-120000") gets those of each file's own beginning, local time; any other is numbered.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._count = path, 0
        self.suffix = path.suffix.lower()

    def next(self, began: datetime, suffix: str | None = None) -> Path:
        """The next file, made empty so that nobody else takes its name. began: aware. suffix: other than the first file's.

        Raises OutputError where nothing can be made in the folder.
        """
        self._count += 1
        path = self._path if suffix is None else self._path.with_suffix(suffix)
        if self._count == 1 and _made(path):
            return path
        return next(one for one in self._candidates(path, began) if not is_taken(one) and _made(one))

    def _candidates(self, path: Path, began: datetime) -> itertools.chain[Path]:
        stamped = stamped_path(path, began)
        numbered = (path.with_stem(f"{path.stem}-{number}") for number in itertools.count(max(2, self._count)))
        if stamped == path and not _STAMP.search(path.stem):
            return itertools.chain(numbered)
        again = (stamped.with_stem(f"{stamped.stem}-{number}") for number in itertools.count(2))
        return itertools.chain((stamped,), again)


def stamped_path(path: Path, began: datetime) -> Path:
    """`path` with the time of its name replaced by `began`; the same where its name holds none."""
    return path.with_stem(_STAMP.sub(f"{began.astimezone():%Y%m%d-%H%M%S}", path.stem))


def _made(path: Path) -> bool:
    """Whether the file was made here and now, and was not there before."""
    try:
        with path.open("xb"):
            return True
    except FileExistsError:
        return False
    except OSError as error:
        raise OutputError(f"{path.parent} cannot be recorded to: {reason(error)}. Choose another folder.", str(error)) from error


def is_taken(path: Path) -> bool:
    """Whether a file, a broken link, or the report on such a file is there."""
    return any(os.path.lexists(one) for one in (path, report_path(path)))


def report_path(path: Path) -> Path:
    """Where the report on a file of a recording is written."""
    return path.with_name(f"{path.name}.json")
