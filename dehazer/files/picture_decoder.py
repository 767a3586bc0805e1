"""Decoding of pictures together with the transparency that lies beside them in Matroska and WebM.

VP8 and VP9 store transparency as a second film, in a block added to the packet of each picture. FFmpeg's own decoders do not look
at it; those of libvpx do.

Imports FFmpeg's bindings; import it only where a codec is used.
"""

from __future__ import annotations

from typing import Any

import av
from av.codec.codec import UnknownCodecError
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.stream import VideoStream

from dehazer.files.captions import CaptionReader
from dehazer.files.media import FFMPEG_ERRORS

ALPHA_MARK = "alpha_mode"
"""Matroska's and WebM's mark of a film whose transparency lies beside each picture."""
WITH_ALPHA_BESIDE = {"vp8": "libvpx", "vp9": "libvpx-vp9"}
"""Codecs that store transparency so, and the decoder and encoder of each that does."""


def alpha_beside(stream: VideoStream) -> bool:
    """Whether the pictures' transparency lies beside them."""
    return any(name.lower() == ALPHA_MARK and value.strip() == "1" for name, value in stream.metadata.items())


class PictureDecoder:
    """Decodes the packets of one stream of pictures.

    captions: reads the closed captions of its pictures.
    plain: where transparency beside the pictures is decoded, the first picture as FFmpeg's own decoder gives it, which knows what
    the file says of the pictures (rotation, HDR); else None.
    """

    def __init__(self, stream: VideoStream, processor: bool = True) -> None:
        """processor: decode on the processor; a graphics device does not see what lies beside pictures."""
        self._stream = stream
        self._own = _libvpx(stream) if processor and alpha_beside(stream) else None
        self.captions = CaptionReader(stream.codec_context.codec.canonical_name)
        self.plain: av.VideoFrame | None = None

    def decode(self, packet: Packet[Any]) -> list[av.VideoFrame]:
        """Pictures that are complete with this packet; raises FFMPEG_ERRORS."""
        self.captions.follow(packet)
        if self._own is None:
            pictures: list[av.VideoFrame] = packet.decode()
            return pictures
        if self.plain is None and packet.size:
            self.plain = _first(packet)
        return self._own.decode(packet)

    def flush(self) -> None:
        """Forget what came before: the next packet is from another place. (A search flushes the stream's own decoder.)"""
        if self._own is not None:
            self._own.flush_buffers()


def _first(packet: Packet[Any]) -> av.VideoFrame | None:
    try:
        return next(iter(packet.decode()), None)
    except FFMPEG_ERRORS:
        return None


def _libvpx(stream: VideoStream) -> VideoCodecContext | None:
    """A decoder of libvpx that knows what the stream's own does; None where this build of FFmpeg has none."""
    given = stream.codec_context
    name = WITH_ALPHA_BESIDE.get(given.codec.canonical_name)
    try:
        made = None if name is None else av.CodecContext.create(name, "r")
    except UnknownCodecError:
        return None
    if not isinstance(made, VideoCodecContext):
        return None
    made.extradata = given.extradata
    made.width, made.height = given.width, given.height
    made.color_primaries, made.color_trc = given.color_primaries, given.color_trc
    made.colorspace, made.color_range = given.colorspace, given.color_range
    made.thread_type = "AUTO"
    return made
