"""Clock, camera name and "ENHANCED" in the pictures of an export."""

from __future__ import annotations

from datetime import datetime, tzinfo

from dehazer.review.export_request import BurnIn
from dehazer.review.recording import TimeSource
from dehazer.stages.labels import Label, day_and_time, enhanced_labels

_UNSURE: dict[TimeSource, str] = {"modified": " (file date)"}
"""What stands behind a clock that no recorder has set."""


def clock_text(when: datetime, zone: tzinfo, source: TimeSource = "name") -> str:
    """Footage time in the library's zone."""
    return f"{day_and_time(when.astimezone(zone))}{_UNSURE.get(source, '')}"


def labels_of(wanted: BurnIn, kind: str, camera: str, clock: str) -> tuple[Label, ...]:
    """The texts of one picture of a kind of export ("dehazed", "side", …)."""
    left = "   ".join(text for text, shown in ((camera, wanted.camera), (clock, wanted.clock)) if shown)
    labels = [Label(left, "bottom left", running=wanted.clock)] if left else []
    return (*labels, *(enhanced_labels(kind == "side") if wanted.label else ()))
