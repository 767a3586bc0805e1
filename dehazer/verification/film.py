"""What a film is, read from its file: its pictures' times and marks, and a hash of every stream beside them."""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from av.packet import Packet
from av.sidedata.sidedata import Type as SideDataType
from av.stream import AttachmentStream, Discard, Stream
from av.subtitles.subtitle import AssSubtitle
from av.video.format import VideoFormat
from av.video.stream import VideoStream

from dehazer.errors import DamagedInputError
from dehazer.files.media import (
    FFMPEG_ERRORS,
    extra_plane,
    further_metadata,
    is_cover,
    is_text,
    open_input,
    picture_stream,
    side_data,
)
from dehazer.files.picture_decoder import PictureDecoder
from dehazer.files.picture_flags import flags_of
from dehazer.files.time_jumps import TimeJumps, rebased
from dehazer.frames.frame import ColorTags

_STYLE = re.compile(r"\{[^}]*\}")
"""In the words of subtitles as FFmpeg decodes them."""
_END_OF_TEXT = b"\0\0"
_OF_MXF = {"uid", "generation_uid", "company_name", "product_name", "product_version", "product_version_num", "product_uid",
           "toolkit_version_num", "application_platform", "operational_pattern_ul", "material_package_umid", "modification_date"}
"""SMPTE ST 377-1, Identification: which program wrote an MXF file, and the numbers by which this very file is known."""
_OF_THE_FILE = {"major_brand", "minor_version", "compatible_brands", "encoder", "software", "duration", "timecode", *_OF_MXF}
"""Tags that speak of the file and its writer, not of the film; the timecode is a property of its own."""
_ADTS, _ADTS_HEADER, _ADTS_CHECKED = 0xFFF0, 7, 9
_MARGIN = 10
"""Seconds around a span within which packets of all streams are found."""
_PROGRESSIVE = 1  # AVFieldOrder


@dataclass(frozen=True)
class StreamFacts:
    """One stream beside the pictures. kind: FFmpeg's (audio, subtitle, attachment, data, video). times: pts in seconds.

    digest: SHA-256 of all its bytes one behind the other, without the framing that some file types put around each packet.
    words: of every subtitle, without its style; () where they are pictures, and for other kinds.
    """

    index: int
    kind: str
    codec: str
    language: str
    clock: Fraction
    times: tuple[Fraction, ...]
    size: int
    digest: str
    words: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """For people: "audio 1 (aac)"."""
        return f"{self.kind} {self.index} ({self.codec})"


@dataclass(frozen=True)
class Film:
    """Everything that must survive. Empty, 0 or None where the file says nothing.

    times: pts of all pictures in seconds, in order of showing. clock: time base they are stored in. chapters: start, end,
    title. hdr: numbers of the mastering display and the content light level. damaged: packets that could not be decoded.
    opacity: of every picture on average, 0 to 1; () where they have no transparency. captions: closed captions inside every
    picture; () where none has any. further: names of what else the first picture carries.
    """

    format: str
    times: tuple[Fraction, ...]
    clock: Fraction
    width: int
    height: int
    codec: str = ""
    tag: str = ""
    profile: str = ""
    pix_fmt: str = ""
    aspect: Fraction = Fraction(1)
    matrix: tuple[int, ...] = ()
    color: ColorTags = field(default_factory=ColorTags)
    chroma: str = ""
    fields: str = ""
    hdr: dict[str, tuple[float, ...]] = field(default_factory=dict)
    timecode: str = ""
    language: str = ""
    tags: dict[str, str] = field(default_factory=dict)
    chapters: tuple[tuple[Fraction, Fraction, str], ...] = ()
    streams: tuple[StreamFacts, ...] = ()
    damaged: int = 0
    opacity: tuple[float, ...] = ()
    captions: tuple[bytes, ...] = ()
    further: tuple[str, ...] = ()

    @property
    def layout(self) -> VideoFormat:
        """FFmpeg's description of the pixel format."""
        return VideoFormat(self.pix_fmt, 64, 64)


def read_film(path: Path, start: float | None = None, end: float | None = None) -> Film:
    """Decode all pictures of `path` and read all other packets; start, end: seconds from the first picture, for the rest alone.

    Raises InputError members.
    """
    with open_input(path) as container:
        stream = picture_stream(container, path)
        decoded = _pictures(container, stream)
        if decoded.first is None:
            raise DamagedInputError(f"Nothing in {path} can be decoded.")
        film = _described(container, stream, decoded)
    span = _span(decoded.times, start, end)
    with open_input(path) as container:
        return _with_streams(film, container, picture_stream(container, path), span)


