"""One instant, before and after: what comes out of the enhancer, and the dehazed picture in the sizes it is looked at in."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from dehazer.field.haze_field import HazeField, HazeMeter
from dehazer.frames.frame import Frame
from dehazer.frames.resize import frame_for_view

Size = tuple[int, int]  # height, width


class DehazedPicture:
    """What becomes of one frame: whole, or small for a view. Each is computed once, by the thread that asks first.

    A field is applied to the frame as it is, or to the frame made smaller, which costs that much less: a view in a window needs
    no more pixels than it has room for.
    """

    def __init__(self, original: Frame, field: HazeField | None, whole: Frame | None = None) -> None:
        """whole: the result in the size of the frame, where it is there already; else there must be a field."""
        self._original, self._field, self._whole = original, field, whole
        self._small: Frame | None = None
        self._lock = threading.Lock()

    @property
    def whole(self) -> Frame:
        """In the size of the frame; the very frame where nothing was done to it."""
        with self._lock:
            if self._whole is None:
                self._whole = self._applied(self._original)
            return self._whole

    @property
    def unchanged(self) -> bool:
        """Whether the result is the very frame that came in."""
        return self._whole is self._original or (self._whole is None and self._field is not None and self._field.neutral)

    def for_view(self, size: Size | None) -> Frame:
        """With as many rows and columns as `size` (height, width), or all there are; None asks for every pixel.

        The whole where it is there, where a smaller one would cost as much, and for whoever wants more than the one that was
        asked for first: so there are never more than two.
        """
        if size is not None and self._whole is None:
            with self._lock:
                small = self._small = self._small or self._made_for(size)
            if small is not None and small.height >= size[0] and small.width >= size[1]:
                return small
        return self.whole

    def _made_for(self, size: Size) -> Frame | None:
        smaller = frame_for_view(self._original, size)
        return None if smaller is self._original else self._applied(smaller)

    def _applied(self, frame: Frame) -> Frame:
        assert self._field is not None  # only fields are left to be applied
        return self._field.apply(frame)


@dataclass(frozen=True)
class Moment:
    """One instant, before and after. field and meter are None for image networks.

    dehazed: the picture without haze. composed: what goes to the sink where that is more than the dehazed picture: both of them
    with --compare, or a mark in it. luma: mean luma before and after, 0 to 255. bypassed: the frame was clear and went through
    untouched. state: of the enhancer behind this frame, at every `Enhancer.state_every`-th frame.
    """

    original: Frame
    dehazed: DehazedPicture
    field: HazeField | None
    meter: HazeMeter | None
    luma: tuple[float, float]
    bypassed: bool = False
    composed: Frame | None = None
    state: bytes | None = None

    @property
    def result(self) -> Frame:
        """The dehazed picture in the size of the original; computed now where nobody needed it before."""
        return self.dehazed.whole

    @property
    def output(self) -> Frame:
        """What goes to the sink."""
        return self.result if self.composed is None else self.composed

    @property
    def unchanged(self) -> bool:
        """Whether the result is the very frame that came in."""
        return self.dehazed.unchanged

    def result_for(self, size: Size | None) -> Frame:
        """The dehazed picture for a view of `size` (height, width); None for every pixel (`DehazedPicture.for_view`)."""
        return self.dehazed.for_view(size)

    def original_like(self, result: Frame) -> Frame:
        """The original in the size and format of a result of this moment: to be compared with it pixel by pixel."""
        same = (result.height, result.width) == (self.original.height, self.original.width)
        return self.original if same else frame_for_view(self.original, (result.height, result.width))
