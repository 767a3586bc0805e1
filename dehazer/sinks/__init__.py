"""Where frames go, and the one list of what can be written.

A new kind of sink is one file beside this one and one line in SINKS. Codec libraries are imported when a sink is
opened, not before.
"""

from __future__ import annotations

import os.path
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dehazer.config import DecodeOptions, EncodeOptions, options_of
from dehazer.errors import UsageError
from dehazer.files.addresses import VIRTUAL_CAMERA, OutputAddress, is_output_address
from dehazer.files.containers import WRITABLE_SUFFIXES
from dehazer.files.inputs import STANDARD_STREAM
from dehazer.files.journal import Journal
from dehazer.files.output_paths import check_output, folders_above
from dehazer.files.pictures import ANIMATED_SUFFIXES, FILM_PAGES, PAGED_SUFFIXES, is_numbered, is_picture
from dehazer.frames.frame import VideoInfo
from dehazer.redact import module_logger
from dehazer.sinks.base import Sink, SinkResult

if TYPE_CHECKING:
    from dehazer.files.animations import Animation
    from dehazer.files.passing_streams import PassingStreams

__all__ = ["SINKS", "Sink", "SinkKind", "SinkResult", "check_output", "folders_above", "has_writer",
           "kind_of", "open_sink", "output_name"]

log = module_logger(__name__)


def has_writer(path: Path) -> bool:
    """Whether the name says that this is a picture or a video of a kind that can be written."""
    return is_picture(path) or path.suffix.lower() in (*WRITABLE_SUFFIXES, ".gif")


@dataclass(frozen=True)
class SinkRequest:
    """What a sink is opened with. where: the output as it was named; path: the same as a path.

    copy_from: the input; only a media file is copied from. journal: of a resumable run.
    """

    path: Path
    where: str
    info: VideoInfo
    encode: EncodeOptions
    decode: DecodeOptions
    copy_from: Path | PassingStreams | None
    journal: Journal | None = None


@dataclass(frozen=True)
class SinkKind:
    """One entry of SINKS. matches: whether this kind is meant by the output's name; open: makes the sink.

    nowhere: it makes no file, so that there is none to check. live: pictures are shown as they come, so that none may
    wait. resumable: it uses a journal. whole: it is one step of work, with nothing to go on from.
    nameless: its name does not say the file type, `EncodeOptions.format` does. pictures: it makes picture
    files, which no encoder of films takes part in.
    """

    name: str
    matches: Callable[[str], bool]
    open: Callable[[SinkRequest], Sink]
    nowhere: bool = False
    live: bool = False
    resumable: bool = False
    whole: bool = False
    nameless: bool = False
    pictures: bool = False


def _null(request: SinkRequest) -> Sink:
    from dehazer.sinks.null import NullSink

    return NullSink()


def _pipe(request: SinkRequest) -> Sink:
    from dehazer.sinks.pipe import PipeSink

    return PipeSink(request.info, request.encode, request.decode, _film(request))


def _publish(request: SinkRequest) -> Sink:
    from dehazer.sinks.publish import PublishSink

    return PublishSink(request.where, request.info, request.encode)


def _virtual_camera(request: SinkRequest) -> Sink:
    from dehazer.sinks.virtual_camera import VirtualCameraSink

    return VirtualCameraSink(request.where, request.info)


def _film(request: SinkRequest) -> Path | PassingStreams | None:
    """The input if it is a film, or passes its other streams on; these are copied."""
    passing = not isinstance(request.copy_from, Path | None)
    return request.copy_from if request.info.media_file or passing else None


def _image(request: SinkRequest) -> Sink:
    from dehazer.sinks.images import ImageSink

    source, suffix = request.copy_from, request.path.suffix.lower()
    from_picture = isinstance(source, Path) and is_picture(source) and source.is_file()
    animation = _animation_in(source)
    pictures = len(animation.durations) if animation else request.info.frames  # an APNG is read as a film, which does not say
    if (suffix in FILM_PAGES or (animation and suffix in PAGED_SUFFIXES)) and (pictures or 1) > 1:
        return _pages(request)
    return ImageSink(request.path, replace(request.info, frames=pictures), first_only=from_picture or animation is not None)


def _animation_in(source: object) -> Animation | None:
    """What an animated picture says that is to be written; None for films and for single pictures."""
    from dehazer.files.animations import animation_in

    drawn = isinstance(source, Path) and (is_picture(source) or source.suffix.lower() in ANIMATED_SUFFIXES)
    return animation_in(source) if drawn and isinstance(source, Path) else None


