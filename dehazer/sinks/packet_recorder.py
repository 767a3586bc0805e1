"""A recording of packets as they came, without decoding: files that begin at key frames and survive being killed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from dehazer.files.packet_tap import TappedPacket, TappedStreams
from dehazer.sinks._parameter_sets import parameter_sets
from dehazer.sinks._segment_file import SegmentFile, holds_pictures
from dehazer.sinks.recording_files import Segment, wall_time
from dehazer.sinks.segment_names import SegmentNames


class PacketRecorder:
    """Writes the packets of one camera over all its connections. A new file begins, at a key frame, after `segment_seconds`, with
    another connection, and where size, codec or parameters change; no packet is lost or doubled there.

    names: of the files. title: goes into the files. changed: called when a file
    was begun or ended. Of each file `segments` tells what is in it. Raises OutputError.
    """

    def __init__(self, names: SegmentNames, title: str = "", segment_seconds: float | None = None,
                 changed: Callable[[Segment], None] = lambda _: None) -> None:
        self._names, self._title, self._changed = names, title, changed
        self._length = None if segment_seconds is None else Fraction(segment_seconds)
        self.segments: list[Segment] = []
        self._file: SegmentFile | None = None
        self._streams: TappedStreams | None = None
        self._parameters = b""
        self._first_sound = b""
        self._last_arrival: float | None = None
        self._await_key = True
        self._pending_missing, self._pending_notes = 0, list[str]()

    def write(self, packet: TappedPacket) -> None:
        """Take one packet, in the order in which they came."""
        if packet.streams is not self._streams:
            self._connect(packet)
        if packet.sound:
            self._write_sound(packet)
            return
        if packet.key:
            self._look_at_key(packet)
        if self._file is None:
            return  # nothing before the first key frame of a connection can be decoded
        if self._await_key:
            self.skip(1)
            return
        self._file.write(packet)
        self._count(packet)

    def _connect(self, packet: TappedPacket) -> None:
        """Packets of another connection."""
        if self._last_arrival is not None:
            gap = packet.arrived - self._last_arrival
            self._pending_notes.append(f"The connection was lost: {gap:.1f} s before this file are not recorded.")
        self._close()
        self._streams, self._await_key, self._first_sound, self._parameters = packet.streams, True, b"", b""

    def _look_at_key(self, packet: TappedPacket) -> None:
        """Begin a file where that is due."""
        assert self._streams is not None
        self._await_key = False
        sets = packet.extradata or parameter_sets(self._streams.pictures.codec_context.name, packet.data)
        other = bool(sets) and bool(self._parameters) and sets != self._parameters
        if other:
            self._pending_notes.append("The camera changed the size or the parameters of its picture before this file.")
        self._parameters = sets or self._parameters
        if self._file is None or other or (self._length is not None and self._file.seconds_until(packet) >= self._length):
            self._begin(packet, sets)

    def _begin(self, key: TappedPacket, sets: bytes) -> None:
        self._close()
        began = wall_time(key.arrived)
        assert self._streams is not None
        suffix, note = (None, "") if holds_pictures(self._names.suffix, self._streams) else (
            ".mkv", f"This file is .mkv, because {self._names.suffix} cannot hold the camera's codec "
                    f"({self._streams.pictures.codec_context.codec.canonical_name}).")
        path = self._names.next(began, suffix)
        segment = Segment(path, began, missing=self._pending_missing, notes=[*self._pending_notes, *([note] if note else ())])
        self._pending_missing, self._pending_notes = 0, []
        self._file = SegmentFile(path, key, sets, self._first_sound, {"title": self._title, "creation_time": began.isoformat()})
        segment.notes += self._file.notes
        self.segments.append(segment)
        self._changed(segment)

    def _write_sound(self, packet: TappedPacket) -> None:
        self._first_sound = self._first_sound or packet.data
        if self._file is not None and self._file.write_sound(packet):
            self.segments[-1].sound += 1

    def _count(self, packet: TappedPacket) -> None:
        segment, file = self.segments[-1], self._file
        assert file is not None
        segment.pictures += 1
        segment.damaged += packet.damaged
        segment.seconds = float(file.seconds)
        self._last_arrival = packet.arrived

    def skip(self, pictures: int) -> None:
        """So many pictures could not be kept; what follows up to the next key frame cannot be decoded and is left out, too."""
        self._await_key = True
        if self._file is None:
            self._pending_missing += pictures
            return
        self.segments[-1].missing += pictures
        self._file.mark_missing(self.segments[-1].missing)

    def _close(self) -> None:
        """End the present file; it is kept whatever happens."""
        file, self._file = self._file, None
        if file is None:
            return
        segment = self.segments[-1]
        try:
            file.close(segment.missing)
            segment.complete = True
        finally:
            segment.notes += file.late_notes
            self._changed(segment)

    def finish(self) -> None:
        """End the recording. Raises OutputError where the last file could not be completed; it is kept."""
        self._close()

    @property
    def pictures(self) -> int:
        """Packets of pictures written so far."""
        return sum(segment.pictures for segment in self.segments)
