"""A source whose first frames were worked on before."""

from __future__ import annotations

from collections.abc import Iterator

from dehazer.errors import InputError
from dehazer.frames.frame import Frame
from dehazer.sources.base import Source


class SkippedSource(Source):
    """The frames of another source behind its first `count`. These are read and dropped, never searched for: only so is every
    frame behind them the same as in a run from the beginning, whatever the file and its damages are.
    """

    def __init__(self, source: Source, count: int) -> None:
        self._source, self.done = source, count
        self.info = source.info

    def __iter__(self) -> Iterator[Frame]:
        """Raises InputError if there are fewer frames than were worked on before."""
        read = 0
        for frame in self._source:
            read += 1
            if read > self.done:
                yield frame
        if read < self.done and not self._closed:
            raise InputError(f"{self.info.name} holds {read} frames, but {self.done} were worked on before; it has changed.")

    _closed = False

    def close(self) -> None:
        """Close the other source."""
        self._closed = True
        self._source.close()

    @property
    def warnings(self) -> tuple[str, ...]:
        return self._source.warnings
