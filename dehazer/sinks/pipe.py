"""Frames into standard output, for the next program of a pipe, with everything else of the input, in a file type that needs
no going back.
"""

from __future__ import annotations

import os
from pathlib import Path

from dehazer.config import DecodeOptions, EncodeOptions
from dehazer.errors import OutputError
from dehazer.files.containers import PIPE_FORMATS
from dehazer.files.passing_streams import PassingStreams
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.sinks._film_writer import MUXING_ERRORS, FilmWriter
from dehazer.sinks.base import Sink, SinkResult

STANDARD_OUTPUT = 1


class _Pipe:
    """What FFmpeg's muxers write into. error: the first failure."""

    def __init__(self) -> None:
        self.error: OSError | None = None
        self._written = 0

    def write(self, data: bytes) -> int:
        rest = memoryview(data)
        try:
            while rest and self.error is None:
                rest = rest[os.write(STANDARD_OUTPUT, rest):]
        except OSError as error:
            self.error = error
            raise
        self._written += len(data)
        return len(data)

    def restart(self) -> None:
        """Possible only while nothing was written."""
        if self._written:
            raise OSError("What was written to standard output cannot be called back.")


class PipeSink(Sink):
    """Encodes frames as `EncodeOptions.format` says and writes them as they come; times are the frames' own.

    info: of the frames to come. copy_from: the input, whose other streams are carried over. Raises ConfigError, OutputError and
    EncoderError before the first frame where it can.
    """

    def __init__(self, info: VideoInfo, encode: EncodeOptions, decode: DecodeOptions | None = None,
                 copy_from: Path | PassingStreams | None = None) -> None:
        try:
            os.write(STANDARD_OUTPUT, b"")
        except OSError as error:
            raise OutputError("Standard output is closed; send it to a program or a file.", str(error)) from error
        self._pipe = _Pipe()
        container = PIPE_FORMATS[encode.format or next(iter(PIPE_FORMATS))]
        try:
            self._film = FilmWriter(self._pipe, container, info, encode=encode, decode=decode or DecodeOptions(),
                                    copy_from=copy_from)
        except MUXING_ERRORS as error:
            raise OutputError(f"The {container.title} writer refused to begin; choose another --format.", str(error)) from error

    def write(self, frame: Frame) -> None:
        """Encode one frame and write what the encoder gives. Raises OutputError, also when the reader has ended."""
        try:
            self._film.write(frame)
        except MUXING_ERRORS as error:
            raise self._failure(error) from error

    def _failure(self, error: BaseException) -> OutputError:
        if isinstance(self._pipe.error, BrokenPipeError):
            ended = "The program that reads standard output has ended"
            return OutputError(f"{ended}; {self._film.frames} frames were passed on.", str(error))
        return OutputError("Standard output cannot be written to.", str(self._pipe.error or error))

    def finish(self) -> SinkResult:
        """Write what the encoder still holds and all remaining sound."""
        self._complete(everything=True)
        return SinkResult(None, self._film.frames, warnings=self.warnings)

    def stop(self) -> SinkResult:
        """End the film here; what was passed on stays."""
        if self._pipe.error is None:
            self._complete(everything=False)
        return SinkResult(None, self._film.frames, complete=False, warnings=self.warnings)

    def _complete(self, everything: bool) -> None:
        if self._film.begun:
            try:
                self._film.complete(everything)
            except MUXING_ERRORS as error:
                raise self._failure(error) from error

    def discard(self) -> None:
        """What was passed on cannot be called back."""
        self._film.close()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the pipe's file type holds differently or not at all."""
        return self._film.warnings
