"""A video file that survives being killed: whatever happens to the program, all but the last second can be played.

Matroska is written in clusters of half a second, MP4 in fragments of one second, and every packet goes to the system at
once. Time stamps are the frames' own capture times, so two files of the same frames stay in step.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import OutputContainer
from av.video.codeccontext import VideoCodecContext
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream

from dehazer.config import EncodeOptions
from dehazer.errors import EncoderError, OutputError, OutputExistsError, UsageError
from dehazer.files.media import FFMPEG_ERRORS, plane_views
from dehazer.files.output_paths import check_folder, utf8
from dehazer.frames.color import effective_matrix
from dehazer.frames.frame import ColorTags, Frame, Range
from dehazer.redact import module_logger, redacted
from dehazer.sinks._encoders import Settings, choose_formats, encoder_named, encoder_options
from dehazer.sinks._scheduling import share_processor
from dehazer.sinks.base import Sink, SinkResult
from dehazer.sinks.recording_files import CONTAINERS, Segment, mark_missing, missing_mark, remove_if_empty
from dehazer.sinks.segment_names import SegmentNames

log = module_logger(__name__)

QUALITY = EncodeOptions(crf=20, preset="superfast")
KEYFRAME_SECONDS = 2
CLOCK = Fraction(1, 1000)


class RecorderSink(Sink):
    """Writes frames as they were captured; a new file begins after a change of size or layout, and after `segment_seconds`.

    Args:
        path: .mkv or .mp4; must not exist. rate: expected frames per second, a hint. title: goes into the file.
        zero: time.monotonic() that is time 0 of the first file; None takes the first frame's. Frames before it are left out.
            Time 0 of every further file is its first frame.
        began: wall-clock time of `zero`, for the file's creation date; None is now.
        changed: called when a file was begun or ended.

    Of each file `segments` tells what is in it. Raises UsageError for another suffix, OutputExistsError, OutputError;
    EncoderError when nothing can encode here.
    """

    def __init__(self, path: Path, rate: float | None = None, title: str = "", zero: float | None = None,
                 began: datetime | None = None, *, segment_seconds: float | None = None,
                 changed: Callable[[Segment], None] = lambda _: None) -> None:
        check_recordable(path)
        self.path, self._title, self._names = path, redacted(title), SegmentNames(path)
        self._rate = Fraction(rate).limit_denominator(1001) if rate else Fraction(25)
        self._zero, self._began = zero, began or datetime.now(UTC)
        self._length, self._changed = segment_seconds, changed
        self._track: _Track | None = None
        self._layout: tuple[object, ...] = ()
        self.segments: list[Segment] = []
        self.frames, self._last, self._start = 0, -1, 0
        self._over = False

    @property
    def paths(self) -> list[Path]:
        """The files so far."""
        return [segment.path for segment in self.segments]

    def write(self, frame: Frame) -> None:
        """Append one frame; a new file begins where size, format or colours change, or where this one is long enough."""
        layout = (frame.format, frame.height, frame.width, frame.color)
        moment = self._milliseconds(frame)
        if moment < 0:
            return
        moment = max(self._last + 1, moment)
        other = bool(self._layout) and layout != self._layout
        if self._track is None or other or (self._length is not None and moment - self._start >= self._length * 1000):
            self._next_file(frame, moment)
            self.segments[-1].notes += ["The picture changed its size or format before this file."] if other else []
            self._layout = layout
        assert self._track is not None
        self._last = moment
        self._track.write(frame, moment - self._start)
        self.frames += 1
        self.segments[-1].pictures += 1
        self.segments[-1].seconds = (moment - self._start) / 1000 + float(1 / self._rate)

    def _milliseconds(self, frame: Frame) -> int:
        now = frame.captured if frame.captured is not None else float(frame.seconds or 0)
        if self._zero is None:
            self._zero = now
        return round((now - self._zero) * 1000)

    def _next_file(self, frame: Frame, moment: int) -> None:
        self._close_track()
        self._start = moment if self.segments else 0
        began = self._began + timedelta(milliseconds=self._start)
        path = self._names.next(began)
        self._track = _Track(path, frame, self._rate, {"title": self._title, "creation_time": began.isoformat(),
                                                       "comment": missing_mark(0)})
        self.segments.append(Segment(path, began))
        self._changed(self.segments[-1])

    def _close_track(self) -> None:
        track, self._track = self._track, None
        if track is None:
            return
        segment = self.segments[-1]
        try:
            track.close()
            segment.complete = True
        finally:
            if segment.missing:
                mark_missing(segment.path, segment.missing)
            self._changed(segment)

    def finish(self) -> SinkResult:
        self._over = True
        self._close_track()
        return SinkResult(self.paths[0] if self.paths else None, self.frames, warnings=self.warnings)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Whether the recording went on in further files because the picture changed."""
        more = [segment for segment in self.segments if segment.notes]
        return (f"The picture changed its size or format; the recording goes on in {more[-1].path.name}.",) if more else ()

    def discard(self) -> None:
        """A recording is never thrown away half-made: what is there stays, closed as well as it can be."""
        if not self._over:
            self.finish()


