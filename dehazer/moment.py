"""One instant, before and after: what comes out of the enhancer, and the dehazed picture in the sizes it is looked at in."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from dehazer.field.haze_field import HazeField, HazeMeter
from dehazer.frames.frame import Frame
from dehazer.frames.resize import frame_in_size

Size = tuple[int, int]  # height, width


class Restoration:
    """The dehazed picture of one frame. Each size of it is computed once, by the thread that asks first.

    A field is applied to the frame as it is, or to the frame made smaller, which costs that much less: a view in a window needs
    no more pixels than it has room for.
    """

    def __init__(self, original: Frame, field: HazeField | None, whole: Frame | None = None) -> None:
        """whole: the result in the size of the frame, where it is there already; else there must be a field."""
        self._original, self._field, self._whole = original, field, whole
        self._smaller: dict[Size, Frame] = {}
        self._lock = threading.Lock()

    @property
    def whole(self) -> Frame:
        """In the size of the frame; the very frame where nothing was done to it."""
        with self._lock:
            if self._whole is None:
                assert self._field is not None  # only fields are left to be applied
                self._whole = self._field.apply(self._original)
            return self._whole

    @property
    def unchanged(self) -> bool:
        """Whether the result is the very frame that came in."""
        return self._whole is self._original or (self._whole is None and self._field is not None and self._field.neutral)

    def at_least(self, size: Size) -> Frame:
        """A result with as many rows and columns as `size` (height, width) or more: the smallest that is there, else a new one of
        that size; never larger than the frame."""
        if size[0] >= self._original.height or size[1] >= self._original.width:
            return self.whole
        with self._lock:
            if (found := self._large_enough(size)) is None:
                assert self._field is not None
                found = self._smaller[size] = self._field.apply(frame_in_size(self._original, size))
            return found

    def _large_enough(self, size: Size) -> Frame | None:
        there = [frame for frame in (*self._smaller.values(), self._whole) if frame is not None]
        enough = [frame for frame in there if frame.height >= size[0] and frame.width >= size[1]]
        return min(enough, key=lambda frame: frame.height * frame.width, default=self._whole)


@dataclass(frozen=True)
class Moment:
    """One instant, before and after. field and meter are None for image networks.

    restored: the dehazed picture. composed: what goes to the sink where that is more than the dehazed picture: both of them with
    --compare, or a mark in it. luma: mean luma before and after, 0 to 255. bypassed: the frame was clear and went through
    untouched. state: of the enhancer behind this frame, at every `Enhancer.state_every`-th frame.
    """

    original: Frame
    restored: Restoration
    field: HazeField | None
    meter: HazeMeter | None
    luma: tuple[float, float]
    bypassed: bool = False
    composed: Frame | None = None
    state: bytes | None = None

    @property
    def result(self) -> Frame:
        """The dehazed picture in the size of the original; computed now where nobody needed it before."""
        return self.restored.whole

    @property
    def output(self) -> Frame:
        """What goes to the sink."""
        return self.result if self.composed is None else self.composed

    @property
    def unchanged(self) -> bool:
        """Whether the result is the very frame that came in."""
        return self.restored.unchanged

    def result_for(self, size: Size | None) -> Frame:
        """The dehazed picture for a view of `size` (height, width): at least as large, and no larger than has to be computed;
        None for every pixel."""
        return self.result if size is None else self.restored.at_least(size)


def moment_of(original: Frame, result: Frame, meter: HazeMeter | None = None, luma: tuple[float, float] = (0.0, 0.0),
              bypassed: bool = False) -> Moment:
    """A moment whose result is there already, without a field."""
    return Moment(original, Restoration(original, None, result), None, meter, luma, bypassed)
