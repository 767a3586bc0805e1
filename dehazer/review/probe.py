"""What a video file says of itself, read from its header and its last packets; no picture is decoded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dehazer.errors import DamagedInputError, InputError, NoVideoError

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.stream import VideoStream

_FAR_AWAY = (1 << 62) // 1_000_000
"""Behind the end of any recording, in units of any time base."""
_FAR_FROM_KEY = 30
"""Seconds between a place in a recording and the key frame before it, at most."""
_LOOKS = 8
_LONGEST = 31 * 86400
"""Seconds; no recorder writes longer files."""
_CREATION_TAGS = ("com.apple.quicktime.creationdate", "creation_time", "date", "DATE")
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Cameras without a set clock write 1904 or 1970."""


@dataclass(frozen=True)
class FileFacts:
    """duration: seconds from the first picture to the end of the last. rate: average, None where unknown. codec: FFmpeg's name.

    created: what the metadata say, in UTC; None where they say nothing or nonsense. fault: a sentence, None for a good file.
    passing: the fault is none of the content (permissions, a drive that is away), so that it is worth reading the file again.
    """

    duration: float = 0.0
    width: int = 0
    height: int = 0
    rate: Fraction | None = None
    codec: str = ""
    has_sound: bool = False
    created: datetime | None = None
    fault: str | None = None
    passing: bool = False


def probe(path: Path) -> FileFacts:
    """The facts of one file; one that cannot be read has a fault, and nothing is raised for it."""
    from dehazer.files.media import FFMPEG_ERRORS, open_input, picture_stream

    try:
        with open_input(path) as container:
            return _facts(container, picture_stream(container, path))
    except InputError as error:
        return FileFacts(fault=str(error), passing=not isinstance(error, DamagedInputError | NoVideoError))
    except FFMPEG_ERRORS as error:
        return FileFacts(fault=f"{path} cannot be read to its end ({error}).", passing=True)


def _facts(container: InputContainer, stream: VideoStream) -> FileFacts:
    context = stream.codec_context
    duration = _duration(container, stream)
    name = container.name.removeprefix("file:")
    fault = None if duration > 0 else f"{name} holds no complete picture."
    if duration > _LONGEST:
        fault, duration = f"{name} says to be {duration / 86400:.0f} days long; its times are damaged.", 0.0
    return FileFacts(duration, context.width, context.height, stream.average_rate or None, context.name,
                     bool(container.streams.audio), _created(container, stream), fault)


def _created(container: InputContainer, stream: VideoStream) -> datetime | None:
    tags = {**stream.metadata, **container.metadata}
    for tag in _CREATION_TAGS:
        with suppress(ValueError):
            text = tags.get(tag, "")
            when = datetime.fromisoformat(text)
            when = when if when.tzinfo else when.replace(tzinfo=UTC)
            if len(text) > len("2024-03-10") and when >= _EARLIEST:
                return when.astimezone(UTC)
    return None


def _duration(container: InputContainer, stream: VideoStream) -> float:
    """Seconds of footage that are really there; headers of files that were cut off promise more."""
    base, start = stream.time_base or Fraction(1, 1000), stream.start_time
    if container.format.name == "avi":  # stores no times; FFmpeg's are late by the B-frames, from the first packet to the last
        start = next((packet.pts for packet in _readable(container, stream)), start)
    end = _end_of(_tail(container, stream), stream)
    if end is None or start is None or end <= start or _clock_jumps(container, stream, start, end):
        return _counted(container, stream)
    return float((end - start) * base)


def _tail(container: InputContainer, stream: VideoStream) -> Iterator[Packet[Any]]:
    """Packets from the last key frame on; all of them where the file has no index to find it by."""
    last = (stream.start_time or 0) + stream.duration if stream.duration else _FAR_AWAY
    if not _sought(container, stream, last):
        _sought(container, stream, stream.start_time or 0)
    return _readable(container, stream)


def _sought(container: InputContainer, stream: VideoStream, pts: int) -> bool:
    """Whether the file could be read from the key frame before `pts`; raw streams have no index for that."""
    from dehazer.files.media import FFMPEG_ERRORS

    try:
        container.seek(pts, stream=stream)
    except (*FFMPEG_ERRORS, PermissionError):
        return False
    return True


def _readable(container: InputContainer, stream: VideoStream) -> Iterator[Packet[Any]]:
    """Packets up to the end or to the first damage."""
    from dehazer.files.media import FFMPEG_ERRORS

    with suppress(*FFMPEG_ERRORS):
        yield from container.demux(stream)


def _end_of(packets: Iterator[Packet[Any]], stream: VideoStream) -> int | None:
    """The latest end of a picture, in units of the time base; None where no packet has a time."""
    step = round(1 / (stream.average_rate * stream.time_base)) if stream.average_rate and stream.time_base else 0
    ends = [packet.pts + (packet.duration or step) for packet in packets if packet.pts is not None and packet.size]
    return max(ends, default=None)


def _clock_jumps(container: InputContainer, stream: VideoStream, start: int, end: int) -> bool:
    """Whether a transport stream holds no pictures near some of the times between its start and end: its clock jumps there."""
    from dehazer.files.time_jumps import TimeJumps

    if not TimeJumps(container).active:
        return False
    far = _FAR_FROM_KEY / (stream.time_base or Fraction(1, 1000))
    for part in range(1, _LOOKS):
        wanted = start + (end - start) * part // _LOOKS
        _sought(container, stream, wanted)
        found = next((packet.pts for packet in _readable(container, stream) if packet.pts is not None), None)
        if found is None or abs(found - wanted) > far:
            return True
    return False


def _counted(container: InputContainer, stream: VideoStream) -> float:
    """Seconds by reading all packets: raw streams without times, clocks that jump. What is left out at a jump does not count."""
    from dehazer.files.media import open_input, picture_stream
    from dehazer.files.time_jumps import TimeJumps

    path = Path(container.name.removeprefix("file:"))
    with open_input(path) as again:  # raw streams cannot be read a second time otherwise
        pictures, count, times = picture_stream(again, path), 0, list[Fraction]()
        step = 1 / (stream.average_rate or Fraction(25))
        jumps = TimeJumps(again, step)
        for packet in _readable(again, pictures):
            if packet.size:
                jumps.follow(packet)
                count += 1
                times += [packet.pts * packet.time_base] if packet.pts is not None else []
    return float(max(times) - min(times) + step) if times else float(count * step)
