"""One file of a recording of packets: its streams, its times from zero on, and the mark of what is missing in its header."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.container import OutputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from dehazer.errors import OutputError
from dehazer.files.media import FFMPEG_ERRORS
from dehazer.files.output_paths import reason, utf8
from dehazer.files.packet_tap import TappedPacket, TappedStreams
from dehazer.redact import redacted
from dehazer.sinks._parameter_sets import size_of
from dehazer.sinks._sound_copy import SoundTrack, sound_track
from dehazer.sinks._stream_copier import add_copy
from dehazer.sinks.recording_files import CONTAINERS, mark_missing, missing_mark, remove_if_empty

_JUMP = 10
"""Seconds by which the camera's clock may be ahead of the arrival of its packets; beyond, or backwards, the clock was set."""


def holds_pictures(suffix: str, streams: TappedStreams) -> bool:
    """Whether a file of this type can hold the pictures as they are, found out by writing a header into memory."""
    trial = av.open(io.BytesIO(), "w", format=CONTAINERS[suffix][0])
    try:
        add_copy(trial, streams.pictures)
        trial.start_encoding()
    except (*FFMPEG_ERRORS, ValueError):
        return False
    finally:
        trial.close()
    return True


class _Clock:
    """The times of one stream in the file: those of the camera, moved; they never stand still or go back.

    moved: packets whose decoding time was changed. jumps: how often the camera's clock jumped; times go on by arrival there.
    """

    def __init__(self, zero: Fraction) -> None:
        self._shift = -zero
        self._last: tuple[Fraction, float] | None = None
        self._tick: int | None = None
        self.moved = self.jumps = 0

    def place(self, made: Packet[Any], arrived: float, target: Fraction) -> Fraction:
        """Give a packet its times in the file; returns when it is decoded, seconds from the beginning of the file."""
        base = made.time_base
        stamp = made.dts if made.dts is not None else made.pts
        time = self._time(None if stamp is None else stamp * base, arrived)
        late = 0 if made.pts is None or stamp is None else made.pts - stamp
        tick = round(time / target)
        if self._tick is not None and tick <= self._tick:
            self.moved += time < self._tick * target
            tick = self._tick + 1
        self._tick = tick
        made.dts = tick
        made.pts = max(tick, round((time + late * base) / target))
        made.duration = round((made.duration or 0) * base / target)
        made.time_base = target
        return tick * target

    def _time(self, stamp: Fraction | None, arrived: float) -> Fraction:
        last, waited = self._last, Fraction(0)
        if last is not None:
            waited = Fraction(round(max(0.0, arrived - last[1]) * 1000), 1000)
        time = None if stamp is None else stamp + self._shift
        if last is not None and (time is None or not -1 <= time - last[0] <= waited + _JUMP):
            self.jumps += time is not None
            self._shift += last[0] + waited - (time if time is not None else last[0] + waited)
            time = last[0] + waited
        time = time or Fraction(0)
        self._last = max(time, last[0]) if last is not None else time, arrived
        return time


