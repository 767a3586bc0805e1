"""Footage for pictures of the review room: a day of `make_recordings.py`, with films of the fog instead of single pictures."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

from _recordings_week import CAMERAS
from make_recordings import MountedCamera, Sizes, make_recordings, write_recording

CAMERA = CAMERAS[0].name
"""The camera whose foggiest hour the films show."""
RATE = 25
SIZES = Sizes(days=1, cameras=2, every=600, width=960, height=540, clip=2.0)
"""Two cameras, one day, a picture every ten minutes."""


def make_footage(folder: Path, sizes: Sizes = SIZES, seconds: float = 8.0) -> datetime:
    """Render into `folder`. Returns when the films begin: the foggiest hour of the first camera, which all show so long."""
    truth = make_recordings(folder, sizes)
    start = datetime.fromisoformat(truth["cameras"][CAMERA]["foggiest_hour"])
    for camera in CAMERAS[:sizes.cameras]:
        path = next(one["path"] for one in truth["cameras"][camera.name]["files"] if one["start"] == start.isoformat())
        mounted, end = MountedCamera(camera, sizes), start + timedelta(seconds=seconds)
        moments = (start + timedelta(seconds=k / RATE) for k in range(round(RATE * seconds)))
        write_recording(folder / path, end, (mounted.picture(when, k // 12)[0] for k, when in enumerate(moments)), Fraction(RATE))
    return start


def footage_start(folder: Path) -> datetime:
    """When the films begin, of footage made before."""
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    return datetime.fromisoformat(truth["cameras"][CAMERA]["foggiest_hour"])
