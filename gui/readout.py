"""The numbers of one camera as the interface shows them, and the rows of the overlay made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PyQt6.QtCore import QCoreApplication

from gui import text

STALE_NOTE, STALE_ALARM = 1.0, 2.0
STILL_NOTE = 10.0
"""Seconds without a new picture after which the badge appears, and turns red; with pictures that are all the same."""


@dataclass(frozen=True)
class Readout:
    """One look at the counters. Rates in frames per second over two seconds, latencies in milliseconds (capture → paint).

    haze, visibility: 0 to 1, None for image networks. history: haze of the last two minutes, oldest first, one value
    per second, None where there was no picture. flicker: index before and after, 8-bit grey levels. age: seconds since
    the last new picture arrived; still: since its content changed at all. governor: what it gave up, or "full quality". note:
    what is not running as asked.
    """

    captured: int = 0
    painted: int = 0
    fps_in: float = 0.0
    fps_computed: float = 0.0
    fps_painted: float = 0.0
    latency_p50: float | None = None
    latency_p95: float | None = None
    queue: int = 0
    drops: Mapping[str, int] = field(default_factory=dict)
    model: str = ""
    weights: str = ""
    device: str = ""
    precision: str = ""
    grid: tuple[int, int] | None = None
    governor: str = ""
    haze: float | None = None
    visibility: float | None = None
    history: tuple[float | None, ...] = ()
    flicker: tuple[float, float] = (0.0, 0.0)
    age: float | None = None
    still: float | None = None
    bypassed: bool = False
    size: tuple[int, int] | None = None
    note: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the overlay: a quiet label and a value; `alarm` makes it stand out, `curve` draws the haze history."""

    name: str
    label: str
    value: str
    alarm: bool = False
    curve: bool = False


def _tr(words: str) -> str:
    return QCoreApplication.translate("overlay", words)


def rows(now: Readout) -> list[Row]:
    """Every row, in order; the view leaves out those that are switched off."""
    latency = f"{text.number(now.latency_p50, 0)} / {text.number(now.latency_p95, 0)} ms"
    drops, stale = text.drops(now.drops), now.age is not None and now.age > STALE_ALARM
    return [
        Row("rates", _tr("in · dehazed · painted"),
            f"{text.number(now.fps_in)} · {text.number(now.fps_computed)} · {text.number(now.fps_painted)} fps"),
        Row("latency", _tr("latency p50 / p95"), latency),
        Row("queue", _tr("queue · dropped"), f"{now.queue} · {drops}"),
        Row("device", _tr("device"), machine(now)),
        Row("haze", _tr("haze · visibility"), f"{text.percent(now.haze)} · {text.percent(now.visibility)}", curve=True),
        Row("flicker", _tr("flicker before → after"), f"{text.number(now.flicker[0], 2)} → {text.number(now.flicker[1], 2)}"),
        Row("age", _tr("age of picture"), "–" if now.age is None else text.age(now.age), alarm=stale),
    ]


def machine(now: Readout) -> str:
    """Device, precision and grid: "cpu · fp32 · grid 112×63"."""
    grid = f"grid {now.grid[1]}×{now.grid[0]}" if now.grid else ""
    return " · ".join(part for part in (now.device, now.precision, grid) if part) or "–"
