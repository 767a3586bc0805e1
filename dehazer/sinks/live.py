"""A sink for live views: frames go to the pipeline's observer, and nowhere else."""

from __future__ import annotations

from dehazer.frame import Frame
from dehazer.sinks.base import Sink, SinkResult


class MomentSink(Sink):
    """Counts frames and lets them go."""

    def __init__(self) -> None:
        self._frames = 0

    def write(self, frame: Frame) -> None:
        self._frames += 1

    def finish(self) -> SinkResult:
        return SinkResult(None, self._frames)

    def discard(self) -> None:
        """There is nothing to remove."""