def _pages(request: SinkRequest) -> Sink:
    from dehazer.sinks.pages import PageSink

    return PageSink(request.path, request.info, request.copy_from if isinstance(request.copy_from, Path) else None)


def _numbered(request: SinkRequest) -> Sink:
    from dehazer.sinks.numbered import NumberedSink

    return NumberedSink(request.path, request.encode.overwrite)


def _folder(request: SinkRequest) -> Sink:
    from dehazer.sinks.images import FolderSink

    return FolderSink(request.path)


def _video(request: SinkRequest) -> Sink:
    from dehazer.sinks.video import VideoSink

    return VideoSink(request.path, request.info, request.encode, request.decode, _film(request), journal=request.journal)


SINKS: tuple[SinkKind, ...] = (
    SinkKind("null", lambda where: where == "null:", _null, nowhere=True),
    SinkKind("pipe", lambda where: where == STANDARD_STREAM, _pipe, nowhere=True, nameless=True),
    SinkKind("virtual camera", lambda where: where.startswith(VIRTUAL_CAMERA), _virtual_camera, nowhere=True, live=True),
    SinkKind("publish", is_output_address, _publish, nowhere=True, live=True),
    SinkKind("numbered", lambda where: is_numbered(Path(where)), _numbered, pictures=True),
    SinkKind("gif", lambda where: Path(where).suffix.lower() == ".gif", _pages, whole=True, pictures=True),
    SinkKind("image", lambda where: is_picture(Path(where)), _image, whole=True, pictures=True),
    SinkKind("folder", lambda where: os.path.isdir(where) or not Path(where).suffix, _folder, pictures=True),
    SinkKind("video", lambda where: True, _video, resumable=True),
)
"""Tried in this order; the first that matches opens."""


def kind_of(where: str | Path) -> SinkKind:
    """The entry of SINKS that writes what is named so."""
    return next(kind for kind in SINKS if kind.matches(str(where)))


def output_name(where: str | Path) -> str:
    """The output as people see it, without a password."""
    return OutputAddress.parsed(str(where)).name if is_output_address(str(where)) else str(where)


_OF_ENCODERS = ("codec", "crf", "preset", "pix_fmt", "bitrate", "tune", "encoder_options")


def _unused(encode: EncodeOptions) -> tuple[str, ...]:
    """A sentence where options of encoders are given for picture files."""
    flags = options_of(EncodeOptions)
    given = [flags[name].flag for name in _OF_ENCODERS if getattr(encode, name) is not None]
    if not given:
        return ()
    named = given[0] if len(given) == 1 else f"{', '.join(given[:-1])} and {given[-1]}"
    return (f"Picture files are made without an encoder of films; {named} change{'s' if len(given) == 1 else ''} nothing.",)


def open_sink(path: str | Path, info: VideoInfo, encode: EncodeOptions | None = None, decode: DecodeOptions | None = None,
              copy_from: str | Path | PassingStreams | None = None, *, journal: Journal | None = None) -> Sink:
    """Open the output: a video file, a picture, a folder of pictures (no ending), "-" for
    standard output, an address of the network ("rtsp://…"), "virtualcam:" for a virtual camera, or "null:" for none.

    info: of the frames to come. decode: the span read, so that sound is cut alike. copy_from: the input, whose other
    streams, chapters and descriptions are carried over. journal: for kinds that are resumable.

    Raises UsageError (input = output), ConfigError
    (a codec, preset or pixel format that there is not), OutputExistsError, OutputError or EncoderError, all before the first
    frame.
    """
    if not str(path).strip():
        raise UsageError("The name of the output is empty; name a file or a folder.")
    target = Path(path)
    source = Path(copy_from) if isinstance(copy_from, str) else copy_from
    if not isinstance(source, Path | None):
        source.wanted = set()  # until the sink says what it takes
    kind = kind_of(path)
    encode = encode or EncodeOptions()
    if encode.format is not None and not kind.nameless:
        raise UsageError(f"--format is for standard output (-); what {output_name(path)} becomes is said by "
                         "its name. Leave --format out.")
    if not kind.nowhere:
        check_output([source] if isinstance(source, Path) else [], target, encode.overwrite)
    sink = kind.open(SinkRequest(target, str(path), info, encode, decode or DecodeOptions(), source, journal))
    if kind.pictures:
        sink.unused = _unused(encode)
    log.info("Writing %s as %s: %s", output_name(path), kind.name, info.summary)
    return sink
