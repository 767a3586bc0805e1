"""The times of all pictures of a file, read from its packets without decoding: what frame numbers are counted with."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from av.packet import Packet
from av.video.stream import VideoStream

from dehazer.errors import UsageError
from dehazer.files.media import FFMPEG_ERRORS, open_input, picture_stream
from dehazer.files.time_jumps import TimeJumps


class PictureTimes:
    """Reads the packets of a file piece by piece. complete: all have been read. One thread at a time may use it.

    by_order: pictures of this type of file have their times from their order, not from their packets.

    A frame number is the position of a picture among all that the file holds, in the order they are shown, from 0. Pictures
    that are damaged and cannot be decoded keep their number.
    """

    def __init__(self, path: Path) -> None:
        """Raises InputError members."""
        self.complete = False
        self._times: list[int] = []
        self._untimed = 0  # pictures before the first that has a time (Matroska's before zero), or all
        self._container = open_input(path)
        try:
            self._stream = picture_stream(self._container, path)
        except BaseException:
            self._container.close()
            raise
        rate = self._stream.average_rate or self._stream.guessed_rate or Fraction(25)
        self._jumps = TimeJumps(self._container, 1 / rate)
        self.by_order = self._container.format.name == "avi"  # its pictures are timed by the order of the packets
        self._packets: Iterator[Packet[VideoStream]] = self._container.demux(self._stream)

    def read(self, packets: int) -> bool:
        """Read so many packets; returns whether more are left. What cannot be read ends the count."""
        for _ in range(packets):
            packet = self._next() if not self.complete else None
            if packet is None:
                self._finish()
                return False
            self._note(packet)
        return True

    def _next(self) -> Packet[VideoStream] | None:
        try:
            return next(self._packets, None)
        except FFMPEG_ERRORS:
            return None

    def _note(self, packet: Packet[VideoStream]) -> None:
        if not packet.size or packet.is_discard:
            return
        self._jumps.follow(packet)
        time = packet.dts if self.by_order or packet.pts is None else packet.pts
        if time is None:
            self._untimed += 1
        else:
            self._times.append(time)

    def _finish(self) -> None:
        if not self.complete:
            self._times.sort()
            self.complete = True
            self._container.close()

    @property
    def may_jump(self) -> bool:
        """Whether the file is of a type whose clock may jump."""
        return self._jumps.active

    @property
    def jumped(self) -> bool:
        """Whether the clock of the file jumps somewhere in what has been read."""
        return self._jumps.count > 0

    @property
    def count(self) -> int:
        """Pictures read so far; when complete, all of the file."""
        return self._untimed + len(self._times)

    @property
    def timed(self) -> bool:
        """Whether the packets have times at all; the files of bare streams have none."""
        return bool(self._times)

    def number(self, pts: int) -> int | None:
        """Frame number of the picture shown at `pts`; None until all packets have been read, and where they have no times."""
        return self._untimed + bisect_left(self._times, pts) if self.complete and self._times else None

    def pts(self, number: int) -> int:
        """Time of that frame. Raises UsageError outside the file."""
        if not 0 <= number < self.count or not self._times:
            raise UsageError(f"There is no frame {number}; this recording has the frames 0 to {self.count - 1}.")
        return self._times[max(0, number - self._untimed)]

    def close(self) -> None:
        """Close the file. May be called twice."""
        self._container.close()
