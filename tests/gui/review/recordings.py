"""Recordings and haze that are only described, for widgets that draw them: no file is opened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import numpy as np

from dehazer.review import HazeCurve, Recording

START = datetime(2026, 11, 16, 6, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def recording(camera: str = "Gate", minute: float = 0, minutes: float = 10, *, fault: str | None = None,
              growing: bool = False) -> Recording:
    """One file that begins so many minutes after START."""
    start = START + minute * MINUTE
    return Recording(Path(f"/recordings/{camera}/{start:%Y%m%d_%H%M%S}.mp4"), camera, start, minutes * 60, "name", 1_000_000, 0,
                     1280, 720, Fraction(25), "h264", fault=fault, growing=growing)


def many(count: int, cameras: Sequence[str] = ("Gate", "Harbour", "Motorway", "Yard"), minutes: float = 5) -> list[Recording]:
    """So many files, shared evenly by cameras, one after the other with a gap after every hundredth."""
    each = -(-count // len(cameras))
    return [recording(camera, minutes * (n + n // 100), minutes) for camera in cameras for n in range(each)][:count]


def curve(hours: float = 24.0, peak: float = 3.0, every: float = 10.0) -> HazeCurve:
    """Haze that rises to 0.9 so many hours after START, measured every so many seconds."""
    times = START.timestamp() + np.arange(0, hours * 3600, every)
    haze = 0.1 + 0.8 * np.exp(-((times - START.timestamp()) / 3600 - peak) ** 2)
    return HazeCurve(times, haze.astype(np.float32), (1 - haze).astype(np.float32))
