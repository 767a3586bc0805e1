"""Recordings whose clock runs while nothing is written would lie: this watches whether pictures come to the file."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from dehazer import SessionSnapshot
from gui.camera import Camera
from gui.view.recording_badge import recording_badge


@dataclass(frozen=True)
class _Written:
    """The frames of a recording that were last seen to grow, when that was, and how long the recording was then."""

    path: str
    frames: int
    when: float
    length: float


class RecordingWatch:
    """`check` takes the numbers of a camera and keeps `camera.recorded` up to date."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._written: WeakKeyDictionary[Camera, _Written] = WeakKeyDictionary()

    def check(self, camera: Camera, now: SessionSnapshot) -> None:
        """Look at the numbers of a camera."""
        status = now.recording
        before = self._written.get(camera)
        if status is not None and (before is None or (before.path, before.frames) != (status.path, status.frames)):
            before = self._written[camera] = _Written(status.path, status.frames, self._clock(), status.seconds)
        waiting = 0.0 if before is None else self._clock() - before.when
        camera.recorded = recording_badge(status, 0.0 if before is None else before.length, waiting)
