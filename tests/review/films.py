"""Films of every kind a camera or recorder writes, and what they hold by FFmpeg alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from tests.media import Film, plane_of, write_film

B_FRAMES = Film(frames=60, options={"bf": "3", "preset": "medium", "g": "12", "sc_threshold": "0"}, smooth=False)
OPEN_GOP = {"bf": "3", "preset": "medium", "g": "10", "x264-params": "open-gop=1:scenecut=0:b-adapt=0"}
UNEVEN = tuple(sum((40, 3, 200, 17)[i % 4] for i in range(k)) for k in range(60))
X265 = "log-level=none:open-gop=1:keyint=10:min-keyint=10:scenecut=0:bframes=3"

FILMS: dict[str, Film] = {
    "b-frames.mp4": B_FRAMES,
    "b-frames.mkv": replace(B_FRAMES, start=4.0),
    "uneven.mp4": replace(B_FRAMES, time_base=Fraction(1, 1000), times=UNEVEN),
    "open-gop.mp4": replace(B_FRAMES, options=OPEN_GOP),
    "open-gop.mkv": replace(B_FRAMES, options=OPEN_GOP),
    "open-gop.ts": replace(B_FRAMES, options=OPEN_GOP),
    "open-gop-265.mp4": replace(B_FRAMES, codec="libx265", options={"preset": "ultrafast", "x265-params": X265}),
    "mpeg2.ts": replace(B_FRAMES, codec="mpeg2video", options={"bf": "2", "g": "10"}),
    "long-gop.mp4": replace(B_FRAMES, frames=150, options={"preset": "medium", "x264-params": "keyint=1000:scenecut=0"}),
    "refreshed.mp4": replace(B_FRAMES, options={"preset": "medium", "x264-params": "intra-refresh=1:keyint=20:bframes=0"}),
    "pictures.avi": replace(B_FRAMES, codec="mjpeg", pix_fmt="yuvj420p", color=(2, 2, 2, 2), options={}),
    "b-frames.avi": replace(B_FRAMES, codec="mpeg4", options={"bf": "2", "g": "10"}),
}
DAMAGED: dict[str, tuple[int, ...]] = {"damaged-key.mp4": (12, 36), "damaged-middle.mp4": (17, 29, 30),
                                       "damaged-often.mkv": (5, 13, 24, 31, 44), "damaged.ts": (5, 13, 24, 31, 44),
                                       "cut-off.mkv": ()}
"""Numbers of the packets that hold noise, in order of decoding."""


@dataclass(frozen=True)
class Picture:
    """One picture as FFmpeg decodes it from the beginning.

    whole: False from a damaged picture on until the next key picture that is not: what a decoder puts there is not in the file.
    """

    pts: int | None
    planes: tuple[np.ndarray, ...]
    whole: bool = True


def straight(path: Path) -> list[Picture]:
    """All pictures, decoded from the beginning to the end; damage is survived as FFmpeg survives it."""
    mended = _mended(path)
    found: list[Picture] = []
    with av.open(str(path)) as file:
        stream = file.streams.video[0]
        stream.thread_type = "AUTO"
        packets = file.demux(stream)
        while (packet := next(packets, None)) is not None:
            try:
                frames = packet.decode()
            except av.error.FFmpegError:
                continue
            found += [Picture(f.pts, tuple(plane_of(p, f) for p in f.planes), f.pts not in mended) for f in frames]
    return found


def _mended(path: Path) -> set[int | None]:
    """pts of the pictures that depend on damaged packets of a film of `DAMAGED`."""
    numbers = DAMAGED.get(path.name, ())
    found: set[int | None] = set()
    with av.open(str(path)) as file:
        packets = [p for p in file.demux(video=0) if p.size]
        damaged = False
        for index, packet in enumerate(packets):
            cut_off = path.name == "cut-off.mkv" and index == len(packets) - 1
            damaged = index in numbers or cut_off or (damaged and not packet.is_keyframe)
            found |= {packet.pts} if damaged else set()
    return found


def make_film(folder: Path, name: str) -> Path:
    """A film of `FILMS` or `DAMAGED`, in `folder`; made once."""
    path = folder / name
    if path.exists():
        return path
    if name in FILMS:
        return write_film(path, FILMS[name])
    write_film(path, B_FRAMES)
    if name == "cut-off.mkv":
        path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    else:
        _damage(path, DAMAGED[name])
    return path


def _damage(path: Path, numbers: tuple[int, ...]) -> None:
    """Overwrite the middle of these packets with noise."""
    with av.open(str(path)) as file:
        packets = [(p.pos, p.size) for p in file.demux(video=0) if p.size and p.pos is not None]
    data, rng = bytearray(path.read_bytes()), np.random.default_rng(7)
    for number in numbers:
        position, size = packets[number]
        start, length = position + size // 3, size // 3
        data[start : start + length] = rng.integers(0, 256, length, np.uint8).tobytes()
    path.write_bytes(data)


def blank(path: Path, numbers: tuple[int, ...]) -> None:
    """Overwrite these packets with zeros, so that nothing of them can be decoded."""
    with av.open(str(path)) as file:
        packets = [(p.pos, p.size) for p in file.demux(video=0) if p.size and p.pos is not None]
    data = bytearray(path.read_bytes())
    for position, size in (packets[n] for n in numbers):
        data[position + 6 : position + size] = bytes(size - 6)
    path.write_bytes(data)
