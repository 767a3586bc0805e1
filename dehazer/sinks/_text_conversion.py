"""Subtitles of words, written in the codec that the output's file type holds where it cannot hold their own."""

from __future__ import annotations

from typing import Any

from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.subtitles.codeccontext import SubtitleCodecContext

from dehazer.files.containers import Container

_STYLED = ("ass", "ssa")
"""Codecs with fonts and positions that the others have not."""


def conversion_note(stream: Stream, container: Container) -> str:
    """One sentence for the user."""
    codec = stream.codec_context.codec.canonical_name
    kept = "words and times stay, fonts and positions do not" if codec in _STYLED else "words and times stay"
    return (f"The subtitle stream {stream.index} ({codec}) is written as {container.text}, because {container.title} cannot"
            f" hold it as it is: {kept}.")


class TextConversion:
    """Turns the packets of text streams into those of one stream of another codec."""

    def __init__(self, output: OutputContainer, stream: Stream, codec: str) -> None:
        """Adds the stream to `output`; `stream`: the one whose packets come first. codec: FFmpeg's name of the new one."""
        given = stream.codec_context
        assert isinstance(given, SubtitleCodecContext)
        given.open(strict=False)
        self.target: Stream = output.add_stream(codec)
        made = self.target.codec_context
        assert isinstance(made, SubtitleCodecContext)
        made.subtitle_header = given.subtitle_header  # styles, in the form that FFmpeg's codecs exchange
        made.time_base = stream.time_base or given.time_base
        self._encoder = made

    def converted(self, packet: Packet[Any]) -> Packet[Any] | None:
        """The same words at the same time; None for a pause between them. Raises FFmpeg's InvalidDataError if damaged."""
        words = packet.stream.codec_context.decode2(packet)
        if words is None:
            return None
        made = self._encoder.encode_subtitle(words)
        made.pts, made.dts, made.duration, made.time_base = packet.pts, packet.dts, packet.duration, packet.time_base
        return made
