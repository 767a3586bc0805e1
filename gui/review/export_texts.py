"""Exports in words: kinds, states, and how a check ended; each such list once for dialog, tab and questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

if TYPE_CHECKING:
    from dehazer.review import ExportStatus

KINDS = {
    "dehazed": QT_TRANSLATE_NOOP("exports", "Dehazed film"),
    "original": QT_TRANSLATE_NOOP("exports", "Original, copied"),
    "side": QT_TRANSLATE_NOOP("exports", "Original and dehazed side by side"),
    "pictures": QT_TRANSLATE_NOOP("exports", "Single pictures"),
    "mosaic": QT_TRANSLATE_NOOP("exports", "All cameras in one film"),
    "evidence": QT_TRANSLATE_NOOP("exports", "Evidence pack"),
}
"""Titles of the kinds of exports, not yet translated; in the order of the dialog."""
ABOUT = {
    "dehazed": QT_TRANSLATE_NOOP("exports", "Every frame without its haze, sound copied."),
    "original": QT_TRANSLATE_NOOP("exports", "Nothing is computed: the recorded packets from the key frame before the mark on."),
    "side": QT_TRANSLATE_NOOP("exports", "Both pictures of every instant in one film."),
    "pictures": QT_TRANSLATE_NOOP("exports", "A folder with a PNG file for every frame."),
    "mosaic": QT_TRANSLATE_NOOP("exports", "The cameras beside each other, in step on the wall clock."),
    "evidence": QT_TRANSLATE_NOOP("exports", "Originals, dehazed films, snapshots and checksums of all in one ZIP file."),
}
"""One line on each kind, not yet translated."""
ROLES = {"PASS": "live", "ANNOUNCED": "warning", "FAIL": "fault"}
"""Colours of verdicts."""
STATES = {
    "waiting": QT_TRANSLATE_NOOP("exports", "Waiting"), "running": QT_TRANSLATE_NOOP("exports", "Running"),
    "paused": QT_TRANSLATE_NOOP("exports", "Paused"), "done": QT_TRANSLATE_NOOP("exports", "Done"),
    "failed": QT_TRANSLATE_NOOP("exports", "Failed"), "cancelled": QT_TRANSLATE_NOOP("exports", "Cancelled"),
}
"""Titles of states, not yet translated."""
VERDICTS = {
    "PASS": QT_TRANSLATE_NOOP("exports", "PASS"), "ANNOUNCED": QT_TRANSLATE_NOOP("exports", "CHANGED, as announced"),
    "FAIL": QT_TRANSLATE_NOOP("exports", "FAIL"),
}
"""Verdicts of checks, not yet translated."""


def text(table: dict[str, str], name: str) -> str:
    """The text of a table of this module in the user's language."""
    return QCoreApplication.translate("exports", table[name])


def verdict_of(status: ExportStatus) -> str:
    """All checks of a finished export as one verdict; empty where there are none."""
    found = {check.verdict for check in status.checks}
    return next((one for one in ("FAIL", "ANNOUNCED", "PASS") if one in found), "")


def summary(status: ExportStatus) -> str:
    """How the checks ended, in a few words: "7 of 7 checks passed"."""
    passed = sum(check.verdict != "FAIL" for check in status.checks)
    return QCoreApplication.translate("exports", "{} of {} checks passed").format(passed, len(status.checks))
