"""The paused picture saved as a pair, original and dehazed, named by camera and footage time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from pathlib import Path
from typing import Any

from dehazer.frames.frame import VideoInfo
from dehazer.live.snapshot import save_pair
from dehazer.review.playback_state import ReviewedFrame


def save_reviewed_pair(shown: ReviewedFrame, folder: Path, zone: tzinfo,
                       circumstances: Mapping[str, Any] | None = None) -> tuple[Path, Path, Path]:
    """Write CAMERA-TIME-original.png, CAMERA-TIME-dehazed.png and CAMERA-TIME.json into `folder`; returns their paths.

    zone: of the time in the names. circumstances: what else is to be remembered: the engine's description, the settings.
    The pictures are turned as they are displayed. Raises OutputError.
    """
    frame, recording = shown.moment.original, shown.recording
    about = {"camera": recording.camera, "recording": str(recording.path), "recording_starts": recording.start.isoformat(),
             "start_is_from": recording.time_source, "frame_number": shown.number, "exact": shown.exact, "source_pts": frame.pts,
             "source_time_base": str(frame.time_base), **(circumstances or {})}
    info = VideoInfo(frame.width, frame.height, frame.format, rotation=shown.rotation, name=recording.camera)
    return save_pair(shown.moment, folder, recording.camera, info, about, when=shown.when.astimezone(zone))
