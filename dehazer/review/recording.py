"""What is known of one recording: a file of one camera, with its place on the wall clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Literal

from dehazer.errors import UsageError
from dehazer.review.span import Span

TimeSource = Literal["name", "metadata", "modified", "user"]
"""Where a start time is from: file and folder names, the file's metadata, its modification time, a correction by the user."""


@dataclass(frozen=True)
class Recording:
    """A video file of one camera.

    start: wall clock of the first picture, in UTC. duration: seconds, 0 where unknown. time_source: where `start` is from.
    size: bytes. modified_ns: modification time in nanoseconds since 1970. width, height: pixels, 0 where unknown. rate: frames
    per second, None where unknown. codec: FFmpeg's name of the picture codec, "" where unknown. has_sound: it has at least
    one sound track. fault: a sentence that says why the file cannot be read, None for a good one. growing: still being written.
    note: a sentence on how the start time was found where more than one answer was possible, else "".
    """

    path: Path
    camera: str
    start: datetime
    duration: float
    time_source: TimeSource
    size: int
    modified_ns: int
    width: int = 0
    height: int = 0
    rate: Fraction | None = None
    codec: str = ""
    has_sound: bool = False
    fault: str | None = None
    growing: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        if self.start.utcoffset() is None:
            raise UsageError(f"The start of {self.path} has no time zone ({self.start.isoformat()}); give it one.")
        if self.duration < 0:
            raise UsageError(f"The duration of {self.path} is negative ({self.duration} s).")

    @property
    def end(self) -> datetime:
        """Wall clock just behind the last picture, in UTC."""
        return self.start + timedelta(seconds=self.duration)

    @property
    def span(self) -> Span:
        """From the first picture to behind the last."""
        return Span(self.start, self.end)
