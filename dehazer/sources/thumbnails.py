"""Small pictures of films for the pointer on a time line: read in the background, kept in memory and in a cache folder."""

from __future__ import annotations

import hashlib
import os
import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from PIL import Image, UnidentifiedImageError

from dehazer.errors import InputError
from dehazer.sources.key_picture import Pixels, key_picture

BOUNDS = 240, 135
"""(width, height) in pixels that a thumbnail fits into."""
GRID = 1.0
"""Seconds of footage that share a thumbnail."""
KEPT = 500
"""Thumbnails in memory: 48 MB at most."""
LARGEST_FOLDER = 200 * 2**20
"""Bytes in the cache folder; the oldest ones go first."""


class FilmFile(Protocol):
    """A video file. size: bytes. modified_ns: nanoseconds since 1970. duration: seconds. fault: why it cannot be read, None for a
    good one. growing: still being written."""

    @property
    def path(self) -> Path: ...
    @property
    def duration(self) -> float: ...
    @property
    def size(self) -> int: ...
    @property
    def modified_ns(self) -> int: ...
    @property
    def fault(self) -> str | None: ...
    @property
    def growing(self) -> bool: ...


@dataclass(frozen=True)
class FilmOnDisk:
    """A video file of which no more is known than that it is there; see FilmFile."""

    path: Path
    duration: float
    size: int
    modified_ns: int
    fault: str | None = None
    growing: bool = False

    @classmethod
    def of(cls, path: Path, duration: float) -> FilmOnDisk:
        """The file as it is now; one that is gone has a fault."""
        try:
            found = path.stat()
        except OSError as error:
            return cls(path, duration, 0, 0, str(error))
        return cls(path, duration, found.st_size, found.st_mtime_ns)


@dataclass(frozen=True, eq=False)
class Thumbnail:
    """seconds: from the first picture to where this one was asked for, on a grid of GRID. pixels: (H, W, 3) uint8 RGB, or None.

    fault: a sentence that says why there are no pixels, else "".
    """

    film: FilmFile
    seconds: float
    pixels: Pixels | None
    fault: str = ""


class Thumbnails:
    """Answers the newest request and drops older ones: a pointer that has moved on needs no picture of where it was.

    on_ready: called with each new Thumbnail, in the thread of the thumbnails. Films are only opened for reading.
    """

    def __init__(self, folder: Path, on_ready: Callable[[Thumbnail], None], bounds: tuple[int, int] = BOUNDS) -> None:
        self.folder, self.bounds, self._on_ready = folder, bounds, on_ready
        self._kept: OrderedDict[str, Thumbnail] = OrderedDict()
        self._changed = threading.Condition()
        self._wanted: tuple[FilmFile, float] | None = None
        self._stopped = False
        self._thread: threading.Thread | None = None

    def request(self, film: FilmFile, seconds: float) -> Thumbnail | None:
        """The thumbnail of a moment, if it is in memory; otherwise None, and `on_ready` follows unless another request comes."""
        seconds = max(0.0, seconds // GRID * GRID)
        with self._changed:
            found = self._kept.get(self._name(film, seconds))
            if found is None and not self._stopped:
                self._wanted = film, seconds
                self._start()
                self._changed.notify()
            return found

    def stop(self, timeout: float = 2.0) -> bool:
        """Answer nothing any more; returns whether the thread has ended within so many seconds."""
        with self._changed:
            self._stopped, self._wanted = True, None
            self._changed.notify()
        if self._thread is not None:
            self._thread.join(timeout)
        return self._thread is None or not self._thread.is_alive()

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="dehazer-thumbnails", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        self._shrink_folder()
        while (wanted := self._next()) is not None:
            thumbnail = self._made(*wanted)
            with self._changed:
                self._kept[self._name(*wanted)] = thumbnail
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
                if self._stopped:
                    return
            self._on_ready(thumbnail)

    def _next(self) -> tuple[FilmFile, float] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or self._wanted is not None)
            wanted, self._wanted = self._wanted, None
            return wanted

    def _name(self, film: FilmFile, seconds: float) -> str:
        """Of the file in the cache; says nothing about the film, and changes with it."""
        told = f"{film.path}|{film.size}|{film.modified_ns}|{seconds}|{self.bounds}"
        return hashlib.sha256(told.encode(errors="surrogateescape")).hexdigest()[:32]

    def _made(self, film: FilmFile, seconds: float) -> Thumbnail:
        if film.fault is not None:
            return Thumbnail(film, seconds, None, film.fault)
        file = self.folder / f"{self._name(film, seconds)}.jpg"
        pixels = _loaded(file)
        if pixels is None:
            try:
                _, pixels = key_picture(film.path, seconds, film.duration, self.bounds)
            except InputError as error:
                return Thumbnail(film, seconds, None, str(error))
            if not film.growing:  # its size, and with it the name, is another one soon
                _save(file, pixels)
        return Thumbnail(film, seconds, pixels)

    def _shrink_folder(self) -> None:
        try:
            found = sorted(((s.st_mtime, s.st_size, f) for f in self.folder.glob("*.jpg") for s in (f.stat(),)), reverse=True)
            total = 0
            for _, size, file in found:
                total += size
                if total > LARGEST_FOLDER:
                    file.unlink(missing_ok=True)
        except OSError:
            return  # another program cleans the same folder; there is a next time


def _loaded(file: Path) -> Pixels | None:
    """A cached picture; None where there is none or it is damaged (it is made anew then)."""
    try:
        with Image.open(file) as picture:
            return np.asarray(picture.convert("RGB"), np.uint8)
    except (OSError, UnidentifiedImageError):
        return None


def _save(file: Path, pixels: Pixels) -> None:
    """Put a picture into the cache, whole or not at all."""
    part = file.with_suffix(f".{os.getpid()}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels).save(part, "JPEG", quality=82)
        part.replace(file)
    except OSError:  # no room, no permission: it is read from the film again next time
        with suppress(OSError):
            part.unlink(missing_ok=True)
