"""A pipeline whose parts raise, stall or are stopped: the original error, and no thread left."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dehazer.config import EngineOptions, EnhanceOptions
from dehazer.engine.engine import Engine
from dehazer.enhance import Enhancer
from dehazer.errors import Cancelled, DamagedInputError, EncoderError, ModelError, NoVideoError
from dehazer.field.haze_field import HazeField
from dehazer.frames.frame import Frame, VideoInfo, frame_from_rgb
from dehazer.moment import Moment
from dehazer.pipeline import Pipeline, Report
from dehazer.runtime.stats import Flicker
from dehazer.sinks.base import Sink, SinkResult
from dehazer.sources.base import Source
from tests.pictures import rgb_picture
from tests.waiting import threads_of_the_program, until

PICTURE = rgb_picture(64, 96)
pytestmark = pytest.mark.timeout(60)  # whatever hangs fails by this


class Script(Source):
    """Frames 0, 1, 2 …; `act(index)` runs before each and may raise or wait. ended: set behind the last one."""

    def __init__(self, count: int = 20, act: Callable[[int], None] = lambda index: None, live: bool = False) -> None:
        first = frame_from_rgb(PICTURE)
        self.info = VideoInfo(first.width, first.height, first.format, live=live, name="script")
        self.count, self.act = count, act
        self.closed, self.ended = threading.Event(), threading.Event()

    def __iter__(self) -> Iterator[Frame]:
        for index in range(self.count):
            self.act(index)
            if self.closed.is_set():
                return
            yield frame_from_rgb(PICTURE, index, pts=40 * index)
        self.ended.set()

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


@pytest.fixture(scope="module")
def engine(random_weights_folder: Path) -> Engine:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dehazer.models.weights.FOLDER", random_weights_folder)
        return Engine(EngineOptions(device="cpu", backend="torch"))


@pytest.fixture
def enhancer(engine: Engine) -> Enhancer:
    return Enhancer(engine, EnhanceOptions())


@pytest.fixture(autouse=True)
def no_thread_stays() -> Iterator[None]:
    yield
    until(lambda: not threads_of_the_program())


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
    assert report.engine["model"] == "field"


def test_haze_and_flicker_of_the_report_are_those_of_the_moments(enhancer: Enhancer) -> None:
    moments: list[Moment] = []
    report = run(Script(8), enhancer, Memory(), moments.append)
    assert report.haze == pytest.approx(np.mean([m.meter.haze for m in moments if m.meter]))
    for side, index in enumerate(report.flicker):
        flicker = Flicker()
        for moment in moments:
            flicker.add(moment.luma[side])
        assert index == flicker.index


@pytest.mark.parametrize("index", [0, 1, 7])
def test_an_error_of_the_reader_surfaces_unchanged(enhancer: Enhancer, index: int) -> None:
    error, sink = DamagedInputError("broken"), Memory()
    with pytest.raises(DamagedInputError) as caught:
        run(Script(act=raise_at(index, error)), enhancer, sink)
    assert caught.value is error
    assert sink.ended == "discarded"


@pytest.mark.parametrize("index", [0, 1, 7])
def test_an_error_of_the_writer_surfaces_unchanged(enhancer: Enhancer, index: int) -> None:
    error = EncoderError("disk full")
    with pytest.raises(EncoderError) as caught:
        run(Script(), enhancer, Memory(raise_at(index, error)))
    assert caught.value is error


@pytest.mark.parametrize("index", [0, 1, 7])
def test_an_error_of_the_network_surfaces_unchanged(enhancer: Enhancer, index: int, monkeypatch: pytest.MonkeyPatch) -> None:
    estimate, error = enhancer.engine.estimate, ModelError("not finite")

    def failing(frame: Frame, *more: Any) -> object:
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


def stuck_source() -> Script:
    """It waits, from its fourth frame on, for a network that does not answer; only closing it ends the wait."""
    source = Script()
    source.act = lambda index: None if index < 3 else source.closed.wait() and None
    return source


def test_an_error_surfaces_while_the_reader_is_stuck(enhancer: Enhancer) -> None:
    with pytest.raises(EncoderError):
        run(stuck_source(), enhancer, Memory(raise_at(1, EncoderError("disk full"))))


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
    source, sink = stuck_source(), Memory()
    with source, sink:
        pipeline = Pipeline(source, enhancer, sink, lambda moment: pipeline.cancel())
        report = pipeline.run()
    assert report.frames == 3
    assert not report.complete


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
    def stop_late(moment: Moment) -> None:
        until(lambda: "dehazer-reader" not in threads_of_the_program())
        pipeline.cancel()

    sink, source = Memory(), Script(3)
    with source, sink:
        pipeline = Pipeline(source, enhancer, sink, stop_late)
        report = pipeline.run()
    assert (report.complete, report.frames, sink.ended) == (True, 3, "finished")


def test_a_live_source_drops_the_oldest_and_counts(enhancer: Enhancer) -> None:
    """A sink that stands still behind a camera: the newest picture wins, nothing waits, every frame is accounted for."""
    source = Script(60, live=True)
    sink = Memory(lambda index: source.ended.wait(20) and None)
    report = run(source, enhancer, sink)
    assert report.dropped["late"] >= 60 - 6  # at most one in each thread and in each channel before the sink
    assert report.frames + report.dropped["late"] == 60
    assert sink.frames[-1].index == 59
