"""The streams beside the pictures of an input that can be read only once: the reader hands their packets over as they pass.

Imports FFmpeg's bindings; import it only where a codec is used.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any, Self, cast

import av
from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream

from dehazer.files.time_jumps import Rebaser, TimeJumps


class PassingStreams:
    """Packets between one thread that reads the input and one that writes the output.

    picture: the first picture that was decoded. wanted: indexes of the streams that are taken; packets of others are dropped.
    described: whether what the input
    says of its pictures is to be kept. Iterating gives what is there and ends; it may be iterated again for what came since.
    """

    def __init__(self, container: InputContainer, pictures: VideoStream, described: bool = True) -> None:
        self.described = described
        self.container, self.pictures = container, pictures
        self.picture: av.VideoFrame | None = None
        self.wanted = {stream.index for stream in container.streams}
        self._rebaser = Rebaser(container, pictures) if TimeJumps(container).active else None
        self._packets: deque[Packet[Any]] = deque()

    @property
    def waiting(self) -> tuple[Packet[Stream], ...]:
        """The packets that are there, without taking them."""
        return tuple(packet for packet in self._packets if packet.size)

    def pass_on(self, packet: Packet[Any]) -> None:
        """Every packet of the input, in its order; those of pictures are only looked at."""
        ours = packet.stream_index == self.pictures.index
        if not ours and packet.stream_index not in self.wanted:
            return
        if self._rebaser is not None:
            self._packets.extend(self._rebaser.push(_stamp(packet, self.pictures) if ours else packet))
        elif not ours:
            self._packets.append(packet)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Packet[Stream]:
        if not self._packets:
            raise StopIteration
        return self._packets.popleft()

    def through(self) -> Iterator[Packet[VideoStream]]:
        """Read the input: packets of pictures come out, all others are passed on."""
        for packet in self.container.demux():
            self.pass_on(packet)
            if packet.stream_index == self.pictures.index:
                yield cast("Packet[VideoStream]", packet)


def _stamp(packet: Packet[Any], stream: VideoStream) -> Packet[Any]:
    """A packet without data and with the times of another, which the decoder moves by itself."""
    stamp: Packet[Any] = Packet(0)
    stamp.stream, stamp.time_base = stream, packet.time_base
    stamp.pts, stamp.dts, stamp.duration = packet.pts, packet.dts, packet.duration
    return stamp
