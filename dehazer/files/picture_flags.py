"""What FFmpeg knows of a picture and its Python bindings do not tell: where chroma samples lie, and which field comes first.

FFmpeg's filter "showinfo" writes both to the log, from which they are read.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import av
import av.filter
import av.logging

Fields = Literal["", "progressive", "tt", "bb"]
_FIELDS: dict[str, Fields] = {"T": "tt", "B": "bb"}


@dataclass(frozen=True)
class PictureFlags:
    """chroma: FFmpeg's name of the position (left, center, topleft …), empty if the film does not say.

    fields: "tt" and "bb" are interlaced, the top or the bottom field first; empty if neither picture nor file says anything.
    """

    chroma: str = ""
    fields: Fields = ""

    @property
    def interlaced(self) -> bool:
        """Whether every picture is two fields."""
        return self.fields in ("tt", "bb")


PLAIN = PictureFlags()
"""Of a film that says nothing."""
_LEVEL = threading.Lock()


def flags_of(picture: av.VideoFrame, progressive: bool) -> PictureFlags:
    """The flags of a picture in main memory. progressive: what the file says."""
    if picture.sw_format is not None:
        return PLAIN  # on a graphics device
    with _log_lines() as lines:
        graph = av.filter.Graph()
        graph.link_nodes(graph.add_buffer(width=picture.width, height=picture.height, format=picture.format,
                                          time_base=picture.time_base or Fraction(1, 1000)),
                         graph.add("showinfo", "checksum=0"), graph.add("buffersink")).configure()
        graph.push(picture)
        graph.pull()
    text = "".join(words for _, name, words in lines if "showinfo" in name)
    chroma, fields = re.search(r"\bcl:(\w+)", text), re.search(r" i:(\w)", text)
    named = chroma[1] if chroma and chroma[1] not in ("unspecified", "unknown") else ""
    return PictureFlags(named, _FIELDS.get(fields[1] if fields else "", "progressive" if progressive else ""))


@contextmanager
def _log_lines() -> Iterator[list[tuple[int, str, str]]]:
    """What FFmpeg logs in this thread. Its level is one for all threads, so one at a time may raise it."""
    with _LEVEL:
        level = av.logging.get_level()
        av.logging.set_level(av.logging.INFO)
        try:
            with av.logging.Capture(local=True) as lines:
                yield lines
        finally:
            av.logging.set_level(level)


class FieldMarker:
    """Marks pictures as interlaced, which encoders want to see on every picture."""

    def __init__(self, fields: Fields) -> None:
        self._mode = {"tt": "tff", "bb": "bff"}.get(fields)
        self._graph: av.filter.Graph | None = None

    def marked(self, picture: av.VideoFrame) -> av.VideoFrame:
        """The same picture, marked; its pixels are not copied."""
        if self._mode is None:
            return picture
        if self._graph is None:
            self._graph = av.filter.Graph()
            source = self._graph.add_buffer(width=picture.width, height=picture.height, format=picture.format,
                                            time_base=picture.time_base)
            self._graph.link_nodes(source, self._graph.add("setfield", self._mode), self._graph.add("buffersink")).configure()
        self._graph.push(picture)
        marked = self._graph.pull()
        assert isinstance(marked, av.VideoFrame)
        return marked