def read_span(path: Path, start: float | None = None, end: float | None = None) -> Film:
    """As `read_film`, for a short span of a long file: pictures are counted by their packets, only the file's first is decoded.

    times: that of the first picture of the file, then those of the span and of what lies around it. Raises InputError members.
    """
    with open_input(path) as container:
        stream = picture_stream(container, path)
        first = next(iter(container.decode(stream)), None)
        if first is None:
            raise DamagedInputError(f"Nothing in {path} can be decoded.")
        zero = (first.pts or 0) * (stream.time_base or Fraction(1, 1000))
        film = _described(container, stream, _Decoded(first))
    low, high = zero + _seconds(start or 0.0), None if end is None else zero + _seconds(end)
    with open_input(path) as container:
        times = _packet_times(container, picture_stream(container, path), low, high)
    times = (zero, *(time for time in times if time > zero))
    with open_input(path) as container:
        _go_before(container, low)
        return _with_streams(replace(film, times=times), container, picture_stream(container, path), _span(times, start, end),
                             hasty=True)


def _packet_times(container: InputContainer, stream: VideoStream, low: Fraction, high: Fraction | None) -> tuple[Fraction, ...]:
    """When the pictures of a span and some around it are shown, by their packets, in order."""
    _go_before(container, low)
    jumps = TimeJumps(container, 1 / (stream.average_rate or Fraction(25)))
    avi, times = container.format.name == "avi", []
    for packet in container.demux(stream):
        jumps.follow(packet)
        stamp = packet.dts if avi or packet.pts is None else packet.pts
        if packet.size and stamp is not None:
            times.append(stamp * packet.time_base)
        if high is not None and packet.dts is not None and packet.dts * packet.time_base > high + _MARGIN:
            break
    return tuple(sorted(times))


def _go_before(container: InputContainer, low: Fraction) -> None:
    """Search for a place well before `low`; the beginning where the file cannot be searched or its clock may jump."""
    if low > _MARGIN and not TimeJumps(container).active:
        with suppress(*FFMPEG_ERRORS):
            container.seek(int((low - _MARGIN) * av.time_base))


@dataclass(frozen=True)
class _Decoded:
    """What decoding gave. first: the first picture. plain: as in `PictureDecoder`. The rest is as in `Film`."""

    first: av.VideoFrame | None
    plain: av.VideoFrame | None = None
    times: tuple[Fraction, ...] = ()
    opacity: tuple[float, ...] = ()
    damaged: int = 0
    captions: tuple[bytes, ...] = ()


def _pictures(container: InputContainer, stream: VideoStream) -> _Decoded:
    decoder, opacity, captions = PictureDecoder(stream), list[float | None](), list[bytes]()
    stream.thread_type = "AUTO"
    rate = stream.average_rate or stream.guessed_rate or Fraction(25)
    jumps, damaged = TimeJumps(container, 1 / rate), 0
    first: av.VideoFrame | None = None
    stamps: list[Fraction | None] = []
    orders: list[Fraction] = []
    for packet in container.demux(stream):
        jumps.follow(packet)
        if packet.size and packet.dts is not None:
            orders.append(packet.dts * packet.time_base)
        try:
            for picture in decoder.decode(packet):
                opacity.append(_opacity(picture))
                captions.append(decoder.captions.captions(picture))
                first = first or picture
                stamps.append(None if picture.pts is None else picture.pts * (stream.time_base or Fraction(1, 1000)))
        except FFMPEG_ERRORS:
            damaged += bool(packet.size)
    times = sorted(orders)[: len(stamps)] if container.format.name == "avi" else _all_timed(stamps, 1 / rate)
    return _Decoded(first, decoder.plain, tuple(times), tuple(one for one in opacity if one is not None), damaged,
                    tuple(captions) if any(captions) else ())


