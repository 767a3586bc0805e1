"""Key frames of a recording at intervals: the quickest look at hours of footage, since nothing between them is decoded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import av
from av.packet import Packet

from dehazer.files.media import FFMPEG_ERRORS, open_input, picture_stream
from dehazer.files.time_jumps import TimeJumps
from dehazer.frames.frame import Frame
from dehazer.sources._plane_converter import Converter, tags_of

_TOLERANCE = 2.0
"""Seconds by which a file's own length may differ from what was found in it, before its times are not trusted."""
_UNREADABLE_SEEK = (*FFMPEG_ERRORS, PermissionError)


class KeyFrame(NamedTuple):
    """seconds: since the recording's first picture. rotation: degrees counter-clockwise the picture is turned for display."""

    seconds: float
    frame: Frame
    rotation: float = 0.0


class KeyFrames:
    """The key frames of one file, opened for reading only. A context manager. Raises InputError members when it is opened.

    duration: seconds of footage in the file, as the library found them. sample_aspect: width : height of a pixel.
    """

    def __init__(self, path: Path, duration: float) -> None:
        self._path = path
        self._open()
        self.sample_aspect = float(self._stream.sample_aspect_ratio or 1)
        self._base = self._stream.time_base or Fraction(1, 1000)
        self._start = self._stream.start_time or 0
        self._converter = Converter(str(path))
        promised = float((self._stream.duration or 0) * self._base)
        self._steady = not self._jumps.active or abs(promised - duration) <= _TOLERANCE
        self._duration = duration

    def _open(self) -> None:
        self._container = open_input(self._path)
        try:
            self._stream = picture_stream(self._container, self._path)
        except BaseException:
            self._container.close()
            raise
        self._stream.thread_type = "SLICE"  # threads that decode several pictures at once only delay single ones
        self._jumps = TimeJumps(self._container)

    def pictures(self, first: float, step: float) -> Iterator[KeyFrame | None]:
        """The key frames near `first`, `first` + `step`, … seconds, each once: at or before these, or in transport streams, which
        have no index, the next behind them. None: one that cannot be decoded.
        """
        if self._steady and self._sought(first):
            yield from self._by_seeking(first, step)
        else:
            yield from self._by_reading(first, step)

    def _by_seeking(self, first: float, step: float) -> Iterator[KeyFrame | None]:
        wanted, last = first, -1.0
        while wanted < self._duration and self._sought(wanted):
            packet = next((packet for packet in self._packets() if packet.is_keyframe and packet.pts is not None), None)
            if packet is not None and packet.pts is not None and (seconds := self._seconds(packet.pts)) > last:
                last = seconds
                yield self._decoded(packet, seconds)
                wanted += step * max(0, (last - wanted) // step)
            wanted += step

    def _by_reading(self, first: float, step: float) -> Iterator[KeyFrame | None]:
        """Files without an index, and transport streams whose clock jumps."""
        self._container.close()  # raw streams give nothing any more once a search in them has failed
        self._open()
        wanted, start, count = first, None, 0
        rate = float(self._stream.average_rate or 25)
        for packet in self._packets():
            self._jumps.follow(packet)
            own = float(packet.pts * self._base) if packet.pts is not None else count / rate
            start, count = own if start is None else start, count + 1
            if packet.is_keyframe and own - start >= wanted:
                wanted = (own - start) - (own - start - first) % step + step
                yield self._decoded(packet, own - start)

    def _sought(self, seconds: float) -> bool:
        try:
            self._container.seek(self._start + int(seconds / self._base), stream=self._stream)
        except _UNREADABLE_SEEK:
            return False
        return True

    def _packets(self) -> Iterator[Packet[Any]]:
        """Packets with something in them, up to the end or to the first damage."""
        with suppress(*FFMPEG_ERRORS):
            yield from (packet for packet in self._container.demux(self._stream) if packet.size)

    def _seconds(self, pts: int) -> float:
        return float((pts - self._start) * self._base)

    def _decoded(self, packet: Packet[Any], seconds: float) -> KeyFrame | None:
        try:
            pictures = packet.decode() or self._stream.codec_context.decode(None)  # one that waits for those between
        except FFMPEG_ERRORS:
            return None
        finally:
            self._stream.codec_context.flush_buffers()
        picture = next((p for p in pictures if isinstance(p, av.VideoFrame)), None)
        if picture is None:
            return None
        layout, planes = self._converter.to_planes(picture)
        return KeyFrame(seconds, Frame(planes, layout, picture.height, picture.width, tags_of(picture), picture.pts,
                                       self._base), float(picture.rotation))

    def close(self) -> None:
        """Close the file. May be called twice."""
        self._container.close()

    def __enter__(self) -> KeyFrames:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
