"""The cameras of a playback together: who is shown, and how each is dehazed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from dehazer.config import EnhanceOptions
from dehazer.live.shared_engine import SharedEngine
from dehazer.moment import Size
from dehazer.review.lane import JOIN, Answer, Ask, Lane
from dehazer.review.playback_state import LaneState, ReviewedFrame

if TYPE_CHECKING:
    from dehazer.review.library import Library

Answers = dict[Lane, Answer]


class LaneGroup:
    """One lane for each camera of `wanted`, in that order, after `arrange`. memory: bytes of pictures, divided among them.

    Except for `arrange` and `ask`, which one thread calls, everything may be used from any thread.
    """

    def __init__(self, library: Library, engine: SharedEngine, memory: int, changed: threading.Condition,
                 numbered: Callable[[str], None]) -> None:
        self.changed, self._numbered = changed, numbered
        self.wanted: tuple[str, ...] = ()
        self._library, self._engine, self._memory = library, engine, memory
        self._options: dict[str, EnhanceOptions] = {}
        self._lanes: dict[str, Lane] = {}

    def arrange(self) -> None:
        """Open lanes for new cameras, and end those that are not wanted any more."""
        before, share = self._lanes, self._memory // max(1, len(self.wanted))
        with self.changed:
            self._lanes = {camera: before.get(camera) or self._opened(camera, share) for camera in self.wanted}
        ended = [lane for camera, lane in before.items() if camera not in self._lanes]
        for lane in ended:
            lane.stop()
        for lane in self._lanes.values():
            lane.set_cache(share)
        _join(ended)

    def _opened(self, camera: str, share: int) -> Lane:
        return Lane(self._library, camera, self._engine, self.options(camera), cache=share, changed=self.changed,
                    numbered=self._numbered)

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """In the order of `wanted`."""
        return tuple(self._lanes.values())

    def ask(self, ask: Ask) -> Answers:
        """Ask all lanes."""
        return {lane: lane.ask(ask) for lane in self.lanes}

    def options(self, camera: str) -> EnhanceOptions:
        """How a camera is dehazed."""
        return self._options.get(camera) or EnhanceOptions()

    def set_options(self, camera: str, options: EnhanceOptions) -> None:
        """Dehaze the next pictures of a camera like this."""
        self._options[camera] = options
        if (lane := self._lanes.get(camera)) is not None:
            lane.options = options

    def get(self, camera: str) -> Lane | None:
        """The lane of a camera that is shown."""
        return self._lanes.get(camera)

    def frame(self, camera: str) -> ReviewedFrame | None:
        """The picture of a camera that was shown last."""
        lane = self._lanes.get(camera)
        return lane.frame if lane is not None else None

    def take(self, camera: str) -> ReviewedFrame | None:
        """The newest picture, once."""
        lane = self._lanes.get(camera)
        return lane.mailbox.take() if lane is not None else None

    def painted(self, camera: str, size: Size | None) -> None:
        """A view has shown a picture of a camera in `size` (height, width), or with every pixel: None."""
        if (lane := self._lanes.get(camera)) is not None:
            lane.painted(size)

    def state(self, camera: str) -> LaneState:
        """What a camera shows."""
        lane = self._lanes.get(camera)
        return lane.state if lane is not None else LaneState("loading", f"{camera} is being opened…")

    def stop(self) -> None:
        """Start to end all lanes."""
        for lane in self.lanes:
            lane.stop()

    def join(self) -> None:
        """Wait for their ends, at most a second for all."""
        self.stop()
        _join(list(self.lanes))


def _join(lanes: list[Lane]) -> None:
    deadline = time.monotonic() + JOIN
    for lane in lanes:
        lane.join(max(0.0, deadline - time.monotonic()))
