"""Packets on their way to the disk: whoever offers them never waits, and what did not find room is counted."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dehazer.files.packet_tap import TappedPacket

QUEUE_BYTES = 64 << 20
"""Most that may wait for the disk: a minute of most cameras."""


class PacketQueue:
    """A queue of packets, and of counts of pictures that are missing between them. dropped: pictures left out so far.

    Where a packet finds no room, it and all up to the next key frame that finds some are left out: they could not be decoded.
    """

    def __init__(self, most: int = QUEUE_BYTES) -> None:
        self._most = most
        self._items: deque[TappedPacket | int] = deque()
        self._bytes = self.dropped = 0
        self._gap: int | None = None  # pictures left out since the last packet that was taken
        self._over = False
        self._changed = threading.Condition()

    def put(self, packet: TappedPacket) -> None:
        """Offer one packet; nothing happens when the queue has ended."""
        with self._changed:
            if self._over:
                return
            full = self._bytes + len(packet.data) > self._most and bool(self._items)
            if full or (self._gap is not None and (packet.sound or not packet.key)):
                self._leave_out(packet)
                return
            if self._gap is not None:
                self._items.append(self._gap)
                self._gap = None
            self._append(packet)

    def extend(self, packets: list[TappedPacket]) -> None:
        """Offer packets that are in memory anyway: the room grows by what they take."""
        with self._changed:
            self._most += sum(len(packet.data) for packet in packets)
            for packet in packets:
                self._append(packet)

    def _append(self, packet: TappedPacket) -> None:
        self._items.append(packet)
        self._bytes += len(packet.data)
        self._changed.notify_all()

    def _leave_out(self, packet: TappedPacket) -> None:
        if packet.sound and self._gap is None:
            return  # pictures can go on; a packet of sound is a fraction of a second
        self._gap = (self._gap or 0) + (not packet.sound)
        self.dropped += not packet.sound

    def get(self) -> TappedPacket | int | None:
        """The oldest packet, or how many pictures are missing here; None at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._items or self._over)
            if not self._items:
                gap, self._gap = self._gap, None
                return gap
            item = self._items.popleft()
            if not isinstance(item, int):
                self._bytes -= len(item.data)
            return item

    def finish(self) -> None:
        """Take no more; what waits can still be read."""
        with self._changed:
            self._over = True
            self._changed.notify_all()

    def abort(self) -> None:
        """Take no more, and let go of what waits."""
        with self._changed:
            self._over = True
            self._items.clear()
            self._bytes, self._gap = 0, None
            self._changed.notify_all()
