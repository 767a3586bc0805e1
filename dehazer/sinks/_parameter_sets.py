"""What a decoder has to know beforehand, as cameras repeat it inside their key packets: a change of it needs a new file."""

from __future__ import annotations

from collections.abc import Iterator

import av
from av.codec.context import CodecContext
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext

from dehazer.files.media import FFMPEG_ERRORS

_START = b"\0\0\1"
_H264_SETS, _H264_PICTURES = (7, 8), range(1, 6)
_HEVC_SETS, _HEVC_PICTURES = (32, 33, 34), range(32)
_MOST_UNITS = 32


def parameter_sets(codec: str, data: bytes) -> bytes:
    """The parameter sets of a key packet in the byte stream format of H.264 and HEVC (Annex B), each behind its start code.

    For MJPEG the header that holds size and sampling. Empty where the packet has none, and for other codecs, whose changes
    are known to the container alone.
    """
    if codec == "mjpeg":
        return _jpeg_frame_header(data)
    if codec not in ("h264", "hevc") or not data.startswith((_START, b"\0" + _START)):
        return b""
    return b"".join(b"\0" + _START + unit for unit in _sets(codec, data))


def _sets(codec: str, data: bytes) -> Iterator[bytes]:
    """Units of parameters before the first picture."""
    begin = data.find(_START) + len(_START)
    for _ in range(_MOST_UNITS):
        kind = data[begin] & 31 if codec == "h264" else data[begin] >> 1 & 63
        if kind in (_H264_PICTURES if codec == "h264" else _HEVC_PICTURES):
            return
        end = data.find(_START, begin)
        if kind in (_H264_SETS if codec == "h264" else _HEVC_SETS):
            yield data[begin : end if end >= 0 else len(data)].rstrip(b"\0")
        if end < 0 or end + len(_START) >= len(data):
            return
        begin = end + len(_START)


def _jpeg_frame_header(data: bytes) -> bytes:
    """Precision, size and components (ISO/IEC 10918-1, B.2.2) of a JPEG picture."""
    place = 2
    while data[place : place + 1] == b"\xff" and place + 4 <= len(data):
        marker, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4], "big")
        if marker in (0xC0, 0xC1, 0xC2):
            return data[place + 4 : place + 2 + length]
        place += 2 + length
    return b""


def size_of(codec: str, key: bytes) -> tuple[int, int] | None:
    """Height and width of the picture in a key packet, found out by decoding it; None where it cannot be decoded."""
    context = CodecContext.create(codec, "r")
    assert isinstance(context, VideoCodecContext)
    try:
        pictures = [*context.decode(Packet(key)), *context.decode(None)]
    except (*FFMPEG_ERRORS, av.error.EOFError):
        return None
    return (pictures[0].height, pictures[0].width) if pictures else None
