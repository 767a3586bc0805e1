"""What is known of a recording, in words."""

from __future__ import annotations

import re
from datetime import tzinfo
from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication

from gui.review import typed_time
from gui.view import formatting

if TYPE_CHECKING:
    from dehazer.review import Recording

translate = QCoreApplication.translate


def facts(recording: Recording, zone: tzinfo) -> str:
    """Name, size and codec, and where the time is from, in lines."""
    sound = translate("review", "with sound") if recording.has_sound else translate("review", "no sound")
    return "\n".join(line for line in (
        breakable(recording.path.name),
        f"{typed_time.clock_text(recording.start, zone)[:19]} · {typed_time.duration_text(recording.duration)}",
        f"{recording.width}×{recording.height} · {recording.codec} · {rate(recording)} · {sound}",
        formatting.size(recording.size), time_source(recording), recording.note) if line)


def rate(recording: Recording) -> str:
    """Frames per second, or seconds per frame where these are many; a dash where unknown."""
    if not recording.rate:
        return "–"
    if recording.rate < 1:
        return translate("review", "one frame in {} s").format(f"{float(1 / recording.rate):g}")
    return f"{float(recording.rate):.4g} fps"


def breakable(text: str) -> str:
    """A text whose long words, such as names of files, may be broken into lines anywhere. For the eye alone, not for copying."""
    return re.sub(r"\S{20,}", lambda word: "\u200b".join(word[0]), text)


def time_source(recording: Recording) -> str:
    """Where the start time is from."""
    return {"name": translate("review", "Time from the file's name"),
            "metadata": translate("review", "Time from the file's metadata"),
            "modified": translate("review", "Time from the file's modification: not certain"),
            "user": translate("review", "Time corrected by hand")}[recording.time_source]


def found_text(recordings: int, cameras: int) -> str:
    """How much a library holds: "1 recording, 1 camera", "3 recordings, 2 cameras"."""
    one, many = translate("LibraryController", "1 recording"), translate("LibraryController", "{} recordings")
    camera, several = translate("LibraryController", "1 camera"), translate("LibraryController", "{} cameras")
    return f"{one if recordings == 1 else many.format(recordings)}, {camera if cameras == 1 else several.format(cameras)}"
