"""Frames into numbered picture files: frame_%04d.png becomes frame_0001.png and so on, as FFmpeg names them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dehazer.errors import OutputExistsError
from dehazer.files.pictures import numbered_pictures
from dehazer.frames.frame import Frame
from dehazer.sinks.base import SinkResult
from dehazer.sinks.images import FolderSink


class NumberedSink(FolderSink):
    """Every frame into a file of its own beside the others, counted from 1; they get their names when all are there."""

    def __init__(self, pattern: Path, overwrite: bool) -> None:
        """Raises OutputExistsError where such pictures are there already, unless they may be overwritten."""
        there = numbered_pictures(pattern)
        if there and not overwrite:
            raise OutputExistsError(f"{pattern} names {len(there)} pictures that are there already; use -y to overwrite them.")
        super().__init__(pattern.absolute().parent)
        self._pattern = pattern
        self._working_name = pattern.absolute().with_suffix("")

    def file_name(self, frame: Frame) -> str:
        """The next number in the pattern."""
        return self._pattern.name % (self._frames + 1)

    def finish(self) -> SinkResult:
        """Move the pictures to where they belong."""
        result = super().finish()
        return result if result.path is None else replace(result, path=self._pattern)
