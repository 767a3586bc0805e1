"""Pictures of one file decoded one after the other from some place on, with the place that was reached."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dehazer.frames.frame import Frame
from dehazer.sources.file import FileSource


class FrameRun:
    """Reads on from where it was set down. head: pts of the last picture read since then, None right after `land`.

    Pictures whose time does not lie behind that of the picture before cannot be told apart by time; they are left out and
    counted in `out_of_order`. by_order: the clock of the file jumps, so that places in it can only be found from its beginning.
    """

    def __init__(self, path: Path, by_order: bool = False) -> None:
        """Raises InputError members."""
        self._path, self.by_order = path, by_order
        self.out_of_order = 0
        self._open()

    def _open(self) -> None:
        self._size = self._path.stat().st_size
        self.source = FileSource(self._path)
        self._frames: Iterator[Frame] | None = iter(self.source)
        self.head: int | None = None

    def land(self, pts: int) -> None:
        """Continue with a picture at or before `pts`, from where decoding is exact."""
        self.source.land(self.source.first_pts if self.by_order else pts)
        self._frames, self.head = iter(self.source), None

    def read(self) -> Frame | None:
        """The next picture; None at the end of the file."""
        while self._frames is not None:
            frame = next(self._frames, None)
            if frame is None:
                self._frames = None
            elif self.head is None or (frame.pts or 0) > self.head:
                self.head = frame.pts or 0
                return frame
            else:
                self.out_of_order += 1
        return None

    def reopen_if_grown(self) -> bool:
        """Open the file again, at its beginning, if it has become larger since; returns whether it has."""
        if self._path.stat().st_size == self._size:
            return False
        self.source.close()
        self._open()
        return True

    def close(self) -> None:
        """Close the file. May be called twice."""
        self.source.close()
