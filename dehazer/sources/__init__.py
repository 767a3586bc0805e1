"""Where frames come from, and the one list of what can be opened.

A new kind of source is one file beside this one and one line in SOURCES. Codec libraries are imported when a source is
opened, not before.
"""

from __future__ import annotations

import os.path
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dehazer.config import DecodeOptions
from dehazer.errors import UsageError
from dehazer.files.pictures import is_picture
from dehazer.sources.base import Source
from dehazer.sources.request import SourceRequest

__all__ = ["SOURCES", "Source", "SourceKind", "open_source"]


@dataclass(frozen=True)
class SourceKind:
    """One entry of SOURCES. matches: whether this kind is meant by what the user gave; open: makes the source."""

    name: str
    matches: Callable[[str], bool]
    open: Callable[[str, DecodeOptions], Source]


def _synthetic(where: str, options: DecodeOptions) -> Source:
    from dehazer.sources.synthetic import SyntheticSource

    return SyntheticSource.from_text(where, options)


def _folder(where: str, options: DecodeOptions) -> Source:
    from dehazer.sources.images import FolderSource

    return FolderSource(Path(where), options)


def _image(where: str, options: DecodeOptions) -> Source:
    from dehazer.sources.images import ImageSource

    return ImageSource(Path(where), options)


def _file(where: str, options: DecodeOptions) -> Source:
    from dehazer.sources.file import FileSource

    return FileSource(Path(where), options)


def _is_live(where: str, kind: str) -> bool:
    """Whether `where` names a camera or an address, and not a file that happens to be called so."""
    return bool(where.strip()) and SourceRequest(where).kind == kind and not os.path.isfile(where)


def _live(where: str, options: DecodeOptions) -> Source:
    from dehazer.sources.live import open_live

    if (options.start, options.end, options.hwaccel) != (None, None, "none"):
        raise UsageError("A camera or stream has no beginning, no end and no choice of decoder; leave --start, --end and "
                         "--hwaccel out.")
    return open_live(SourceRequest(where))


SOURCES: tuple[SourceKind, ...] = (
    SourceKind("camera", lambda where: _is_live(where, "camera"), _live),
    SourceKind("stream", lambda where: _is_live(where, "url"), _live),
    SourceKind("synthetic", lambda where: where.partition(":")[0] == "synthetic" and not os.path.exists(where), _synthetic),
    SourceKind("folder", os.path.isdir, _folder),
    SourceKind("image", lambda where: is_picture(Path(where)), _image),
    SourceKind("file", lambda where: True, _file),
)
"""Tried in this order; the first that matches opens."""


def open_source(where: str | Path, options: DecodeOptions | None = None) -> Source:
    """Open whatever `where` names: a video, a picture, a folder of pictures, "synthetic:…", a camera ("camera:0") or a
    stream ("rtsp://…"; reconnecting and everything else of a live view is the business of `dehazer.live.session`).

    Raises InputError members (exit code 3) and UsageError (exit code 2), each with one sentence for the user.
    """
    text = str(where)
    if not text.strip():
        raise UsageError("The name of the input is empty; name a file, a folder or an address.")
    kind = next(kind for kind in SOURCES if kind.matches(text))
    return kind.open(text, options or DecodeOptions())
