"""Pictures of two fields become pictures of one moment each, by FFmpeg's filters; their count and times stay."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction

import av
import av.error
import av.filter

Read = Callable[[], av.VideoFrame | None]


class Deinterlacer:
    """One film through one filter ("bwdif", "yadif" or "w3fdif"), which looks at the pictures before and after each."""

    def __init__(self, method: str, time_base: Fraction) -> None:
        self._method, self._clock = method, time_base
        self.restart()

    def restart(self) -> None:
        """Forget all pictures: the film is read from another place."""
        self._graph: av.filter.Graph | None = None
        self._shape: tuple[str, int, int] | None = None
        self._ready: deque[av.VideoFrame] = deque()
        self._ended = False

    def next(self, read: Read) -> av.VideoFrame | None:
        """The next picture, None at the end. read: gives the pictures of the film in order, None at its end."""
        while not self._ready and not self._ended:
            picture = read()
            if picture is None or self._shape not in (None, _shape(picture)):
                self._flush()
            self._ended = picture is None
            if picture is not None:
                self._push(picture)
        return self._ready.popleft() if self._ready else None

    def _push(self, picture: av.VideoFrame) -> None:
        if self._graph is None:
            self._shape, self._graph = _shape(picture), av.filter.Graph()
            source = self._graph.add_buffer(width=picture.width, height=picture.height, format=picture.format,
                                            time_base=self._clock)
            options = "filter=complex:deint=all" if self._method == "w3fdif" else "mode=send_frame:deint=all"
            self._graph.link_nodes(source, self._graph.add(self._method, options), self._graph.add("buffersink")).configure()
        picture.time_base = self._clock
        self._graph.push(picture)
        self._collect()

    def _flush(self) -> None:
        if self._graph is not None:
            self._graph.push(None)
            self._collect()
        self._graph = self._shape = None

    def _collect(self) -> None:
        """Take what is done. The filters count in half ticks, because they can also make a picture of every field."""
        assert self._graph is not None
        with suppress(av.error.BlockingIOError, av.error.EOFError):
            while True:
                done = self._graph.pull()
                assert isinstance(done, av.VideoFrame)
                if done.pts is not None and done.time_base is not None:
                    done.pts = round(done.pts * done.time_base / self._clock)
                done.time_base = self._clock
                self._ready.append(done)


def _shape(picture: av.VideoFrame) -> tuple[str, int, int]:
    return picture.format.name, picture.width, picture.height
