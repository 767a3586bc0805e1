"""The numbers of one camera as texts: the rows of the overlay, device, recording, governor."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from dehazer import VIRTUAL_CAMERA, GovernorStatus, OutputAddress, PublicationStatus, RecordingStatus, SessionSnapshot
from gui.view import formatting
from gui.view.camera_state import AGE, FLICKER, FLOW, SCENE, STALE_ALARM
from gui.view.core_texts import core_text


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
    """How a line of the overlay is made. label: not yet translated. needs: the group of numbers it is about, empty for none."""

    label: str
    value: Callable[[SessionSnapshot], str]
    needs: str = ""
    is_alarm: Callable[[SessionSnapshot], bool] = lambda now: False
    has_curve: bool = False


def _rates(now: SessionSnapshot) -> str:
    rates = now.captured_fps, now.flow.computed_fps, now.flow.painted_fps
    return " · ".join(formatting.number(rate) for rate in rates) + " fps"


def _latencies(now: SessionSnapshot) -> str:
    return f"{formatting.number(now.flow.latency_ms_p50, 0)} / {formatting.number(now.flow.latency_ms_p95, 0)} ms"


def _haze(now: SessionSnapshot) -> str:
    return f"{formatting.percent(now.scene.haze)} · {formatting.percent(now.scene.visibility)}"


LEAST_FLICKER = 0.005
"""Grey levels below which the figures of the flicker are all zeros."""


def _flicker(now: SessionSnapshot) -> str:
    """A steady light has none to compare."""
    before, after = now.scene.flicker_before, now.scene.flicker_after
    steady = max(before, after) < LEAST_FLICKER
    return formatting.number(None) if steady else f"{formatting.number(before, 2)} → {formatting.number(after, 2)}"


OVERLAY_ROWS: dict[str, RowKind] = {
    "rates": RowKind(QT_TRANSLATE_NOOP("readout", "in · dehazed · painted"), _rates, FLOW),
    "latency": RowKind(QT_TRANSLATE_NOOP("readout", "latency p50 / p95"), _latencies, FLOW),
    "queue": RowKind(QT_TRANSLATE_NOOP("readout", "queue · dropped"),
                     lambda now: f"{now.queue} · {formatting.drops(now.drops.as_dict())}", FLOW),
    "device": RowKind(QT_TRANSLATE_NOOP("readout", "device"), lambda now: device_text(now.engine, now.scene.grid)),
    "haze": RowKind(QT_TRANSLATE_NOOP("readout", "haze · visibility"),
                    _haze, SCENE, has_curve=True),
    "flicker": RowKind(QT_TRANSLATE_NOOP("readout", "flicker before → after"), _flicker, FLICKER),
    "age": RowKind(QT_TRANSLATE_NOOP("readout", "age of picture"),
                   lambda now: "–" if now.age_s is None else formatting.age(now.age_s), AGE,
                   is_alarm=lambda now: now.age_s is not None and now.age_s > STALE_ALARM),
}
"""Every row, in order; the settings say which are switched off."""


def row_label(name: str) -> str:
    """What a row shows, in the user's language."""
    return QCoreApplication.translate("readout", OVERLAY_ROWS[name].label)


def overlay_rows(now: SessionSnapshot, names: Collection[str], numbers: Collection[str]) -> list[OverlayRow]:
    """The rows of these names, in order. numbers: the groups that describe the present; others are a dash."""
    return [_row(name, now, OVERLAY_ROWS[name].needs in ("", *numbers)) for name in OVERLAY_ROWS if name in names]


def _row(name: str, now: SessionSnapshot, known: bool) -> OverlayRow:
    kind = OVERLAY_ROWS[name]
    return OverlayRow(name, row_label(name), kind.value(now) if known else formatting.number(None), known and kind.is_alarm(now),
                      kind.has_curve)


def device_text(engine: Mapping[str, str], grid: tuple[int, int] | None = None) -> str:
    """Device, precision and grid: "cpu · fp32 · grid 112×63". engine: see `SessionSnapshot.engine`."""
    grid_text = QCoreApplication.translate("readout", "grid {}×{}").format(grid[1], grid[0]) if grid else ""
    return " · ".join(part for part in (engine["device"], engine["precision"], grid_text) if part) or "–"


def tile_text(now: SessionSnapshot, slow: str, numbers: Collection[str]) -> str:
    """Frame rate and haze in a line; instead of the rate, what is missing and why. numbers: groups that describe the present."""
    rate = slow or f"{formatting.number(now.flow.painted_fps, 0)} fps"
    haze = QCoreApplication.translate("readout", "haze {}").format(formatting.percent(now.scene.haze))
    return " · ".join(text for group, text in ((FLOW, rate), (SCENE, haze)) if group in numbers)


def publication_text(status: PublicationStatus | None) -> str:
    """Where pictures are sent, and whether anybody takes them; empty while they are sent nowhere."""
    if status is None or status.over:
        return ""
    words = {"connecting": QCoreApplication.translate("readout", "connecting to {}…"),
             "connected": QCoreApplication.translate("readout", "published to {}"),
             "retrying": QCoreApplication.translate("readout", "{} is lost, trying again…")}
    virtual = QCoreApplication.translate("readout", "the virtual camera")
    return words[status.kind].format(virtual if status.name.startswith(VIRTUAL_CAMERA) else OutputAddress(status.name).host)


def disk_space_text(status: RecordingStatus | None) -> str:
    """The room left on the disk, in words."""
    if status is None or not status.active:
        return ""
    text = QCoreApplication.translate("readout", "{} recorded, {} free").format(
        formatting.size(status.bytes), formatting.size(status.free_mb * 2**20))
    if status.minutes_left is None:
        return text
    return QCoreApplication.translate("readout", "{}, {} left").format(text, formatting.age(status.minutes_left * 60))


def governor_text(status: GovernorStatus | None) -> str:
    """What the governor gave up, in words; empty while it has nothing to hold."""
    if status is None or (status.target_fps is None and status.target_latency_ms is None):
        return ""
    return core_text(status.given_up[-1]) if status.given_up else QCoreApplication.translate("readout", "full quality")
