"""What the sink must know of the input file beyond `VideoInfo`: its codec, display matrix, HDR side data, tags."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import av
from av.container import InputContainer
from av.packet import Packet
from av.sidedata.sidedata import Type as SideDataType
from av.stream import Stream
from av.video.stream import VideoStream

from dehazer.files.media import FFMPEG_ERRORS, further_metadata, is_cover, side_data
from dehazer.files.picture_decoder import ALPHA_MARK, PictureDecoder
from dehazer.files.picture_flags import PLAIN, PictureFlags, flags_of

_PACKETS_TO_TRY = 200
_PROGRESSIVE = 1  # AVFieldOrder
_COMPRESSION_ID = 40
"""Where in a picture of DNxHD this number stands."""
_LIMIT = 5000
"""Packets of other streams before the first picture: more are not held in memory."""
_STATISTICS = ("DURATION", "BPS", "NUMBER_OF_FRAMES", "NUMBER_OF_BYTES", "ENCODER", "VENDOR_ID")
_NOT_KEPT = (*_STATISTICS, ALPHA_MARK.upper())  # the mark is written where the result has transparency, too


@dataclass(frozen=True)
class InputProperties:
    """format, codec: FFmpeg's names of the input's file type and codec. start: time of its first picture in seconds.

    matrix, rotation: nine numbers of the display matrix, empty if none, and its degrees. mastering, light: the HDR blocks
    as x265 wants them, empty if none. captions: closed captions lie inside the pictures.
    further: names of what else the first picture carries. flags: of the first picture.
    pix_fmt: FFmpeg's name of the decoder's pixel format. tag, profile: of the stream, empty if unknown.
    compression: ID of DNxHD's kind of coding, 0 for other codecs (SMPTE ST 2019-1).
    earliest: time of the first packet of any stream, at most 0: sound often begins a little before zero.
    """

    format: str = ""
    codec: str | None = None
    start: Fraction = Fraction(0)
    matrix: tuple[int, ...] = ()
    rotation: float = 0.0
    mastering: str = ""
    light: str = ""
    captions: bool = False
    further: tuple[str, ...] = ()
    flags: PictureFlags = PLAIN
    pix_fmt: str = ""
    tag: str = ""
    profile: str = ""
    compression: int = 0
    metadata: dict[str, str] = field(default_factory=dict)
    disposition: int = 0
    stream_id: int = 0
    earliest: Fraction = Fraction(0)


@dataclass(frozen=True)
class InputHead:
    """The first packets of a file, read once. picture: the first one that could be decoded.

    pix_fmt: FFmpeg's name of its layout, with what lies beside it. packets: all of them, in the file's order, so that those of
    other streams can still be copied. covers: files of the cover pictures, by number of their stream. earliest: time of the first
    packet of any sound or text, at most 0, seconds.
    """

    picture: av.VideoFrame | None
    pix_fmt: str
    packets: tuple[Packet[Stream], ...]
    covers: dict[int, bytes]
    earliest: Fraction


def read_head(container: InputContainer, stream: VideoStream) -> InputHead:
    """Read the first packets of every stream, and on to the first picture of `stream`; the container has moved on afterwards."""
    picture: av.VideoFrame | None = None
    packets: list[Packet[Stream]] = []
    tried, decoder = 0, PictureDecoder(stream)
    for count, packet in enumerate(container.demux()):
        packets.append(packet)
        if packet.stream_index == stream.index and picture is None and tried <= _PACKETS_TO_TRY:
            picture, tried = _decoded(decoder, packet), tried + 1
        if count > _PACKETS_TO_TRY and (picture is not None or tried > _PACKETS_TO_TRY or count > _LIMIT):
            break
    return head_of(picture, tuple(packet for packet in packets if packet.size), decoder.plain)


def head_of(picture: av.VideoFrame | None, packets: tuple[Packet[Stream], ...], plain: av.VideoFrame | None = None) -> InputHead:
    """The head that these first packets make. plain: that of `PictureDecoder`."""
    name = "" if picture is None else (picture.sw_format or picture.format).name
    covers = {packet.stream_index: bytes(packet) for packet in packets if is_cover(packet.stream)}
    return InputHead(plain or picture, name, packets, covers, min([Fraction(0), *map(_begin, packets)]))


def _decoded(decoder: PictureDecoder, packet: Packet[Any]) -> av.VideoFrame | None:
    try:
        return next(iter(decoder.decode(packet)), None)
    except FFMPEG_ERRORS:
        return None


def _begin(packet: Packet[Stream]) -> Fraction:
    stamp = packet.pts if packet.pts is not None else packet.dts
    spoken = packet.stream.type in ("audio", "subtitle")
    return stamp * packet.time_base if stamp is not None and spoken else Fraction(0)


def read_input_properties(container: InputContainer, stream: VideoStream, head: InputHead) -> InputProperties:
    """What the headers and the first picture say."""
    picture, context = head.picture, stream.codec_context
    side = {} if picture is None else side_data(picture)
    metadata = {k: v for k, v in stream.metadata.items() if k.upper() not in _NOT_KEPT and not k.startswith("_STATISTICS")}
    clocks = [s.metadata["timecode"] for s in container.streams if s.type == "data" and "timecode" in s.metadata]
    metadata |= {"timecode": clocks[0]} if clocks else {}
    start = Fraction(stream.start_time or 0) * (stream.time_base or 1)
    return InputProperties(
        format=container.format.name, codec=context.codec.canonical_name, start=start,
        matrix=_numbers(side.get(SideDataType.DISPLAYMATRIX)), rotation=float(picture.rotation) if picture is not None else 0.0,
        mastering=_mastering(side.get(SideDataType.MASTERING_DISPLAY_METADATA)),
        light=_light(side.get(SideDataType.CONTENT_LIGHT_LEVEL)), captions=SideDataType.A53_CC in side,
        further=further_metadata(side),
        flags=PLAIN if picture is None else flags_of(picture, context.field_order == _PROGRESSIVE),
        pix_fmt=head.pix_fmt, tag=context.codec_tag.strip("\0 "),
        profile=str(context.profile or ""), compression=_compression(stream, head), metadata=metadata,
        disposition=int(stream.disposition), stream_id=stream.id, earliest=head.earliest)


def _compression(stream: VideoStream, head: InputHead) -> int:
    """Of the first picture; the header of each says it."""
    packet = next((bytes(one) for one in head.packets if one.stream_index == stream.index), b"")
    at = _COMPRESSION_ID if stream.codec_context.codec.canonical_name == "dnxhd" else len(packet)
    return int.from_bytes(packet[at:at + 4], "big")


def _numbers(block: bytes | None) -> tuple[int, ...]:
    return struct.unpack("=9i", block[:36]) if block and len(block) >= 36 else ()


def _mastering(block: bytes | None) -> str:
    """AVMasteringDisplayMetadata (10 rationals R G B white, min and max luminance, two flags) as x265 writes it."""
    if not block or len(block) < 88:
        return ""
    *numbers, has_primaries, has_luminance = struct.unpack("=22i", block[:88])
    if not (has_primaries and has_luminance) or 0 in numbers[1::2]:
        return ""
    values = [Fraction(n, d) for n, d in zip(numbers[::2], numbers[1::2], strict=True)]
    red, green, blue, white = ([round(v * 50000) for v in values[i:i + 2]] for i in (0, 2, 4, 6))
    low, high = (round(v * 10000) for v in values[8:10])
    points = "".join(f"{name}({x},{y})" for name, (x, y) in zip(("G", "B", "R", "WP"), (green, blue, red, white), strict=True))
    return f"{points}L({high},{low})"


def _light(block: bytes | None) -> str:
    if not block or len(block) < 8:
        return ""
    highest, average = struct.unpack("=2I", block[:8])
    return f"{highest},{average}"


X265_QUIET = "log-level=error"
"""x265 writes to the terminal by itself; FFmpeg's log level does not reach it."""


def hdr_options(encoder: str, properties: InputProperties) -> dict[str, str]:
    """Encoder options that write the HDR blocks again; empty where there are none or the encoder has no way."""
    if not (properties.mastering or properties.light):
        return {}
    if encoder == "libx265":
        return {"x265-params": ":".join(["hdr10=1", *_named(properties, "master-display", "max-cll")])}
    if encoder == "libx264":
        return {"x264-params": ":".join(_named(properties, "mastering-display", "cll"))}
    return {}


def _named(properties: InputProperties, mastering: str, light: str) -> list[str]:
    return [f"{name}={value}" for name, value in ((mastering, properties.mastering), (light, properties.light)) if value]
