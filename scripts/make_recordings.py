"""Render a believable week of surveillance recordings: four cameras, four recorders, gaps, damage, fog that comes and goes.

    python scripts/make_recordings.py FOLDER [--small] [--days 7] [--cameras 4] [--every 300] [--size 640x360]

Every recording lasts an hour and holds one picture in `--every` seconds, so that a week takes minutes to render; each camera
has one more of a few seconds at 25 pictures a second, with B-frames. What there is to find stands in FOLDER/truth.json: starts,
ends, mean haze of every picture, the foggiest hour of each camera, gaps, overlaps and damaged files. All of it comes from
the project's own synthetic scene and a seed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from _recordings_week import CAMERAS, HOUR, ZONE, WeekCamera, daylight

from dehazer.synthetic.scene import Scene

AIRLIGHT = np.array([0.80, 0.82, 0.84], np.float32)
TRAFFIC = 6
"""Different pictures of a camera without fog."""
NOISE = 1.2
"""Standard deviation of the sensor's noise, code values."""
Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Sizes:
    """days, cameras: how much of the week. every: seconds between pictures. clip: seconds of the recording at 25 a second."""

    days: int = 7
    cameras: int = 4
    every: int = 300
    width: int = 640
    height: int = 360
    clip: float = 8.0


SMALL = Sizes(days=1, cameras=2, every=600, width=320, height=180, clip=2.0)
"""For tests: seconds to render."""


class MountedCamera:
    """Pictures of one camera at any time: its scene, the fog, the daylight, the noise. All from its seed."""

    def __init__(self, camera: WeekCamera, sizes: Sizes) -> None:
        self._camera = camera
        scene = Scene(camera.seed)
        views = [scene.render(2 * sizes.width, 2 * sizes.height, 1.7 * k, camera.place) for k in range(TRAFFIC)]
        self._views = [(_halved(colour), _halved(depth)) for colour, depth in views]
        rng = np.random.default_rng(camera.seed)
        self._noise = rng.normal(0, NOISE, (2 * sizes.height, 2 * sizes.width, 1)).astype(np.float32)

    def picture(self, when: datetime, number: int) -> tuple[Pixels, float]:
        """((H, W, 3) RGB, mean haze 1 − t of its pixels)."""
        clear, depth = self._views[number % TRAFFIC]
        t = np.exp(-np.float32(self._camera.beta(when)) * depth)[..., None]
        hazy = (clear * t + AIRLIGHT * (1 - t)) * np.float32(255 * daylight(when))
        down, along = (37 * number) % t.shape[0], (61 * number) % t.shape[1]
        noise = self._noise[down:down + t.shape[0], along:along + t.shape[1]]
        return (hazy + noise).clip(0, 255).astype(np.uint8), float(1 - t.mean())


def _halved(values: NDArray[np.float32]) -> NDArray[np.float32]:
    high, wide = values.shape[0] // 2, values.shape[1] // 2
    return np.asarray(values.reshape(high, 2, wide, 2, -1).mean((1, 3)).squeeze(), np.float32)


