"""What is said while a file is worked on: a bar for people, JSON lines for programs, nothing."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from dehazer.cli.messages import clear_line, columns, draw, say
from dehazer.redact import escaped

if TYPE_CHECKING:
    from dehazer.frames.frame import VideoInfo

EVERY = 0.2
"""Seconds between two reports on a terminal or as JSON."""
EVERY_IN_LOGS = 10.0
"""Seconds between two lines where standard error is a file or a pipe."""
CELLS = 20

Clock = Callable[[], float]


class Progress(Protocol):
    """Called for every frame; may be called from another thread."""

    def step(self, seconds: float | None) -> None:
        """One more frame is done; `seconds` is its presentation time."""
        ...

    def close(self) -> None:
        """Nothing more will come."""
        ...


class NoProgress:
    """Says nothing."""

    def step(self, seconds: float | None) -> None:
        """Nothing."""

    def close(self) -> None:
        """Nothing."""


class ProgressRate:
    """Counts frames against the clock. total: frames of the film, None if unknown. done: those of an interrupted run before."""

    def __init__(self, total: int | None, clock: Clock = time.monotonic, done: int = 0) -> None:
        self.total, self.frame, self._done = total or None, done, done
        self._clock, self._started = clock, clock()
        self._first: float | None = None
        self._shown = 0.0

    def count(self, seconds: float | None) -> None:
        """One more frame, shown at `seconds`."""
        self.frame += 1
        if seconds is not None:
            self._first = seconds if self._first is None else self._first
            self._shown = seconds - self._first

    @property
    def spent(self) -> float:
        """Seconds of work so far, never 0."""
        return max(self._clock() - self._started, 1e-6)

    @property
    def fps(self) -> float:
        """Frames per second since the beginning."""
        return (self.frame - self._done) / self.spent

    @property
    def percent(self) -> float | None:
        """Share of the frames that is done; an estimated total may be too low."""
        return min(100.0, 100 * self.frame / self.total) if self.total else None

    @property
    def speed(self) -> float | None:
        """Seconds of film per second of work."""
        return None if self._first is None else self._shown / self.spent

    @property
    def eta(self) -> float | None:
        """Seconds that are left."""
        return max(0, self.total - self.frame) / self.fps if self.total and self.fps else None


class ProgressBar:
    """One line on a terminal that is drawn anew: share, frames, frames per second, speed against real time, time left.

    Where standard error is no terminal, a line every ten seconds.
    """

    def __init__(self, info: VideoInfo, total: int | None, clock: Clock = time.monotonic, done: int = 0) -> None:
        self._name, self._pace = escaped(Path(info.name).name)[-32:], ProgressRate(total, clock, done)
        self._clock, self._drawn = clock, clock()

    def step(self, seconds: float | None) -> None:
        """Count, and draw now and then."""
        self._pace.count(seconds)
        width, now = columns(), self._clock()
        if now - self._drawn >= (EVERY if width else EVERY_IN_LOGS):
            self._drawn = now
            draw_line(self._text(), width)

    def close(self) -> None:
        """Take the line away."""
        clear_line(columns())

    def _text(self) -> str:
        pace = self._pace
        of = f"/{pace.total}" if pace.total else ""
        parts = [f"{pace.frame}{of} frames", f"{pace.fps:.1f} fps", *([] if pace.speed is None else [f"{pace.speed:.2f}x"])]
        if pace.eta is not None:
            parts.append(f"{int(pace.eta) // 60}:{int(pace.eta) % 60:02d} left")
        return f"{self._name}: {_cells(pace.percent)}{', '.join(parts)}"


def draw_line(text: str, width: int) -> None:
    """The text over the current line of a terminal that is `width` wide; 0: no terminal, a line of its own."""
    if width:
        draw(f"\r{text[: width - 1]:{width - 1}}")
    else:
        say(text)


def _cells(percent: float | None) -> str:
    if percent is None:
        return ""
    done = int(percent * CELLS / 100)
    return f"{percent:3.0f} % [{'#' * done}{'-' * (CELLS - done)}] "


class JsonProgress:
    """One JSON object a line on standard error: file, frame, frames, percent, fps, speed, eta (seconds)."""

    def __init__(self, info: VideoInfo, total: int | None, clock: Clock = time.monotonic, done: int = 0) -> None:
        self._name, self._pace = info.name, ProgressRate(total, clock, done)
        self._clock, self._said = clock, 0.0

    def step(self, seconds: float | None) -> None:
        """Count, and report a few times a second."""
        self._pace.count(seconds)
        now = self._clock()
        if now - self._said >= EVERY:
            self._said = now
            self._say()

    def close(self) -> None:
        """Report the last state."""
        self._say()

    def _say(self) -> None:
        pace = self._pace
        draw(json.dumps({"event": "progress", "file": self._name, "frame": pace.frame, "frames": pace.total,
                        "fps": round(pace.fps, 2), "percent": _rounded(pace.percent, 1), "speed": _rounded(pace.speed, 3),
                        "eta": _rounded(pace.eta, 1)}) + "\n")


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


KINDS: dict[str, Any] = {"bar": ProgressBar, "json": JsonProgress, "none": lambda info, total, done: NoProgress()}


def open_progress(kind: str, info: VideoInfo, total: int | None, done: int = 0) -> Progress:
    """The progress of that kind. done: frames at the beginning that are not counted any more."""
    made: Progress = KINDS[kind](info, total, done=done)
    return made
