"""When recordings begin and end by themselves: days of the week, from a time of day to another, by the clock on the wall."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Any

from dehazer.errors import ConfigError

DAYS = 7


@dataclass(frozen=True)
class RecordingSchedule:
    """on: whether it counts. days: those on which it begins, 0 is Monday. begin, end: time of day; an end at or before the begin
    is on the next day, so the same time twice is a whole day.

    All is wall-clock time: where clocks are set forward over the begin, it begins when they have been set; where they are set
    back, an hour comes twice and is recorded twice. Raises ConfigError for days outside of the week.
    """

    on: bool = False
    days: frozenset[int] = frozenset(range(DAYS))
    begin: time = time(8)
    end: time = time(18)

    def __post_init__(self) -> None:
        if not self.days <= set(range(DAYS)):
            raise ConfigError(f"A schedule has days from 0 (Monday) to 6 (Sunday), got {sorted(self.days)}.")

    def is_due(self, now: datetime) -> bool:
        """Whether recordings run at `now`, an aware time in the zone of the wall clock."""
        if not self.on:
            return False
        return any(self._begin_on(now, ago) <= now.replace(tzinfo=None) < self._end_on(now, ago) for ago in (0, 1)
                   if (now.weekday() - ago) % DAYS in self.days)

    def _begin_on(self, now: datetime, ago: int) -> datetime:
        return datetime.combine(now.date() - timedelta(days=ago), self.begin)

    def _end_on(self, now: datetime, ago: int) -> datetime:
        later = self.end <= self.begin
        return datetime.combine(now.date() - timedelta(days=ago - later), self.end)

    def next_start(self, now: datetime, zone: tzinfo | None = None) -> datetime | None:
        """When recordings begin the next time after `now` (aware); None where they never do. zone: None is that of the system."""
        local = now.astimezone(zone)
        if not self.on or not self.days:
            return None
        for ahead in range(DAYS + 1):
            begin = _on_the_wall(self._begin_on(local, -ahead), zone)
            if begin.weekday() in self.days and begin > now:
                return begin
        return None

    def as_dict(self) -> dict[str, Any]:
        """For the settings file."""
        return {"on": self.on, "days": sorted(self.days), "from": f"{self.begin:%H:%M}", "to": f"{self.end:%H:%M}"}

    @classmethod
    def from_dict(cls, data: Any) -> RecordingSchedule:
        """From the settings file; the default, which is off, where that holds nothing sensible."""
        if not isinstance(data, Mapping):
            return cls()
        try:
            return cls(data["on"] is True, frozenset(map(int, data["days"])), time.fromisoformat(data["from"]),
                       time.fromisoformat(data["to"]))
        except (KeyError, TypeError, ValueError, ConfigError):
            return cls()


def _on_the_wall(naive: datetime, zone: tzinfo | None) -> datetime:
    """The moment at which clocks in `zone` show a time; where they pass over it, the one at which they do."""
    aware = naive.astimezone() if zone is None else naive.replace(tzinfo=zone)
    return aware.astimezone(UTC).astimezone(zone)
