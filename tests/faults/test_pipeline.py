"""A pipeline whose parts raise, stall or are stopped: the original error within a second, and no thread left."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from dehazer.config import EngineOptions, EnhanceOptions
from dehazer.engine.engine import Engine
from dehazer.enhance import Enhancer, Moment
from dehazer.errors import Cancelled, DamagedInputError, EncoderError, ModelError, NoVideoError
from dehazer.field.haze_field import HazeField
from dehazer.frames.frame import Frame, VideoInfo, frame_from_rgb
from dehazer.pipeline import Pipeline, Report
from dehazer.sinks.base import Sink, SinkResult
from dehazer.sources.base import Source
from tests.pictures import rgb_picture

PICTURE = rgb_picture(64, 96)
SOON = 5.0  # seconds in which every error must have surfaced, on a busy machine too; whatever hangs here hangs for 20


class Script(Source):
    """Frames 0, 1, 2 …; `act(index)` runs before each and may raise or wait."""

    def __init__(self, count: int = 20, act: Callable[[int], None] = lambda index: None, live: bool = False) -> None:
        first = frame_from_rgb(PICTURE)
        self.info = VideoInfo(first.width, first.height, first.format, live=live, name="script")
        self.count, self.act = count, act
        self.closed = threading.Event()

    def __iter__(self) -> Iterator[Frame]:
        for index in range(self.count):
            self.act(index)
            if self.closed.is_set():
                return
            yield frame_from_rgb(PICTURE, index, pts=40 * index)

    def close(self) -> None:
        self.closed.set()


class Memory(Sink):
    """Keeps frames; `act(index)` runs before each and may raise or wait."""

    def __init__(self, act: Callable[[int], None] = lambda index: None) -> None:
        self.frames: list[Frame] = []
        self.act, self.ended = act, ""

    def write(self, frame: Frame) -> None:
        self.act(frame.index)
        self.frames.append(frame)

    def finish(self) -> SinkResult:
        self.ended = "finished"
        return SinkResult(None, len(self.frames))

    def stop(self) -> SinkResult:
        self.ended = "stopped"
        return SinkResult(None, len(self.frames), complete=False)

    def discard(self) -> None:
        self.ended = self.ended or "discarded"


@pytest.fixture
def enhancer(random_weights: object) -> Enhancer:
    return Enhancer(Engine(EngineOptions(device="cpu", backend="torch")), EnhanceOptions())


@pytest.fixture(autouse=True)
def no_thread_stays() -> Iterator[None]:
    yield
    deadline = time.monotonic() + SOON
    while (left := [t.name for t in threading.enumerate() if t.name.startswith("dehazer-")]) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert left == []


def raise_at(index: int, error: BaseException) -> Callable[[int], None]:
    def act(now: int) -> None:
        if now == index:
            raise error
    return act


def run(source: Source, enhancer: Enhancer, sink: Sink, observer: Callable[[Moment], None] | None = None) -> Report:
    with source, sink:
        return Pipeline(source, enhancer, sink, observer).run()


def test_every_frame_arrives_once_and_in_order(enhancer: Enhancer) -> None:
    sink = Memory()
    report = run(Script(20), enhancer, sink)
    assert [f.index for f in sink.frames] == list(range(20))
    assert [f.pts for f in sink.frames] == [40 * i for i in range(20)]
    assert (report.frames, report.complete, sink.ended) == (20, True, "finished")
    assert report.haze is not None
    assert 0 <= report.haze <= 1
    assert report.engine["model"] == "field"


@pytest.mark.parametrize("index", [0, 1, 7])
def test_an_error_of_the_reader_surfaces_unchanged(enhancer: Enhancer, index: int) -> None:
    error, sink = DamagedInputError("broken"), Memory()
    started = time.monotonic()
    with pytest.raises(DamagedInputError) as caught:
        run(Script(act=raise_at(index, error)), enhancer, sink)
    assert caught.value is error
    assert sink.ended == "discarded"
    assert time.monotonic() - started < SOON + 0.05 * index


@pytest.mark.parametrize("index", [0, 1, 7])
def test_an_error_of_the_writer_surfaces_unchanged(enhancer: Enhancer, index: int) -> None:
    error = EncoderError("disk full")
    with pytest.raises(EncoderError) as caught:
        run(Script(), enhancer, Memory(raise_at(index, error)))
    assert caught.value is error


@pytest.mark.parametrize("index", [0, 1, 7])
def test_an_error_of_the_network_surfaces_unchanged(enhancer: Enhancer, index: int, monkeypatch: pytest.MonkeyPatch) -> None:
    estimate, error = enhancer.engine.estimate, ModelError("not finite")

    def failing(frame: Frame, *more: int) -> object:
        raise_at(index, error)(frame.index)
        return estimate(frame, *more)

    monkeypatch.setattr(enhancer.engine, "estimate", failing)
    with pytest.raises(ModelError) as caught:
        run(Script(), enhancer, Memory())
    assert caught.value is error


@pytest.mark.parametrize("index", [0, 1, 7])
def test_an_error_of_applying_surfaces_unchanged(enhancer: Enhancer, index: int, monkeypatch: pytest.MonkeyPatch) -> None:
    apply, error = HazeField.apply, MemoryError()

    def failing(field: HazeField, frame: Frame) -> Frame:
        raise_at(index, error)(frame.index)
        return apply(field, frame)

    monkeypatch.setattr(HazeField, "apply", failing)
    with pytest.raises(MemoryError) as caught:
        run(Script(), enhancer, Memory())
    assert caught.value is error


def test_an_error_of_the_observer_surfaces_unchanged(enhancer: Enhancer) -> None:
    error = RuntimeError("a bug of the caller")

    def observer(moment: Moment) -> None:
        raise error

    with pytest.raises(RuntimeError) as caught:
        run(Script(), enhancer, Memory(), observer)
    assert caught.value is error


def test_an_error_surfaces_while_the_reader_is_stuck(enhancer: Enhancer) -> None:
    """The source waits for a network that does not answer; closing it ends the wait."""
    source = Script()
    source.act = lambda index: None if index < 3 else source.closed.wait(20) and None
    started = time.monotonic()
    with pytest.raises(EncoderError):
        run(source, enhancer, Memory(raise_at(1, EncoderError("disk full"))))
    assert time.monotonic() - started < 2 * SOON


def test_cancel_finishes_what_was_read_and_keeps_it(enhancer: Enhancer) -> None:
    sink, source = Memory(), Script(10_000)
    with source, sink:
        pipeline = Pipeline(source, enhancer, sink, lambda moment: pipeline.cancel() if moment.original.index == 5 else None)
        report = pipeline.run()
    assert not report.complete
    assert sink.ended == "stopped"
    assert 6 <= report.frames <= 14
    assert [f.index for f in sink.frames] == list(range(report.frames))


def test_cancel_ends_a_stuck_reader(enhancer: Enhancer) -> None:
    source = Script()
    source.act = lambda index: None if index < 3 else source.closed.wait(20) and None
    sink = Memory()
    with source, sink:
        pipeline = Pipeline(source, enhancer, sink, lambda moment: pipeline.cancel())
        started = time.monotonic()
        report = pipeline.run()
    assert time.monotonic() - started < 3 * SOON
    assert report.frames == 3


def test_abort_discards(enhancer: Enhancer) -> None:
    sink, source = Memory(), Script(10_000)
    with source, sink:
        pipeline = Pipeline(source, enhancer, sink, lambda moment: pipeline.abort())
        with pytest.raises(Cancelled):
            pipeline.run()
    assert sink.ended == "discarded"


def test_an_empty_source_is_an_input_error(enhancer: Enhancer) -> None:
    sink = Memory()
    with pytest.raises(NoVideoError, match="script"):
        run(Script(0), enhancer, sink)
    assert sink.ended == "discarded"


def test_a_stop_after_the_last_frame_was_read_comes_too_late(enhancer: Enhancer) -> None:
    sink, source = Memory(), Script(3)
    with source, sink:
        pipeline = Pipeline(source, enhancer, sink, lambda moment: time.sleep(0.2) or pipeline.cancel())
        report = pipeline.run()
    assert (report.complete, report.frames, sink.ended) == (True, 3, "finished")


def test_a_live_source_drops_the_oldest_and_counts(enhancer: Enhancer) -> None:
    """A slow sink behind a fast camera: the newest picture wins, nothing waits, every frame is accounted for."""
    sink = Memory(lambda index: time.sleep(0.03))
    report = run(Script(60, act=lambda index: time.sleep(0.004), live=True), enhancer, sink)
    assert report.dropped["late"] > 0
    assert report.frames + report.dropped["late"] == 60
    assert sink.frames[-1].index == 59


def test_stages_overlap(enhancer: Enhancer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three threads that each need 10 ms a frame take about 10 ms a frame together, not 30."""
    moment = enhancer(frame_from_rgb(PICTURE))
    busy: list[tuple[str, float, float]] = []

    def work(name: str) -> None:
        started = time.monotonic()
        time.sleep(0.01)
        busy.append((name, started, time.monotonic()))

    monkeypatch.setattr(Enhancer, "__call__", lambda self, frame: work("compute") or moment)
    run(Script(30, act=lambda index: work("reader")), enhancer, Memory(lambda index: work("writer")))
    together = sum(a[1] < b[2] and b[1] < a[2] for a in busy for b in busy if a[0] == "reader" and b[0] == "writer")
    assert together >= 15
