"""The videos that files and folders stand for, in the order in which people number them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from dehazer.errors import InputError
from dehazer.files.containers import VIDEO_SUFFIXES
from dehazer.files.inputs import check_there
from dehazer.files.output_paths import is_partial
from dehazer.files.pictures import natural_key

MAX_VIDEOS = 5000


def list_videos(given: Sequence[Path]) -> list[Path]:
    """Files as they are given, and for each folder the videos in it and in the folders below, naturally sorted (2 before 10).

    Hidden files and unfinished results are left out. Raises InputError, with one sentence, for what is not there, for folders
    without any video, and for more than 5000.
    """
    found: list[Path] = []
    for path in given:
        check_there(path)
        found += _below(path) if path.is_dir() else [path]
    unique = list(dict.fromkeys(found))
    if not unique:
        names = ", ".join(str(path) for path in given)
        raise InputError(f"There is no video in {names}; known are files that end in {', '.join(VIDEO_SUFFIXES[:5])} and others.")
    if len(unique) > MAX_VIDEOS:
        raise InputError(f"There are {len(unique)} videos, which are too many for a list ({MAX_VIDEOS}); open a part of them.")
    return unique


def _below(folder: Path) -> list[Path]:
    def key(path: Path) -> tuple[object, ...]:
        return tuple(natural_key(Path(part)) for part in path.relative_to(folder).parts)

    return sorted(_videos(folder), key=key)


def _videos(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(where) / name
            if not name.startswith(".") and path.suffix.lower() in VIDEO_SUFFIXES and not is_partial(path):
                yield path
