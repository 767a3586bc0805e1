"""Sound beside copied pictures: copied where the file type takes its codec, else encoded."""

from __future__ import annotations

import io
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, cast

import av
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.codec.context import CodecContext
from av.container import OutputContainer
from av.packet import Packet

from dehazer.files.media import FFMPEG_ERRORS
from dehazer.files.packet_tap import TappedPacket
from dehazer.sinks._stream_copier import add_copy

_ADTS = 0xFFF
_TELEPHONE = ("pcm_mulaw", "pcm_alaw")
"""ITU-T G.711, which most cameras send; FFmpeg's Matroska writer does not offer it."""
_LOW_COMPLEXITY = 2
_RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
_USUAL_RATE = 48_000
_BITS_PER_SECOND = 96_000
"""More than any telephone codec of a camera holds."""
_GAP = Fraction(1, 2)
"""Seconds by which sound may come late before it is taken for a gap; decoders and encoders hold back less."""


class SoundTrack:
    """The sound of one file, copied. first: bytes of a packet, empty where none has come yet. spoilt: packets that could not be
    decoded.
    """

    def __init__(self, output: OutputContainer, template: AudioStream, first: bytes = b"") -> None:
        self.spoilt = 0
        self.stream = self._add(output, template, first)

    def _add(self, output: OutputContainer, template: AudioStream, first: bytes) -> AudioStream:
        return cast(AudioStream, add_copy(output, template))

    def packets(self, packet: TappedPacket) -> Iterator[Packet[Any]]:
        """What is to be written for one packet, in the time of its source."""
        yield packet.packet(self.stream)

    def finish(self) -> Iterator[Packet[Any]]:
        """What an encoder still holds."""
        yield from ()


class AdtsTrack(SoundTrack):
    """AAC of transport streams (ADTS, ISO/IEC 13818-7): each packet begins with a header, which files have once."""

    def _add(self, output: OutputContainer, template: AudioStream, first: bytes) -> AudioStream:
        stream = cast(AudioStream, add_copy(output, template))
        stream.codec_context.extradata = _config_of_header(first) if _is_adts(first) else _config_of_stream(template)
        return stream

    def packets(self, packet: TappedPacket) -> Iterator[Packet[Any]]:
        """The packet as it is written: without the ADTS header that files do not have."""
        made: Packet[Any] = packet.packet(self.stream)
        if not _is_adts(packet.data):
            yield made
            return
        bare: Packet[Any] = Packet(packet.data[7 if packet.data[1] & 1 else 9 :])
        bare.stream, bare.pts, bare.dts = self.stream, made.pts, made.dts
        bare.duration, bare.time_base, bare.is_keyframe = made.duration, packet.time_base, True
        yield bare


def _is_adts(data: bytes) -> bool:
    return len(data) > 9 and data[0] << 4 | data[1] >> 4 == _ADTS


def _config_of_header(header: bytes) -> bytes:
    return _audio_specific_config((header[2] >> 6) + 1, header[2] >> 2 & 15, (header[2] & 1) << 2 | header[3] >> 6)


def _config_of_stream(template: AudioStream) -> bytes:
    context = template.codec_context
    return _audio_specific_config(_LOW_COMPLEXITY, _RATES.index(context.sample_rate), context.layout.nb_channels)


def _audio_specific_config(kind: int, rate: int, channels: int) -> bytes:
    """Kind, rate and channels of AAC as MPEG-4 files have them (ISO/IEC 14496-3, 1.6.2.1)."""
    return (kind << 11 | rate << 7 | channels << 3).to_bytes(2, "big")


