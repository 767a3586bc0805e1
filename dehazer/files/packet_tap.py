"""Packets as they come from a connection, for whoever keeps them as they are: the recorder of originals, a copy of the sound.

A `LiveSource` calls its `tap` with each packet before it is decoded. A `TappedPacket` owns its bytes and the description of
its stream, so it outlives the connection, may wait in any number of queues, and is changed by nobody.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import cast

import av
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream

_UNCOMPRESSED = ("rawvideo", "wrapped_avframe", "bitpacked")


@dataclass(frozen=True, eq=False)
class TappedStreams:
    """The streams of one connection: what a muxer or decoder has to know of them. Another connection has another object.

    pictures, sound: templates for `add_stream_from_template(…, opaque=True)`; they stay valid when the connection is gone. sound:
    None where there is none. rate: pictures per second, None where unknown.
    """

    pictures: VideoStream
    sound: AudioStream | None
    rate: Fraction | None
    _holder: OutputContainer = field(repr=False)

    @classmethod
    def of(cls, pictures: VideoStream, sound: AudioStream | None) -> TappedStreams:
        """Copies of the descriptions of two open streams."""
        holder = av.open(io.BytesIO(), "w", format="nut")  # never written: it owns the copies
        copies = [holder.add_stream_from_template(one, opaque=True) for one in (pictures, sound) if one is not None]
        return cls(cast(VideoStream, copies[0]), cast(AudioStream, copies[1]) if sound is not None else None,
                   pictures.average_rate or pictures.guessed_rate, holder)


@dataclass(frozen=True, eq=False)
class TappedPacket:
    """One packet of pictures or sound. pts, dts, duration: in units of `time_base` seconds, None where the source gives none.

    key: pictures can be decoded from here on. damaged: it is known not to be whole. arrived: time.monotonic(). extradata:
    parameters that count from this packet on, where the source says so beside it; else empty.
    """

    streams: TappedStreams
    sound: bool
    data: bytes
    pts: int | None
    dts: int | None
    duration: int
    time_base: Fraction
    key: bool
    damaged: bool
    arrived: float
    extradata: bytes = b""

    def packet(self, stream: Stream) -> Packet[Stream]:
        """A new packet of FFmpeg for `stream` with these bytes and times; it may be changed."""
        made: Packet[Stream] = Packet(self.data)
        made.stream = stream
        made.pts, made.dts, made.duration, made.time_base = self.pts, self.dts, self.duration, self.time_base
        made.is_keyframe = self.key
        return made


PacketTap = Callable[[TappedPacket], None]
"""Called in the thread that reads; must return at once and never raise."""


def tapped(packet: Packet[Stream], streams: TappedStreams, arrived: float) -> TappedPacket:
    """A copy of a packet that was just read. arrived: time.monotonic() of then."""
    extra = bytes(packet.get_sidedata("new_extradata")) if packet.has_sidedata("new_extradata") else b""
    return TappedPacket(streams, packet.stream.type == "audio", bytes(packet), packet.pts, packet.dts, packet.duration or 0,
                        packet.time_base, packet.is_keyframe, packet.is_corrupt, arrived, extra)


def is_compressed(stream: VideoStream) -> bool:
    """Whether the packets of a stream are worth keeping as they are; bare pixels would fill any disk."""
    return stream.codec_context.codec.name not in _UNCOMPRESSED


def sound_stream(container: InputContainer) -> AudioStream | None:
    """The sound of an open container that goes with its pictures; None where there is none that FFmpeg knows."""
    best = container.streams.best("audio")
    return best if isinstance(best, AudioStream) and best.codec_context is not None else None
