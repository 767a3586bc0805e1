"""Pictures decoded packet by packet as they arrive: the base of network streams and of V4L2 cameras."""

from __future__ import annotations

import threading
import time
from abc import abstractmethod
from collections import deque
from collections.abc import Generator, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any, cast

import av
from av.codec.context import Flags as CodecFlags
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from dehazer.errors import NoVideoError
from dehazer.files.media import FFMPEG_ERRORS
from dehazer.files.packet_tap import TappedStreams, is_compressed, sound_stream, tapped
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.sources._packet_reader import PacketReader, ReadPacket
from dehazer.sources._plane_converter import Converter, nearest_format, tags_of
from dehazer.sources.interrupt import Interrupt
from dehazer.sources.live_source import LiveSource
from dehazer.sources.request import SourceRequest

_MOST_STAMPS = 512
_USUAL_RATE = Fraction(25)


class PacketSource(LiveSource):
    """Packets from an open container, decoded one by one as they arrive; the base of streams and V4L2 cameras.

    A frame is stamped with the moment its *packet* arrived, so that the decoder's own delay counts as latency. Packets are read,
    and given to `tap`, in a thread of their own, at the pace of the connection, however slow decoding is.
    """

    def __init__(self, request: SourceRequest, container: InputContainer, interrupt: Interrupt) -> None:
        super().__init__(interrupt)
        self.request, self._container = request, container
        self._lock = threading.Lock()
        self._convert = Converter(request.name)
        self._ready: deque[av.VideoFrame] = deque()
        self._arrived: dict[int, float] = {}
        self._index, self._await_key = 0, False
        self._stream = _picture_stream(container, request)
        self._streams = _tapped_streams(container, self._stream)
        self._packets = _demuxed(container, self._stream)
        self._reader = PacketReader(self._packet, self._accept)
        self.info = _info(self._stream, request)

    def __iter__(self) -> Iterator[Frame]:
        while True:
            with self._lock:
                frame = None if self.interrupt.is_set else self._next()
            if frame is None:
                return
            yield frame

    def _next(self) -> Frame | None:
        self._reader.skip_late = self.skip_late
        while not self._ready:
            read = self._reader.next()
            if read is None or self.interrupt.is_set:
                return None
            self._decode(read)
        picture = self._ready.popleft()
        layout, planes = self._convert.to_planes(picture)
        captured = self._arrived.pop(picture.pts, None) if picture.pts is not None else None
        frame = Frame(planes, layout, picture.height, picture.width, tags_of(picture), picture.pts,
                      self._stream.time_base or Fraction(1, 1000), self._index, captured or time.monotonic())
        self._index += 1
        return frame

    def _accept(self, packet: Packet[Any], arrived: float) -> bool:
        """Show a packet to the tap; whether it is for the decoder."""
        if self.tap is not None and self._streams is not None:
            self.tap(tapped(packet, self._streams, arrived))
        return packet.stream_index == self._stream.index

    @property
    def copyable(self) -> bool:
        return self._streams is not None

    def _packet(self) -> Packet[Any] | None:
        """The next packet; None when closed. Raises `read_error` or `end_error`."""
        started = time.monotonic()
        try:
            with self.interrupt.watching():
                packet = next(self._packets, None)
        except FFMPEG_ERRORS as error:
            if self.interrupt.is_set:
                return None
            raise self.read_error(error, time.monotonic() - started >= self.request.deadline) from None
        if (packet is None or packet.size == 0) and not self.interrupt.is_set:
            raise self.end_error()
        return packet if not self.interrupt.is_set else None

    @abstractmethod
    def read_error(self, error: BaseException, late: bool) -> Exception:
        """What to raise for FFmpeg's `error`. late: the deadline had passed, whatever the error says."""

    @abstractmethod
    def end_error(self) -> Exception:
        """What to raise when the other side ends the stream."""

    def _decode(self, read: ReadPacket) -> None:
        packet = read.packet
        self._await_key |= self.paused or read.after_gap  # what follows refers to pictures that were never decoded
        if self.paused:
            return
        if self._await_key and not packet.is_keyframe:
            return
        if self._await_key:
            self._stream.codec_context.flush_buffers()
            self._await_key = False
        self._stamp(read)
        try:
            self._ready.extend(packet.decode())
        except FFMPEG_ERRORS:
            self.lost += 1

    def _stamp(self, read: ReadPacket) -> None:
        if read.packet.pts is not None:
            self._arrived[read.packet.pts] = read.arrived
        while len(self._arrived) > _MOST_STAMPS:
            del self._arrived[next(iter(self._arrived))]

    @property
    def overtaken(self) -> int:
        return self._reader.skipped

    def end(self) -> None:
        super().end()
        self._reader.end()

    def close(self) -> None:
        super().close()
        with self._lock:
            self._reader.join()
            self._ready.clear()
            self._packets.close()  # PyAV's deadline for reading, which may lie a year ahead by now, would hold for the closing
            self._container.close()

    @property
    def warnings(self) -> tuple[str, ...]:
        """Conversions made, pictures lost."""
        lost = f"{self.lost} damaged picture(s) could not be decoded." if self.lost else ""
        return self._convert.warnings + ((lost,) if lost else ())


def _picture_stream(container: InputContainer, request: SourceRequest) -> VideoStream:
    best = container.streams.best("video")
    if not isinstance(best, VideoStream) or best.codec_context is None:
        container.close()
        raise NoVideoError(f"{request.name} carries no video that can be decoded.")
    best.thread_type = "SLICE"  # frame threads would hold back one picture per thread
    best.codec_context.flags |= CodecFlags.low_delay
    return best


def _demuxed(container: InputContainer, pictures: VideoStream) -> Generator[Packet[Any]]:
    """Packets of pictures and of the sound that goes with them."""
    sound = sound_stream(container)
    return cast("Generator[Packet[Any]]", container.demux(*((pictures,) if sound is None else (pictures, sound))))


def _tapped_streams(container: InputContainer, pictures: VideoStream) -> TappedStreams | None:
    """Descriptions for whoever copies packets; None where the packets are bare pixels."""
    return TappedStreams.of(pictures, sound_stream(container)) if is_compressed(pictures) else None


def _info(stream: VideoStream, request: SourceRequest) -> VideoInfo:
    context = stream.codec_context
    layout = nearest_format(context.pix_fmt or "yuv420p").format
    info = VideoInfo(context.width, context.height, layout, time_base=stream.time_base or Fraction(1, 1000),
                     rate=stream.average_rate or stream.guessed_rate or _USUAL_RATE, live=True, name=request.name)
    return replace(info, sample_aspect=stream.sample_aspect_ratio or None)
