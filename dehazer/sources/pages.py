"""Frames from one picture file of several pictures: an animated WebP or PNG, a TIFF of many pages."""

from __future__ import annotations

import threading
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate
from pathlib import Path

from PIL import Image

from dehazer.config import DecodeOptions
from dehazer.errors import UsageError
from dehazer.files.animations import animation_in, has_stand_in, pages_in
from dehazer.files.inputs import check_readable
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.sources._picture_file import Picture, read_page
from dehazer.sources.base import Source
from dehazer.sources.images import SRGB, planes_of

PAGE_MS = 5000
"""Pages of a TIFF have no clock. So far apart, nothing is smoothed over time from one to the next; a film shows each so long."""
_SHORTEST_MS = 10


class PageSource(Source):
    """All pictures of a file, with the times of an animation. Raises InputError members at damage."""

    def __init__(self, path: Path, options: DecodeOptions | None = None) -> None:
        """Raises UsageError if the span asked for is empty."""
        check_readable(path)
        self._path, self._pages, options = path, pages_in(path), options or DecodeOptions()
        animation = animation_in(path)
        shown = [max(_SHORTEST_MS, one) for one in animation.durations] if animation else [PAGE_MS] * len(self._pages)
        self._times = [0, *accumulate(shown)][: len(self._pages)]
        self._position = bisect_left(self._times, round((options.start or 0.0) * 1000))
        self._end = len(self._pages) if options.end is None else bisect_left(self._times, round(options.end * 1000))
        if self._position >= len(self._pages):
            raise UsageError(f"The start ({options.start or 0:g} s) lies behind the last picture of {path}.")
        self._lock, self._closed, self._index = threading.Lock(), False, 0
        self._notes: dict[str, None] = {}
        self._opened = Image.open(path)
        if has_stand_in(self._opened):
            self._notes[f"The picture of {path.name} that programs without animation show is left out."] = None
        try:
            first = self._read(self._position)
        except BaseException:
            self._opened.close()
            raise
        height, width = first.rgb.shape[:2]
        rate = Fraction(1000 * len(shown), sum(shown))
        self.info = VideoInfo(width, height, planes_of(first)[0], SRGB, Fraction(1, 1000), rate, len(self._pages),
                              sum(shown) / 1000, name=str(path), transparent=first.notes.alpha is not None)

    def _read(self, position: int) -> Picture:
        picture = read_page(self._opened, self._path, self._pages[position])
        self._notes.update(dict.fromkeys(picture.warnings))
        own_name = self._path.with_name(f"{self._path.stem}-{position + 1:04d}{self._path.suffix}")
        return replace(picture, notes=replace(picture.notes, path=own_name))

    def __iter__(self) -> Iterator[Frame]:
        while True:
            with self._lock:
                frame = None if self._closed or self._position >= self._end else self._next_frame()
            if frame is None:
                return
            yield frame

    def _next_frame(self) -> Frame:
        picture = self._read(self._position)
        layout, planes = planes_of(picture)
        height, width = picture.rgb.shape[:2]
        frame = Frame(planes, layout, height, width, SRGB, self._times[self._position], Fraction(1, 1000), self._index,
                      transfer=picture.notes)
        self._position += 1
        self._index += 1
        return frame

    def seek(self, seconds: float) -> None:
        """Continue with the picture shown at `seconds`."""
        with self._lock:
            self._position = max(0, bisect_right(self._times, round(seconds * 1000)) - 1)

    def close(self) -> None:
        """End the iteration and close the file."""
        with self._lock:
            self._closed = True
            self._opened.close()

    @property
    def warnings(self) -> tuple[str, ...]:
        """Depth reduced, colours converted."""
        return tuple(self._notes)
