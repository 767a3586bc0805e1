"""What is measured, in one explicit list. A new scenario is one function and one line in SCENARIOS."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dehazer.bench.case import CLIP, Case
from dehazer.bench.clip import LoopedSource, load_frames, make_clip
from dehazer.bench.measure import Memory, Timing, paced, timed
from dehazer.bench.review_scenarios import review_back, review_drag, review_four, review_seek, review_step
from dehazer.config import EncodeOptions, EnhanceOptions
from dehazer.engine.devices import Device
from dehazer.engine.engine import Engine
from dehazer.enhance import Enhancer
from dehazer.field.pyramid import analyse
from dehazer.frames.color import frame_to_rgb
from dehazer.frames.frame import Frame
from dehazer.frames.rgb import packed_bgra
from dehazer.models.registry import model_spec
from dehazer.models.weights import locate
from dehazer.moment import Moment
from dehazer.pipeline import Pipeline
from dehazer.runtime.memory import resident_mb
from dehazer.runtime.stats import Flicker
from dehazer.sinks import open_sink
from dehazer.sinks.base import Sink, SinkResult
from dehazer.sources import open_source
from dehazer.sources.key_frames import KeyFrames

RECORDED = 20.04
"""Seconds of the recording that is scanned: three looks ten seconds apart."""
VERYFAST = EncodeOptions("libx264", 23, "veryfast", overwrite=True)


class PaintSink(Sink):
    """Turns every frame into the packed pixels a window shows and copies them to where a screen would read them."""

    def __init__(self) -> None:
        self.frames = 0
        self._screen: np.ndarray | None = None

    def write(self, frame: Frame) -> None:
        pixels = packed_bgra(frame)
        if self._screen is None or self._screen.shape != pixels.shape:
            self._screen = np.empty_like(pixels)
        np.copyto(self._screen, pixels)
        self.frames += 1

    def finish(self) -> SinkResult:
        return SinkResult(None, self.frames)

    def discard(self) -> None:
        """Nothing is kept."""


def decode(case: Case) -> Timing:
    """Reading the file alone."""
    memory = Memory(case.engine.device)
    moments: list[float] = []
    with open_source(case.clip) as source:
        for _ in LoopedSource(source, case.clip, case.frames):
            moments.append(time.perf_counter())
            memory.sample()
    return paced(moments, memory.peak_mb)


def analysis(case: Case) -> Timing:
    """From planes to the pyramid the field network sees."""
    return case.timed(lambda: analyse(case.cycle()))


def network(case: Case) -> Timing:
    """The network alone, input and answer where it computes."""
    engine = case.engine
    if engine.gives_field:
        pyramid = analyse(case.kept[0])
        small, stats = (engine.backend.joined([part]) for part in (pyramid.small, pyramid.stats))
        return case.timed(lambda: engine.backend.field(small, stats))
    rgb = frame_to_rgb(case.kept[0]).clamp(0, 1)[None].to(str(engine.device))
    engine.restore_rgb(rgb)
    engine.settle()
    return case.timed(lambda: engine.restore_rgb(rgb), warm_ups=1, at_least=1)


def apply(case: Case) -> Timing:
    """The field applied to the planes at full resolution, where the engine computes."""
    field = case.engine.estimate(case.kept[0]).field
    return case.timed(lambda: case.engine.apply(field, case.cycle_on_device()))


def copy(case: Case) -> Timing:
    """A plain copy of the planes: what `apply` is measured against."""
    return case.timed(lambda: [p.copy() if isinstance(p, np.ndarray) else p.clone() for p in case.cycle_on_device().planes])


def resident(case: Case) -> Timing:
    """Frames that are decoded, dehazed and kept on the graphics device: network, stages and application."""
    enhancer = Enhancer(case.engine, EnhanceOptions())
    return case.timed(lambda: enhancer(case.cycle_on_device()))


def paint(case: Case) -> Timing:
    """From planes to pixels on a screen."""
    sink = PaintSink()
    return case.timed(lambda: sink.write(case.cycle()))


def encode(case: Case) -> Timing:
    """x264 veryfast alone."""
    memory = Memory(case.engine.device)
    moments: list[float] = []
    with open_source(case.clip) as source, open_sink(case.folder / "encoded.mp4", source.info, VERYFAST) as sink:
        for frame in load_frames(case.clip, 50):
            sink.write(frame)
            moments.append(time.perf_counter())
            memory.sample()
        sink.finish()
        moments.append(time.perf_counter())  # frames the encoder still held
    spread = (moments[-1] - moments[0]) / (len(moments) - 1)
    return Timing(paced(moments[:-1], memory.peak_mb).ms, memory.peak_mb, 1 / spread)


def decode_to_paint(case: Case) -> Timing:
    """File → dehazed → screen, the whole chain in its threads."""
    return chain(case, "decode_to_paint", PaintSink())


def decode_to_encode(case: Case) -> Timing:
    """File → dehazed → x264 veryfast."""
    with open_source(case.clip) as source:
        info = source.info
    with open_sink(case.folder / "chain.mp4", info, VERYFAST) as sink:
        return chain(case, "decode_to_encode", sink)


def chain(case: Case, name: str, sink: Sink) -> Timing:
    """The pipeline as dehazer-video runs it; its flicker, of the first time through the file, is kept in the case."""
    memory, flickers = Memory(case.engine.device), (Flicker(), Flicker())
    moments: list[float] = []

    def seen(moment: Moment) -> None:
        moments.append(time.perf_counter())
        memory.sample()
        if moment.original.index < CLIP:
            for flicker, luma in zip(flickers, moment.luma, strict=True):
                flicker.add(luma)

    with open_source(case.clip) as source:
        Pipeline(LoopedSource(source, case.clip, case.frames), Enhancer(case.engine, EnhanceOptions()), sink, seen).run()
    moments.append(time.perf_counter())  # including frames the encoder still held
    case.flicker[name] = flickers[0].index, flickers[1].index
    return paced(moments, memory.peak_mb)


def haze_scan(case: Case) -> Timing:
    """A key frame every ten seconds of a recording: found, decoded, measured. 20 a second are 200 times real time."""
    pictures = scanned(make_clip(case.folder, case.height, case.width, round(RECORDED * 25)))

    def measure() -> float:
        return case.engine.estimate(next(pictures)).field.meter().haze

    return case.timed(measure)


def scanned(path: Path) -> Iterator[Frame]:
    """What the haze scan of a recording looks at, again and again."""
    while True:
        with KeyFrames(path, RECORDED) as frames:
            yield from (found.frame for found in frames.pictures(0.0, 10.0) if found is not None)


def start(case: Case) -> Timing:
    """A fresh process: from its start to the first dehazed frame, everything loaded. The network was converted before."""
    script = ("import sys\nfrom dehazer.config import EngineOptions\nfrom dehazer.engine.engine import Engine\n"
              "from dehazer.frames.rgb import packed_bgra\nfrom dehazer.sources import open_source\n"
              "path, model, weights, device, backend = sys.argv[1:]\n"
              "engine = Engine(EngineOptions(model, weights, device, backend=backend))\n"
              "frame = next(iter(open_source(path)))\n"
              "packed_bgra(engine.estimate(frame).field.apply(frame))\n")
    engine = case.engine
    weights = str(locate(engine.spec, engine.weights))
    arguments = [str(case.clip), engine.spec.name, weights, str(engine.device), engine.mode.backend]
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", script, *arguments], check=True, capture_output=True, timeout=120)
    ms = (time.perf_counter() - started) * 1000
    return Timing((ms,), fps=1000 / ms)


@dataclass(frozen=True)
class Scenario:
    """run: measures. kinds: of networks it makes sense for. network: whether one runs in it. whole: stands against eager.

    device: the only kind of device it makes sense on, empty for all.
    """

    name: str
    run: Callable[[Case], Timing]
    kinds: tuple[str, ...] = ("field",)
    network: bool = False
    whole: bool = False
    device: str = ""

    def suits(self, engine: Engine) -> bool:
        """Whether it can be measured with this engine."""
        return engine.spec.kind in self.kinds and self.device in ("", engine.device.type)


SCENARIOS = (
    Scenario("decode", decode),
    Scenario("analysis", analysis),
    Scenario("network", network, ("field", "image"), network=True, whole=True),
    Scenario("apply", apply),
    Scenario("copy", copy),
    Scenario("resident", resident, network=True, whole=True, device="cuda"),
    Scenario("paint", paint),
    Scenario("encode", encode),
    Scenario("decode_to_paint", decode_to_paint, network=True, whole=True),
    Scenario("decode_to_encode", decode_to_encode, network=True, whole=True),
    Scenario("haze_scan", haze_scan, network=True),
    Scenario("review_step", review_step, network=True),
    Scenario("review_back", review_back, network=True),
    Scenario("review_seek", review_seek, network=True),
    Scenario("review_drag", review_drag, network=True),
    Scenario("review_four", review_four, network=True),
    Scenario("start", start, network=True),
)


def eager(height: int, width: int, device: Device, seconds: float) -> Timing:
    """The reference of --against eager: the exact student at full size, plain fp32 torch, nothing optimised."""
    import torch

    student = model_spec("student").build().eval().to(str(device))
    rgb = torch.rand(1, 3, height, width, device=str(device))
    with torch.inference_mode():
        return timed(lambda: student(rgb), device, seconds, warm_ups=1 if device.type == "cuda" else 0, at_least=1)


def soak(case: Case, frames: int) -> dict[str, float]:
    """Memory of this process (MiB) after 200 frames and after all of `frames`, decoding, dehazing and painting."""
    seen: dict[int, float] = {}

    def note_memory(moment: object) -> None:
        seen[len(seen) + 1] = resident_mb()

    with open_source(case.clip) as source:
        Pipeline(LoopedSource(source, case.clip, frames), Enhancer(case.engine, EnhanceOptions()), PaintSink(), note_memory).run()
    first = min(200, frames)
    return {"frames": frames, "rss_mb_at_200": round(seen[first], 1), "rss_mb_at_end": round(seen[frames], 1),
            "growth_mb": round(seen[frames] - seen[first], 1)}


def scratch_folder() -> tempfile.TemporaryDirectory[str]:
    """Where clips and encoded files are kept while measuring."""
    return tempfile.TemporaryDirectory(prefix="dehazer-bench-")

