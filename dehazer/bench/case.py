"""What a scenario is measured with: one network at one picture size, and pictures for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from dehazer.bench.clip import load_frames, make_clip
from dehazer.bench.measure import Timing, timed
from dehazer.engine.engine import Engine
from dehazer.frames.device_frame import created_on_device
from dehazer.frames.frame import Frame

CLIP = 50
"""Frames in the file; longer runs read it again from its beginning."""


@dataclass
class Case:
    """One network at one picture size. frames: of a chain. flicker: (before, after) of the chains that were run."""

    engine: Engine
    height: int
    width: int
    folder: Path
    seconds: float
    frames: int
    flicker: dict[str, tuple[float, float]] = field(default_factory=dict)

    @cached_property
    def clip(self) -> Path:
        """The video."""
        return make_clip(self.folder, self.height, self.width, min(self.frames, CLIP))

    @cached_property
    def kept(self) -> list[Frame]:
        """A few frames in memory."""
        return load_frames(self.clip, 8)

    @cached_property
    def cycle(self) -> Callable[[], Frame]:
        """The next of the kept frames, for ever: no stage sees the same pixels in its cache twice in a row."""
        frames = endless(self.kept)
        return lambda: next(frames)

    @cached_property
    def cycle_on_device(self) -> Callable[[], Frame]:
        """As `cycle`, with the frames where the engine computes, as if they had been decoded there."""
        frames = endless([created_on_device(self.engine.upload(frame)) for frame in self.kept])
        return lambda: next(frames)

    def timed(self, work: Callable[[], object], warm_ups: int = 3, at_least: int = 3) -> Timing:
        """Repeat for the time this case may take."""
        return timed(work, self.engine.device, self.seconds, warm_ups=warm_ups, at_least=at_least)


def endless(frames: list[Frame]) -> Iterator[Frame]:
    """One after the other, again and again."""
    while True:
        yield from frames
