"""Small pictures of recordings for the pointer on a time line: read in the background, kept in memory and in a cache folder."""

from __future__ import annotations

import hashlib
import os
import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError

from dehazer.errors import InputError
from dehazer.review.key_picture import Pixels, key_picture
from dehazer.review.recording import Recording

BOUNDS = 240, 135
"""(width, height) in pixels that a thumbnail fits into."""
GRID = 1.0
"""Seconds of footage that share a thumbnail."""
KEPT = 500
"""Thumbnails in memory: 48 MB at most."""
LARGEST_FOLDER = 200 * 2**20
"""Bytes in the cache folder; the oldest ones go first."""


@dataclass(frozen=True, eq=False)
class Thumbnail:
    """seconds: from the first picture to where this one was asked for, on a grid of GRID. pixels: (H, W, 3) uint8 RGB, or None.

    fault: a sentence that says why there are no pixels, else "".
    """

    recording: Recording
    seconds: float
    pixels: Pixels | None
    fault: str = ""


class Thumbnails:
    """Answers the newest request and drops older ones: a pointer that has moved on needs no picture of where it was.

    on_ready: called with each new Thumbnail, in the thread of the thumbnails. Recordings are only opened for reading.
    """

    def __init__(self, folder: Path, on_ready: Callable[[Thumbnail], None], bounds: tuple[int, int] = BOUNDS) -> None:
        self.folder, self.bounds, self._on_ready = folder, bounds, on_ready
        self._kept: OrderedDict[str, Thumbnail] = OrderedDict()
        self._changed = threading.Condition()
        self._wanted: tuple[Recording, float] | None = None
        self._stopped = False
        self._thread: threading.Thread | None = None

    def request(self, recording: Recording, seconds: float) -> Thumbnail | None:
        """The thumbnail of a moment, if it is in memory; otherwise None, and `on_ready` follows unless another request comes."""
        seconds = max(0.0, seconds // GRID * GRID)
        with self._changed:
            found = self._kept.get(self._name(recording, seconds))
            if found is None and not self._stopped:
                self._wanted = recording, seconds
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

    def _next(self) -> tuple[Recording, float] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or self._wanted is not None)
            wanted, self._wanted = self._wanted, None
            return wanted

    def _name(self, recording: Recording, seconds: float) -> str:
        """Of the file in the cache; says nothing about the recording, and changes with it."""
        told = f"{recording.path}|{recording.size}|{recording.modified_ns}|{seconds}|{self.bounds}"
        return hashlib.sha256(told.encode(errors="surrogateescape")).hexdigest()[:32]

    def _made(self, recording: Recording, seconds: float) -> Thumbnail:
        if recording.fault is not None:
            return Thumbnail(recording, seconds, None, recording.fault)
        file = self.folder / f"{self._name(recording, seconds)}.jpg"
        pixels = _loaded(file)
        if pixels is None:
            try:
                _, pixels = key_picture(recording.path, seconds, recording.duration, self.bounds)
            except InputError as error:
                return Thumbnail(recording, seconds, None, str(error))
            if not recording.growing:  # its size, and with it the name, is another one soon
                _save(file, pixels)
        return Thumbnail(recording, seconds, pixels)

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
    except OSError:  # no room, no permission: it is read from the recording again next time
        with suppress(OSError):
            part.unlink(missing_ok=True)