def check_recordable(path: Path) -> None:
    """Raise UsageError for a suffix that is not in CONTAINERS, OutputError or OutputExistsError where nothing can be made."""
    if path.suffix.lower() not in CONTAINERS:
        raise UsageError(f"A recording cannot be called {path.name}; let its name end in {' or '.join(CONTAINERS)}.")
    check_folder(path.parent)
    _check_new(path)


def _check_new(path: Path) -> None:
    if os.path.lexists(path):
        raise OutputExistsError(f"{path} exists already, and a recording never replaces a file; choose another name or folder.")


class _Track:
    """One open file with one picture stream."""

    def __init__(self, path: Path, first: Frame, rate: Fraction, metadata: dict[str, str]) -> None:
        container, options = CONTAINERS[path.suffix.lower()]
        self._path, self._convert = path, VideoReformatter()
        settings = _settings(first, rate)
        try:
            self._file: OutputContainer = av.open(f"file:{path}", "w", format=container, container_options=options)
            self._file.metadata.update({k: utf8(v).decode() for k, v in metadata.items() if v})
            self._stream: VideoStream = self._file.add_stream(settings.encoder, rate=rate)  # type: ignore[assignment]
            self._prepare(self._stream.codec_context, settings)
            self._stream.time_base = CLOCK
            self._file.start_encoding()
        except (*FFMPEG_ERRORS, OSError) as error:
            remove_if_empty(path)
            raise OutputError(f"{path} cannot be recorded to; check the folder and the free space.", str(error)) from error
        self._settings = settings

    def _prepare(self, context: VideoCodecContext, settings: Settings) -> None:
        settings.apply(context)
        context.gop_size = max(1, round(KEYFRAME_SECONDS * (settings.rate or 25)))

    def write(self, frame: Frame, milliseconds: int) -> None:
        """Encode one frame shown from `milliseconds` on."""
        picture = self._picture(frame)
        picture.pts, picture.time_base = milliseconds, CLOCK
        self._mux(picture)

    def _mux(self, picture: av.VideoFrame | None) -> None:
        try:
            packets = self._stream.encode(picture)  # opens the encoder, at first
            share_processor()
            self._file.mux(packets)
        except (*FFMPEG_ERRORS, OSError) as error:
            raise self._failure(error) from error

    def _failure(self, error: BaseException) -> OutputError:
        return OutputError(f"{self._path} cannot be written any further; what is there is kept. Check the free space.",
                           str(error))

    def _picture(self, frame: Frame) -> av.VideoFrame:
        picture = av.VideoFrame(frame.width, frame.height, frame.format.name)
        for target, plane in zip(plane_views(picture, frame.format), frame.planes, strict=True):
            np.copyto(target, plane)
        if frame.format.name.replace("yuvj", "yuv") == self._settings.pix_fmt:
            return picture
        tags = self._settings.color
        return self._convert.reformat(picture, format=self._settings.pix_fmt, dst_colorspace=tags.matrix,
                                      dst_color_range=tags.range)

    def close(self) -> None:
        """Write what the encoder still holds, and the end of the file."""
        try:
            self._mux(None)
        finally:
            self._end()

    def _end(self) -> None:
        try:
            self._file.close()
        except (*FFMPEG_ERRORS, OSError) as error:  # the end of the file does not fit on the disk
            raise self._failure(error) from error


def _settings(frame: Frame, rate: Fraction) -> Settings:
    """The encoder for frames of this kind: the first of H.264, MPEG-4 and FFV1 that opens."""
    odd = bool(frame.width % 2 or frame.height % 2)
    failures = []
    for name in ("libx264", "mpeg4", "ffv1"):
        encoder = encoder_named(name)
        for pix_fmt in choose_formats(encoder, frame.format, odd) if encoder else ():
            settings = Settings(name, pix_fmt, frame.width, frame.height, CLOCK, rate, None, _tags(frame, pix_fmt), False,
                                tuple(encoder_options(name, QUALITY).items()))
            failure = settings.open_failure()
            if failure is None:
                log.info("Recording with encoder %s, pixel format %s", name, pix_fmt)
                return settings
            failures.append(f"{name} {pix_fmt}: {failure}")
    raise EncoderError(f"Nothing on this machine can record a picture of {frame.width}×{frame.height}.", "; ".join(failures))


def _tags(frame: Frame, pix_fmt: str) -> ColorTags:
    """The frame's own tags; for RGB stored as YUV those of the conversion."""
    if frame.format.family in ("rgb", "gbr") and not pix_fmt.startswith(("gbr", "rgb", "bgr")):
        tags = ColorTags(2, int(Range.LIMITED), frame.color.primaries, frame.color.transfer)
        return replace(tags, matrix=int(effective_matrix(tags, frame.height)))
    known = frame.color.range or (Range.FULL if frame.full_range else Range.LIMITED)
    return replace(frame.color, range=int(known))
