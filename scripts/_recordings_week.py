"""What a week of recordings holds: cameras, how their recorders name files, when they record, and the fog there was."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 3, 23, tzinfo=ZONE)
"""The clocks are put forward at the end of this week, on Sunday."""
CLEAR = 0.0005
"""Fog per metre on a clear day."""
MORNINGS = (0.012, 0.0, 0.004, 0.034, 0.002, 0.0, 0.016)
"""Thickest fog per metre of each morning of the week."""
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class FogBank:
    """Fog that comes and goes: peak (per metre) at `hours` after Monday 0:00, falling to 1/e within `width` hours."""

    peak: float
    hours: float
    width: float


@dataclass(frozen=True)
class WeekCamera:
    """One camera. path: of a recording from start to end (UTC), its number. seed, place: of the scene and metres along its road.

    share, delay: how much of the morning fog reaches it, and hours later than elsewhere. smoke: of its own. lost: hours after
    Monday 0:00 from and to which nothing was recorded. hours: of the day in which it records. set_back: hours after Monday
    0:00 at which its clock was put back by ten minutes, so that two recordings overlap.
    """

    name: str
    path: Callable[[datetime, datetime, int], PurePosixPath]
    seed: int
    place: float
    share: float = 1.0
    delay: float = 0.0
    smoke: tuple[FogBank, ...] = ()
    lost: tuple[tuple[float, float], ...] = ()
    hours: tuple[int, int] = (0, 24)
    set_back: float | None = None

    def beta(self, when: datetime) -> float:
        """Fog per metre at `when`."""
        hours = (when - MONDAY) / HOUR
        banks = [FogBank(self.share * peak, 24 * day + 6.5 + self.delay, 1.6) for day, peak in enumerate(MORNINGS)]
        return CLEAR + sum(bank.peak * math.exp(-(((hours - bank.hours) / bank.width) ** 2)) for bank in (*banks, *self.smoke))

    def starts(self, days: int, step: timedelta = HOUR) -> Iterator[datetime]:
        """Starts (UTC) of its recordings, one after the other without a gap but for what was lost."""
        when, end = MONDAY.astimezone(UTC), (MONDAY + timedelta(days=days)).astimezone(UTC)
        set_back = self.set_back
        while when < end:
            elapsed = (when - MONDAY) / HOUR
            recording = self.hours[0] <= when.astimezone(ZONE).hour < self.hours[1]
            if recording and not any(first <= elapsed < last for first, last in self.lost):
                yield when
            when += step
            if set_back is not None and (when - MONDAY) / HOUR >= set_back:
                when, set_back = when - timedelta(minutes=10), None


def _frigate(start: datetime, end: datetime, number: int) -> PurePosixPath:
    return PurePosixPath(f"frigate/recordings/{start:%Y-%m-%d/%H}/gate/{start:%M.%S}.mp4")


def _hikvision(start: datetime, end: datetime, number: int) -> PurePosixPath:
    first, last = (when.astimezone(ZONE) for when in (start, end))
    return PurePosixPath(f"export/Yard_{first:%Y%m%d%H%M%S}_{last:%Y%m%d%H%M%S}_{21256000 + number}.mp4")


def _dahua(start: datetime, end: datetime, number: int) -> PurePosixPath:
    first, last = (when.astimezone(ZONE) for when in (start, end))
    return PurePosixPath(f"ftp/4K01234PAZ/{first:%Y-%m-%d}/001/dav/{first:%H}/{first:%H.%M.%S}-{last:%H.%M.%S}[R][0@0][0].mp4")


def _motion(start: datetime, end: datetime, number: int) -> PurePosixPath:
    return PurePosixPath(f"motion/roof/{number:02d}-{start.astimezone(ZONE):%Y%m%d%H%M%S}.mkv")


CAMERAS = (
    WeekCamera("gate", _frigate, seed=7, place=30.0, lost=((50.0, 53.0),)),
    WeekCamera("Yard", _hikvision, seed=11, place=84.0, share=0.55, delay=0.5, smoke=(FogBank(0.05, 39.2, 0.5),)),
    WeekCamera("4K01234PAZ channel 1", _dahua, seed=23, place=140.0, share=1.5, delay=-1.0, lost=((20.0, 22.0), (98.0, 99.0)),
               set_back=110.0),
    WeekCamera("roof", _motion, seed=5, place=200.0, share=0.35, delay=1.0, hours=(6, 20)),
)
"""Cameras as the library is to name them."""


def daylight(when: datetime) -> float:
    """Brightness of the scene at a local time of day, 0.45 (lamps at night) to 1."""
    local = when.astimezone(ZONE)
    height = math.cos((local.hour + local.minute / 60 - 13) / 24 * 2 * math.pi)
    return 0.45 + 0.55 / (1 + math.exp(-8 * (height + 0.15)))
