"""Everything decided before the first frame: file type, encoder, pixel format, and the warnings for the user."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import av
from av.codec.codec import Codec

from dehazer.config import EncodeOptions
from dehazer.errors import ConfigError, EncoderError, OutputError
from dehazer.files.containers import Container, stream_clock
from dehazer.frames.frame import Range, VideoInfo
from dehazer.redact import module_logger
from dehazer.sinks import _matroska as _mkv
from dehazer.sinks._asked_options import asked_options
from dehazer.sinks._codec_details import codec_tag, profile_options, raw_formats
from dehazer.sinks._encoders import (
    ALPHA_BESIDE,
    Settings,
    alpha_name,
    alpha_options,
    choose_formats,
    encoder_named,
    encoder_options,
    has_alpha,
    ignored_options,
    joined_options,
    losses,
    pixel_formats,
    reproducible_options,
    software_for,
)
from dehazer.sinks._frame_converter import written_tags
from dehazer.sinks._input_properties import X265_QUIET, InputProperties, hdr_options

log = module_logger(__name__)

_SHOWN_NAMES = {"wrapped_avframe": "Y4M"}
"""What people know an encoder by."""
_CARRY_ASPECT = {"h264", "hevc", "mpeg4", "mpeg2video", "mpeg1video", "prores", "mjpeg"}
_MARK_FIELDS = {"libx264", "mpeg2video", "mpeg4", "prores_ks", "dnxhd", "ffv1"}
_MEZZANINE = ("prores_ks", "dnxhd")
"""Codecs that editors expect back, even where FFmpeg decodes more bits than its encoder takes."""
_CENTERED = ("mjpeg",)
"""Codecs whose chroma samples lie between the pixels, whatever the input says."""
_CARRY_COLOR = {"h264", "hevc", "mpeg2video", "av1", "vp9", "prores", "mjpeg"}


@dataclass(frozen=True)
class EncodingAttempt:
    """One way to encode. notes: what the user should know if this one is used."""

    settings: Settings
    notes: tuple[str, ...] = ()


class EncodingAttempts:
    """The ways to encode this film, best first. Every step down is announced."""

    def __init__(self, container: Container, info: VideoInfo, options: EncodeOptions, properties: InputProperties) -> None:
        self._container, self._info, self._options, self._properties = container, info, options, properties
        self._failed: list[str] = []
        self._rungs = self._all()

    def next(self) -> EncodingAttempt:
        """The next way whose encoder opens. Raises EncoderError when none is left, with the reasons."""
        for attempt in self._rungs:
            failure = attempt.settings.open_failure()
            if failure is None:
                log.info("Encoder %s, pixel format %s", attempt.settings.encoder, attempt.settings.pix_fmt)
                return replace(attempt, notes=(*self._step_note(attempt), *attempt.notes))
            self.reject(attempt, failure)
        size = f"{self._info.width}×{self._info.height}"
        tried = ", ".join(dict.fromkeys(f.split(" ")[0] for f in self._failed)) or "none"
        given = (("--tune", self._options.tune), ("--encoder-options", self._options.encoder_options))
        suspects = " and ".join(f"{flag} {value}" for flag, value in given if value)
        advice = f"check {suspects}, or choose another one with --codec" if suspects else "choose another one with --codec"
        raise EncoderError(f"No encoder can be opened for {size} {self._info.format.name} pictures (tried: {tried}); {advice}.",
                           "\n".join(self._failed))

    def reject(self, attempt: EncodingAttempt, reason: str) -> None:
        """Note that a way has failed."""
        self._failed.append(f"{attempt.settings.encoder} ({attempt.settings.pix_fmt}): {reason}")
        log.warning("Encoder %s", self._failed[-1])

    def _step_note(self, attempt: EncodingAttempt) -> tuple[str, ...]:
        failed = [name for name in dict.fromkeys(f.split(" ")[0] for f in self._failed) if name != attempt.settings.encoder]
        if not failed:
            return ()
        return (f"{' and '.join(failed)} cannot be used here; {attempt.settings.encoder} encodes instead.",)

    def _all(self) -> Iterator[EncodingAttempt]:
        for name, note in self._encoders():
            for pix_fmt in self._formats(name):
                settings = self._settings(name, pix_fmt)
                taken = format_notes(self._info, settings, self._properties.pix_fmt)
                idle = ignored_options(name, self._options)
                yield EncodingAttempt(settings, (*note, *taken, *idle, *self._lost_marks(name, pix_fmt)))

    def _encoders(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        asked = self._options.codec
        if asked is not None:
            name = encoder_named(asked)
            if name is None:
                raise ConfigError(f"--codec {asked} is unknown; name an encoder of FFmpeg, for example h264, hevc, av1 or ffv1.")
            self._check_container(name, asked)
            yield name, ()
            if (other := software_for(name)) is not None:
                yield other, ()
            return
        yield from self._for_input_codec()

    def _check_container(self, name: str, asked: str) -> None:
        if not holds(self._container, name):
            raise OutputError(f"{self._container.title} files cannot hold {asked} video; choose another ending or --codec.")

    def _for_input_codec(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        codec = self._properties.codec
        default = self._substitute(codec)
        if default in _SHOWN_NAMES:  # pictures as they are: nothing is lost, and nothing has to be said
            yield default, ()
            return
        name = encoder_named(codec) if codec else None
        note: tuple[str, ...] = ()
        if codec and name is None:
            name, note = default, (f"There is no encoder for {codec} here; {default} is used.",)
        elif name is not None and not holds(self._container, name):
            name, note = default, (f"{self._container.title} cannot hold {codec}; {default} is used.",)
        better = self._more_faithful_encoder(name) if name else None
        if better:
            given = self._info.format.name
            yield better, (f"{name} cannot store {given} pictures as they are; {better} encodes instead, so that no bits and "
                           "no colours are lost.",)
        yield name or default, note
        for other in dict.fromkeys((default, self._container.codec)):
            if other != (name or default):
                yield other, ()

    def _substitute(self, codec: str | None) -> str:
        """The encoder for pictures whose own codec does not fit. GIF is lossless, too, but its pictures have few colours."""
        lossless = self._container.lossless
        if codec is None or codec == "gif" or not lossless:
            return self._container.codec
        described = Codec(codec, "r")
        return lossless if described.lossless and not described.lossy else self._container.codec

    def _more_faithful_encoder(self, name: str) -> str | None:
        """An encoder that keeps more of depth and chroma than the one named; None if that is the best."""
        alternatives = (*(("libx264rgb",) if name == "libx264" else ()), "libx265", "libsvtav1")
        there = [n for n in (name, *alternatives) if encoder_named(n) and holds(self._container, n) and self._formats(n)]
        if self._options.pix_fmt is not None or self._info.format.family == "rgb" or name not in there or name in _MEZZANINE:
            return None
        best = min(there, key=self._cost)  # the first of equals
        return None if best == name else best

    def _cost(self, encoder: str) -> tuple[bool, tuple[int, int, bool]]:
        """What the best layout that it opens with loses, transparency first; some offer more than they open with."""
        formats = self._formats(encoder)
        # opening takes time, and only layouts with transparency are known to be offered where they do not open
        layout = next((name for name in formats if not has_alpha(name) or self._settings(encoder, name).open_failure() is None),
                      formats[0])
        return self._info.transparent and not has_alpha(layout), losses(self._info.format, layout)

    def _formats(self, encoder: str) -> list[str]:
        asked = self._options.pix_fmt
        if asked is None:
            odd = bool(self._info.width % 2 or self._info.height % 2)
            if encoder == "rawvideo":
                return raw_formats(self._container, self._info.format, self._properties.pix_fmt)
            return choose_formats(encoder, self._info.format, odd, self._info.transparent and self._has_room_for_alpha(encoder))
        offered = pixel_formats(encoder)
        if offered and asked not in offered:
            raise ConfigError(f"--pix-fmt {asked} is not possible with {encoder}; choose one of: {', '.join(offered)}.")
        return [asked]

    def _has_room_for_alpha(self, encoder: str) -> bool:
        return encoder not in ALPHA_BESIDE or self._container.format in _mkv.FORMATS

    @property
    def _transparent(self) -> bool:
        """Whether pictures of the input have transparency, also if it does not come with the frames."""
        return self._info.transparent or (bool(self._properties.pix_fmt) and has_alpha(self._properties.pix_fmt))

    def _settings(self, encoder: str, pix_fmt: str) -> Settings:
        info, profile = self._info, profile_options(encoder, self._properties, pix_fmt)
        quiet = {"x265-params": X265_QUIET} if encoder == "libx265" else {}
        same = reproducible_options(encoder) if self._options.resume else {}
        options = joined_options(encoder_options(encoder, self._options), quiet, hdr_options(encoder, self._properties),
                                 profile, same, alpha_options(encoder, pix_fmt, self._properties.pix_fmt))
        options = asked_options(encoder, self._options, options)
        clock, tags = stream_clock(self._container, info), written_tags(info.format, info.color, pix_fmt)
        return Settings(encoder, pix_fmt, info.width, info.height, clock, info.rate, info.sample_aspect, tags,
                        self._container.reorder, tuple(options.items()), self._properties.flags,
                        codec_tag(encoder, self._container, self._properties))

    def _lost_marks(self, encoder: str, pix_fmt: str) -> Iterator[str]:
        """What neither this codec nor this file type can say about the pictures."""
        codec, title, info = Codec(encoder, "w").canonical_name, self._container.title, self._info
        with_codec = title if codec in _SHOWN_NAMES else f"{title} with {codec}"
        if self._transparent and not self._info.transparent:
            yield "The transparency of the pictures is left out."
        elif self._transparent and not has_alpha(pix_fmt):
            yield f"{with_codec} as {pix_fmt} cannot hold the transparency of the pictures; it is left out."
        if self._properties.flags.interlaced and encoder not in _MARK_FIELDS:
            yield f"The film is interlaced; its lines are kept, but {codec} marks the output as progressive."
        place = self._properties.flags.chroma
        if place not in ("", "center") and codec in _CENTERED and info.format.family == "yuv" and info.format.sub_x:
            yield f"{codec} places chroma samples in the center, the input places them {place}; they are not moved."
        in_file = self._container.format in ("mp4", "mov")
        shaped = in_file or patched(self._container) or carries_aspect(encoder)
        if info.sample_aspect not in (None, 0, 1) and not shaped:
            yield (f"{with_codec} cannot say that pixels are {info.sample_aspect} as wide as high; "
                   "the film will look squeezed. Use .mov or .mp4.")
        if codec not in _CARRY_COLOR and self._loses_color(in_file):
            yield f"{with_codec} cannot record the colour tags."
        if (self._properties.mastering or self._properties.light) and not hdr_options(encoder, self._properties):
            yield f"{encoder} cannot write the HDR mastering data; the colour tags are kept."


    def _loses_color(self, in_file: bool) -> bool:
        """Whether a file type says less of the colours than the input does. Limited range goes without saying."""
        tags = self._info.color
        named = any(tag not in (0, 2) for tag in (tags.matrix, tags.primaries, tags.transfer))
        if self._container.format in ("matroska", "webm", "mxf") or (in_file and named):
            return False  # FFmpeg writes the box of an MP4 file only where more than the range is known
        return named or tags.range == Range.FULL


def carries_aspect(encoder: str) -> bool:
    """Whether the codec itself says how wide pixels are."""
    return Codec(encoder, "w").canonical_name in _CARRY_ASPECT


def patched(container: Container) -> bool:
    """Whether the shape of pixels is written into the finished file."""
    return container.format in _mkv.FORMATS and not container.piped


def format_notes(info: VideoInfo, settings: Settings, decoded: str = "") -> tuple[str, ...]:
    """A sentence if the encoder's pixel format is not the input's. decoded: what the decoder gave."""
    given, taken = info.format.name, settings.pix_fmt
    if taken == decoded or alpha_name(given) == taken:
        return ()
    if given.replace("yuvj", "yuv") == taken.replace("yuvj", "yuv"):
        turned = taken.startswith("yuvj") and not info.format.full and info.color.range != 2
        return (f"{settings.encoder} takes full-range pictures only; the levels are stretched.",) if turned else ()
    same = ("rgb24", "gbrp", "bgr0", "bgr24")  # RGB of 8 bits, in any order
    if given in same and taken in same:
        return ()
    name = _SHOWN_NAMES.get(settings.encoder, settings.encoder)
    return (f"{name} does not take {given} pictures; they are stored as {taken}.",)


def holds(container: Container, encoder: str) -> bool:
    """Whether a file of this type takes the encoder's codec."""
    codec = Codec(encoder, "w").canonical_name
    if codec in container.refused or (container.films and codec not in container.films):
        return False
    trial = av.open(io.BytesIO(), "w", format=container.format)
    try:
        trial.add_stream(encoder, rate=25)
    except ValueError:
        return False
    else:
        return True


def clock_shift(container: Container, earliest: Fraction) -> Fraction:
    """Seconds to add to every time so that none lies before zero where the file type cannot say so."""
    return Fraction(0) if container.negative or container.clock == "rate" or earliest >= 0 else -earliest
