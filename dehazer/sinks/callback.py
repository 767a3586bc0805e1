"""Frames to a function: for a window, a test, a program that embeds this one."""

from __future__ import annotations

from collections.abc import Callable

from dehazer.frame import Frame
from dehazer.sinks.base import Sink, SinkResult


class CallbackSink(Sink):
    """Calls `take(frame)` for every frame, in the thread that writes; what it raises ends the work, unchanged."""

    def __init__(self, take: Callable[[Frame], None]) -> None:
        self._take = take
        self._frames = 0

    def write(self, frame: Frame) -> None:
        """Hand one frame over."""
        self._take(frame)
        self._frames += 1

    def finish(self) -> SinkResult:
        """Say how many there were."""
        return SinkResult(None, self._frames)

    def stop(self) -> SinkResult:
        """Say how many there were until now."""
        return SinkResult(None, self._frames, complete=False)

    def discard(self) -> None:
        """What was handed over cannot be taken back."""
