"""Whether a file can be opened as a video, and if not, why; nothing of it is decoded."""

from __future__ import annotations

from pathlib import Path

from dehazer.errors import DehazerError
from dehazer.files.inputs import check_readable
from dehazer.sources import open_source


def video_problem(path: Path) -> str:
    """Why this file cannot be played, in one sentence; empty when it can be opened."""
    try:
        check_readable(path)
        open_source(path).close()
    except DehazerError as error:
        return str(error)
    return ""
