"""Decoded pictures around the playhead, bounded in bytes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort

from dehazer.frames.frame import Frame

FEWEST = 4
"""Pictures that are kept however large they are: the one shown, its neighbours, and the one being decoded."""


class FrameCache:
    """Pictures of one file by their pts, and which of them follow each other without another in between.

    limit: bytes of planes kept at most (never fewer than `FEWEST` pictures). Beyond it, the picture furthest in time from
    `center`, the playhead, goes first; so of a group of pictures that does not fit as a whole, the part around the playhead
    stays. One thread at a time may use it.
    """

    def __init__(self, limit: int) -> None:
        self.limit, self.center = limit, 0
        self.bytes = 0
        self._frames: dict[int, Frame] = {}
        self._times: list[int] = []
        self._joined: set[int] = set()  # pictures whose predecessor in the file is the one before them here

    def add(self, frame: Frame, after: int | None) -> None:
        """Keep a picture. after: pts of the picture right before it in the file, None where that is not known."""
        pts = frame.pts or 0
        if pts not in self._frames:
            self._frames[pts] = frame
            insort(self._times, pts)
            self.bytes += _size(frame)
        if after is not None and after in self._frames:
            self._joined.add(pts)
        while self.bytes > self.limit and len(self._times) > FEWEST:
            self._drop_furthest()

    def _drop_furthest(self) -> None:
        first, last = self._times[0], self._times[-1]
        index = 0 if self.center - first >= last - self.center else len(self._times) - 1
        pts = self._times.pop(index)
        self.bytes -= _size(self._frames.pop(pts))
        self._joined.discard(pts)
        if index < len(self._times):
            self._joined.discard(self._times[index])

    def get(self, pts: int) -> Frame | None:
        """The picture with exactly that pts."""
        return self._frames.get(pts)

    def floor(self, pts: int) -> Frame | None:
        """The last kept picture at or before `pts`; others that are not kept may lie between."""
        index = bisect_right(self._times, pts) - 1
        return self._frames[self._times[index]] if index >= 0 else None

    def shown_at(self, pts: int) -> Frame | None:
        """The picture that is shown at `pts`, where that is certain from what is kept."""
        frame = self.floor(pts)
        if frame is None or frame.pts == pts or self.after(frame.pts or 0) is not None:
            return frame
        return None

    def after(self, pts: int) -> Frame | None:
        """The next picture of the file behind the one at `pts`, if it is kept."""
        index = bisect_right(self._times, pts)
        known = index < len(self._times) and self._times[index] in self._joined and pts in self._frames
        return self._frames[self._times[index]] if known else None

    def before(self, pts: int) -> Frame | None:
        """The picture of the file right before the one at `pts`, if it is kept."""
        index = bisect_left(self._times, pts) - 1
        return self._frames[self._times[index]] if index >= 0 and pts in self._joined else None

    def run_start(self, pts: int) -> tuple[int, int]:
        """(pts, pictures before `pts`) of the beginning of the gapless run of kept pictures that holds `pts`."""
        index = start = bisect_left(self._times, pts)
        while start > 0 and self._times[start] in self._joined:
            start -= 1
        return self._times[start], index - start

    def run_end(self, pts: int) -> tuple[int, int]:
        """(pts, pictures behind `pts`) of the end of the gapless run of kept pictures that holds `pts`."""
        index = end = bisect_left(self._times, pts)
        while end + 1 < len(self._times) and self._times[end + 1] in self._joined:
            end += 1
        return self._times[end], end - index

    def clear(self) -> None:
        """Forget everything."""
        self._frames.clear()
        self._times.clear()
        self._joined.clear()
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._times)


def _size(frame: Frame) -> int:
    return sum(plane.nbytes for plane in frame.planes)
