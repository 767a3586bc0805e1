"""Where frames go: the contract every sink keeps."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from dehazer.frames.frame import Frame


@dataclass(frozen=True)
class SinkResult:
    """What a sink made. path: None where there is no file. complete: False for a partial file kept after a stop."""

    path: Path | None
    frames: int
    complete: bool = True
    warnings: tuple[str, ...] = ()


class Sink(ABC):
    """Takes frames in presentation order; a context manager. One thread uses it.

    Leaving the `with` block without `finish` or `stop` discards what was written: nothing half-made is left behind.

    unused: a sentence on options that were given and change nothing here; part of `warnings`. needs_pixels: whether what is in
    the frames matters; where not, nothing is computed for it.
    """

    unused: tuple[str, ...] = ()
    needs_pixels: bool = True

    @abstractmethod
    def write(self, frame: Frame) -> None:
        """Take one frame; blocks while the sink is busy. Raises OutputError members."""

    def end_segment(self, state: bytes) -> None:  # noqa: B027  most sinks have nothing to do
        """A later run may go on behind the frames written so far; `state` is what it has to know. Most sinks forget it."""

    @abstractmethod
    def finish(self) -> SinkResult:
        """Complete the output and give it its final name."""

    def stop(self) -> SinkResult:
        """The user stopped: make what was written usable, but never under the final name (OUT.partial.EXT stays)."""
        return self.finish()

    def abort(self) -> None:  # noqa: B027  most sinks wait for nobody
        """Make a call that waits in another thread fail soon; `discard` still has to follow. Most sinks do not wait."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the output cannot hold or holds differently, one sentence each; known before the first frame, may grow."""
        return ()

    @abstractmethod
    def discard(self) -> None:
        """Remove whatever was written. May be called at any time, and twice; does nothing after `finish` or `stop`."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.discard()