def _opacity(picture: av.VideoFrame) -> float | None:
    """Mean of the transparency plane, 1 for opaque; None without one. Palettes count as if they had none."""
    layout = picture.format
    if layout.has_palette or not any(c.is_alpha for c in layout.components):
        return None
    bits = max(c.bits for c in layout.components)
    if len(picture.planes) != 4:
        bits = 8 if bits == 8 else 16
        picture = picture.reformat(format="gbrap" if bits == 8 else "gbrap16le")
    return float(extra_plane(picture, bits).mean() / (2**bits - 1))


def _all_timed(stamps: list[Fraction | None], step: Fraction) -> list[Fraction]:
    """Times of pictures that have none: those at the beginning counted back from the first that has one, others on."""
    known = next((i for i, time in enumerate(stamps) if time is not None), None)
    start = Fraction(0) if known is None else (stamps[known] or Fraction(0)) - known * step
    times: list[Fraction] = []
    for stamp in stamps:
        times.append(stamp if stamp is not None else times[-1] + step if times else start)
    return times


def _span(times: tuple[Fraction, ...], start: float | None, end: float | None) -> tuple[Fraction | None, Fraction | None]:
    """The moments between which packets belong to the span."""
    first = next(iter(chosen(times, start, end)), None) if start else None
    return first, None if end is None else times[0] + _seconds(end)


def chosen(times: tuple[Fraction, ...], start: float | None, end: float | None) -> tuple[Fraction, ...]:
    """The times that lie in a span given in seconds from the first of them."""
    low = times[0] + _seconds(start or 0.0)
    return tuple(t for t in times if t >= low and (end is None or t < times[0] + _seconds(end)))


def _seconds(value: float) -> Fraction:
    return Fraction(round(value * 1_000_000), 1_000_000)


def _described(container: InputContainer, stream: VideoStream, decoded: _Decoded) -> Film:
    first = decoded.first
    assert first is not None
    marked = decoded.plain or first
    context, side = stream.codec_context, side_data(marked)
    flags = flags_of(marked, context.field_order == _PROGRESSIVE)
    matrix = side.get(SideDataType.DISPLAYMATRIX, b"")
    return Film(
        container.format.name, decoded.times, stream.time_base or Fraction(1, 1000), first.width, first.height,
        context.codec.canonical_name, context.codec_tag.strip("\0 "), str(context.profile or ""), first.format.name,
        stream.sample_aspect_ratio or Fraction(1), struct.unpack("=9i", matrix[:36]) if len(matrix) >= 36 else (),
        ColorTags(int(first.colorspace), int(first.color_range), int(first.color_primaries), int(first.color_trc)),
        flags.chroma, flags.fields, _hdr(side), _timecode(container, stream), stream.metadata.get("language", ""),
        {k.lower(): v for k, v in container.metadata.items() if k.lower() not in _OF_THE_FILE},
        tuple(_chapters(container)), (), decoded.damaged, decoded.opacity, decoded.captions,
        further_metadata(side))


def _hdr(side: dict[SideDataType, bytes]) -> dict[str, tuple[float, ...]]:
    """AVMasteringDisplayMetadata (ten rationals) and AVContentLightMetadata (two numbers), as far as they are there."""
    found: dict[str, tuple[float, ...]] = {}
    mastering, light = side.get(SideDataType.MASTERING_DISPLAY_METADATA, b""), side.get(SideDataType.CONTENT_LIGHT_LEVEL, b"")
    if len(mastering) >= 80:
        parts = struct.unpack("=20i", mastering[:80])
        found["mastering display"] = tuple(round(n / d, 4) if d else 0.0 for n, d in zip(parts[::2], parts[1::2], strict=True))
    if len(light) >= 8:
        found["light level"] = tuple(map(float, struct.unpack("=2I", light[:8])))
    return found


def _timecode(container: InputContainer, pictures: VideoStream) -> str:
    """The time of day of the first picture: of QuickTime's track for it, of the pictures, or of the file."""
    tracks = [s.metadata for s in container.streams if s.type == "data"]
    for tags in (*tracks, pictures.metadata, container.metadata):
        if found := next((v for k, v in tags.items() if k.lower() == "timecode"), ""):
            return found
    return ""


def _chapters(container: InputContainer) -> Iterator[tuple[Fraction, Fraction, str]]:
    for chapter in container.chapters():
        base = chapter["time_base"] or Fraction(1, 1000)
        yield chapter["start"] * base, chapter["end"] * base, chapter["metadata"].get("title", "")


