"""The paused or running picture, saved as a pair: original and dehazed, with everything needed to explain them later."""

from __future__ import annotations

import hashlib
import io
import json
import re
import time
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from dehazer.errors import OutputError
from dehazer.files.containers import VIDEO_SUFFIXES
from dehazer.files.output_paths import utf8, write_in_place
from dehazer.files.pictures import PICTURE_SUFFIXES
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.frames.rgb import packed_rgb
from dehazer.moment import Moment
from dehazer.redact import redacted


def save_pair(moment: Moment, folder: Path, name: str, info: VideoInfo, circumstances: dict[str, Any], *,
              when: datetime | None = None) -> tuple[Path, Path, Path]:
    """Write NAME-TIME-original.png, NAME-TIME-dehazed.png and NAME-TIME.json; returns their paths.

    when: time of the picture, aware, in the zone that the names shall have; None takes when a live frame was captured, in the
    zone of this machine. Files appear complete or not at all. Raises OutputError when the folder cannot be written.
    """
    when = when or taken_at(moment.original).astimezone()
    stem = moment_name(name, when)
    original, dehazed, note = (folder / f"{stem}{end}" for end in ("-original.png", "-dehazed.png", ".json"))
    about = _about(moment, name, when.astimezone(UTC), circumstances)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _save_png(original, moment.original, info.rotation, {**_texts(about), "Title": "original, untouched"})
        _save_png(dehazed, moment.result, info.rotation, {**_texts(about), "Title": "dehazed (enhanced picture)"})
        about["sha256"] = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in (original, dehazed)}
        write_in_place(note, utf8(json.dumps(about, indent=2, ensure_ascii=False) + "\n"))
    except OSError as error:
        raise OutputError(f"The snapshot cannot be written to {folder}; check that the folder is writable and the disk not full.",
                          str(error)) from error
    return original, dehazed, note


def moment_name(name: str, when: datetime) -> str:
    """File name of a moment of a source, in the zone of `when`: "gate-20260131-120000-040"."""
    return f"{plain_name(name)}-{when:%Y%m%d-%H%M%S}-{when.microsecond // 1000:03d}"


def taken_at(frame: Frame) -> datetime:
    """Wall-clock time at which a live frame was captured; now where the frame has no stamp."""
    ago = 0.0 if frame.captured is None else time.monotonic() - frame.captured
    return datetime.fromtimestamp(time.time() - ago, UTC)


def _about(moment: Moment, name: str, when: datetime, circumstances: dict[str, Any]) -> dict[str, Any]:
    frame, meter = moment.original, moment.meter
    version = import_module("dehazer").__version__  # the package itself may not be imported from inside
    return {
        "source": redacted(name), "captured": when.isoformat(timespec="milliseconds"), "software": f"dehazer {version}",
        "frame": frame.index, "stream_seconds": frame.seconds, "width": frame.width, "height": frame.height,
        "pixel_format": frame.format.name, "color": asdict(frame.color),
        "haze": None if meter is None else meter.haze, "visibility": None if meter is None else meter.visibility,
        "bypassed": moment.bypassed, **circumstances,
    }


def _texts(about: dict[str, Any]) -> dict[str, str]:
    return {"Creation Time": about["captured"], "Software": about["software"], "Source": about["source"],
            "Description": json.dumps(about, ensure_ascii=False)}


def _save_png(path: Path, frame: Frame, rotation: float, texts: dict[str, str]) -> None:
    pixels = np.rot90(packed_rgb(frame), round(rotation / 90) % 4)
    info = PngInfo()
    for key, text in texts.items():
        info.add_itxt(key, utf8(text).decode())
    buffer = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(buffer, "PNG", pnginfo=info, compress_level=4)
    write_in_place(path, buffer.getvalue())


def plain_name(name: str) -> str:
    """The name of a source as part of a file name; the suffix of a video or picture is left out, an octet is none."""
    name = redacted(name).rpartition("//")[2]
    suffix = Path(name).suffix
    name = name.removesuffix(suffix) if suffix.lower() in (*VIDEO_SUFFIXES, *PICTURE_SUFFIXES) else name
    return re.sub(r"[^\w.-]+", "-", name).strip("-.")[:60] or "camera"
