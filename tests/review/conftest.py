"""Recordings of two seconds under the names of recorders, and libraries that are stopped at the end."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dehazer.review import Index, Library, LibraryOptions
from tests.media import Film, write_film
from tests.waiting import until

ROOT = Path(__file__).parents[2]
LONG_AGO = datetime(2024, 3, 10, 13, tzinfo=UTC)
SECONDS = 2.0
"""Length of the recordings here."""


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds of video without a time in their metadata."""
    return write_film(tmp_path_factory.mktemp("clip") / "clip.mp4", Film(frames=50))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """The folder of the recordings."""
    (tmp_path / "store").mkdir()
    return tmp_path / "store"


Record = Callable[..., Path]


@pytest.fixture
def record(clip: Path, store: Path) -> Record:
    """record(name, modified): a recording under that name in the store, last changed at that time (long ago if not given)."""
    def write(name: str, modified: datetime = LONG_AGO) -> Path:
        path = store / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(clip, path)
        os.utime(path, (modified.timestamp(),) * 2)
        return path

    return write


def times(first: datetime, count: int, step: float = SECONDS) -> list[str]:
    """So many times, `step` seconds apart, as names of files have them."""
    return [f"{first + timedelta(seconds=step * k):%Y%m%d_%H%M%S}" for k in range(count)]


Opened = Callable[..., Library]


@pytest.fixture
def opened(tmp_path: Path, store: Path) -> Iterator[Opened]:
    """opened(*paths, options): a started library of the store (or of the paths) that has finished its first look."""
    with ExitStack() as stack:
        index = stack.enter_context(Index(tmp_path / "data" / "index.sqlite3"))

        def open_library(*paths: Path, options: LibraryOptions | None = None, **more: object) -> Library:
            library = Library(paths or (store,), index, options or LibraryOptions(follow=0), **more)  # type: ignore[arg-type]
            stack.callback(library.stop)
            library.start()
            until(lambda: not library.progress.running)
            return library

        yield open_library


@pytest.fixture(scope="session")
def small_week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A day of two cameras, by scripts/make_recordings.py; what there is to find stands in its truth.json. Read only."""
    folder = tmp_path_factory.mktemp("week")
    subprocess.run([sys.executable, ROOT / "scripts/make_recordings.py", folder, "--small"], check=True, capture_output=True)
    return folder
