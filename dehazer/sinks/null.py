"""Frames to nowhere, counted: for measuring and for trying options."""

from __future__ import annotations

from dehazer.frames.frame import Frame
from dehazer.sinks.base import Sink, SinkResult


class NullSink(Sink):
    """Takes frames and keeps nothing but their number.

    needs_pixels: False for a sink beside an observer, which asks for what it shows.
    """

    def __init__(self, needs_pixels: bool = True) -> None:
        self.frames, self.needs_pixels = 0, needs_pixels

    def write(self, frame: Frame) -> None:
        """Count one frame."""
        self.frames += 1

    def finish(self) -> SinkResult:
        """Say how many there were."""
        return SinkResult(None, self.frames)

    def stop(self) -> SinkResult:
        """Say how many there were until now."""
        return SinkResult(None, self.frames, complete=False)

    def discard(self) -> None:
        """Nothing was kept."""
