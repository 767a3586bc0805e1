"""Closed captions inside pictures (CTA-708 in ATSC A/53, part 4): read from decoded pictures without keeping these in memory.

PyAV's picture and the list of its side data refer to each other, so a picture whose list was asked for is not freed when it was
shown, but when Python's garbage collector comes. The collector counts objects, of which these are few, and not their bytes: a
window that played a 720p film held 17 MB more every second.

Imports FFmpeg's bindings; import it only where a codec is used.
"""

from __future__ import annotations

from typing import Any

import av
from av.packet import Packet
from av.sidedata.sidedata import Type as SideDataType
from av.video.reformatter import Interpolation, VideoReformatter

from dehazer.files.media import side_data

_MARKS = {"mpeg1video": b"\x00\x00\x01\xb2", "mpeg2video": b"\x00\x00\x01\xb2"}
"""Start code of user data, where captions are written in several forms."""
_MARK = b"GA94"
"""Identifier of ATSC user data in the messages of every other codec."""
_HEAD = 1 << 16
"""Bytes of a packet in which the messages before its picture lie."""
_SMALL = 16
"""Width and height of the copy whose side data is read."""


class CaptionReader:
    """Reads the captions of one stream's pictures. Every packet must be shown to it before it is decoded."""

    def __init__(self, codec: str) -> None:
        """codec: FFmpeg's canonical name."""
        self._mark, self._seen = _MARKS.get(codec, _MARK), False
        self._reformatter = VideoReformatter()

    def follow(self, packet: Packet[Any]) -> None:
        """Note whether there are captions at all."""
        self._seen = self._seen or self._mark in bytes(memoryview(packet)[:_HEAD])

    def captions(self, picture: av.VideoFrame) -> bytes:
        """Triplets of `picture` as FFmpeg decodes them; empty where it has none."""
        if not self._seen:
            return b""
        small = self._reformatter.reformat(picture, _SMALL, _SMALL, interpolation=Interpolation.POINT)  # with its side data
        return side_data(small).get(SideDataType.A53_CC, b"")
