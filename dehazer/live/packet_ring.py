"""The last seconds of a camera's packets, kept in memory, from which a recording can begin before it was asked for."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dehazer.files.packet_tap import PacketTap, TappedPacket

PRE_ROLL = 10.0
"""Seconds kept for recordings that begin before they are asked for."""
RING_BYTES = 64 << 20
"""Most that the packets of one camera may take: ten seconds at 53 Mbit/s."""

_RECENT = 2.0
"""Seconds since its last packet within which a group of pictures may go on; an older one ended with its connection."""


class PacketRing:
    """Packets of at least the last `seconds` from a key frame on, as far as `most` bytes hold them. May be used from any
    thread.
    """

    def __init__(self, seconds: float, most: int = RING_BYTES) -> None:
        self.seconds, self._most = seconds, most
        self._groups: deque[list[TappedPacket]] = deque()  # each begins with a key frame
        self._bytes = 0
        self._lock = threading.Lock()
        self._hand_on: PacketTap | None = None

    def add(self, packet: TappedPacket) -> None:
        """Keep one packet, hand it on, and let go of the groups of pictures that are older than needed."""
        with self._lock:
            if self._hand_on is not None:
                self._hand_on(packet)
            self._place(packet)
            while len(self._groups) > 1 and packet.arrived - self._groups[1][0].arrived >= self.seconds:
                self._drop()
            while self._bytes > self._most and self._groups:
                self._drop()

    def _place(self, packet: TappedPacket) -> None:
        if packet.key and not packet.sound:
            self._groups.append([])
        elif not self._groups:
            return  # nothing before it can be decoded
        elif packet.streams is not self._groups[-1][0].streams and not packet.sound:
            return  # a new connection whose first key frame has not come yet
        self._groups[-1].append(packet)
        self._bytes += len(packet.data)

    def _drop(self) -> None:
        self._bytes -= sum(len(packet.data) for packet in self._groups.popleft())

    def packets(self, now: float) -> list[TappedPacket]:
        """What is kept, from the last key frame at or before `now` − `seconds` on; all where there is less."""
        with self._lock:
            return self._kept(now)

    def hand_over(self, kept: Callable[[list[TappedPacket]], object], hand_on: PacketTap, now: float) -> None:
        """Give `kept` what is kept, and from then on each packet that comes to `hand_on`; none is lost or doubled between."""
        with self._lock:
            kept(self._kept(now))
            self._hand_on = hand_on

    def _kept(self, now: float) -> list[TappedPacket]:
        groups = [group for group in self._groups if now - group[-1].arrived < max(self.seconds, _RECENT)]
        while len(groups) > 1 and now - groups[1][0].arrived >= self.seconds:
            groups.pop(0)
        return [packet for group in groups for packet in group]

    def held(self, now: float) -> float:
        """Seconds from the first packet that is kept until `now`."""
        with self._lock:
            return now - self._groups[0][0].arrived if self._groups else 0.0

    @property
    def bytes(self) -> int:
        """What the packets take now."""
        with self._lock:
            return self._bytes

    def clear(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._groups.clear()
            self._bytes = 0
