"""The thread that carries out what a playback is asked for, and plays."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from dehazer.errors import UsageError
from dehazer.redact import module_logger
from dehazer.review.commands import Commands, NumberOrder
from dehazer.review.lane import Ask
from dehazer.review.lane_group import Answers, LaneGroup
from dehazer.review.master_clock import MasterClock
from dehazer.review.pace import Pace
from dehazer.review.presenter import PATIENCE, Presenter
from dehazer.review.span import Span

log = module_logger(__name__)

GAP = timedelta(seconds=3)
"""Where no camera has a picture, playback waits through gaps up to this and jumps over longer ones."""
EVERY_PICTURE_UP_TO = {True: 4.0, False: 2.0}
"""Speed, by forward or not, above which only key pictures are shown."""
_KEY_INTERVAL = 0.1
"""Seconds between two key pictures in fast play."""
_REST = 0.15
"""Seconds without a scrub after which the exact picture is shown."""
_POLL = 0.02
"""Longest sleep while playing: the clock is asked so often."""
_SHORTEST = 0.01
"""Seconds between two looks for new pictures while playing."""
_SLOWEST = 2.0
"""Seconds that cameras in play wait for each other at most, on a machine on which all take long."""
_ON_TIME = 0.01
"""Seconds by which pictures may be shown too late without being called late."""
FAILURE = "Playback has ended because of an error in the program, which is in its log; open the recordings again to go on."
_JUST_BEFORE = timedelta(microseconds=1)


class PlayLoop:
    """`run` is the thread's work. skipped: pictures passed over since play began. span: what is repeated, None for nothing.
    pace: what is given up so that the machine keeps up. failure: a sentence, once something unexpected has ended the work.

    awaited: the instant whose pictures are ready and wait for the clock; None while there are none.
    """

    def __init__(self, clock: MasterClock, lanes: LaneGroup, commands: Commands, on_change: Callable[[], None]) -> None:
        self._clock, self._lanes, self._commands = clock, lanes, commands
        self._changed = lanes.changed
        self.skipped, self.pace = 0, Pace()
        self.failure = ""
        self._on_change = on_change
        self.span: Span | None = None
        self.awaited: datetime | None = None
        self._presenter = Presenter(lanes, commands, on_change, clock.now)
        self._shown = clock.position  # the instant whose pictures were published last
        self._due: datetime | None = None  # when, in play, the next picture is to be shown
        self._lead = 0.0  # seconds that the pictures of one instant take to make
        self._late_start = False  # the present pictures should have been shown when they were begun
        self._late: Answers = {}  # cameras that did not come with the others
        self._rest: tuple[datetime, float] | None = None  # (scrubbed to, when the exact picture is made)

    def set_span(self, span: Span | None) -> None:
        """Repeat a span while playing. Raises UsageError for an empty one."""
        if span is not None and span.duration <= 0:
            raise UsageError("A loop needs an end that lies behind its start.")
        self.span = span

    def rates(self) -> dict[str, float]:
        """Camera → different pictures shown per second."""
        return {lane.camera: self._presenter.rates.of(lane.camera) for lane in self._lanes.lanes}

    def run(self) -> None:
        """Work until told to stop; then all lanes have ended, or had a second for it."""
        try:
            while (job := self._next_job()) is not None:
                job()
        except Exception:
            log.exception("Playback met an error that was not expected")
            self._clock.run(False)
            self.failure = FAILURE
            self._on_change()
        finally:
            self._lanes.join()

    def _next_job(self) -> Callable[[], None] | None:
        with self._changed:
            while not self._commands.stop:
                job = self._asked_for() or self._at_rest() or (self._tick if self._clock.playing and not self._rest else None)
                if job is not None:
                    return job
                self._changed.wait(None if self._rest is None else max(0.0, self._rest[1] - time.monotonic()))
            return None

    def _asked_for(self) -> Callable[[], None] | None:  # noqa: PLR0911  one line for each kind of command, in order of urgency
        asked = self._commands
        if asked.arrange:
            asked.arrange = False
            return self._arrange
        if asked.place is not None:
            place, asked.place = asked.place, None
            return partial(self._go, *place)
        if asked.number is not None:
            order, asked.number = asked.number, None
            return partial(self._go_to_number, order)
        if asked.steps:
            steps, asked.steps = asked.steps, 0
            return partial(self._step, steps)
        if asked.settle:
            asked.settle = False
            return partial(self._settle, self._shown)
        if asked.stale:
            stale, asked.stale = asked.stale, set()
            return partial(self._compute_again, stale)
        return None

    def _at_rest(self) -> Callable[[], None] | None:
        if self._rest is None or time.monotonic() < self._rest[1]:
            return None
        return partial(self._go, self._rest[0], True)

    def _arrange(self) -> None:
        self._lanes.arrange()
        self._go(self._clock.position, True)

    def _settle(self, when: datetime) -> None:
        """Playing has ended: the picture shown, dehazed as one at rest."""
        self._clock.set(when)
        self._go(when, True)

    @property
    def _direction(self) -> int:
        """Of work in advance."""
        return 0 if not self._clock.playing else 1 if self._clock.speed > 0 else -1

    def _go(self, when: datetime, exact: bool) -> None:
        self._rest = None if exact else (when, time.monotonic() + _REST)
        answers = self._lanes.ask(Ask(when=when, exact=exact, direction=self._direction))
        if self._show_all(answers, when):
            self._clock.set(when)

    def _show_all(self, answers: Answers, when: datetime) -> bool:
        self._shown, self._due, self._late = when, None, {}
        return self._presenter.show_all(answers)

    def _compute_again(self, cameras: set[str]) -> None:
        if self._clock.playing:
            return  # the next pictures are made with the new options anyway
        self._show_all({lane: lane.ask(Ask()) for lane in self._lanes.lanes if lane.camera in cameras}, self._shown)

    def _step(self, count: int) -> None:
        self._rest = None
        if lanes := self._lanes.lanes:
            self._follow_one({lanes[0]: lanes[0].ask(Ask(when=self._clock.position, step=count))})

    def _go_to_number(self, order: NumberOrder) -> None:
        self._rest = None
        lane = self._lanes.get(order.camera)
        if lane is None:
            order.error = UsageError(f"{order.camera} is not shown; show it before going to one of its frames.")
        else:
            answers = {lane: lane.ask(Ask(number=order.number))}
            self._follow_one(answers)
            order.error = answers[lane].error
        with self._changed:
            order.done = True
            self._changed.notify_all()

    def _follow_one(self, answers: Answers) -> None:
        """Show the picture that one camera has moved to, and the same instant of all others."""
        (leading, answer), = answers.items()
        if not self._presenter.wait_for(answer):
            return
        when = answer.frame.when if answer.frame is not None else self._clock.position
        self._clock.set(when)
        others = {lane: lane.ask(Ask(when=when)) for lane in self._lanes.lanes if lane is not leading}
        self._show_all({**answers, **others}, when)

    # playing

    def _tick(self) -> None:
        """Make the pictures of the next instant, publish them when it has come."""
        self._begin_tick()
        forward = self._clock.speed > 0
        target = self._target(forward)
        if self.span is not None and target not in self.span:
            start = self.span.start if forward else self.span.end - _JUST_BEFORE
            self._clock.set(start)
            self._go(start, True)
            return
        exact = abs(self._clock.speed) <= EVERY_PICTURE_UP_TO[forward]
        self._presenter.publish({lane: answer for lane, answer in self._late.items() if answer.done})
        began = self._clock.now()
        ask = Ask(when=target, exact=exact, flowing=True, direction=self._direction or 1)
        answers = {lane: lane.ask(replace(ask, fresh=self.pace.fresh(place)))
                   for place, lane in enumerate(self._lanes.lanes) if not lane.busy}
        self._presenter.gather(answers, max(PATIENCE, min(4 * self._lead, _SLOWEST)))
        self._lead += 0.3 * (self._clock.now() - began - self._lead)
        self.pace.note(self._late_start or self._clock.seconds_until(target) < -_ON_TIME)
        if not self._presenter.given_up() and not self._at_the_end(answers, forward):
            self._wait_for(target)
            self._show_tick(answers, target, forward)

    def _begin_tick(self) -> None:
        asked = self._commands
        if asked.begin:
            self.skipped = 0
            self._presenter.rates.clear()
        if asked.restart:
            self._due = None
            self.pace.restart()
        asked.begin = asked.restart = False

    def _target(self, forward: bool) -> datetime:
        """The next instant with a new picture; later than that, if it cannot be made in time."""
        position, speed, due = self._clock.position, self._clock.speed, self._due
        late = due is not None and (due < position if forward else due > position)
        self._late_start = late
        target = position + timedelta(seconds=self._lead * speed) if due is None or late else due
        soonest = self._shown + timedelta(seconds=_SHORTEST * speed)
        return max(target, soonest) if forward else min(target, soonest)

    def _wait_for(self, target: datetime) -> None:
        self.awaited = target
        with self._changed:
            while (seconds := self._clock.seconds_until(target)) > 0 and not self._disturbed():
                self._changed.wait(min(seconds, _POLL))
        self.awaited = None

    def _disturbed(self) -> bool:
        return self._commands.overriding or self._commands.restart or not self._clock.playing

    def _show_tick(self, answers: Answers, target: datetime, forward: bool) -> None:
        if self._disturbed() and not self._commands.restart:
            return
        self._presenter.publish(answers)
        self._late = {lane: answer for lane, answer in answers.items() if not answer.done}
        self._shown = target
        self.skipped += sum(answer.skipped for answer in answers.values())
        self._due = self._next_due(answers, target, forward)
        if self._due is not None and _all_in_gaps(answers) and abs(self._due - target) > GAP:
            self._clock.set(self._due)

    def _next_due(self, answers: Answers, target: datetime, forward: bool) -> datetime | None:
        times = [answer.following for answer in answers.values() if answer.done and answer.following is not None]
        nearest = (min if forward else max)(times, default=None)
        if abs(self._clock.speed) <= EVERY_PICTURE_UP_TO[forward] or _all_in_gaps(answers):
            return nearest
        return target + timedelta(seconds=_KEY_INTERVAL * self._clock.speed)

    def _at_the_end(self, answers: Answers, forward: bool) -> bool:
        """Whether no camera has anything further; playing pauses then, at the last pictures."""
        if not _all_in_gaps(answers) or any(answer.state.until is not None for answer in answers.values()):
            return False
        ends = [answer.behind for answer in answers.values() if answer.behind is not None]
        with self._changed:
            self._clock.run(False)
            self._shown = (max if forward else min)(ends, default=self._shown)
            self._commands.settle = True
        return True



def _all_in_gaps(answers: Answers) -> bool:
    return bool(answers) and all(answer.done and answer.state.kind == "gap" for answer in answers.values())
