"""Closed captions inside pictures (CTA-708 in ATSC A/53, part 4): written into the encoder's packets, which FFmpeg's Python
bindings give it no way to do by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

from av.packet import Packet
from av.video.stream import VideoStream

_START = re.compile(rb"\x00\x00\x01")
_TRIPLET, _MOST_TRIPLETS = 3, 31
_MARKER = b"\xff"


def _user_data(captions: bytes) -> bytes:
    """ATSC_user_data: identifier, type 3, number of triplets, these, a marker."""
    count = min(_MOST_TRIPLETS, len(captions) // _TRIPLET)
    return b"GA94\x03" + bytes([0x40 | count]) + _MARKER + captions[: count * _TRIPLET] + _MARKER


def _message(captions: bytes) -> bytes:
    """A message of supplemental enhancement information: registered by the USA (0xb5), provider 0x31 (ITU-T T.35)."""
    payload = b"\xb5\x00\x31" + _user_data(captions)
    return _escaped(bytes([4, len(payload)]) + payload + b"\x80")


def _escaped(payload: bytes) -> bytes:
    """So that no start code appears in it (ITU-T H.264, 7.4.1)."""
    return re.sub(rb"\x00\x00(?=[\x00-\x03])", b"\x00\x00\x03", payload)


_Kind = tuple[Callable[[int], bool], Callable[[bytes], bytes]]
_KINDS: dict[str, _Kind] = {
    "h264": (lambda byte: 1 <= byte & 0x1F <= 5, lambda captions: b"\x06" + _message(captions)),
    "hevc": (lambda byte: byte >> 1 & 0x3F < 32, lambda captions: b"\x4e\x01" + _message(captions)),
    "mpeg2video": (lambda byte: 1 <= byte <= 0xAF, lambda captions: b"\xb2" + _user_data(captions)),
}
"""Codec → whether a byte behind a start code begins the picture's own data, and what stands before that."""
CODECS = tuple(_KINDS)


def with_captions(packet: Packet[VideoStream], codec: str, captions: bytes) -> Packet[VideoStream]:
    """The packet of one picture with these captions in it. codec: one of CODECS."""
    begins, written = _KINDS[codec]
    data = bytes(packet)
    at = next((found.start() for found in _START.finditer(data)
               if found.end() < len(data) and begins(data[found.end()])), None)
    if at is None:
        return packet
    if at and data[at - 1] == 0:
        at -= 1  # a start code of four bytes
    made = Packet(data[:at] + b"\x00\x00\x00\x01" + written(captions) + data[at:])
    made.pts, made.dts, made.duration, made.time_base = packet.pts, packet.dts, packet.duration, packet.time_base
    made.is_keyframe = packet.is_keyframe
    for block in packet.iter_sidedata():
        block.to_packet(made)
    return cast("Packet[VideoStream]", made)
