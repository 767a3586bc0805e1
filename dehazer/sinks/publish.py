"""Pictures to an address in the network, as they come: RTSP, SRT, UDP, TCP, RTP, RTMP, as far as FFmpeg has them.

H.264 without B-frames or look-ahead, so that a picture leaves as soon as it is there; a key frame every second, so that whoever
joins sees something soon. Sound is not published.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import cast

import av
from av.codec.codec import Codec
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType

from dehazer.config import EncodeOptions
from dehazer.errors import ConfigError, EncoderError, UsageError
from dehazer.files.addresses import OUTPUT_MUXERS, OutputAddress
from dehazer.files.media import FFMPEG_ERRORS
from dehazer.files.protocols import has_protocol, writable_schemes
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.redact import module_logger
from dehazer.sinks._asked_options import asked_options
from dehazer.sinks._encoders import Settings, choose_formats, encoder_named, encoder_options
from dehazer.sinks._frame_converter import FrameConverter, written_tags
from dehazer.sinks._pace import Pace
from dehazer.sinks._scheduling import share_processor
from dehazer.sinks._sender_process import SenderProcess
from dehazer.sinks.base import Sink, SinkResult

log = module_logger(__name__)

CLOCK = Fraction(1, 90000)
QUALITY = 23.0
"""Constant rate factor: what networks carry, not what archives keep."""
KEYFRAME_SECONDS = 1
_GOODBYE = 1.0
_LIVE_OPTIONS = {"libx264": {"tune": "zerolatency"}, "libx265": {"tune": "zerolatency", "x265-params": "log-level=error"},
                 "libsvtav1": {"svtav1-params": "pred-struct=1"}, "mpeg2video": {"flags": "+low_delay"},
                 **{name: {"lag-in-frames": "0", "deadline": "realtime"} for name in ("libvpx", "libvpx-vp9")},
                 **{f"{codec}_nvenc": {"delay": "0", "zerolatency": "1"} for codec in ("h264", "hevc", "av1")},
                 **{f"{codec}_{maker}": {"async_depth": "1"} for maker in ("qsv", "vaapi")
                    for codec in ("h264", "hevc", "av1", "vp9", "mpeg2")}}


class PublishSink(Sink):
    """Encodes pictures and sends them to `where`. Pictures of a file are sent at the pace of its own clock.

    info: of the frames to come. Raises UsageError and ConfigError before the first frame; with it, and later, ReceiverError where
    trying again may help, else EncoderError or OutputError.
    """

    def __init__(self, where: str, info: VideoInfo, encode: EncodeOptions) -> None:
        self.address = OutputAddress.parsed(where)
        check_address(self.address)
        self._info, self._encode = info, encode
        self._encoders = _encoders(encode)
        self._coder: tuple[VideoCodecContext, FrameConverter] | None = None
        self._process: SenderProcess | None = None
        self._pace: Pace | None = None
        self._sending = False
        self._over = False
        self.frames = 0

    def write(self, frame: Frame) -> None:
        """Send one picture; the first one that the encoder gives out waits for the connection."""
        if self._pace is None:
            self._start(frame)
            self._pace = Pace(frame, self._info.rate)
        else:
            self._pace.wait_for(frame)
        sent = self._send(frame, self._pace.elapsed(frame))
        if sent and not self._sending:
            assert self._process is not None
            self._process.wait_until_sending()
            self._sending = True
            self._pace.go_on_with(frame)

    def _start(self, frame: Frame) -> None:
        """Set up the encoder, and begin to connect."""
        settings = _settings(frame, self._info.rate or Fraction(25), self._encoders, self._encode)
        self._coder = _opened(settings), FrameConverter(settings)
        self._process = SenderProcess(self.address, self._order(settings))
        if self._over:
            self._process.kill()
        log.info("Publishing to %s with %s, %s", self.address.name, settings.encoder, settings.pix_fmt)

    def _order(self, settings: Settings) -> dict[str, object]:
        scheme, address = self.address.scheme, self.address.complete()
        if scheme in ("udp", "rtp") and "pkt_size" not in address:  # whole packets of MPEG-TS in each datagram
            address += f"{'&' if '?' in address else '?'}pkt_size=1316"
        options = {"rtsp_transport": "tcp"} if scheme.startswith("rtsp") else {}
        return {"address": address, "muxer": OUTPUT_MUXERS[scheme], "options": options, "rate": str(settings.rate),
                "codec": Codec(settings.encoder, "w").canonical_name, "width": settings.width, "height": settings.height,
                "clock": str(CLOCK)}

    def _send(self, frame: Frame, seconds: float) -> bool:
        """seconds: since the first picture. Returns whether anything left: encoders may hold the first pictures back."""
        assert self._coder is not None
        assert self._process is not None
        context, converter = self._coder
        picture = converter.picture(replace(frame, pts=round(seconds / CLOCK), time_base=CLOCK))
        if self.frames == 0:
            picture.pict_type = PictureType.I
        try:
            packets = context.encode(picture)
        except FFMPEG_ERRORS as error:
            raise EncoderError(f"The encoder failed after {self.frames} frames.", str(error)) from error
        for packet in packets:
            self._process.send(packet)
        self.frames += 1
        return bool(packets)

    def finish(self) -> SinkResult:
        """Say goodbye to the receiver."""
        self._end(_GOODBYE)
        return SinkResult(None, self.frames)

    def stop(self) -> SinkResult:
        """The same; what was sent cannot be called back."""
        self._end(_GOODBYE)
        return SinkResult(None, self.frames, complete=False)

    def abort(self) -> None:
        """Make a call that waits in another thread fail soon."""
        self._over = True
        if self._process is not None:
            self._process.kill()

    def discard(self) -> None:
        """Cut the connection."""
        self._end(0.0)

    def _end(self, patience: float) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.end(patience)


def check_address(address: OutputAddress) -> None:
    """Raise UsageError for an address that nothing can be sent to."""
    if address.scheme not in OUTPUT_MUXERS:
        raise UsageError(f"Pictures cannot be sent to {address.scheme}:// addresses; {_choice()}.")
    if not has_protocol(address.scheme):
        raise UsageError(f"This build of FFmpeg cannot send to {address.scheme}:// addresses; {_choice()}.")


def _choice() -> str:
    return f"use one of: {', '.join(writable_schemes())}"


def _encoders(encode: EncodeOptions) -> tuple[str, ...]:
    if encode.codec is None:
        return ("libx264", "libopenh264", "mpeg4")
    name = encoder_named(encode.codec)
    if name is None:
        raise ConfigError(f"--codec {encode.codec} is unknown; name an encoder of FFmpeg, for example h264 or hevc.")
    return (name,)


def _settings(frame: Frame, rate: Fraction, encoders: tuple[str, ...], encode: EncodeOptions) -> Settings:
    """The first encoder that opens. Raises ConfigError for options that it does not have, EncoderError where none opens."""
    failures = []
    for name in filter(encoder_named, encoders):
        crf = None if encode.bitrate else QUALITY if encode.crf is None else encode.crf
        quality = replace(encode, crf=crf)
        base = encoder_options(name, quality) | _LIVE_OPTIONS.get(name, {})
        options = asked_options(name, encode, base | {"g": str(max(1, round(KEYFRAME_SECONDS * rate)))})
        for pix_fmt in _formats(name, frame, encode):
            settings = Settings(name, pix_fmt, frame.width, frame.height, CLOCK, rate, None,
                                written_tags(frame.format, frame.color, pix_fmt), False, tuple(options.items()))
            if (failure := settings.open_failure()) is None:
                return settings
            failures.append(f"{name} {pix_fmt}: {failure}")
    raise EncoderError(f"No encoder for publishing can be opened for {frame.width}×{frame.height} pictures; choose another one "
                       "with --codec.", "\n".join(failures))


def _formats(encoder: str, frame: Frame, encode: EncodeOptions) -> Iterator[str]:
    """What every receiver shows comes first."""
    if encode.pix_fmt is not None:
        yield encode.pix_fmt
        return
    odd = bool(frame.width % 2 or frame.height % 2)
    yield from dict.fromkeys([*(() if odd else ("yuv420p",)), *choose_formats(encoder, frame.format, odd)])


def _opened(settings: Settings) -> VideoCodecContext:
    context = cast(VideoCodecContext, av.CodecContext.create(settings.encoder, "w"))
    settings.apply(context)
    context.thread_type = "SLICE"  # threads for whole pictures would hold back one each
    context.open()
    share_processor()
    return context
