"""Packets in, pictures out: survives damage and counts it, finds a moment exactly."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from fractions import Fraction

import av
import av.error
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from dehazer.files.media import FFMPEG_ERRORS
from dehazer.files.picture_decoder import PictureDecoder
from dehazer.files.time_jumps import TimeJumps

_READ_FAILURES_IN_A_ROW = 20
"""A broken file may fail at every read without ever reaching its end."""


_PICTURES_BEFORE_ZERO = 32


class Decoder:
    """The film in a container, picture by picture in presentation order. Owns the container.

    open_file: opens the file again and returns it with its picture stream. demux: reads its packets; None: as FFmpeg does.
    damaged: packets that could not be decoded. flawed: pictures the decoder had to mend. unread: failed reads of the
    file. timeless: pictures that came without a time and were given the next one of a constant rate. codec: what decodes.
    """

    def __init__(self, open_file: Callable[[], tuple[InputContainer, VideoStream]],
                 demux: Callable[[InputContainer, VideoStream], Iterator[Packet[VideoStream]]] | None = None, *,
                 processor: bool = True) -> None:
        """processor: decode on the processor where that alone sees all of a picture."""
        self._processor = processor
        self._demux = demux or (lambda container, stream: container.demux(stream))
        self.damaged = self.flawed = self.unread = self.timeless = 0
        self._open_file = open_file
        self._end_of_last, self._short = 0, ""
        self._ready: deque[av.VideoFrame] = deque()
        self._jumps: TimeJumps | None = None
        self._open()
        self.time_base: Fraction = self.stream.time_base or Fraction(1, 1000)
        rate = self.stream.average_rate or self.stream.guessed_rate or Fraction(25)
        self._step = max(1, round(1 / (rate * self.time_base)))
        self._jumps = TimeJumps(self._container, 1 / rate)

    def _open(self) -> None:
        self._container, self.stream = self._open_file()
        self.stream.thread_type = "AUTO"  # frames and slices, as many as there are cores; PyAV's own default is slices
        self.codec = PictureDecoder(self.stream, self._processor)
        self._reset_state()

    def _reset_state(self) -> None:
        self._packets: Iterator[Packet[VideoStream]] | None = None
        self._last: int | None = None
        self._first_sent: int | None = None
        self._lag: int | None = None
        self._failures = 0
        self._ready.clear()
        if self._jumps is not None:
            self._jumps.restart()

    def close(self) -> None:
        """Close the file. May be called twice."""
        self._reset_state()
        self._container.close()

    def read(self) -> av.VideoFrame | None:
        """The next picture, always with a pts; None at the end. Damage is counted, never raised."""
        while not self._ready:
            packet = self._next_packet()
            if packet is None:
                self._check_end()
                return None
            self._decode(packet)
        if self._last is None and self._ready[0].pts is None and "matroska" in self._container.format.name:
            self._time_from_the_next()
        picture = self._ready.popleft()
        self.flawed += picture.is_corrupt
        self._give_time(picture)
        self._end_of_last = (picture.pts or 0) + max(picture.duration, self._step)
        return picture

    def _check_end(self) -> None:
        """A file cut off in the middle ends like any other; only its header knows better."""
        promised = promised_end(self.stream)
        if promised is None or self._jumped:
            return
        if promised - self._end_of_last > max(Fraction(3 * self._step), 1 / (10 * self.time_base)):
            whole, there = (float((t - (self.stream.start_time or 0)) * self.time_base) for t in (promised, self._end_of_last))
            self._short = f"The file ends early: {there:.1f} of {whole:.1f} seconds are there."

    @property
    def _jumped(self) -> int:
        return self._jumps.count if self._jumps is not None else 0

    def _next_packet(self) -> Packet[VideoStream] | None:
        while self._failures < _READ_FAILURES_IN_A_ROW:
            if self._packets is None:
                self._packets = self._demux(self._container, self.stream)
            try:
                packet = next(self._packets, None)
            except FFMPEG_ERRORS:
                self.unread += 1
                self._failures += 1
                self._packets = None  # a generator that raised is spent; a new one continues behind the damage
            else:
                self._failures = 0
                return packet
        return None

    def _decode(self, packet: Packet[VideoStream]) -> None:
        if self._jumps is not None:
            self._jumps.follow(packet)
        if self._first_sent is None:
            self._first_sent = packet.dts
        try:
            self._ready.extend(self.codec.decode(packet))
        except av.error.EOFError:
            pass  # a decoder that was already flushed says so; there is nothing more in it
        except FFMPEG_ERRORS:
            self.damaged += 1

    def _give_time(self, picture: av.VideoFrame) -> None:
        if self._container.format.name == "avi":
            self._time_from_order(picture)
        elif picture.pts is None:
            self.timeless += 1
            picture.pts = 0 if self._last is None else self._last + self._step
        self._last = picture.pts

    def _time_from_the_next(self) -> None:
        """FFmpeg drops times before zero from Matroska files: count back from the first picture that has one."""
        while self._ready[-1].pts is None and len(self._ready) < _PICTURES_BEFORE_ZERO:
            packet = self._next_packet()
            if packet is None:
                return
            self._decode(packet)
        timed = next((i for i, picture in enumerate(self._ready) if picture.pts is not None), None)
        for index in range(timed or 0):
            self._ready[index].pts = (self._ready[timed or 0].pts or 0) - ((timed or 0) - index) * self._step

    def _time_from_order(self, picture: av.VideoFrame) -> None:
        """AVI stores decoding order only: FFmpeg's pts are late, and shuffled where there are B-frames; the dts count on."""
        if self._last is None:
            picture.pts = self._first_sent if self._first_sent is not None else picture.pts or 0
            self._lag = None if picture.dts is None else picture.dts - picture.pts
        elif picture.dts is None or self._lag is None or picture.dts - self._lag <= self._last:
            picture.pts = self._last + self._step
        else:
            picture.pts = picture.dts - self._lag

    def restart(self) -> None:
        """Go back to the first picture. Opens the file anew: seeking to the start lands behind it in some containers."""
        self.close()
        self._open()

    def _seek(self, pts: int) -> None:
        self._container.seek(pts, stream=self.stream)  # flushes the stream's own decoder too
        self.codec.flush()
        self._reset_state()

    def around(self, pts: int) -> tuple[av.VideoFrame | None, av.VideoFrame | None]:
        """(last picture at or before `pts`, first one after it); None where there is none. Continues behind both."""
        first = self.land(pts)
        before, after = None, first
        while after is not None and (after.pts or 0) <= pts:
            before, after = after, self.read()
        return before, after

    def land(self, pts: int) -> av.VideoFrame | None:
        """Go to a picture at or before `pts` behind which every picture is decoded as from the beginning; that picture.

        Goes further back until such a picture is found, at last to the first one of the file.
        """
        earliest = self.stream.start_time or 0
        back = 0
        while (target := pts - back) > earliest and self.timeless == 0 and not self._order_only:
            try:
                self._seek(target)
            except FFMPEG_ERRORS:
                break  # this container has no index for it: count from the beginning
            picture = self._enter(pts)
            if picture is not None:
                return picture
            back = max(2 * back, round(1 / self.time_base))  # one second, two, four …
        self.restart()
        return self.read()

    @property
    def _order_only(self) -> bool:
        """AVI with B-frames: which picture a key packet holds is known only by counting from the beginning."""
        return self._container.format.name == "avi" and bool(self.stream.codec_context.has_b_frames)

    def _enter(self, pts: int) -> av.VideoFrame | None:
        """The picture of the next key packet, if it is at or before `pts`, whole, and the first that can be used."""
        key = self._next_packet()
        while key is not None and not key.is_keyframe and key.size:
            key = self._next_packet()
        if key is None or not key.size or (key.pts is not None and key.pts > pts):
            return None
        self._decode(key)
        picture = self.read()
        while picture is not None and key.pts is not None and (picture.pts or 0) < key.pts:
            picture = self.read()  # shown before the key picture, but made from pictures that were never decoded
        if picture is None or (picture.pts or 0) > pts or picture.is_corrupt:
            return None
        return picture if key.pts in (None, picture.pts) else None

    @property
    def warnings(self) -> tuple[str, ...]:
        """One sentence per kind of damage survived."""
        counted = (
            (self.damaged, "{n} damaged {packet} could not be decoded and {was} skipped."),
            (self.flawed, "{n} {picture} {was} damaged and {was} mended by the decoder."),
            (self.unread, "{n} {time} the file could not be read on and a piece was skipped."),
            (self._jumped, "{n} {time} the clock of the file jumped; pictures and sound go on there without a gap."),
            (self.timeless, "{n} {picture} came without a time and {was} placed at the stream's constant rate."),
        )
        return (*(_counted(text, n) for n, text in counted if n), *((self._short,) if self._short else ()))


def promised_end(stream: VideoStream) -> Fraction | None:
    """Where the film ends by its header, in units of the time base: the stream's duration, or Matroska's tag."""
    if stream.time_base is None:
        return None
    tag = re.fullmatch(r"(\d+):(\d\d):(\d\d(?:\.\d+)?)", stream.metadata.get("DURATION", ""))
    if stream.duration is not None and "matroska" not in stream.container.format.name:
        return Fraction(stream.duration + (stream.start_time or 0))
    if tag is None:
        return None
    return (int(tag[1]) * 3600 + int(tag[2]) * 60 + Fraction(tag[3])) / stream.time_base


def _counted(text: str, n: int) -> str:
    plural = n != 1
    return text.format(n=n, packet="packets" if plural else "packet", picture="pictures" if plural else "picture",
                       time="times" if plural else "time", was="were" if plural else "was")