def write_video(path: Path, pictures: Iterable[Pixels], rate: Fraction, options: dict[str, str]) -> None:
    """Encode RGB pictures of one size as H.264."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w", options={"movflags": "faststart"} if path.suffix == ".mp4" else {}) as file:
        stream = file.add_stream("libx264", rate=rate, options={"crf": "26", "preset": "veryfast", "threads": "2", **options})
        for number, pixels in enumerate(pictures):
            if number == 0:
                stream.height, stream.width, stream.pix_fmt = *pixels.shape[:2], "yuv420p"
                stream.color_range, stream.colorspace, stream.color_primaries, stream.color_trc = 1, 1, 1, 1
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
            frame = frame.reformat(format="yuv420p", src_colorspace="ITU709", dst_colorspace="ITU709",
                                   src_color_range="JPEG", dst_color_range="MPEG")
            frame.pts, frame.time_base = number, 1 / rate
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))


@dataclass
class CameraTruth:
    """What there is to find of one camera. haze: (time, mean haze) of every picture. clip: the recording at 25 a second."""

    files: list[dict[str, Any]]
    haze: list[tuple[datetime, float]]
    clip: str = ""

    def foggiest(self) -> tuple[datetime, float]:
        """Start of the hour with most fog, of those recorded whole, and its mean haze."""
        hours: dict[datetime, list[float]] = {}
        for start, haze in self.haze:
            hours.setdefault(start.replace(minute=0, second=0), []).append(haze)
        means = {hour: sum(values) / len(values) for hour, values in hours.items()}
        best = max(means, key=means.__getitem__)
        return best, means[best]


def write_camera(camera: WeekCamera, folder: Path, sizes: Sizes) -> CameraTruth:
    """All recordings of one camera, and ten minutes after the last a short one at 25 pictures a second."""
    mounted, truth = MountedCamera(camera, sizes), CameraTruth([], [])
    starts = list(camera.starts(sizes.days))
    for number, start in enumerate(starts):
        moments = [start + timedelta(seconds=sizes.every * k) for k in range(3600 // sizes.every)]
        made = [mounted.picture(when, number * len(moments) + k) for k, when in enumerate(moments)]
        path = camera.path(start, start + HOUR, number)
        write_recording(folder / path, start + HOUR, [pixels for pixels, _ in made], Fraction(1, sizes.every))
        truth.files.append({"path": str(path), "start": start.isoformat(), "end": (start + HOUR).isoformat()})
        truth.haze += [(when, haze) for when, (_, haze) in zip(moments, made, strict=True)]
    start = starts[-1] + HOUR + timedelta(minutes=10)
    end = start + timedelta(seconds=sizes.clip)
    clip = camera.path(start, end, len(starts))
    write_recording(folder / clip, end, _film(mounted, start, sizes.clip), Fraction(25))
    truth.clip = str(clip)
    return truth


def _film(mounted: MountedCamera, start: datetime, seconds: float) -> Iterator[Pixels]:
    for k in range(round(25 * seconds)):
        yield mounted.picture(start + timedelta(seconds=k / 25), k // 25)[0]


def write_recording(path: Path, end: datetime, pictures: Iterable[Pixels], rate: Fraction) -> None:
    """One recording, last changed when it ended. At less than one picture a second each is a key frame."""
    write_video(path, pictures, rate, {"g": "1"} if rate < 1 else {"g": "50", "bf": "3"})
    os.utime(path, (end.timestamp(),) * 2)


def damage(folder: Path, truth: CameraTruth) -> list[str]:
    """Three files beside the recordings that cannot be read: empty, no video, and one without its index."""
    good = folder / truth.files[0]["path"]
    made = {"export/Yard_20260323000000_empty.mp4": b"", "export/Yard_20260323001000_text.mp4": b"no video" * 500,
            "export/Yard_20260323002000_cut.mp4": good.read_bytes()[:200]}
    for name, content in made.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
        os.utime(folder / name, (datetime(2026, 3, 23, 1, tzinfo=ZONE).timestamp(),) * 2)
    return list(made)


def make_recordings(folder: Path, sizes: Sizes) -> dict[str, Any]:
    """Render everything into `folder`; returns what stands in its truth.json."""
    cameras: dict[str, CameraTruth] = {}
    for camera in CAMERAS[:sizes.cameras]:
        print(f"{camera.name} …", file=sys.stderr)
        cameras[camera.name] = write_camera(camera, folder, sizes)
    truth = {"zone": str(ZONE), "unreadable": damage(folder, next(iter(cameras.values()))), "cameras": {
        name: {"files": found.files, "clip": found.clip, "foggiest_hour": found.foggiest()[0].isoformat(),
               "foggiest_haze": round(found.foggiest()[1], 4),
               "haze": [[when.isoformat(), round(haze, 4)] for when, haze in found.haze]} for name, found in cameras.items()}}
    (folder / "truth.json").write_text(json.dumps(truth, indent=1), "utf-8")
    return truth


def main() -> None:
    """The program."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--small", action="store_true", help="two cameras, one day, small pictures: for tests")
    for name in ("days", "cameras", "every"):
        parser.add_argument(f"--{name}", type=int, default=getattr(Sizes, name))
    parser.add_argument("--size", default="640x360", help="width and height of the pictures")
    given = parser.parse_args()
    width, height = (int(side) for side in given.size.split("x"))
    truth = make_recordings(given.folder, SMALL if given.small else Sizes(given.days, given.cameras, given.every, width, height))
    for name, found in truth["cameras"].items():
        print(f"{name}: {len(found['files'])} recordings, foggiest hour from {found['foggiest_hour']}", file=sys.stderr)


if __name__ == "__main__":
    main()
