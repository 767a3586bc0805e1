"""What the library's list says of one camera: how many files, from when to when, and where their times are from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from PyQt6.QtCore import QCoreApplication

from dehazer.review import Recording, TimeSource
from gui.review.camera_order import camera_order
from gui.review.time_text import clock_text, date_text
from gui.review.time_ticks import Unit

SHORT = timedelta(minutes=5)
"""Footage below this length is told to the second."""
_ORDER: tuple[TimeSource, ...] = ("modified", "metadata", "name", "user")
"""Where times may be from, the least certain first."""


@dataclass(frozen=True)
class CameraSummary:
    """camera: its name. files: readable ones. period, source: texts. explanation: in full. is_uncertain: times may be wrong."""

    camera: str
    files: int
    period: str
    source: str
    explanation: str
    is_uncertain: bool

    @property
    def about(self) -> str:
        """The line below the name."""
        return f"{self.period} · {self.source}"


def summary_of(camera: str, recordings: Sequence[Recording], zone: tzinfo) -> CameraSummary:
    """Of the recordings of one camera, at least one."""
    sources = {r.time_source for r in recordings}
    weakest = next(source for source in _ORDER if source in sources)
    short, full = _source_texts(weakest)
    if len(sources) > 1:
        full = QCoreApplication.translate("LibraryPanel", "Partly: {}").format(full)
    notes = sorted({r.note for r in recordings if r.note})
    start, end = min(r.start for r in recordings), max(r.end for r in recordings)
    return CameraSummary(camera, sum(r.fault is None for r in recordings), period_text(start, end, zone), short,
                         "\n".join([full, *notes[:3]]), weakest == "modified")


def _source_texts(source: TimeSource) -> tuple[str, str]:
    """(a word or two, a sentence) on where times are from."""
    translate = QCoreApplication.translate
    texts: dict[TimeSource, tuple[str, str]] = {
        "name": (translate("LibraryPanel", "by name"), translate("LibraryPanel", "Times are from file and folder names.")),
        "metadata": (translate("LibraryPanel", "by metadata"), translate("LibraryPanel", "Times are from the metadata.")),
        "modified": (translate("LibraryPanel", "by file date"),
                     translate("LibraryPanel", "Times are from the dates of the files, because nothing else tells them; "
                               "they may be wrong. A name pattern can put that right.")),
        "user": (translate("LibraryPanel", "set by hand"), translate("LibraryPanel", "Times were corrected by hand.")),
    }
    return texts[source]


def period_text(start: datetime, end: datetime, zone: tzinfo) -> str:
    """From when to when, as short as possible: "22 Oct 2026, 06:00 – 18:30", "22 Oct – 28 Oct 2026".

    To the second where minutes would say little: "22 Oct 2026, 06:00:00 – 06:00:16".
    """
    first, last = start.astimezone(zone), max(start, end - timedelta(microseconds=1)).astimezone(zone)
    if first.date() == last.date():
        unit: Unit = "minute" if end - start >= SHORT else "second"
        until = clock_text(end.astimezone(zone), unit)
        return f"{date_text(first, 'd MMM yyyy')}, {clock_text(first, unit)} – {until}"
    pattern = "d MMM" if first.year == last.year else "d MMM yyyy"
    return f"{date_text(first, pattern)} – {date_text(last, 'd MMM yyyy')}"


def summaries_of(recordings: Iterable[Recording], zone: tzinfo) -> tuple[CameraSummary, ...]:
    """One for each camera, by name."""
    by_camera: dict[str, list[Recording]] = {}
    for recording in recordings:
        by_camera.setdefault(recording.camera, []).append(recording)
    return tuple(summary_of(camera, by_camera[camera], zone) for camera in sorted(by_camera, key=camera_order))
