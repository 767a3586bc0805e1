"""The sound of a live source, packet by packet, moved onto the clock of the film that its pictures become."""

from __future__ import annotations

import io
from collections import deque
from fractions import Fraction
from typing import Any, cast

import av
from av.stream import Stream

from dehazer.files.media import FFMPEG_ERRORS
from dehazer.files.packet_tap import TappedPacket, TappedStreams
from dehazer.files.passing_streams import PassingStreams

_MOST = 4096
"""Packets of sound that wait for a picture at most, a minute or so; the oldest go."""


class LiveSound:
    """Takes packets from the thread that reads (`take`), gives those of sound on in that of the pictures (`pass_on`).

    passing: for the sink; None where the first connection has no sound that can be described. dropped: packets of a later
    connection whose sound is of another kind.
    """

    def __init__(self) -> None:
        self._waiting: deque[TappedPacket] = deque(maxlen=_MOST)
        self._heads: list[TappedPacket] = []
        self._begun = False
        self._known: TappedStreams | None = None
        self._shift: tuple[TappedStreams, Fraction] | None = None
        self.passing: PassingStreams | None = None
        self.dropped = 0

    def take(self, packet: TappedPacket) -> None:
        """Any packet, as it comes; called by the source."""
        if not self._begun:
            self._heads.append(packet)
        if packet.sound:
            self._waiting.append(packet)

    def begin(self) -> None:
        """The first picture is there: find out what the sound is like."""
        self._begun = True  # before the list is taken: nothing that comes from now on is kept for it
        heads, self._heads = self._heads, []
        self._known = next((packet.streams for packet in heads if packet.streams.sound is not None), None)
        if self._known is not None:
            self.passing = _described(self._known, heads)

    def pass_on(self, shift: Fraction | None) -> None:
        """Give on what has come. shift: seconds from the clock of the connection to that of the film, None if unknown."""
        newest = self._waiting[-1].streams if self._waiting else None
        while self._waiting and self.passing is not None:
            packet = self._waiting.popleft()
            before = self._shift if self._shift is not None and self._shift[0] is packet.streams else None
            moved = shift if packet.streams is newest or before is None else before[1]
            self._give(packet, moved)
        if newest is not None and shift is not None:
            self._shift = newest, shift

    def _give(self, packet: TappedPacket, shift: Fraction | None) -> None:
        assert self.passing is not None
        stream = self.passing.container.streams.audio[0]
        if not _same(packet.streams, self._known) or shift is None or packet.pts is None:
            self.dropped += 1
            return
        ticks = round(shift / packet.time_base)
        if packet.pts + ticks < 0:
            return  # before the first picture
        made = packet.packet(cast("Stream", stream))
        made.pts = packet.pts + ticks
        made.dts = None if packet.dts is None else packet.dts + ticks
        self.passing.pass_on(made)

    def close(self) -> None:
        """Release the description."""
        if self.passing is not None:
            self.passing.container.close()


def _same(one: TappedStreams, other: TappedStreams | None) -> bool:
    """Whether the sound of two connections can go into one stream."""
    return other is not None and _kind(one) == _kind(other)


def _kind(streams: TappedStreams) -> tuple[Any, ...] | None:
    sound = streams.sound
    if sound is None:
        return None
    context = sound.codec_context
    return context.codec.canonical_name, context.sample_rate, context.channels, bytes(context.extradata or b"")


def _described(streams: TappedStreams, heads: list[TappedPacket]) -> PassingStreams | None:
    """An input that has the two streams, made of the first packets of a connection; None where FFmpeg cannot make one of them.

    Streams of the connection itself would be gone with it.
    """
    assert streams.sound is not None
    memory = io.BytesIO()
    try:
        with av.open(memory, "w", format="nut") as written:
            targets = {sound: written.add_stream_from_template(one, opaque=True)
                       for sound, one in ((False, streams.pictures), (True, streams.sound))}
            for head in heads:
                if head.streams is streams and head.pts is not None:
                    written.mux(head.packet(targets[head.sound]))
        container = av.open(io.BytesIO(memory.getvalue()), "r")
    except (*FFMPEG_ERRORS, ValueError):
        return None
    if not (container.streams.audio and container.streams.video):
        container.close()
        return None
    return PassingStreams(container, container.streams.video[0], described=False)
