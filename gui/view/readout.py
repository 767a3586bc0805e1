"""The numbers of one camera as texts: the rows of the overlay, device, recording, governor."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from gui.view import formatting

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
class OverlayRow:
    """One line of the overlay as it is painted. is_alarm: it stands out. has_curve: the haze history is drawn below."""

    name: str
    label: str
    value: str
    is_alarm: bool = False
    has_curve: bool = False


@dataclass(frozen=True)
class RowKind:
    """How a line of the overlay is made. label: not yet translated."""

    label: str
    value: Callable[[Readout], str]
    is_alarm: Callable[[Readout], bool] = lambda now: False
    has_curve: bool = False


def _rates(now: Readout) -> str:
    return " · ".join(formatting.number(rate) for rate in (now.fps_in, now.fps_computed, now.fps_painted)) + " fps"


def _latencies(now: Readout) -> str:
    return f"{formatting.number(now.latency_p50, 0)} / {formatting.number(now.latency_p95, 0)} ms"


def _flicker(now: Readout) -> str:
    return " → ".join(formatting.number(index, 2) for index in now.flicker)


OVERLAY_ROWS: dict[str, RowKind] = {
    "rates": RowKind(QT_TRANSLATE_NOOP("readout", "in · dehazed · painted"), _rates),
    "latency": RowKind(QT_TRANSLATE_NOOP("readout", "latency p50 / p95"), _latencies),
    "queue": RowKind(QT_TRANSLATE_NOOP("readout", "queue · dropped"), lambda now: f"{now.queue} · {formatting.drops(now.drops)}"),
    "device": RowKind(QT_TRANSLATE_NOOP("readout", "device"), lambda now: device_text(now.device, now.precision, now.grid)),
    "haze": RowKind(QT_TRANSLATE_NOOP("readout", "haze · visibility"),
                    lambda now: f"{formatting.percent(now.haze)} · {formatting.percent(now.visibility)}", has_curve=True),
    "flicker": RowKind(QT_TRANSLATE_NOOP("readout", "flicker before → after"), _flicker),
    "age": RowKind(QT_TRANSLATE_NOOP("readout", "age of picture"),
                   lambda now: "–" if now.age is None else formatting.age(now.age),
                   is_alarm=lambda now: now.age is not None and now.age > STALE_ALARM),
}
"""Every row, in order; the settings say which are switched off."""


def row_label(name: str) -> str:
    """What a row shows, in the user's language."""
    return QCoreApplication.translate("readout", OVERLAY_ROWS[name].label)


def overlay_rows(now: Readout, names: Collection[str] = tuple(OVERLAY_ROWS)) -> list[OverlayRow]:
    """The rows of these names, in order."""
    return [OverlayRow(name, row_label(name), kind.value(now), kind.is_alarm(now), kind.has_curve)
            for name, kind in OVERLAY_ROWS.items() if name in names]


def device_text(device: str, precision: str, grid: tuple[int, int] | None = None) -> str:
    """Device, precision and grid: "cpu · fp32 · grid 112×63"."""
    grid_text = QCoreApplication.translate("readout", "grid {}×{}").format(grid[1], grid[0]) if grid else ""
    return " · ".join(part for part in (device, precision, grid_text) if part) or "–"


def recording_time_text(status: dict[str, Any] | None) -> str:
    """The time recorded so far; empty while nothing is recorded."""
    return formatting.clock(status["seconds"]) if status and status["active"] else ""


def disk_space_text(status: dict[str, Any] | None) -> str:
    """The room left on the disk, in words."""
    if not status or not status["active"]:
        return ""
    text = QCoreApplication.translate("readout", "{} recorded, {} free").format(
        formatting.size(status["bytes"]), formatting.size(status["free_mb"] * 2**20))
    left = status["minutes_left"]
    if left is None:
        return text
    return QCoreApplication.translate("readout", "{}, {} left").format(text, formatting.age(left * 60))


def governor_text(status: dict[str, Any] | None) -> str:
    """What the governor gave up, in words; empty while it has nothing to hold."""
    if not status or (status["target_fps"] is None and status["target_latency_ms"] is None):
        return ""
    return ", ".join(status["given_up"][-1:]) or QCoreApplication.translate("readout", "full quality")


def readout_from(found: dict[str, Any]) -> Readout:
    """A Readout from the core's snapshot of a session."""
    grid, flicker = found.get("grid"), (found.get("flicker_before") or 0.0, found.get("flicker_after") or 0.0)
    size = (found["width"], found["height"]) if found.get("width") else None
    return Readout(
        captured=found["captured"], painted=found["painted"], fps_in=found["captured_fps"], fps_computed=found["computed_fps"],
        fps_painted=found["painted_fps"], latency_p50=found["latency_ms_p50"], latency_p95=found["latency_ms_p95"],
        queue=found["queue"], drops=found["drops"], model=found["model"], weights=found["weights"], device=found["device"],
        precision=found["precision"], grid=(grid[0], grid[1]) if grid else None, governor=governor_text(found.get("governor")),
        haze=found["haze"], visibility=found["visibility"], history=tuple(found["haze_history"]), flicker=flicker,
        age=found["age_s"], still=found.get("still_s"), bypassed=found["bypassed"], size=size,
    )
