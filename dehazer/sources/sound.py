"""Sound of a video file as samples, at other speeds with its pitch kept (FFmpeg's `atempo`)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.filter import Graph
from numpy.typing import NDArray

from dehazer.errors import InputError, UsageError
from dehazer.files.media import FFMPEG_ERRORS, open_input, picture_stream

RATE, CHANNELS = 48000, 2
"""Of all samples given: per second, and side by side."""
SLOWEST, FASTEST = 0.5, 2.0
_SEAM = Fraction(1, 20)
"""Seconds by which sound may be missing without being counted as missing: packets are timed to the millisecond only."""
Samples = NDArray[np.int16]


@dataclass(frozen=True, eq=False)
class SoundBlock:
    """samples: (n, 2) int16 at 48 kHz. seconds: of the first sample, since the first picture of the file."""

    seconds: float
    samples: Samples


class SoundReader:
    """The first sound track of a file, from any moment on. One thread at a time; a context manager."""

    def __init__(self, path: Path) -> None:
        """Raises InputError members, also where there is no sound that can be decoded."""
        self._container = open_input(path)
        try:
            stream = self._container.streams.best("audio")
            if stream is None or stream.codec_context is None:
                raise InputError(f"{path} holds no sound that can be played.")
            self._stream = cast(AudioStream, stream)
            pictures = picture_stream(self._container, path)
        except BaseException:
            self._container.close()
            raise
        self._zero = (pictures.start_time or 0) * (pictures.time_base or Fraction(1))

    def blocks(self, seconds: float, speed: float = 1.0) -> Iterator[SoundBlock]:
        """Sound from `seconds` after the first picture on, to be heard `speed` times as fast; where none is stored, none comes.

        Raises UsageError for speeds outside 0.5 to 2; damaged packets are skipped.
        """
        if not SLOWEST <= speed <= FASTEST:
            raise UsageError(f"Sound can be played at {SLOWEST:g} to {FASTEST:g} times its speed, got {speed:g}.")
        start = Fraction(seconds) + self._zero
        run: _Run | None = None
        for frame in self._frames(start):
            time = (frame.pts or 0) * (frame.time_base or Fraction(1, frame.sample_rate))
            if run is not None and (abs(time - run.end) > _SEAM or not run.fits(frame)):
                yield from run.finish()
                run = None
            if time + Fraction(frame.samples, frame.sample_rate) <= start:
                continue
            run = run or _Run(frame, max(time, start), speed, self._zero)
            yield from run.push(frame, time)
        if run is not None:
            yield from run.finish()

    def _frames(self, start: Fraction) -> Iterator[AudioFrame]:
        base = self._stream.time_base or Fraction(1, RATE)
        with suppress(*FFMPEG_ERRORS):  # without an index it is read from where it is
            self._container.seek(max(0, int((start - Fraction(1, 10)) / base)), stream=self._stream)
        packets = self._container.demux(self._stream)
        while True:
            try:
                packet = next(packets, None)
                if packet is None:
                    return
                yield from packet.decode()
            except av.error.EOFError:
                return
            except FFMPEG_ERRORS:
                continue

    def close(self) -> None:
        """Close the file. May be called twice."""
        self._container.close()

    def __enter__(self) -> SoundReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Run:
    """Sound without a gap through one filter graph. end: time up to which it was pushed."""

    def __init__(self, first: AudioFrame, start: Fraction, speed: float, zero: Fraction) -> None:
        self.end = start
        self._start, self._speed, self._zero = start, speed, zero
        self._given = 0
        self._kind = _kind(first)
        self._graph = Graph()
        source = self._graph.add_abuffer(sample_rate=first.sample_rate, format=first.format.name, layout=first.layout.name,
                                         time_base=Fraction(1, first.sample_rate))
        tempo = [self._graph.add("atempo", f"{speed:.6f}")] if speed != 1 else []
        form = self._graph.add("aformat", f"sample_fmts=s16:sample_rates={RATE}:channel_layouts=stereo")
        self._graph.link_nodes(source, *tempo, form, self._graph.add("abuffersink")).configure()
        self._pushed = 0

    def fits(self, frame: AudioFrame) -> bool:
        """Whether it has the rate, format and channels of those before it."""
        return _kind(frame) == self._kind

    def push(self, frame: AudioFrame, time: Fraction) -> Iterator[SoundBlock]:
        """Add a frame that begins at `time`; what lies before the start of the run is cut off."""
        cut = max(0, round((self.end - time) * frame.sample_rate)) if not self._pushed else 0
        self.end = time + Fraction(frame.samples, frame.sample_rate)
        if cut >= frame.samples:
            return
        frame = _without_beginning(frame, cut)
        frame.pts, frame.time_base = self._pushed, Fraction(1, frame.sample_rate)
        self._pushed += frame.samples
        self._graph.push(frame)
        yield from self._pulled()

    def finish(self) -> Iterator[SoundBlock]:
        """What the filters still hold."""
        self._graph.push(None)
        yield from self._pulled()

    def _pulled(self) -> Iterator[SoundBlock]:
        while True:
            try:
                frame = self._graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            samples = np.asarray(cast(AudioFrame, frame).to_ndarray(), np.int16).reshape(-1, CHANNELS)
            seconds = float(self._start - self._zero) + self._given / RATE * self._speed
            self._given += len(samples)
            yield SoundBlock(seconds, samples)


def _kind(frame: AudioFrame) -> tuple[int, str, str]:
    return frame.sample_rate, frame.format.name, frame.layout.name


def _without_beginning(frame: AudioFrame, samples: int) -> AudioFrame:
    if not samples:
        return frame
    data: Any = frame.to_ndarray()
    width = 1 if frame.format.is_planar else len(frame.layout.channels)
    rest = AudioFrame.from_ndarray(np.ascontiguousarray(data[:, samples * width :]), frame.format.name, frame.layout.name)
    rest.sample_rate = frame.sample_rate
    return rest
