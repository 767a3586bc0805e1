"""Frames from standard input, in whatever file type can be read without going back (y4m, nut, mpegts, matroska …)."""

from __future__ import annotations

import os
from pathlib import Path

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from dehazer.config import DecodeOptions
from dehazer.errors import DamagedInputError, UsageError
from dehazer.files.media import FFMPEG_ERRORS, picture_stream
from dehazer.sources.file import FileSource

STANDARD_INPUT = 0
_NAME = Path("standard input")


class _Pipe:
    """What FFmpeg's demuxers read from."""

    def read(self, size: int) -> bytes:
        return os.read(STANDARD_INPUT, size)


class PipeSource(FileSource):
    """A video from standard input, read once from the beginning; the end of a span is possible, a start is not."""

    def __init__(self, options: DecodeOptions | None = None) -> None:
        """Raises InputError members, and UsageError for what needs going back in the film."""
        options = options or DecodeOptions()
        if options.start or options.hwaccel != "none":
            raise UsageError("Standard input cannot be searched; leave --start and --hwaccel out, or save it as a file first.")
        super().__init__(_NAME, options)

    def _open_file(self) -> tuple[InputContainer, VideoStream]:
        try:
            container = av.open(_Pipe(), "r", metadata_errors="replace")
        except (*FFMPEG_ERRORS, OSError) as error:
            raise DamagedInputError("Standard input is not a video, or it is damaged so early that nothing can be read.",
                                    str(error)) from error
        assert isinstance(container, InputContainer)
        if len(container.streams) > 1:
            self._notes = ("Sound, subtitles and everything else but the pictures of standard input are left out.",)
        return container, picture_stream(container, _NAME)

    def seek(self, seconds: float) -> None:
        """Refused: there is no going back."""
        raise UsageError(f"{_NAME} cannot be searched: it is a pipe.")
