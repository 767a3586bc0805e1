"""What is shown of a recording: REC and its clock while pictures are written, and in red what keeps them from it."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QCoreApplication

from dehazer import PreRollStatus, RecordingStatus
from gui.view import formatting

HALTED = 2.0
"""Seconds without a written picture after which that is said."""


@dataclass(frozen=True)
class RecordingBadge:
    """on: whether a recording runs. clock: its length, empty before its first picture. note: what is wrong, empty for nothing.

    short: the same in two words, for little room.
    """

    on: bool = False
    clock: str = ""
    note: str = ""
    short: str = ""

    @property
    def text(self) -> str:
        """In one line, without the note; empty while nothing is recorded."""
        return f"{QCoreApplication.translate('readout', 'REC')} {self.clock}".rstrip() if self.on else ""


def recording_badge(status: RecordingStatus | None, length: float, waiting_s: float) -> RecordingBadge:
    """length: seconds recorded when the last picture was written. waiting_s: seconds since then."""
    if status is None or not status.active:
        return RecordingBadge()
    return RecordingBadge(True, formatting.clock(length) if status.frames else "", *_notes(status, waiting_s))


def pre_roll_text(kept: PreRollStatus) -> str:
    """What is kept in memory for a recording that begins before the button is pressed, or that nothing is."""
    if not kept.possible:
        return QCoreApplication.translate("readout", "No pre-roll for this source: it gives no packets that could be kept.")
    if not kept.wanted:
        return ""
    text = QCoreApplication.translate("readout", "{:.0f} of {:g} s are kept ({})")
    return text.format(min(kept.seconds, kept.wanted), kept.wanted, formatting.size(kept.bytes))


def _notes(status: RecordingStatus, waiting_s: float) -> tuple[str, str]:
    """What is wrong, in full and short."""
    translate = QCoreApplication.translate
    if status.missing:
        return (translate("readout", "{} original pictures are missing").format(status.missing),
                translate("readout", "pictures missing"))
    if status.damaged:
        return translate("readout", "{} damaged pictures came").format(status.damaged), translate("readout", "damaged pictures")
    if waiting_s <= HALTED:
        return "", ""
    if not status.frames:
        return translate("readout", "waiting for the first picture"), translate("readout", "no picture yet")
    return translate("readout", "nothing is written"), translate("readout", "nothing written")
