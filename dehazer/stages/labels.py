"""Short texts in corners of a picture ("ENHANCED", a clock), drawn into its planes as they are stored, at their own resolution.

Only the pixels under a plate change; nothing is converted. Texts stand upright in the picture as it is shown, whatever way its
pixels lie (`VideoInfo.rotation`).
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from dehazer.frames.color import plane_codes
from dehazer.frames.frame import Frame
from dehazer.stages.text_plates import Mask, Plate, kept_plate, plate_of, text_width

Corner = Literal["top left", "top right", "bottom left", "bottom right"]
SHARE = 0.028
"""Size of the font as a share of the shorter side of the picture."""
SMALLEST, LARGEST = 8, 96
ENHANCED, ORIGINAL = "ENHANCED", "ORIGINAL"


@dataclass(frozen=True)
class Area:
    """Part of a picture as it is shown, as shares of its size from the top left."""

    top: float = 0.0
    left: float = 0.0
    height: float = 1.0
    width: float = 1.0


WHOLE = Area()
LEFT_HALF, RIGHT_HALF = Area(width=0.5), Area(left=0.5, width=0.5)


@dataclass(frozen=True)
class Label:
    """One text in a corner of an area. running: it changes with every picture."""

    text: str
    corner: Corner
    area: Area = WHOLE
    running: bool = False


def day_and_time(local: datetime) -> str:
    """"2026-01-31 13:00:00.040 CET +01:00" of a time with a zone, so that the hour that DST repeats is told apart."""
    return f"{local:%Y-%m-%d %H:%M:%S}.{local.microsecond // 1000:03d} {zone_text(local)}"


def zone_text(local: datetime) -> str:
    """"UTC", "CET +01:00", or "UTC-03:00" where the zone has no name of its own."""
    name, offset = local.tzname() or "", local.strftime("%z")
    offset = f"{offset[:3]}:{offset[3:5]}"
    if name == "UTC":
        return name
    return f"UTC{offset}" if name.startswith(("UTC", "+", "-")) or not name else f"{name} {offset}"


def enhanced_labels(beside: bool) -> tuple[Label, ...]:
    """What marks a dehazed picture. beside: the original is in its left half."""
    if beside:
        return Label(ORIGINAL, "top left", LEFT_HALF), Label(ENHANCED, "top right", RIGHT_HALF)
    return (Label(ENHANCED, "top right"),)


def marked(frame: Frame, beside: bool = False, rotation: float = 0.0) -> Frame:
    """A dehazed frame with "ENHANCED" and a clock: the time of day at which it was captured, or the time in a film.

    beside: the original is in its left half. rotation: as in `VideoInfo`.
    """
    clock = Label(_clock(frame), "bottom left", running=True)
    return draw(frame, (clock, *enhanced_labels(beside)), rotation)


def _clock(frame: Frame) -> str:
    if frame.captured is not None:
        when = datetime.now(UTC) - timedelta(seconds=time.monotonic() - frame.captured)
        return day_and_time(when.astimezone())
    seconds, milliseconds = divmod(round((frame.seconds or 0.0) * 1000), 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{milliseconds:03d}"


def font_size(height: int, width: int) -> int:
    """Pixels, for a picture of that size as it is shown."""
    return int(np.clip(round(min(height, width) * SHARE), SMALLEST, LARGEST))


def draw(frame: Frame, labels: Sequence[Label], rotation: float = 0.0) -> Frame:
    """The frame with the labels in it; a new frame, or the same one without labels. rotation: as in `VideoInfo`."""
    if not labels:
        return frame
    turns = round(rotation / 90) % 4
    planes = tuple(np.ascontiguousarray(plane).copy() for plane in frame.planes)
    shown = [np.rot90(plane, turns) for plane in planes]  # views: what is drawn into them is in `planes`
    height, width = (frame.width, frame.height) if turns % 2 else (frame.height, frame.width)
    for label in labels:
        _draw_label(frame, shown, label, (height, width))
    return frame.with_planes(planes)


def _draw_label(frame: Frame, shown: list[NDArray[Any]], label: Label, size: tuple[int, int]) -> None:
    top, left = round(label.area.top * size[0]), round(label.area.left * size[1])
    height, width = round(label.area.height * size[0]), round(label.area.width * size[1])
    plate = _fitting(label, height, width)
    margin = max(2, round(min(height, width) * 0.02)) // 2 * 2
    row = top + (margin if label.corner.startswith("top") else height - margin - plate.size[0])
    column = left + (margin if label.corner.endswith("left") else width - margin - plate.size[1])
    place = max(0, row) // 2 * 2, max(0, column) // 2 * 2
    for number, (plane, (zero, span)) in enumerate(zip(shown, plane_codes(frame), strict=True)):
        chroma = frame.format.family == "yuv" and number > 0
        black, white = (zero, zero) if chroma else (zero, zero + span)
        _blend(plane, plate, place, size, (black, white))


def _fitting(label: Label, height: int, width: int) -> Plate:
    """The plate in the usual size, or as small as it must be to fit into the area."""
    size, room = font_size(height, width), width * 0.94
    while size > 5 and text_width(label.text, size) + size > room:
        size -= 1
    return plate_of(label.text, size) if label.running else kept_plate(label.text, size)


def _blend(plane: NDArray[Any], plate: Plate, place: tuple[int, int], size: tuple[int, int], codes: tuple[float, float]) -> None:
    """Draw into one plane. place: row and column in the whole picture; codes: black and white of this plane."""
    down, across = size[0] / plane.shape[0], size[1] / plane.shape[1]
    row, column = round(place[0] / down), round(place[1] / across)
    room = plane[row : row + round(plate.size[0] / down), column : column + round(plate.size[1] / across)]
    keep, white = (_scaled(mask, room.shape[0], room.shape[1]) for mask in (plate.keep, plate.white))
    if room.ndim == 3:
        keep, white = keep[..., None], white[..., None]
    changed = room * keep + codes[0] * (1 - keep - white) + codes[1] * white
    room[...] = np.rint(changed).astype(plane.dtype)


def _scaled(mask: Mask, height: int, width: int) -> Mask:
    if mask.shape == (height, width) or not height or not width:
        return mask[:height, :width]
    return np.asarray(cv2.resize(mask, (width, height), interpolation=cv2.INTER_AREA), np.float32)
