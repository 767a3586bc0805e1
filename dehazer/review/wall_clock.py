"""The wall clock of a recording: which time of day a picture shows, and which picture a time of day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from dehazer.errors import UsageError
from dehazer.review.recording import Recording


@dataclass(frozen=True)
class WallClock:
    """Maps seconds since a recording's first picture to wall-clock time and back. start: aware, of the first picture.

    The clock runs evenly from the start; a correction of the camera's clock by the user is in `Recording.start` already.
    """

    start: datetime

    def __post_init__(self) -> None:
        if self.start.utcoffset() is None:
            raise UsageError(f"A wall clock needs a start with a time zone, got {self.start.isoformat()}.")

    @classmethod
    def of(cls, recording: Recording) -> WallClock:
        """The clock of one recording."""
        return cls(recording.start)

    def at(self, seconds: float) -> datetime:
        """Wall clock of the picture `seconds` after the first; the zone is that of `start`."""
        return self.start + timedelta(seconds=seconds)

    def seconds(self, when: datetime) -> float:
        """Seconds from the first picture to `when`; negative before it."""
        return (when - self.start).total_seconds()
