"""How many pictures are passed over between two that are shown after each other."""

from __future__ import annotations

from datetime import timedelta

from dehazer.review.camera_pictures import FoundPicture
from dehazer.review.recording import Recording


def pictures_between(before: FoundPicture | None, now: FoundPicture) -> int:
    """Pictures between two that were shown after each other; over the border of files, and until they are counted, by rate."""
    if before is None or before.frame is now.frame:
        return 0
    if before.recording.path == now.recording.path and before.number is not None and now.number is not None:
        return max(0, abs(now.number - before.number) - 1)
    first, last = sorted((before, now), key=lambda found: found.when)
    if first.recording.path == last.recording.path or last.recording.start <= first.recording.end:
        return max(0, _pictures(first.recording, last.when - first.when) - 1)
    at_the_end = _pictures(first.recording, first.recording.end - first.when)
    return max(0, at_the_end + _pictures(last.recording, last.when - last.recording.start) - 1)


def _pictures(recording: Recording, time: timedelta) -> int:
    return round(time.total_seconds() * float(recording.rate or 25))
