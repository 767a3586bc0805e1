"""The numbers over the pictures of the review room, as rows of the overlay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication

from gui.review import speeds
from gui.review.recording_text import rate
from gui.view import formatting
from gui.view.readout import OverlayRow, device_text

LONGEST = 30
"""Characters of a file's name."""
translate = QCoreApplication.translate

if TYPE_CHECKING:
    from dehazer import SharedEngine
    from dehazer.review import PlaybackStatus, ReviewedFrame


def rows(frame: ReviewedFrame, status: PlaybackStatus, engine: SharedEngine | None) -> list[OverlayRow]:
    """What is known of a frame that is seen, and of how it is played."""
    recording, meter = frame.recording, frame.moment.meter
    haze = "–" if meter is None else f"{formatting.percent(meter.haze)} · {formatting.percent(meter.visibility)}"
    fps = formatting.number(status.frames_per_second.get(recording.camera))
    exact = translate("readout", "exact") if frame.exact else translate("readout", "nearest key frame")
    number = "–" if frame.number is None else frame.number
    found = (("file", translate("readout", "file"), _short(recording.path.name)),
             ("format", translate("readout", "format"),
              f"{recording.width}×{recording.height} · {recording.codec} · {rate(recording)}"),
             ("frame", translate("readout", "frame"), f"{number} · {exact}"),
             ("playing", translate("readout", "speed · pictures · skipped"),
              f"{speeds.text(status.speed)} · {fps} fps · {status.skipped}"),
             ("haze", translate("readout", "haze · visibility"), haze),
             ("device", translate("readout", "device"), device_text(engine.describe()) if engine is not None else "–"))
    return [OverlayRow(name, label, value, False, False) for name, label, value in found]


def _short(name: str) -> str:
    """A file's name that leaves room for the picture."""
    return name if len(name) <= LONGEST else f"{name[:LONGEST // 2]}…{name[-LONGEST // 2:]}"
