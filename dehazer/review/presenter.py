"""Pictures of one instant, of all cameras, shown together."""

from __future__ import annotations

import time
from collections.abc import Callable

from dehazer.review.commands import Commands
from dehazer.review.lane import Answer
from dehazer.review.lane_group import Answers, LaneGroup
from dehazer.review.shown_rate import ShownRate

PATIENCE = 0.5
"""Seconds that cameras wait for a slow one before they are shown without it."""
_FINISHED = 0.25
"""Seconds for which a picture being made is not given up for a newer seek: dragging shows pictures on its way."""


class Presenter:
    """Waits for what lanes were asked for, and publishes it. rates: pictures really shown. on_change: called after it.

    now: seconds of a clock that never jumps, for the rates.
    """

    def __init__(self, lanes: LaneGroup, commands: Commands, on_change: Callable[[], None], now: Callable[[], float]) -> None:
        self._commands, self._on_change, self._changed = commands, on_change, lanes.changed
        self.rates = ShownRate(now)

    def show_all(self, answers: Answers) -> bool:
        """Publish the pictures of an instant together, late ones alone; returns whether all came and nothing else was asked."""
        self.gather(answers)
        while True:
            self.publish(answers)
            waiting = {lane: answer for lane, answer in answers.items() if not answer.done}
            if self.given_up() or not waiting:
                return not waiting and not self._commands.overriding
            self._wait_for_any(waiting)
            answers = waiting

    def _wait_for_any(self, answers: Answers) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self.given_up() or any(answer.done for answer in answers.values()))

    def gather(self, answers: Answers, patience: float = PATIENCE) -> None:
        """Wait until all are there, `patience` seconds have passed, or something more urgent was asked for."""
        began = time.monotonic()
        with self._changed:
            while not all(answer.done for answer in answers.values()):
                passed = time.monotonic() - began
                if passed >= patience or self.given_up(_FINISHED - passed):
                    return
                self._changed.wait((_FINISHED if passed < _FINISHED else patience) - passed)

    def given_up(self, time_left: float = 0.0) -> bool:
        """Whether what is being computed is useless by now. time_left: for which it is made all the same, unless all ends."""
        return self._commands.stop or self._commands.arrange or (self._commands.overriding and time_left <= 0)

    def publish(self, answers: Answers) -> None:
        """Show what is there; cameras that are late are told to be loading."""
        news = False
        late = not self.given_up()
        for lane, answer in answers.items():
            before = lane.frame
            if answer.done and not answer.cancelled:
                news |= lane.publish(answer)
            elif late and not answer.done:
                news |= lane.publish(Answer(answer.ask))
            if lane.frame is not None and (before is None or lane.frame.moment is not before.moment):
                self.rates.add(lane.camera)
        if news:
            self._on_change()

    def wait_for(self, answer: Answer) -> bool:
        """Wait for one answer; returns whether it came, and can be shown."""
        with self._changed:
            self._changed.wait_for(lambda: answer.done or self.given_up())
        return answer.done and not answer.cancelled and answer.error is None