class SegmentFile:
    """An open file. seconds: how long its pictures are so far. notes: what is not as in the source; late_notes: known only at
    the end. Raises OutputError.
    """

    def __init__(self, path: Path, key: TappedPacket, sets: bytes, first_sound: bytes, tags: dict[str, str]) -> None:
        self.path, self.notes, self.late_notes = path, list[str](), list[str]()
        self._sound: SoundTrack | None = None
        self._zero = Fraction(key.dts if key.dts is not None else key.pts or 0) * key.time_base
        self._pictures, self._sounds = _Clock(self._zero), _Clock(self._zero)
        self.seconds = Fraction(0)
        try:
            self._open(key, sets, first_sound, {**tags, "comment": missing_mark(0)})
        except (*FFMPEG_ERRORS, OSError, ValueError) as error:
            remove_if_empty(path)
            raise OutputError(f"{path} cannot be recorded to; check the folder and the free space.", str(error)) from error

    def _open(self, key: TappedPacket, sets: bytes, first_sound: bytes, tags: dict[str, str]) -> None:
        container, options = CONTAINERS[self.path.suffix.lower()]
        self._file: OutputContainer = av.open(f"file:{self.path}", "w", format=container, container_options=options)
        self._file.metadata.update({name: utf8(redacted(text)).decode() for name, text in tags.items() if text})
        template = key.streams.pictures
        self._stream: VideoStream = add_copy(self._file, template)  # type: ignore[assignment]
        if sets and sets not in (template.codec_context.extradata or b""):
            self._describe_anew(key, sets)
        if key.streams.sound is not None:
            self._sound, note = sound_track(self._file, key.streams.sound, first_sound)
            self.notes += [note] if note else []
        self._file.start_encoding()

    def _describe_anew(self, key: TappedPacket, sets: bytes) -> None:
        """The stream is no longer what the connection said at its beginning."""
        context = self._stream.codec_context
        if context.name in ("h264", "hevc"):
            context.extradata = sets
        if (size := size_of(context.name, key.data)) is not None:
            context.height, context.width = size

    def seconds_until(self, packet: TappedPacket) -> Fraction:
        """How long the file would be up to this packet, by the camera's clock; by what is in it where that has jumped."""
        stamp = packet.dts if packet.dts is not None else packet.pts
        return self.seconds if stamp is None else max(self.seconds, min(stamp * packet.time_base - self._zero,
                                                                       self.seconds + _JUMP))

    def write(self, packet: TappedPacket) -> None:
        """Append a packet of pictures."""
        made = packet.packet(self._stream)
        duration = (made.duration or 0) * made.time_base
        at = self._pictures.place(made, packet.arrived, self._base(self._stream.time_base))
        self.seconds = max(self.seconds, at + duration)
        self._mux(made)

    def write_sound(self, packet: TappedPacket) -> bool:
        """Append a packet of sound; whether this file has a track for it."""
        if self._sound is None:
            return False
        try:
            for made in self._sound.packets(packet):
                self._sounds.place(made, packet.arrived, self._base(self._sound.stream.time_base))
                self._mux(made)
        except FFMPEG_ERRORS as error:
            raise self._failure(error) from error
        return True

    @staticmethod
    def _base(base: Fraction | None) -> Fraction:
        return base or Fraction(1, 1000)

    def _mux(self, packet: Packet[Any]) -> None:
        try:
            self._file.mux(packet)
        except (*FFMPEG_ERRORS, OSError) as error:
            raise self._failure(error) from error

    def _failure(self, error: BaseException) -> OutputError:
        why = reason(error) if isinstance(error, OSError) else str(error)
        return OutputError(f"{self.path} cannot be written any further: {why}. What is there is kept.", str(error))

    def close(self, missing: int) -> None:
        """Write what is held back and the end of the file, and how many pictures are missing into its description."""
        try:
            for made in self._sound.finish() if self._sound is not None else ():
                self._sounds.place(made, 0.0, self._base(made.time_base))
                self._mux(made)
            self._file.close()
        except (*FFMPEG_ERRORS, OSError) as error:
            raise self._failure(error) from error
        finally:
            self._tell()
        self.mark_missing(missing)

    def _tell(self) -> None:
        for count, sentence in (
                (self._pictures.jumps, "{} times the camera's clock jumped; the pictures go on by their arrival there."),
                (self._pictures.moved, "{} pictures had times that went back; they were moved."),
                (self._sound.spoilt if self._sound is not None else 0, "{} packets of sound could not be decoded.")):
            if count:
                self.late_notes.append(sentence.format(count))

    def mark_missing(self, pictures: int) -> None:
        """Say in the file's description how many pictures are missing. The report says the same, so a failure is no harm."""
        if pictures and not mark_missing(self.path, pictures):
            self.late_notes.append(f"The count of missing pictures could not be written into {self.path.name}.")
