"""Frames into standard output, for the next program of a pipe: pictures alone, in a file type that needs no going back."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction

import av
from av.container import OutputContainer
from av.video.stream import VideoStream

from dehazer.config import EncodeOptions
from dehazer.errors import OutputError
from dehazer.files.containers import PIPE_FORMATS, stream_clock
from dehazer.files.media import FFMPEG_ERRORS
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.sinks._frame_converter import FrameConverter
from dehazer.sinks._input_properties import InputProperties
from dehazer.sinks._output_format import EncodingAttempts
from dehazer.sinks.base import Sink, SinkResult

STANDARD_OUTPUT = 1


class _Pipe:
    """What FFmpeg's muxers write into. error: the first failure."""

    def __init__(self) -> None:
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        rest = memoryview(data)
        try:
            while rest and self.error is None:
                rest = rest[os.write(STANDARD_OUTPUT, rest):]
        except OSError as error:
            self.error = error
            raise
        return len(data)


class PipeSink(Sink):
    """Encodes frames as `EncodeOptions.format` says and writes them as they come; times are the frames' own.

    info: of the frames to come. Raises ConfigError, OutputError and EncoderError before the first frame where it can.
    """

    def __init__(self, info: VideoInfo, encode: EncodeOptions) -> None:
        self._container = PIPE_FORMATS[encode.format or next(iter(PIPE_FORMATS))]
        self._attempt = EncodingAttempts(self._container, info, encode, InputProperties()).next()
        self._rotated = info.rotation
        self._settings = replace(self._attempt.settings, time_base=stream_clock(self._container, info))
        self._converter = FrameConverter(self._settings)
        self._pipe = _Pipe()
        self._output: OutputContainer | None = None
        self._stream: VideoStream | None = None
        self._frames = 0

    def write(self, frame: Frame) -> None:
        """Encode one frame and write what the encoder gives. Raises OutputError, also when the reader has ended."""
        try:
            if self._output is None:
                self._begin()
            self._mux(self._converter.picture(frame))
        except (*FFMPEG_ERRORS, OSError, ValueError) as error:
            raise self._failure(error) from error
        self._frames += 1

    def _begin(self) -> None:
        settings = self._settings
        options = {"flush_packets": "1", "strict": "-1"}  # y4m of more than 8 bits is an extension that all programs know
        self._output = av.open(self._pipe, "w", format=self._container.format, options=options)
        stream = self._output.add_stream(settings.encoder, rate=settings.rate or Fraction(25))
        assert isinstance(stream, VideoStream)
        settings.apply(stream.codec_context)
        stream.time_base = settings.time_base
        self._stream = stream

    def _mux(self, picture: av.VideoFrame | None) -> None:
        assert self._output is not None
        assert self._stream is not None
        for packet in self._stream.encode(picture):
            self._output.mux(self._converter.timed(packet))

    def _failure(self, error: BaseException) -> OutputError:
        if isinstance(self._pipe.error, BrokenPipeError):
            ended = "The program that reads standard output has ended"
            return OutputError(f"{ended}; {self._frames} frames were passed on.", str(error))
        return OutputError("Standard output cannot be written to.", str(self._pipe.error or error))

    def finish(self) -> SinkResult:
        """Write what the encoder still holds."""
        self._close(flush=True)
        return SinkResult(None, self._frames, warnings=self.warnings)

    def stop(self) -> SinkResult:
        """As `finish`; what was passed on stays."""
        self._close(flush=True)
        return SinkResult(None, self._frames, complete=False, warnings=self.warnings)

    def discard(self) -> None:
        """What was passed on cannot be called back."""
        with suppress(OutputError):  # the failure that ended the work was raised already
            self._close(flush=False)

    def _close(self, flush: bool) -> None:
        output = self._output
        if output is None:
            return
        try:
            if flush and self._pipe.error is None:
                self._mux(None)
            self._output = None
            output.close()
        except (*FFMPEG_ERRORS, OSError, ValueError) as error:
            self._output = None
            raise self._failure(error) from error

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the pipe's file type holds differently, and that pictures alone go through it."""
        turned = f"A pipe cannot say that the film must be turned by {self._rotated:g}°." if self._rotated else None
        return (*self._attempt.notes, *((turned,) if turned else ()), *self._converter.warnings)
