"""Frames from picture files: one, or all of a folder in natural order (picture 2 before picture 10)."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np

from dehazer.config import DecodeOptions
from dehazer.errors import DamagedInputError, InputError, NoVideoError, UsageError
from dehazer.files.pictures import PICTURE_SUFFIXES, numbered_pictures, pictures_in
from dehazer.frames.frame import PIXEL_FORMATS, ColorTags, Frame, PixelFormat, Plane, VideoInfo
from dehazer.sources._picture_file import Picture, read_picture
from dehazer.sources.base import Source

FOLDER_RATE = Fraction(25)
"""Pictures have no clock; where nothing else is said, they are taken for a film of this many per second."""

_RGB, _DEEP = PIXEL_FORMATS["rgb24"], PIXEL_FORMATS["gbrp16le"]
SRGB = ColorTags(matrix=0, range=2, primaries=1, transfer=13)  # sRGB, as H.273 numbers it


class PictureSource(Source):
    """One picture file, or several as a film of `DecodeOptions.fps`, else FOLDER_RATE.

    Every frame has its own size and its `PictureNotes`.

    A file of several that cannot be read is skipped and counted; if none can be read, DamagedInputError is raised.
    """

    def __init__(self, paths: Sequence[Path], name: str, options: DecodeOptions | None = None) -> None:
        """Raises UsageError if the span asked for is empty, InputError members if no picture in it can be read."""
        self._paths, self._skipped, self._notes = list(paths), set[Path](), dict[str, None]()
        self._lock, self._closed, self._index = threading.Lock(), False, 0
        given = (options or DecodeOptions()).fps
        self._rate = FOLDER_RATE if given is None else exact_rate(given)
        self._position, self._end = self._span(options or DecodeOptions(), name)
        self._ahead = self._next_picture()
        if self._ahead is None:
            raise DamagedInputError(f"None of the {len(self._paths)} pictures in {name} can be read.")
        height, width = self._ahead[1].rgb.shape[:2]
        several, count = len(self._paths) > 1, len(self._paths)
        layout = planes_of(self._ahead[1])[0]
        self.info = VideoInfo(width, height, layout, SRGB, 1 / self._rate, self._rate if several else None, count,
                              float(count / self._rate) if several else None, name=name,
                              transparent=self._ahead[1].notes.alpha is not None)

    def _span(self, options: DecodeOptions, name: str) -> tuple[int, int]:
        start = self._index_at(options.start or 0.0)
        if start >= len(self._paths):
            raise UsageError(f"The start ({options.start or 0:g} s) lies behind the last picture of {name}.")
        return start, len(self._paths) if options.end is None else min(len(self._paths), self._index_at(options.end))

    def _index_at(self, seconds: float) -> int:
        """Index of the first picture at or after a time."""
        return math.ceil(Fraction(round(seconds * 1000), 1000) * self._rate)

    def _next_picture(self) -> tuple[int, Picture] | None:
        while self._position < self._end:
            position, path = self._position, self._paths[self._position]
            self._position += 1
            try:
                picture = read_picture(path)
            except InputError:
                if len(self._paths) == 1:
                    raise
                self._skipped.add(path)
            else:
                self._notes.update(dict.fromkeys(picture.warnings))
                return position, picture
        return None

    def __iter__(self) -> Iterator[Frame]:
        while True:
            with self._lock:
                frame = None if self._closed else self._next_frame()
            if frame is None:
                return
            yield frame

    def _next_frame(self) -> Frame | None:
        found, self._ahead = self._ahead or self._next_picture(), None
        if found is None:
            return None
        position, picture = found
        height, width = picture.rgb.shape[:2]
        layout, planes = planes_of(picture)
        frame = Frame(planes, layout, height, width, SRGB, position, 1 / self._rate, self._index, transfer=picture.notes)
        self._index += 1
        return frame

    def seek(self, seconds: float) -> None:
        """Continue with the picture shown at `seconds`."""
        with self._lock:
            self._ahead = None
            self._position = min(max(0, int(Fraction(round(seconds * 1000), 1000) * self._rate)), len(self._paths) - 1)

    def close(self) -> None:
        """End the iteration."""
        self._closed = True

    @property
    def warnings(self) -> tuple[str, ...]:
        """Pictures skipped, depth reduced, further pictures of a file left out."""
        skipped = len(self._skipped)
        first = min(self._skipped, default=None)
        note = (f"{skipped} picture{'s' if skipped > 1 else ''} could not be read and {'were' if skipped > 1 else 'was'} skipped "
                f"(first: {first.name}).",) if first else ()
        return note + tuple(self._notes)


def planes_of(picture: Picture) -> tuple[PixelFormat, tuple[Plane, ...]]:
    """The layout of a picture of 8 or 16 bits, and its planes."""
    if picture.rgb.dtype == np.uint8:
        return _RGB, (picture.rgb,)
    return _DEEP, tuple(np.ascontiguousarray(picture.rgb[..., channel]) for channel in (1, 2, 0))


def exact_rate(given: float) -> Fraction:
    """Frames a second as a fraction; 23.976, 29.97 and 59.94 are those of NTSC, with 1001 below."""
    ntsc = Fraction(round(given) * 1000, 1001)
    return ntsc if abs(given - ntsc) < 0.005 and given != round(given) else Fraction(given).limit_denominator(1000)


class ImageSource(PictureSource):
    """One picture file as a film of one frame."""

    def __init__(self, path: Path, options: DecodeOptions | None = None) -> None:
        super().__init__([path], str(path), options)


class FolderSource(PictureSource):
    """All pictures of one folder (not of folders in it), in natural order."""

    def __init__(self, path: Path, options: DecodeOptions | None = None) -> None:
        """Raises NoVideoError when there is no picture in the folder, InputError when it may not be read."""
        try:
            paths = pictures_in(path)
        except OSError as error:
            raise InputError(f"The folder {path} may not be read; check its permissions.", str(error)) from error
        if not paths:
            raise NoVideoError(f"There is no picture in the folder {path}; looked for {', '.join(PICTURE_SUFFIXES)}.")
        super().__init__(paths, str(path), options)


class NumberedSource(PictureSource):
    """Pictures with one number in their names, as FFmpeg writes them: frame_%04d.png; gaps in the numbers are skipped."""

    def __init__(self, pattern: Path, options: DecodeOptions | None = None) -> None:
        """Raises InputError when there is none."""
        paths = numbered_pictures(pattern)
        if not paths:
            raise InputError(f"There is no picture named like {pattern}; check the name and the number of digits.")
        super().__init__(paths, str(pattern), options)
