"""When haze becomes an alarm and when it ends, and the list of those events. Without widgets."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QImage

HYSTERESIS = 0.9
"""The alarm ends below this share of its limit, so that a scene at the limit alerts once."""
SHORTEST = 3.0
"""Seconds that haze must stay above the limit before it is an alarm, and below before that ends: one picture is none."""
KEPT = 200
"""Events remembered; older ones drop out."""

Change = Literal["began", "ended"]


class HazeAlarm:
    """The alarm of one camera. active: haze has been above the limit for long enough, and not below it since."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.active = False
        self._clock = clock
        self._changing_since: float | None = None

    def update(self, haze: float | None, limit: float) -> Change | None:
        """Take a reading; haze, limit in percent, None while there is no picture (nothing changes), limit 0 switches it off.

        Returns what changed.
        """
        if limit <= 0:
            return self._set(False)
        if haze is None or self._is_above(haze, limit) == self.active:
            self._changing_since = None
            return None
        now = self._clock()
        self._changing_since = now if self._changing_since is None else self._changing_since
        return self._set(not self.active) if now - self._changing_since >= SHORTEST else None

    def _is_above(self, haze: float, limit: float) -> bool:
        return haze >= (limit * HYSTERESIS if self.active else limit)

    def _set(self, active: bool) -> Change | None:
        before, self.active, self._changing_since = self.active, active, None
        if before == active:
            return None
        return "began" if active else "ended"


@dataclass(frozen=True)
class AlarmEvent:
    """One alarm. number: counts up. began, ended: wall clock; ended is None while it lasts. peak: percent of haze.

    picture: what was seen when it began. acknowledged: somebody has taken note of it.
    """

    number: int
    camera: str
    limit: float
    began: datetime
    peak: float
    picture: QImage | None = field(default=None, compare=False)
    ended: datetime | None = None
    acknowledged: bool = False


class AlarmLog(QObject):
    """The events of this run of the program, oldest first. changed: one was added or is different."""

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.events: tuple[AlarmEvent, ...] = ()
        self._count = 0

    def begin(self, camera: str, haze: float, limit: float, picture: QImage | None = None) -> int:
        """An alarm begins; returns its number."""
        self._count += 1
        self.events = (*self.events, AlarmEvent(self._count, camera, limit, datetime.now(UTC), haze, picture))[-KEPT:]
        self.changed.emit()
        return self._count

    def see(self, number: int, haze: float) -> None:
        """The haze of a running alarm now: its peak is kept."""
        self._change(lambda event: replace(event, peak=haze) if event.number == number and haze > event.peak else event)

    def end(self, number: int) -> None:
        """An alarm is over."""
        now = datetime.now(UTC)
        self._change(lambda event: replace(event, ended=event.ended or now) if event.number == number else event)

    def acknowledge(self, number: int | None = None) -> None:
        """Somebody has taken note of one alarm, or of all."""
        self._change(lambda event: replace(event, acknowledged=True) if number in (None, event.number) else event)

    @property
    def waiting(self) -> tuple[AlarmEvent, ...]:
        """Alarms that nobody has acknowledged yet."""
        return tuple(event for event in self.events if not event.acknowledged)

    def _change(self, how: Callable[[AlarmEvent], AlarmEvent]) -> None:
        events = tuple(how(event) for event in self.events)
        if events != self.events:
            self.events = events
            self.changed.emit()
