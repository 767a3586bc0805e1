"""What is said while a file is worked on: a bar for people, JSON lines for programs, nothing."""

from __future__ import annotations

import json
import sys
import time
from typing import Any, Protocol

from dehazer.frame import VideoInfo

EVERY = 0.2  # seconds between two reports


class Progress(Protocol):
    """Told about every frame; may be called from another thread."""

    def step(self, seconds: float | None) -> None:
        """One more frame is done; `seconds` is its presentation time."""
        ...

    def close(self) -> None:
        """Nothing more will come."""
        ...


class Silent:
    """Says nothing."""

    def step(self, seconds: float | None) -> None:
        """Nothing."""

    def close(self) -> None:
        """Nothing."""


class Bar:
    """A bar on standard error: frame, total, percent, speed relative to real time, frames per second, time left."""

    def __init__(self, info: VideoInfo, total: int | None) -> None:
        from tqdm import tqdm

        self._bar: Any = tqdm(total=total, unit=" frames", desc=info.name[-40:], file=sys.stderr, mininterval=EVERY,
                              dynamic_ncols=True, leave=False)
        self._started = time.monotonic()

    def step(self, seconds: float | None) -> None:
        """Move on by one frame."""
        self._bar.set_postfix_str(_speed(seconds, self._started), refresh=False)
        self._bar.update()

    def close(self) -> None:
        """Remove the bar."""
        self._bar.close()


class Lines:
    """One JSON object a line on standard error: file, frame, frames, percent, fps, speed, eta (seconds)."""

    def __init__(self, info: VideoInfo, total: int | None) -> None:
        self._info, self._total = info, total
        self._frame, self._started, self._said = 0, time.monotonic(), 0.0
        self._first: float | None = None

    def step(self, seconds: float | None) -> None:
        """Count, and report a few times a second."""
        self._frame += 1
        now = time.monotonic()
        if now - self._said >= EVERY:
            self._said = now
            self._say(seconds, now - self._started)

    def close(self) -> None:
        """Report the last state."""
        self._say(None, time.monotonic() - self._started)

    def _say(self, seconds: float | None, spent: float) -> None:
        fps = self._frame / spent if spent > 0 else 0.0
        total = self._total
        known = total is not None and total > 0
        print(json.dumps({
            "event": "progress", "file": self._info.name, "frame": self._frame, "frames": total, "fps": round(fps, 2),
            "percent": round(min(100.0, 100 * self._frame / total), 1) if known and total else None,
            "speed": round(seconds / spent, 3) if seconds is not None and spent > 0 else None,
            "eta": round(max(0, total - self._frame) / fps, 1) if known and total and fps > 0 else None,
        }), file=sys.stderr, flush=True)


def _speed(seconds: float | None, started: float) -> str:
    spent = time.monotonic() - started
    return f"{seconds / spent:.2f}x" if seconds is not None and spent > 0 else ""


KINDS: dict[str, Any] = {"bar": Bar, "json": Lines, "none": lambda info, total: Silent()}


def open_progress(kind: str, info: VideoInfo, total: int | None) -> Progress:
    """The progress of that kind; silent where standard error is closed."""
    if sys.stderr is None or sys.stderr.closed:
        return Silent()
    made: Progress = KINDS[kind](info, total)
    return made
