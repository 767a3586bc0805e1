"""Pixel shape in Matroska and WebM, for codecs that cannot say it themselves (FFV1, VP9, AV1).

FFmpeg writes the element DisplayWidth from a field that its Python bindings cannot set. So the header is given two
elements that mean nothing (StereoMode "mono", FlagInterlaced "progressive"), and in the finished file they make room for
DisplayWidth: same length, nothing moves. Element numbers: RFC 9559, section 5.1.4.1.28.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from av.video.stream import VideoStream

FORMATS = ("matroska", "webm")
OPTIONS = {"write_crc32": "0"}
"""A checksum over the header would be wrong afterwards."""

_VIDEO = b"\xe0"
_PIXEL_WIDTH, _DISPLAY_WIDTH, _VOID = b"\xb0", b"\x54\xb0", b"\xec"
_SPARE = (b"\x53\xb8", b"\x9a", b"\x54\xb2")  # StereoMode, FlagInterlaced, DisplayUnit
_HEAD = 65536
_PROGRESSIVE = 1


def leave_room(stream: VideoStream) -> None:
    """Make the muxer write elements that can be replaced later; before the header is written."""
    stream.metadata["stereo_mode"] = "mono"
    stream.codec_context.field_order = _PROGRESSIVE


def write_pixel_shape(path: Path, width: int, aspect: Fraction) -> bool:
    """Put DisplayWidth = width · aspect into a finished file; whether there was room for it."""
    with path.open("r+b") as file:
        head = file.read(_HEAD)
        for start, length in _masters(head):
            children = list(_children(head[start:start + length]))
            if any(name == _PIXEL_WIDTH and int.from_bytes(value, "big") == width for name, value in children):
                body = _with_width(children, length, max(1, round(width * aspect)))
                if body is not None:
                    file.seek(start)
                    file.write(body)
                    return True
    return False


def _masters(head: bytes) -> Iterator[tuple[int, int]]:
    """(start, length) of everything that looks like a Video element; its children tell whether it is one."""
    at = head.find(_VIDEO)
    while at >= 0:
        if at + 1 < len(head) and head[at + 1] & 0x80:
            yield at + 2, head[at + 1] & 0x7F
        at = head.find(_VIDEO, at + 1)


def _children(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(number, value) of the elements in `body`, those with a short length; ends at anything else."""
    at = 0
    while at < len(body):
        size = 1 if body[at] & 0x80 else 2
        if not body[at] & 0xC0 or at + size >= len(body) or not body[at + size] & 0x80:
            return
        length = body[at + size] & 0x7F
        yield body[at:at + size], body[at + size + 1:at + size + 1 + length]
        at += size + 1 + length


def _element(name: bytes, value: bytes) -> bytes:
    return name + bytes([0x80 | len(value)]) + value


def _with_width(children: list[tuple[bytes, bytes]], length: int, shown: int) -> bytes | None:
    """The children with DisplayWidth instead of the spare ones, filled up to `length`; None if it does not fit."""
    if sum(len(_element(*child)) for child in children) != length:
        return None
    kept = b"".join(_element(name, value) for name, value in children if name not in _SPARE)
    body = kept + _element(_DISPLAY_WIDTH, shown.to_bytes(2, "big"))
    gap = length - len(body)
    if gap == 0:
        return body
    return body + _element(_VOID, bytes(gap - 2)) if gap >= 2 else None
