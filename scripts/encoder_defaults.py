"""Measure what the encoders' defaults must be: the CRF of every codec at equal quality, and the preset of x264.

    python scripts/encoder_defaults.py             # encode, measure, write docs/measured/encoders.json and docs/encoders.md
    python scripts/encoder_defaults.py --tables    # write docs/encoders.md from the figures that are there

Dehazed clips are encoded with the program's own output and compared with the frames before encoding by FFmpeg's ssim filter
(all planes, weighted by their samples). Cost is processor time, which depends little on what else the machine is doing.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import Any

import av
import numpy as np
from av import VideoFormat
from av.filter import Graph

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from _encoder_tables import GRIDS, PRESET, PRESETS, REFERENCE, Encoding, Measurement, as_json, from_json, page  # noqa: E402

from dehazer.bench.machine import machine  # noqa: E402  the checkout comes before what is installed
from dehazer.config import EncodeOptions, EngineOptions, EnhanceOptions  # noqa: E402
from dehazer.engine.engine import Engine  # noqa: E402
from dehazer.enhance import Enhancer  # noqa: E402
from dehazer.files.sample import SAMPLE_CLIP  # noqa: E402
from dehazer.frames.frame import Frame, VideoInfo  # noqa: E402
from dehazer.sinks import open_sink  # noqa: E402
from dehazer.sources import open_source  # noqa: E402

CLIPS = ROOT.parent / "shared" / "data" / "video"
MEASURED, PAGE = ROOT / "docs" / "measured" / "encoders.json", ROOT / "docs" / "encoders.md"
FRAMES = 40
"""Of every clip, from its beginning."""
PRESET_GRID = (16, 18, 20, 23)
"""CRF of x264 that are tried with every preset."""


@dataclass(frozen=True)
class Clip:
    """Dehazed frames in memory. size: bytes a frame in the input; cpu_ms: processor time a frame to decode and dehaze."""

    name: str
    info: VideoInfo
    frames: tuple[Frame, ...]
    size: float
    cpu_ms: float


def cpu_seconds() -> float:
    """Processor time of this process so far, all threads, user and system."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def dehazed(path: Path, enhancer: Enhancer) -> Clip:
    """The first frames of a clip, dehazed."""
    with open_source(path) as source:
        started = cpu_seconds()
        frames = tuple(enhancer(frame).result for frame, _ in zip(source, range(FRAMES), strict=False))
        cost = 1000 * (cpu_seconds() - started) / len(frames)
        return Clip(path.stem, source.info, frames, bytes_a_frame(path), cost)


def bytes_a_frame(path: Path) -> float:
    """Of the same part of the input, pictures only."""
    with av.open(str(path)) as file:
        packets = (packet.size for packet in file.demux(video=0) if packet.size)
        return fmean(size for size, _ in zip(packets, range(FRAMES), strict=False))


def encoded(clip: Clip, codec: str, preset: str, crf: float, folder: Path) -> Encoding:
    """Encode through the program's own sink and compare."""
    path = folder / "encoded.mkv"
    started = cpu_seconds()
    with open_sink(path, clip.info, EncodeOptions(codec, crf, preset, overwrite=True)) as sink:
        for frame in clip.frames:
            sink.write(frame)
        sink.finish()
    cost = cpu_seconds() - started
    count = len(clip.frames)
    return Encoding(clip.name, codec, preset, crf, path.stat().st_size / count, ssim(clip, path), 1000 * cost / count)


def ssim(clip: Clip, path: Path) -> float:
    """Mean structural similarity of a file's pictures to the frames it was made from; raises ValueError if some are missing."""
    graph = Graph()
    width, height, layout, tick = clip.info.width, clip.info.height, clip.info.format.name, clip.info.time_base
    shape = VideoFormat(layout, width, height)
    ends = [graph.add_buffer(width=width, height=height, format=shape, time_base=tick) for _ in range(2)]
    judge, sink = graph.add("ssim"), graph.add("buffersink")
    for pad, end in enumerate(ends):
        end.link_to(judge, 0, pad)
    judge.link_to(sink)
    graph.configure()
    values: list[float] = []
    with av.open(str(path)) as file:
        for number, (frame, picture) in enumerate(zip(clip.frames, file.decode(video=0), strict=True)):
            for end, shown in zip(ends, (picture.reformat(format=layout), as_picture(frame)), strict=True):
                shown.pts, shown.time_base = number, tick
                end.push(shown)
            values += scores(sink)
    for end in ends:
        end.push(None)
    values += scores(sink)
    if len(values) != len(clip.frames):
        raise ValueError(f"FFmpeg compared {len(values)} of {len(clip.frames)} pictures of {clip.name}.")
    return fmean(values)


def scores(sink: av.filter.FilterContext) -> Iterator[float]:
    """What the filter has found out so far."""
    while True:
        try:
            yield float(sink.pull().metadata["lavfi.ssim.All"])
        except (av.BlockingIOError, av.EOFError):
            return


def as_picture(frame: Frame) -> av.VideoFrame:
    """A yuv420p frame as FFmpeg's."""
    flat = np.concatenate([np.ascontiguousarray(plane).ravel() for plane in frame.planes])
    return av.VideoFrame.from_ndarray(flat.reshape(-1, frame.width), format=frame.format.name)


def settings() -> list[tuple[str, str, int]]:
    """Codec, preset and CRF of all encodings of a clip, each once."""
    by_codec = [(codec, PRESET, crf) for codec, grid in GRIDS.items() for crf in grid]
    by_preset = [(REFERENCE, preset, crf) for preset in PRESETS for crf in PRESET_GRID]
    return list(dict.fromkeys([*by_codec, *by_preset]))


def measure(paths: Sequence[Path], say: Callable[[str], None]) -> Measurement:
    """All encodings of all clips."""
    engine = Engine(EngineOptions())
    rows: list[Encoding] = []
    clips: list[dict[str, Any]] = []
    with TemporaryDirectory(prefix="dehazer-encoders-") as folder:
        for path in paths:
            clip = dehazed(path, Enhancer(engine, EnhanceOptions()))
            clips.append({"name": clip.name, "width": clip.info.width, "height": clip.info.height, "frames": len(clip.frames),
                          "size": round(clip.size), "dehazing_cpu_ms": round(clip.cpu_ms, 1)})
            for codec, preset, crf in settings():
                rows.append(encoded(clip, codec, preset, crf, Path(folder)))
                say(f"{clip.name}: {codec} {preset} {crf}: SSIM {rows[-1].ssim:.4f}, {rows[-1].size:.0f} bytes a frame")
    return Measurement(machine([]), clips, rows)


def main() -> None:
    if "--tables" not in sys.argv[1:]:
        found = measure([SAMPLE_CLIP, *sorted(CLIPS.glob("*.mp4"))], lambda text: print(text, flush=True))
        MEASURED.write_text(as_json(found), "utf-8")
    PAGE.write_text(page(from_json(MEASURED.read_text("utf-8"))), "utf-8")


if __name__ == "__main__":
    main()
