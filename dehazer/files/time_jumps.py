"""Transport streams whose clock jumps: pieces of a broadcast or of a camera's recording that were put one behind the other.

The rule is that of the program ffmpeg (`ts_discontinuity_detect`): where decoding times of the pictures jump by more than
ten seconds, or back, all times behind are moved so that they go on without a gap. Sound moves by the same amount.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

_TS_DISCONT = 0x0200
"""FFmpeg's AVFMT_TS_DISCONT: the file type allows such jumps."""
_FORWARD, _BACK = Fraction(10), Fraction(1, 10)
_HELD = 2000
"""Packets of sound that wait at most for the pictures behind the jump."""


class TimeJumps:
    """Follows the packets of one stream. offset: seconds to add to its times now. count: jumps so far."""

    def __init__(self, container: InputContainer, step: Fraction = Fraction(0)) -> None:
        """step: seconds from one packet to the next where packets do not say."""
        self.active = bool(container.format.flags & _TS_DISCONT)
        self.offset, self.count = Fraction(0), 0
        self._step = step
        self._expected: Fraction | None = None

    def restart(self) -> None:
        """Forget everything: the file is read from another place."""
        self.offset, self._expected = Fraction(0), None

    def gap(self, packet: Packet[Any]) -> Fraction:
        """Seconds by which the clock jumps before this packet, 0 if it does not jump."""
        if not self.active or packet.dts is None or self._expected is None:
            return Fraction(0)
        gap = packet.dts * packet.time_base + self.offset - self._expected
        return gap if gap > _FORWARD or gap < -_BACK else Fraction(0)

    def follow(self, packet: Packet[Any]) -> None:
        """Move the times of the next packet to where they belong."""
        if not self.active or packet.dts is None:
            return
        if (gap := self.gap(packet)) != 0:
            self.offset -= gap
            self.count += 1
        move(packet, self.offset)
        self._expected = (packet.dts + (packet.duration or 0)) * packet.time_base + (0 if packet.duration else self._step)


def move(packet: Packet[Any], seconds: Fraction) -> None:
    """Add to all times of a packet."""
    if ticks := round(seconds / packet.time_base):
        packet.pts = None if packet.pts is None else packet.pts + ticks
        packet.dts = None if packet.dts is None else packet.dts + ticks


class Rebaser:
    """Moves packets of all other streams with the pictures, whose packets must be pushed among them."""

    def __init__(self, container: InputContainer, pictures: VideoStream) -> None:
        self._container, self._pictures = container, pictures
        self._followed = TimeJumps(container, 1 / (pictures.average_rate or Fraction(25)))
        self._sounds: dict[int, TimeJumps] = {}
        self._held: list[Packet[Any]] = []

    def push(self, packet: Packet[Any]) -> list[Packet[Any]]:
        """The packets of other streams that are certain now, this one or some that waited."""
        if packet.stream_index == self._pictures.index:
            jumps = self._followed.count
            self._followed.follow(packet)
            return self.rest() if self._followed.count > jumps else []
        own, offset = self._sounds.setdefault(packet.stream_index, TimeJumps(self._container)), self._followed.offset
        if packet.stream.type != "audio":
            move(packet, offset)
        elif (own.gap(packet) != 0 and own.offset == offset and len(self._held) < _HELD) or packet.stream_index in {
                p.stream_index for p in self._held}:
            self._held.append(packet)  # behind a jump that the pictures have not made yet
            return []
        else:
            _follow(own, packet, offset)
        return [packet]

    def rest(self) -> list[Packet[Any]]:
        """Those that wait, moved by what is known."""
        held, self._held = self._held, []
        for packet in held:
            _follow(self._sounds[packet.stream_index], packet, self._followed.offset)
        return held


def rebased(packets: Iterable[Packet[Any]], container: InputContainer, pictures: VideoStream) -> Iterator[Packet[Any]]:
    """The packets of all other streams, moved with the `pictures`, whose packets must be among them."""
    rebaser = Rebaser(container, pictures)
    for packet in packets:
        yield from rebaser.push(packet)
    yield from rebaser.rest()


def _follow(own: TimeJumps, packet: Packet[Any], offset: Fraction) -> None:
    """Sound that jumps takes the pictures' offset; without such a jump of theirs its times continue without a gap."""
    if own.gap(packet) != 0 and own.offset != offset:
        own.restart()
        own.offset = offset
    own.follow(packet)