def _with_streams(film: Film, container: InputContainer, pictures: VideoStream,
                  span: tuple[Fraction | None, Fraction | None], hasty: bool = False) -> Film:
    """hasty: packets far behind the end of the span are not read."""
    kept = [s for s in container.streams if s.index != pictures.index and not _belongs_to_the_pictures(s, container)]
    readers = {s.index: _StreamReader(s) for s in kept}
    moving = [s for s in kept if not isinstance(s, AttachmentStream)]
    if moving:
        for packet in _packets(container, pictures, moving):
            if hasty and span[1] is not None and packet.dts is not None and packet.dts * packet.time_base > span[1] + _MARGIN:
                break
            if packet.size and packet.stream_index in readers and _inside(packet, span):
                readers[packet.stream_index].add(packet)
    facts = {f: getattr(film, f) for f in film.__dataclass_fields__}
    return Film(**facts | {"streams": tuple(reader.facts() for reader in readers.values())})


def _belongs_to_the_pictures(stream: Stream, container: InputContainer) -> bool:
    """QuickTime's text track behind chapters, its track of the time of day, and the still picture of an AVIF sequence."""
    if stream.type == "video" and container.metadata.get("major_brand") == "avis":
        return True
    return (stream.discard == Discard.all and bool(container.chapters())) or (
        stream.type == "data" and "timecode" in stream.metadata)


def _packets(container: InputContainer, pictures: VideoStream, moving: list[Stream]) -> Iterator[Packet[Any]]:
    """Packets up to the end, or to where the file cannot be read on."""
    jumping = TimeJumps(container, Fraction(1, 25)).active
    packets = container.demux(*moving, *([pictures] if jumping else []))
    try:
        yield from rebased(packets, container, pictures) if jumping else packets
    except FFMPEG_ERRORS:
        return


def _inside(packet: Packet[Any], span: tuple[Fraction | None, Fraction | None]) -> bool:
    stamp = packet.dts if packet.dts is not None else packet.pts
    if is_cover(packet.stream) or stamp is None:
        return True
    start, end = span
    time = stamp * packet.time_base
    return (start is None or time >= start) and (end is None or time < end)


class _StreamReader:
    """Adds up one stream, packet by packet."""

    def __init__(self, stream: Stream) -> None:
        self._stream, self._times, self._size = stream, list[Fraction](), 0
        self._hash, self._words = hashlib.sha256(), list[str]()
        self._codec = stream.codec_context.codec.canonical_name if stream.codec_context else ""
        if isinstance(stream, AttachmentStream):
            self._take(stream.data or b"")

    def _take(self, data: bytes) -> None:
        self._hash.update(data)
        self._size += len(data)

    def add(self, packet: Packet[Any]) -> None:
        """Hash one packet and note its time; what some file types write between subtitles is not part of them."""
        data = bytes(packet)
        if self._stream.type == "subtitle" and data == _END_OF_TEXT:
            return
        self._take(_payload(self._codec, data))
        stamp = packet.pts if packet.pts is not None else packet.dts
        self._times.append((stamp or 0) * packet.time_base)
        if is_text(self._stream):
            self._words.append(_words(packet))

    def facts(self) -> StreamFacts:
        """What was added up."""
        stream = self._stream
        return StreamFacts(stream.index, stream.type, self._codec or getattr(stream, "name", "") or "unknown",
                           stream.metadata.get("language", ""), stream.time_base or Fraction(1, 1000), tuple(self._times),
                           self._size, self._hash.hexdigest(), tuple(self._words))


def _words(packet: Packet[Any]) -> str:
    """What a subtitle says; nothing where FFmpeg cannot read it."""
    try:
        found = packet.stream.codec_context.decode2(packet)
    except FFMPEG_ERRORS:
        return ""
    parts = [part.dialogue.decode("utf-8", "replace") for part in found or () if isinstance(part, AssSubtitle)]
    return _STYLE.sub("", "\n".join(parts))


def _payload(codec: str, data: bytes) -> bytes:
    """A packet without the header that transport streams put before AAC (ISO/IEC 13818-7, ADTS), which MP4 has none of."""
    if codec != "aac" or len(data) < _ADTS_HEADER or int.from_bytes(data[:2], "big") & 0xFFF6 != _ADTS:
        return data
    return data[_ADTS_HEADER if data[1] & 1 else _ADTS_CHECKED:]
