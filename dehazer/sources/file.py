"""Frames from a video file, through FFmpeg.

Rule for damage: as long as one frame can be decoded, the work continues, and what was skipped is counted in `warnings`;
a file of which nothing can be decoded raises DamagedInputError.
"""

from __future__ import annotations

import math
import threading
import weakref
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from dehazer.config import DecodeOptions
from dehazer.errors import DamagedInputError, UsageError
from dehazer.files.media import picture_stream
from dehazer.files.picture_decoder import alpha_beside
from dehazer.files.pictures import PictureNotes, check_size
from dehazer.frames.color import hdr_name
from dehazer.frames.frame import Frame, PixelFormat, VideoInfo
from dehazer.sources._decoder import Decoder, promised_end
from dehazer.sources._deinterlacer import Deinterlacer
from dehazer.sources._hardware_decoding import open_accelerated
from dehazer.sources._plane_converter import Converter, holds_alpha, tags_of
from dehazer.sources.base import Source


class FileSource(Source):
    """A video file. Times (`pts`, `time_base`) are the stream's own, planes the decoder's own.

    The first picture is decoded on construction, so `info` says what is really in the file; it describes the whole file, also
    where only a span is read. `close` from another thread ends the iteration after the picture in hand.
    """

    def __init__(self, path: Path, options: DecodeOptions | None = None) -> None:
        """Open `path`; raises InputError members, and UsageError for a start behind the end of the video."""
        options = options or DecodeOptions()
        self._path, self._options = path, options
        self._lock, self._closed = threading.Lock(), False
        self._index = 0
        self._convert = Converter(str(path))
        self._pending: deque[av.VideoFrame] = deque()
        self._notes: tuple[str, ...] = ()
        self._deinterlacer: Deinterlacer | None = None
        self._device = options.hwaccel
        if options.fps is not None:
            raise UsageError(f"--fps says how fast pictures are shown; {path} is a film, whose frames have times of their own.")
        own = weakref.proxy(self)  # a cycle would keep a closed decoder's pictures until the garbage collector comes by
        # own._open_file itself would hold what the proxy does not
        self._decoder = Decoder(lambda: own._open_file(), lambda *opened: own._packets(*opened),  # noqa: PLW0108
                                processor=options.hwaccel in ("none", "auto"))
        try:
            self._begin(self._first_picture())
        except BaseException:
            self._decoder.close()
            raise

    def _open_file(self) -> tuple[InputContainer, VideoStream]:
        container, self._notes = open_accelerated(self._path, self._device, self._options.resident)
        try:
            stream = picture_stream(container, self._path)
            check_size(self._path, stream.codec_context.width, stream.codec_context.height)
            return container, stream
        except BaseException:
            container.close()
            raise

    def _packets(self, container: InputContainer, stream: VideoStream) -> Iterator[Packet[VideoStream]]:
        return container.demux(stream)

    def _first_picture(self) -> av.VideoFrame:
        first = self._decoder.read()
        if first is None and self._device == "auto":
            self._device = "none"
            self._decoder.restart()
            self._notes = ("Hardware decoding gave no picture; the processor decodes instead.",)
            first = self._decoder.read()
        if first is None:
            detail = " ".join(self._decoder.warnings)
            raise DamagedInputError(f"Nothing in {self._path} can be decoded; the file is damaged.", detail)
        return first

    @property
    def zero(self) -> int:
        """Time stamp of the first picture of the file, from which its seconds count; in units of the time base."""
        return self._zero

    def _begin(self, first: av.VideoFrame) -> None:
        self._zero = first.pts or 0
        self._end = self._pts_of(self._options.end)
        layout = self._convert.expect((first.sw_format or first.format).name)
        self.info = _info(self._path, self._decoder, first, layout)
        if (curve := hdr_name(self.info.color)) is not None:
            self._notes += (f"The film is HDR, {curve}, and stays so; the networks were trained on standard pictures.",)
        if alpha_beside(self._decoder.stream) and not self.info.transparent:
            codec = self._decoder.stream.codec_context.codec.canonical_name
            self._notes += (f"The transparency of {codec} is not decoded; it is left out.",)
        self._pending.append(first)
        start = self._pts_of(self._options.start)
        if start is not None and start > self._zero:
            self._skip_to(start)
        if (method := self._options.deinterlace) is not None:
            self._deinterlacer = Deinterlacer(method, self._decoder.time_base)
            self._notes += (f"The film is deinterlaced by {method}, as asked.",)

    def _pts_of(self, seconds: float | None) -> int | None:
        """Smallest pts at or after `seconds` from the first picture (microseconds count, float noise does not)."""
        if seconds is None:
            return None
        return self._zero + math.ceil(Fraction(round(seconds * 1_000_000), 1_000_000) / self._decoder.time_base)

    def _skip_to(self, start: int) -> None:
        before, after = self._decoder.around(start)
        exact = before if before is not None and before.pts == start else None
        self._pending = deque(p for p in (exact, after) if p is not None)
        if not self._pending:
            raise UsageError(f"The start ({self._options.start:g} s) lies behind the last frame of {self._path}.")

    def __iter__(self) -> Iterator[Frame]:
        while True:
            with self._lock:
                frame = None if self._closed else self._next()
            if frame is None:
                return
            yield frame

    def _next(self) -> Frame | None:
        picture = self._read() if self._deinterlacer is None else self._deinterlacer.next(self._read)
        if picture is None:
            return None
        frame = self._frame(picture)
        self._index += 1
        return frame

    def _read(self) -> av.VideoFrame | None:
        """The next decoded picture of the span."""
        picture = self._pending.popleft() if self._pending else self._decoder.read()
        return None if picture is None or (self._end is not None and (picture.pts or 0) >= self._end) else picture

    def _frame(self, picture: av.VideoFrame) -> Frame:
        if picture.sw_format is not None:
            from dehazer.sources._device_frames import device_frame, is_on_device

            if is_on_device(picture):
                return device_frame(picture, self._decoder.time_base, self._index)
        layout, planes = self._convert.to_planes(picture)
        notes, captions = self._convert.transparency(picture), self._decoder.codec.captions.captions(picture)
        if captions:
            notes = replace(notes or PictureNotes(), captions=captions)
        return Frame(planes, layout, picture.height, picture.width, tags_of(picture), picture.pts,
                     self._decoder.time_base, self._index, transfer=notes)

    def seek(self, seconds: float) -> None:
        """Continue with the frame shown at `seconds` after the first picture of the file (exact, not the keyframe)."""
        target = self._zero + math.floor(Fraction(round(seconds * 1_000_000), 1_000_000) / self._decoder.time_base)
        with self._lock:
            if self._closed:
                raise UsageError(f"{self.info.name} is closed.")
            self._pending = deque(p for p in self._decoder.around(target) if p is not None)
            if self._deinterlacer is not None:
                self._deinterlacer.restart()

    def seek_key(self, seconds: float) -> None:
        """Continue with the key picture at or before `seconds`: nothing between it and them is decoded."""
        self.land(self._zero + math.floor(Fraction(round(seconds * 1_000_000), 1_000_000) / self._decoder.time_base))

    @property
    def first_pts(self) -> int:
        """pts of the first picture of the file."""
        return self._zero

    def land(self, pts: int) -> None:
        """Continue with a picture at or before `pts` behind which every picture is decoded as from the beginning of the file.

        That is a key picture where the file allows it, else the first picture. pts: in the stream's own units.
        """
        with self._lock:
            if self._closed:
                raise UsageError(f"{self.info.name} is closed.")
            first = self._decoder.land(pts)
            self._pending = deque(() if first is None else (first,))

    def close(self) -> None:
        """Close the file once the picture in hand is done."""
        self._closed = True
        with self._lock:
            self._pending.clear()
            self._decoder.close()

    @property
    def warnings(self) -> tuple[str, ...]:
        """Damage survived, conversions made, hardware not used."""
        return self._notes + self._convert.warnings + self._decoder.warnings


def _info(path: Path, decoder: Decoder, first: av.VideoFrame, layout: PixelFormat) -> VideoInfo:
    stream, marked = decoder.stream, decoder.codec.plain or first
    rate = stream.average_rate or stream.guessed_rate
    duration = _duration(stream, rate)
    frames = stream.frames or (round(duration * rate) if duration and rate else None)
    return VideoInfo(first.width, first.height, layout, tags_of(first),
                     stream.time_base or Fraction(1, 1000), rate, frames, duration or None, float(marked.rotation),
                     stream.sample_aspect_ratio or None, name=str(path), media_file=True, transparent=holds_alpha(first))


def _duration(stream: VideoStream, rate: Fraction | None) -> float:
    """Seconds, 0 if unknown: what the header says of the stream, else its frame count, else the container's."""
    end = promised_end(stream)
    if end is not None and stream.time_base:
        return float((end - (stream.start_time or 0)) * stream.time_base)
    if stream.frames and rate:
        return float(stream.frames / rate)
    total = stream.container.duration if isinstance(stream.container, InputContainer) else None
    return total / av.time_base if total else 0.0
