"""Playback of the recordings of one or several cameras, in step, dehazed: forward, backward, by single pictures.

    playback = Playback(library, engine, on_change=wake_the_painter)
    playback.show(("gate", "yard"))
    playback.seek(when)
    playback.play()
    …
    if (frame := playback.take("gate")) is not None:
        …paint packed_bgra(frame.moment.result)…
    playback.stop()
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from dehazer.config import EnhanceOptions
from dehazer.errors import ConfigError
from dehazer.live.shared_engine import SharedEngine
from dehazer.moment import Size
from dehazer.review.commands import Commands, NumberOrder
from dehazer.review.lane import JOIN
from dehazer.review.lane_group import LaneGroup
from dehazer.review.master_clock import MasterClock
from dehazer.review.play_loop import PlayLoop
from dehazer.review.playback_state import LaneState, PlaybackStatus, ReviewedFrame
from dehazer.review.span import Span

if TYPE_CHECKING:
    from dehazer.review.library import Library

MEMORY = 320 * 2**20
"""Bytes of decoded pictures that all cameras together keep around the playhead: 107 pictures of 1920×1080."""
_ANSWER = 2.0
"""Seconds that `seek_number` waits to learn whether there is such a frame."""


def _ignore_change() -> None:
    return


class Playback:
    """One position on the wall clock, and a picture of every camera for it. All methods may be called from any thread.

    Args:
        library: the recordings; only asked, never changed.
        engine: computes the pictures; shared with whatever else is open, and not closed here.
        on_change: called without arguments, from any thread, when a picture waits or something else changed. Keep it short.
        memory: bytes of decoded pictures kept around the playhead, all cameras together (decoders and network not counted).
        now: seconds of a clock that never jumps.

    Rules. A picture at rest (after a seek, a step or a pause) is dehazed on its own: it looks the same whichever way it was
    reached. In play the haze field is smoothed over time as in a film, backwards not. All cameras show the pictures of one
    instant, which are made before it and published together. When the machine does not keep up, haze fields are used for up to
    three pictures; when it or the speed leaves no time for every picture, pictures are passed over and counted. Above 4 times
    speed forward, and 2 times backward, only key pictures are shown. Where no camera that is shown has a recording, playback
    waits through gaps of up to 3 seconds and jumps over longer ones; it pauses at the end.

    Never raises for errors of files or device: `lane` describes them in one sentence.
    """

    def __init__(self, library: Library, engine: SharedEngine, on_change: Callable[[], None] | None = None, *,
                 memory: int = MEMORY, now: Callable[[], float] = time.monotonic) -> None:
        self._library, self._changed = library, threading.Condition()
        self._clock = MasterClock(now)
        self._commands = Commands()
        self._lanes = LaneGroup(library, engine, memory, self._changed, self._tell_number)
        self._loop = PlayLoop(self._clock, self._lanes, self._commands, on_change or _ignore_change)
        self._placed = False
        self._thread = threading.Thread(target=self._loop.run, name="dehazer-playback", daemon=True)
        self._thread.start()

    def _tell_number(self, camera: str) -> None:
        with self._changed:
            self._commands.stale.add(camera)
            self._changed.notify_all()

    # what is shown

    def show(self, cameras: Sequence[str]) -> None:
        """Show these cameras and no others. Steps follow the pictures of the first one."""
        with self._changed:
            self._lanes.wanted = tuple(dict.fromkeys(cameras))
            self._commands.arrange = True
            self._place()
            self._changed.notify_all()

    def _place(self) -> None:
        """Begin with the first picture, where nothing else was asked for."""
        starts = [own[0].start for camera in self._lanes.wanted if (own := self._library.of(camera))]
        if not self._placed and starts:
            self._placed = True
            self._clock.set(min(starts))

    @property
    def cameras(self) -> tuple[str, ...]:
        """The cameras that are shown."""
        return self._lanes.wanted

    def options(self, camera: str) -> EnhanceOptions:
        """How the pictures of a camera are dehazed."""
        return self._lanes.options(camera)

    def set_options(self, camera: str, options: EnhanceOptions) -> None:
        """Dehaze the pictures of a camera like this from now on; one at rest is computed again. Raises ConfigError."""
        if options.compare is not None:
            raise ConfigError("Playback keeps original and result apart; leave --compare out.")
        with self._changed:
            if options != self._lanes.options(camera):
                self._lanes.set_options(camera, options)
                self._commands.stale.add(camera)
                self._changed.notify_all()

    # where it is

    @property
    def position(self) -> datetime:
        """The instant that is shown, in UTC."""
        return self._clock.position

    @property
    def playing(self) -> bool:
        """Whether it runs."""
        return self._clock.playing

    @property
    def speed(self) -> float:
        """Seconds of footage per second: 0.1 to 32, or -32 to -0.1 backwards. Raises UsageError for other values."""
        return self._clock.speed

    @speed.setter
    def speed(self, speed: float) -> None:
        with self._changed:
            self._clock.set_speed(speed)
            self._commands.restart = True
            self._changed.notify_all()

    def play(self) -> None:
        """Run from the present position on."""
        with self._changed:
            if not self._clock.playing:
                self._clock.run(True)
                self._commands.restart = self._commands.begin = True
            self._changed.notify_all()

    def pause(self) -> None:
        """Stand still at the picture shown."""
        with self._changed:
            if self._clock.playing:
                self._clock.run(False)
                self._commands.settle = True
            self._changed.notify_all()

    def seek(self, when: datetime) -> None:
        """Go to an instant, exactly; playing or not. Raises UsageError for a time without a zone."""
        self._go(when, exact=True)

    def scrub(self, when: datetime) -> None:
        """Go there as quickly as possible, by key pictures; when no other scrub follows, the exact picture comes."""
        self._go(when, exact=False)

    def _go(self, when: datetime, exact: bool) -> None:
        with self._changed:
            self._clock.set(when)
            self._placed = True
            self._commands.go(self._clock.position, exact)
            self._changed.notify_all()

    def step(self, count: int) -> None:
        """So many pictures of the first camera on, or back below 0; pauses. The others show the same instant."""
        with self._changed:
            self._clock.run(False)
            self._commands.steps += count
            self._changed.notify_all()

    def frame_number(self, camera: str) -> int | None:
        """Number, in its file, of the picture of a camera that is shown; None while that is not known."""
        frame = self._lanes.frame(camera)
        return frame.number if frame is not None else None

    def seek_number(self, camera: str, number: int) -> None:
        """Go to a picture of the file that a camera shows, by its number from 0; pauses.

        Raises UsageError where there is no such picture, if that is known within two seconds.
        """
        with self._changed:
            self._clock.run(False)
            order = self._commands.number = NumberOrder(camera, number)
            self._changed.notify_all()
            self._changed.wait_for(lambda: order.done, _ANSWER)
            if order.error is not None:
                raise order.error

    @property
    def loop(self) -> Span | None:
        """The span that is repeated while playing, None for none."""
        return self._loop.span

    @loop.setter
    def loop(self, span: Span | None) -> None:
        self._loop.set_span(span)

    # what came of it

    def take(self, camera: str) -> ReviewedFrame | None:
        """The newest picture of a camera, once; None if there is nothing new."""
        return self._lanes.take(camera)

    def painted(self, camera: str, size: Size | None) -> None:
        """A view has shown a picture of a camera in `size` (height, width) of `Moment.result_for`, or with every pixel: None.

        While all views of a camera are content with fewer pixels than its pictures have, no more are computed for the next ones.
        """
        self._lanes.painted(camera, size)

    def lane(self, camera: str) -> LaneState:
        """What a camera shows at the position, in one word and one sentence."""
        return LaneState("damaged", self._loop.failure) if self._loop.failure else self._lanes.state(camera)

    def status(self) -> PlaybackStatus:
        """All present numbers."""
        return PlaybackStatus(self.position, self.playing, self.speed, self._loop.skipped, self._loop.rates(),
                              self._loop.pace.every)

    def stop(self) -> None:
        """End all threads, within a second. May be called twice; nothing can be shown afterwards."""
        with self._changed:
            self._commands.stop = True
            self._lanes.stop()
            self._changed.notify_all()
        if self._thread is not threading.current_thread():
            self._thread.join(JOIN)
