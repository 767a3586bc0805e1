"""Where frames come from, and the one list of what can be opened.

A new kind of source is one file beside this one and one line in SOURCES. Codec libraries are imported when a source is
opened, not before.
"""

from __future__ import annotations

import os.path
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dehazer.config import DecodeOptions
from dehazer.errors import UsageError
from dehazer.files.inputs import STANDARD_STREAM
from dehazer.files.pictures import is_numbered, is_picture
from dehazer.redact import module_logger
from dehazer.sources.base import Source
from dehazer.sources.request import SourceRequest

if TYPE_CHECKING:
    from dehazer.sources.interrupt import Interrupt
    from dehazer.sources.live_source import LiveSource

__all__ = ["SOURCES", "Source", "SourceKind", "check_live", "is_live", "open_live", "open_source"]


Opener = Callable[[str, DecodeOptions], Source]
WaitingOpener = Callable[[str, DecodeOptions, "Interrupt"], Source]
LiveOpener = Callable[[SourceRequest, "Interrupt"], "LiveSource"]
log = module_logger(__name__)


@dataclass(frozen=True)
class SourceKind:
    """One entry of SOURCES. matches: whether the user's text means this kind. Exactly one of the openers is given.

    open: for what has a beginning and an end. open_waiting: the same, where opening may wait for another program. open_live: for
    sources that set their own pace.
    """

    name: str
    matches: Callable[[str], bool]
    open: Opener | None = None
    open_waiting: WaitingOpener | None = None
    open_live: LiveOpener | None = None


def _synthetic(where: str, options: DecodeOptions) -> Source:
    from dehazer.sources.synthetic import SyntheticSource

    return SyntheticSource.from_text(where, options)


def _folder(where: str, options: DecodeOptions) -> Source:
    from dehazer.sources.images import FolderSource

    return FolderSource(Path(where), options)


def _numbered(where: str, options: DecodeOptions) -> Source:
    from dehazer.sources.images import NumberedSource

    return NumberedSource(Path(where), options)


def _image(where: str, options: DecodeOptions) -> Source:
    from dehazer.sources.images import ImageSource

    return ImageSource(Path(where), options)


def _has_pages(where: str) -> bool:
    """Whether `where` is a picture file of several pictures, which needs a look into it."""
    path = Path(where)
    if not is_picture(path) or not os.path.isfile(path):
        return False
    from dehazer.files.animations import pages_in

    return len(pages_in(path)) > 1


def _pages(where: str, options: DecodeOptions) -> Source:
    from dehazer.sources.pages import PageSource

    return PageSource(Path(where), options)


def _file(where: str, options: DecodeOptions) -> Source:
    from dehazer.sources.file import FileSource

    return FileSource(Path(where), options)


def _camera(request: SourceRequest, interrupt: Interrupt) -> LiveSource:
    from dehazer.sources.camera import open_camera

    return open_camera(request, interrupt)


def _stream(request: SourceRequest, interrupt: Interrupt) -> LiveSource:
    from dehazer.sources.stream import StreamSource

    return StreamSource(request, interrupt)


def _is_live(where: str, kind: str) -> bool:
    """Whether `where` names a camera or an address, and not a file that happens to be called so."""
    return bool(where.strip()) and SourceRequest(where).kind == kind and not os.path.isfile(where)


def _pipe(where: str, options: DecodeOptions, interrupt: Interrupt) -> Source:
    from dehazer.sources.pipe import PipeSource

    return PipeSource(options, interrupt)


SOURCES: tuple[SourceKind, ...] = (
    SourceKind("pipe", lambda where: where == STANDARD_STREAM, open_waiting=_pipe),
    SourceKind("camera", lambda where: _is_live(where, "camera"), open_live=_camera),
    SourceKind("stream", lambda where: _is_live(where, "url"), open_live=_stream),
    SourceKind("synthetic", lambda where: where.partition(":")[0] == "synthetic" and not os.path.exists(where), _synthetic),
    SourceKind("folder", os.path.isdir, _folder),
    SourceKind("numbered", lambda where: is_numbered(Path(where)), _numbered),
    SourceKind("pages", _has_pages, _pages),
    SourceKind("image", lambda where: is_picture(Path(where)), _image),
    SourceKind("file", lambda where: True, _file),
)
"""Tried in this order; the first that matches opens."""


def _kind_of(where: str) -> SourceKind:
    return next(kind for kind in SOURCES if kind.matches(where))


def is_live(where: str) -> bool:
    """Whether `where` names a camera or an address, which can be read once, at its own pace."""
    return _kind_of(where).open_live is not None


def open_source(where: str | Path, options: DecodeOptions | None = None, interrupt: Interrupt | None = None) -> Source:
    """Open whatever `where` names: a video, a picture, a folder of pictures, "synthetic:…", a camera ("camera:0") or a
    stream ("rtsp://…"; reconnecting and everything else of a live view is done by `dehazer.live`). Of the last two every picture
    is given, from zero to `options.end`. interrupt: ends the waiting.

    Raises InputError members (exit code 3) and UsageError (exit code 2), each with one sentence for the user.
    """
    text, options = str(where), options or DecodeOptions()
    if not text.strip():
        raise UsageError("The name of the input is empty; name a file, a folder or an address.")
    kind = _kind_of(text)
    if kind.open is not None or kind.open_waiting is not None:
        source = _opened(kind, text, options, interrupt)
        log.info("Opened %s as %s: %s", source.info.name, kind.name, source.info.summary)
        return source
    check_live(options)
    from dehazer.sources.live_film import LiveFilm

    return LiveFilm(open_live(SourceRequest(text), interrupt), options.end)


def check_live(options: DecodeOptions) -> None:
    """Raise UsageError for options that need an input which can be read again."""
    if (options.start, options.hwaccel, options.deinterlace, options.fps) != (None, "none", None, None):
        raise UsageError("A camera or stream has no beginning and no choice of decoder; leave --start, --hwaccel, --deinterlace "
                         "and --fps out.")


def _opened(kind: SourceKind, text: str, options: DecodeOptions, interrupt: Interrupt | None) -> Source:
    if kind.open is not None:
        return kind.open(text, options)
    assert kind.open_waiting is not None
    from dehazer.sources.interrupt import Interrupt

    return kind.open_waiting(text, options, interrupt or Interrupt())


def open_live(request: SourceRequest, interrupt: Interrupt | None = None) -> LiveSource:
    """Open what is asked for as a live source; a file is played at its own pace. Blocks until connected, `request.deadline`
    has passed, or `interrupt` is set.

    Raises LinkError where trying again may help; AccessError, InputError, UsageError where it will not.
    """
    from dehazer.sources.interrupt import Interrupt
    from dehazer.sources.paced import PacedSource

    interrupt = interrupt or Interrupt()
    kind = _kind_of(str(request.path) if request.kind == "file" else request.where)
    if kind.open_live is not None:
        return kind.open_live(request, interrupt)
    return PacedSource(request, open_source, interrupt)
