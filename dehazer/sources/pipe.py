"""Frames from standard input, in whatever file type can be read without going back (y4m, nut, mpegts, matroska …)."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Iterator
from pathlib import Path

import av
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from dehazer.config import DecodeOptions
from dehazer.errors import DamagedInputError, UsageError
from dehazer.files.media import FFMPEG_ERRORS, picture_stream
from dehazer.files.passing_streams import PassingStreams
from dehazer.files.pictures import check_size
from dehazer.sources.file import FileSource
from dehazer.sources.interrupt import Interrupt

STANDARD_INPUT = 0
_NAME = Path("standard input")
_LOOK = 0.1
"""Seconds between two looks at whether the waiting is to end."""


class _Pipe:
    """What FFmpeg's demuxers read from. It ends when interrupted, however long the other side says nothing."""

    def __init__(self, interrupt: Interrupt) -> None:
        self._interrupt = interrupt

    def read(self, size: int) -> bytes:
        while not self._interrupt.is_set:
            if sys.platform == "win32" or select.select([STANDARD_INPUT], [], [], _LOOK)[0]:
                return os.read(STANDARD_INPUT, size)
        return b""


class PipeSource(FileSource):
    """A video from standard input, read once from the beginning; the end of a span is possible, a start is not.

    Its other streams are in `passing`, for a sink that takes them while the frames come.
    """

    def __init__(self, options: DecodeOptions | None = None, interrupt: Interrupt | None = None) -> None:
        """Raises InputError members, and UsageError for what needs going back in the film. interrupt: ends the waiting."""
        options = options or DecodeOptions()
        if options.start or options.hwaccel != "none":
            raise UsageError("Standard input cannot be searched; leave --start and --hwaccel out, or save it as a file first.")
        self._interrupt = interrupt or Interrupt()
        super().__init__(_NAME, options)
        assert self.passing is not None
        self.passing.picture = self._pending[0]

    def _open_file(self) -> tuple[InputContainer, VideoStream]:
        try:
            container = av.open(_Pipe(self._interrupt), "r", metadata_errors="replace")
        except (*FFMPEG_ERRORS, OSError) as error:
            raise DamagedInputError("Standard input is not a video, or it is damaged so early that nothing can be read.",
                                    str(error)) from error
        assert isinstance(container, InputContainer)
        stream = picture_stream(container, _NAME)
        check_size(_NAME, stream.codec_context.width, stream.codec_context.height)
        self.passing = PassingStreams(container, stream)
        return container, stream

    def _packets(self, container: InputContainer, stream: VideoStream) -> Iterator[Packet[VideoStream]]:
        assert self.passing is not None
        return self.passing.through()

    def seek(self, seconds: float) -> None:
        """Refused: there is no going back."""
        raise UsageError(f"{_NAME} cannot be searched: it is a pipe.")

    def close(self) -> None:
        """End the waiting, and close."""
        self._interrupt.set()
        super().close()
