"""Reading packets in a thread of its own: whoever decodes them or takes the pictures never holds up the connection."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple

from av.packet import Packet

ROOM = 64
"""Packets of pictures that may wait for the decoder: two seconds of most cameras."""


class ReadPacket(NamedTuple):
    """A packet of pictures. arrived: time.monotonic(). after_gap: packets before it were left out."""

    packet: Packet[Any]
    arrived: float
    after_gap: bool


def _nothing_to_read() -> None:
    return


def _nobody_accepts(_packet: Packet[Any], _arrived: float) -> bool:
    return False


class PacketReader:
    """The packets that `read` gives, until it gives None or raises; `next` raises the same.

    accept: called with each packet and the time of its arrival in the reading thread; says whether it is one of pictures, for
    `next`. skip_late: what waits is left out where the decoder falls behind; else the reading waits for it. skipped: how
    many were left out.
    """

    def __init__(self, read: Callable[[], Packet[Any] | None], accept: Callable[[Packet[Any], float], bool],
                 room: int = ROOM) -> None:
        self._read, self._accept, self._room = read, accept, room
        self.skip_late, self.skipped = False, 0
        self._waiting: deque[ReadPacket] = deque()
        self._changed = threading.Condition()
        self._over, self._error = False, None  # type: bool, BaseException | None
        self._thread = threading.Thread(target=self._work, name="dehazer-packets", daemon=True)

    def next(self) -> ReadPacket | None:
        """The oldest packet that waits; None at the end. Raises what `read` raised. Starts the reading."""
        if self._thread.ident is None:
            self._thread.start()
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._over)
            if self._waiting:
                self._changed.notify_all()
                return self._waiting.popleft()
        if self._error is not None:
            raise self._error
        return None

    def _work(self) -> None:
        try:
            while (packet := self._read()) is not None:
                arrived = time.monotonic()
                if self._accept(packet, arrived) and not self._put(packet, arrived):
                    return
        except BaseException as error:  # noqa: BLE001  top of a thread: raised by `next`
            self._error = error
        finally:
            self.end()

    def _put(self, packet: Packet[Any], arrived: float) -> bool:
        """Whether there is still somebody to read it."""
        with self._changed:
            full = len(self._waiting) >= self._room
            late = full and self.skip_late
            if late:
                self.skipped += len(self._waiting)
                self._waiting.clear()
            elif full:
                self._changed.wait_for(lambda: len(self._waiting) < self._room or self._over)
            if self._over:
                return False
            self._waiting.append(ReadPacket(packet, arrived, late))
            self._changed.notify_all()
            return True

    def end(self) -> None:
        """Let nobody wait any longer, and give no more packets than those that wait."""
        with self._changed:
            self._over = True
            self._changed.notify_all()

    def join(self) -> None:
        """Wait until the reading has ended; whatever `read` waits for must have been told to."""
        if self._thread.ident is not None:
            self._thread.join()
        self._read, self._accept = _nothing_to_read, _nobody_accepts  # the source and its decoder are freed now, not by a later
        self._error = None  # look of the garbage collector for circles; its traceback leads back to the source
        self._waiting.clear()
