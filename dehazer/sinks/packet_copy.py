"""Part of a film copied packet by packet, without decoding: from the key frame that encloses its beginning."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from dehazer.errors import DamagedInputError, OutputError
from dehazer.files.containers import Container, container_of, muxer_options
from dehazer.files.media import FFMPEG_ERRORS, open_input, picture_stream
from dehazer.files.output_paths import reason
from dehazer.files.time_jumps import TimeJumps
from dehazer.frames.frame import VideoInfo
from dehazer.sinks import _quicktime
from dehazer.sinks._descriptions import file_tags, is_exotic
from dehazer.sinks._input_properties import read_head
from dehazer.sinks._partial_file import PartialFile
from dehazer.sinks._stream_copier import StreamCopier, add_copy
from dehazer.sinks.additions import CopiedSpan

_REORDERED = 3
"""Pictures by which the order of decoding, which is all that AVI stores, may be ahead of that of showing."""
Step = Callable[[Fraction], None]


@dataclass(frozen=True)
class CopiedPackets:
    """What was copied. first: time of the key frame it begins with, last: of the last picture, both as the input has them, in
    seconds. pictures: packets of pictures. shift: seconds added to all times. notes: what the file type cannot hold.
    """

    first: Fraction
    last: Fraction
    pictures: int
    shift: Fraction
    notes: tuple[str, ...]


def _no_step(time: Fraction) -> None:
    """Say nothing."""


def copy_packets(source: Path, target: Path, low: Fraction, high: Fraction | None, *, tags: Mapping[str, str] | None = None,
                 step: Step = _no_step) -> CopiedPackets:
    """Copy pictures with low ≤ time < high, and the sound and text beside them, into `target`, which is made or overwritten.

    Earlier pictures back to the last key frame at or before `low` come along, because no decoder can do without them; so do later
    ones that pictures before `high` refer to. low, high: times of the file, seconds; None is its end. tags: descriptions; the
    input's own win. step: called with the time of each picture copied. Raises InputError members, OutputError.
    """
    container = container_of(target)
    with open_input(source) as pictures_of, open_input(source) as rest_of:
        stream = picture_stream(pictures_of, source)
        packets = _enclosed(pictures_of, stream, low, high)
        first = next(packets, None)
        if first is None:
            raise DamagedInputError(f"Nothing in the chosen span of {source} can be read; choose another span.")
        beside = picture_stream(rest_of, source)
        copier = StreamCopier(rest_of, beside, container, read_head(rest_of, beside))
        file = PartialFile(_made(target))
        try:
            writer = _Writer(container, file, stream, copier, {**(tags or {}), **file_tags(rest_of)})
            copied = writer.copy(first, packets, high, step)
            if container.format in _quicktime.FORMATS:
                _quicktime.remove_empty_tracks(target)
                _quicktime.extend_edits(target)
            return copied
        except (*FFMPEG_ERRORS, OSError, ValueError) as error:
            raise _failure(target, file, error) from error
        finally:
            copier.close()
            file.close()


def _made(target: Path) -> Path:
    try:
        target.touch()
    except OSError as error:
        raise OutputError(f"{target} cannot be written: {reason(error)}.", str(error)) from error
    return target


def _failure(target: Path, file: PartialFile, error: BaseException) -> OutputError:
    if errno.ENOSPC in (getattr(error, "errno", None), getattr(file.error, "errno", None)):
        return OutputError(f"The disk of {target.parent} is full; make room and start again.", str(error))
    why = reason(file.error) if file.error else "the packets do not fit into this file type; choose .mkv"
    return OutputError(f"{target} cannot be written: {why}.", str(error))


class _Writer:
    """The output file and its streams."""

    def __init__(self, container: Container, file: PartialFile, pictures: VideoStream, copier: StreamCopier,
                 tags: dict[str, str]) -> None:
        self._container, self._pictures, self._copier = container, pictures, copier
        info = VideoInfo(pictures.width, pictures.height, None, time_base=pictures.time_base or Fraction(1, 1000),  # type: ignore[arg-type]
                         rate=pictures.average_rate)
        options = muxer_options(container, info, [s.time_base for s in copier.streams if s.time_base], is_exotic(tags))
        self._output: OutputContainer = av.open(file, "w", format=container.format, options=options)
        self._target = add_copy(self._output, pictures)
        self._target.disposition = pictures.disposition
        self._target.metadata.update(pictures.metadata)
        for stream in copier.streams:
            copier.add_to(self._output, stream)
        if container.tags:
            self._output.metadata.update(tags)
        self._output.start_encoding()

    def copy(self, first: Packet[VideoStream], rest: Iterator[Packet[VideoStream]], high: Fraction | None,
             step: Step) -> CopiedPackets:
        """Write everything, and close the file."""
        begin = _shown(first)
        ticks, base = round(-begin / first.time_base), first.time_base  # which a packet changes when it is written
        self._copier.begin(CopiedSpan(begin, high, -begin))
        count, last = 0, begin
        for packet in _chained(first, rest):
            count, last = count + 1, max(last, _shown(packet))
            step(_shown(packet))
            self._write(packet, ticks)
        self._copier.copy_until(self._output, None)
        self._output.close()
        notes = (*self._copier.left_out, *self._copier.changed, *self._copier.warnings)
        return CopiedPackets(begin, last, count, ticks * base, notes)

    def _write(self, packet: Packet[VideoStream], ticks: int) -> None:
        packet.pts = None if packet.pts is None else packet.pts + ticks
        packet.dts = None if packet.dts is None else packet.dts + ticks
        stamp = packet.dts if packet.dts is not None else packet.pts
        self._copier.copy_until(self._output, Fraction(stamp or 0) * packet.time_base)
        packet.stream = self._target  # type: ignore[assignment]
        self._output.mux(packet)


def _chained(first: Packet[VideoStream], rest: Iterator[Packet[VideoStream]]) -> Iterator[Packet[VideoStream]]:
    yield first
    yield from rest


def _shown(packet: Packet[VideoStream]) -> Fraction:
    """When the picture of a packet is shown, seconds. AVI stores the order of decoding alone."""
    stamp = packet.dts if packet.pts is None or packet.stream.container.format.name == "avi" else packet.pts
    return Fraction(stamp or 0) * packet.time_base


def _enclosed(container: InputContainer, stream: VideoStream, low: Fraction,
              high: Fraction | None) -> Iterator[Packet[VideoStream]]:
    """Packets from the key frame at or before `low` to the last one that is shown, or is needed for one shown, before `high`."""
    held: list[Packet[VideoStream]] = []
    first: Fraction | None = None
    late = _REORDERED / (stream.average_rate or Fraction(25)) if container.format.name == "avi" else Fraction(0)
    for packet in _from_key_frame(container, stream, low - late):
        first = _shown(packet) if first is None else first
        if _shown(packet) < first:
            continue  # shown before the key frame, and made of pictures before it: an open group of pictures
        decoded = Fraction(packet.dts if packet.dts is not None else packet.pts or 0) * packet.time_base
        if high is not None and decoded >= high + late:
            return
        held.append(packet)
        if high is None or _shown(packet) < high + late:
            yield from held
            held = []


def _from_key_frame(container: InputContainer, stream: VideoStream, low: Fraction) -> Iterator[Packet[VideoStream]]:
    """Packets from the last key frame shown at or before `low`; the file's first packet where there is none."""
    back = Fraction(0)
    earliest = Fraction(stream.start_time or 0) * (stream.time_base or Fraction(1, 1000))
    searched = not TimeJumps(container).active  # times behind a jump of the clock are known only to who reads from the start
    while searched and low - back > earliest:
        packets = _sought(container, stream, low - back)
        key = next((packet for packet in packets if packet.is_keyframe), None)
        if key is None or _shown(key) > low:
            back = max(2 * back, Fraction(1))
            continue
        yield from _from_last_key(key, packets, low)
        return
    yield from _from_last_key(None, _sought(container, stream, earliest), low)


def _from_last_key(key: Packet[VideoStream] | None, packets: Iterator[Packet[VideoStream]],
                   low: Fraction) -> Iterator[Packet[VideoStream]]:
    """A search may land some key frames early: packets before a later key frame that is shown at or before `low` are dropped."""
    held = [] if key is None else [key]
    searching = True
    for packet in packets:
        if searching and packet.is_keyframe and _shown(packet) <= low:
            held = []
        if searching and Fraction(packet.dts if packet.dts is not None else packet.pts or 0) * packet.time_base > low:
            searching = False
            yield from held
            held = []
        if searching:
            held.append(packet)
        else:
            yield packet
    yield from held


def _sought(container: InputContainer, stream: VideoStream, time: Fraction) -> Iterator[Packet[VideoStream]]:
    """Packets from a place at or before `time`; from the beginning where the file cannot be searched."""
    try:
        container.seek(int(time / (stream.time_base or Fraction(1, 1000))), stream=stream)
    except FFMPEG_ERRORS:
        container.seek(0)
    jumps = TimeJumps(container, 1 / (stream.average_rate or Fraction(25)))
    for packet in container.demux(stream):
        jumps.follow(packet)
        if packet.size:
            yield packet