class EncodedTrack(SoundTrack):
    """Sound that the file type cannot hold: that of telephones as plain samples, which lose nothing, where it can hold those; all
    other as AAC.
    """

    def _add(self, output: OutputContainer, template: AudioStream, first: bytes) -> AudioStream:
        given = template.codec_context
        decoder = CodecContext.create(given.name, "r")
        assert isinstance(decoder, AudioCodecContext)
        decoder.extradata = given.extradata
        if given.sample_rate:
            decoder.sample_rate, decoder.layout = given.sample_rate, given.layout
        self._decoder, self._begin = decoder, None  # type: AudioCodecContext, Fraction | None
        rate = given.sample_rate if given.sample_rate in _RATES else _USUAL_RATE
        layout = "mono" if given.layout.nb_channels == 1 else "stereo"
        plain = given.name in _TELEPHONE and output.format.name == "matroska"
        stream = output.add_stream("pcm_s16le" if plain else "aac", rate=rate, layout=layout)
        if not plain:
            stream.codec_context.bit_rate = _BITS_PER_SECOND
        self._resampler = AudioResampler(stream.codec_context.format, layout, rate)
        self._rate, self._samples = rate, 0
        self.codec = "plain samples (PCM)" if plain else "AAC"
        return stream

    def packets(self, packet: TappedPacket) -> Iterator[Packet[Any]]:
        """The packets that were encoded from it, none while the encoder collects samples."""
        self._follow(Fraction(packet.pts or packet.dts or 0) * packet.time_base)
        source: Packet[Any] = Packet(packet.data)
        try:
            frames = self._decoder.decode(source)
        except FFMPEG_ERRORS:
            self.spoilt += 1
            return
        for frame in frames:
            yield from self._encoded(frame)

    def _encoded(self, frame: AudioFrame | None) -> Iterator[Packet[Any]]:
        """Packets for a frame; None: for what the conversion of samples still holds."""
        for even in self._resampler.resample(frame):
            even.pts, even.time_base = self._samples, Fraction(1, self._rate)
            self._samples += even.samples
            yield from self._placed(self.stream.encode(even))

    def _follow(self, time: Fraction) -> None:
        """Begin at the time of the first packet, and go on at that of one behind a gap."""
        lag = None if self._begin is None else time - self._begin - Fraction(self._samples, self._rate)
        if self._begin is None or lag is None or abs(lag) > _GAP:
            self._begin = time - Fraction(self._samples, self._rate)

    def _placed(self, packets: list[Packet[Any]]) -> Iterator[Packet[Any]]:
        """Encoded packets in the time of the source."""
        for packet in packets:
            ticks = round((self._begin or 0) / packet.time_base)
            packet.pts, packet.dts = (packet.pts or 0) + ticks, (packet.dts or 0) + ticks
            yield packet

    def finish(self) -> Iterator[Packet[Any]]:
        yield from self._encoded(None)
        yield from self._placed(self.stream.encode(None))


def sound_track(output: OutputContainer, template: AudioStream, first: bytes) -> tuple[SoundTrack | None, str]:
    """The track in `output` for the sound of a connection, and a sentence where it is encoded or left out.

    first: bytes of a packet of it, empty where none has come yet. To be called before anything is written.
    """
    name = template.codec_context.codec.canonical_name
    headed = _is_adts(first) or template.codec_context.sample_rate in _RATES
    if name == "aac" and not template.codec_context.extradata and headed:
        return AdtsTrack(output, template, first), ""
    if _takes(output.format.name, template):
        return SoundTrack(output, template), ""
    try:
        track = EncodedTrack(output, template)
        return track, f"The sound ({name}) is written as {track.codec}, because this file type cannot hold it as it is."
    except (*FFMPEG_ERRORS, ValueError):
        return None, f"The sound ({name}) is left out: it can neither be copied into this file type nor decoded."


def _takes(container: str, template: AudioStream) -> bool:
    """Whether a file of this type can hold the sound as it is, found out by writing a header into memory."""
    trial = av.open(io.BytesIO(), "w", format=container)
    try:
        add_copy(trial, template)
        trial.start_encoding()
    except (*FFMPEG_ERRORS, ValueError):
        return False
    finally:
        trial.close()
    return True
