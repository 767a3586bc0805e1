"""The video files in folders: found by listing alone, nothing is opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dehazer.errors import InputError
from dehazer.files.containers import VIDEO_SUFFIXES
from dehazer.files.inputs import check_there
from dehazer.files.output_paths import is_partial
from dehazer.review.index import FileKey

_SUFFIXES = frozenset(VIDEO_SUFFIXES)


@dataclass(frozen=True)
class FoundFile:
    """key: the file as it is now. root: the folder of the library that it was found under."""

    key: FileKey
    root: Path


@dataclass
class FolderListing:
    """What a look at the folders found. trouble: folders that could not be listed, and why. unlisted: their paths."""

    files: dict[str, FoundFile] = field(default_factory=dict)
    trouble: list[str] = field(default_factory=list)
    unlisted: list[str] = field(default_factory=list)


def list_folders(roots: Iterable[Path]) -> FolderListing:
    """All video files under `roots`, which are folders or single files. Hidden ones and unfinished results are left out.

    Links are followed, circles are not. What cannot be listed is told and never ends the look.
    """
    listing, visited = FolderListing(), set[tuple[int, int]]()
    for root in roots:
        try:
            found = check_there(root)
        except InputError as error:
            listing.trouble.append(f"{error} Recordings known from there are listed as they were.")
            listing.unlisted.append(str(root))
            continue
        if not stat.S_ISDIR(found.st_mode):
            _add(listing, FoundFile(_key(str(root), found), root.parent))
            continue
        for path, status in _files_below(str(root), listing, visited):
            _add(listing, FoundFile(_key(path, status), root))
    return listing


def keep_known(listing: FolderListing, roots: Iterable[Path], known: Mapping[str, FileKey]) -> None:
    """Add what is known of folders that could not be listed, and tell which ones are empty now that were not before."""
    for root in roots:
        inside = [path for path in known if _is_below(path, str(root))]
        away = [path for path in inside if any(_is_below(path, folder) for folder in listing.unlisted)]
        for path in away:
            _add(listing, FoundFile(known[path], root))
        if inside and not any(_is_below(path, str(root)) for path in listing.files):
            # an empty mount point looks like that
            listing.trouble.append(f"{root} holds none of the {len(inside)} recordings that were there; is its drive mounted?")


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _add(listing: FolderListing, file: FoundFile) -> None:
    listing.files.setdefault(file.key.path, file)


def _key(path: str, found: os.stat_result) -> FileKey:
    return FileKey(path, found.st_size, found.st_mtime_ns)


def _files_below(folder: str, listing: FolderListing, visited: set[tuple[int, int]]) -> Iterator[tuple[str, os.stat_result]]:
    """Paths and what the system knows of them."""
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        try:
            found = os.stat(current)
            if (found.st_dev, found.st_ino) in visited:
                continue
            visited.add((found.st_dev, found.st_ino))
            with os.scandir(current) as entries:
                listed = [entry for entry in entries if not entry.name.startswith(".")]
        except OSError as error:
            listing.trouble.append(f"The folder {current} cannot be listed ({error.strerror}); recordings known from there are "
                                   "listed as they were.")
            listing.unlisted.append(current)
            continue
        for entry in listed:
            if _is_folder(entry):
                waiting.append(entry.path)
            elif _is_video(entry) and (status := _status(entry)) is not None:
                yield entry.path, status


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads nowhere, or in a circle
        return False


def _is_video(entry: os.DirEntry[str]) -> bool:
    return os.path.splitext(entry.name)[1].lower() in _SUFFIXES and not is_partial(Path(entry.name))


def _status(entry: os.DirEntry[str]) -> os.stat_result | None:
    """None for what has vanished since it was listed, and for what is no file."""
    try:
        found = entry.stat()
    except OSError:
        return None
    return found if stat.S_ISREG(found.st_mode) else None
