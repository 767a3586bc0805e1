"""Recordings for tests of exports: real films at known places on the wall clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import av

from dehazer.review.recording import Recording
from dehazer.review.span import Span
from tests.media import Film, Sound, write_film

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
SIZE = (96, 64)


def at(seconds: float) -> datetime:
    """Seconds after noon."""
    return NOON + timedelta(seconds=seconds)


def span(start: float, end: float) -> Span:
    """Seconds after noon."""
    return Span(at(start), at(end))


@dataclass(frozen=True)
class Recordings:
    """The recordings of some cameras, as a library answers for them."""

    all: Sequence[Recording]

    def of(self, camera: str) -> tuple[Recording, ...]:
        return tuple(one for one in self.all if one.camera == camera)


def record(path: Path, camera: str = "Gate", start: float = 0.0, frames: int = 50, **film: object) -> Recording:
    """Write a film of 25 frames per second with sound, and say where it stands on the wall clock."""
    given: dict[str, object] = {"width": SIZE[0], "height": SIZE[1], "frames": frames,
                                "sounds": (Sound(seconds=frames / 25),), "options": {"bf": "2"}}
    write_film(path, Film(**{**given, **film}))  # type: ignore[arg-type]
    with av.open(str(path)) as file:
        stream = file.streams.video[0]
        duration = float((stream.duration or 0) * (stream.time_base or 0)) or frames / 25
        return Recording(path, camera, at(start), duration, "name", path.stat().st_size, path.stat().st_mtime_ns,
                         stream.width, stream.height, stream.average_rate, stream.codec.name, bool(file.streams.audio))
