"""The threads of a pipeline overlap: taking turns, they would run at half the pace of the slowest stage alone."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from dehazer.config import EnhanceOptions
from dehazer.engine.engine import Estimate
from dehazer.enhance import Enhancer
from dehazer.field.haze_field import HazeField
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.pipeline import Pipeline
from dehazer.sinks.base import Sink, SinkResult
from dehazer.sources.base import Source
from tests.pictures import random_frame

FRAMES = 20
QUICK, SLOW = 0.025, 0.04
"""Seconds; stages wait instead of working, so that the number of cores and other programs do not matter."""


class Slow(Source):
    def __init__(self, seconds: float) -> None:
        self.seconds, self.frame = seconds, random_frame("yuv420p", 32, 32)
        self.info = VideoInfo(32, 32, self.frame.format, name="slow")

    def __iter__(self) -> Iterator[Frame]:
        for _ in range(FRAMES):
            time.sleep(self.seconds)
            yield self.frame

    def close(self) -> None:
        return


class SlowEngine:
    """An engine for pictures that waits and gives the frame back."""

    gives_field = False
    warnings: tuple[str, ...] = ()

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def restore(self, frame: Frame, strength: float = 1.0) -> Frame:
        time.sleep(self.seconds)
        return frame

    def estimate(self, frame: Frame, lines: int = 0) -> Estimate:
        raise AssertionError("not asked for")

    def apply(self, field: HazeField, frame: Frame) -> Frame:
        raise AssertionError("not asked for")

    def upload(self, frame: Frame) -> Frame:
        return frame

    def download(self, frame: Frame) -> Frame:
        return frame

    def describe(self) -> dict[str, str]:
        return {}


class SlowSink(Sink):
    def __init__(self, seconds: float) -> None:
        self.seconds, self.frames = seconds, 0

    def write(self, frame: Frame) -> None:
        time.sleep(self.seconds)
        self.frames += 1

    def finish(self) -> SinkResult:
        return SinkResult(None, self.frames)

    def discard(self) -> None:
        return


def alone(seconds: float) -> float:
    """Time the slowest stage takes for all frames when nothing else runs."""
    started = time.perf_counter()
    for _ in range(FRAMES):
        time.sleep(seconds)
    return time.perf_counter() - started


@pytest.mark.parametrize("slowest", ["reader", "compute", "writer"])
def test_the_chain_runs_at_the_pace_of_its_slowest_stage(slowest: str) -> None:
    read, compute, write = (SLOW if slowest == name else QUICK for name in ("reader", "compute", "writer"))
    ratios = []
    for _ in range(3):  # a machine that pauses for a moment must not decide
        started = time.perf_counter()
        report = Pipeline(Slow(read), Enhancer(SlowEngine(compute), EnhanceOptions()), SlowSink(write)).run()
        seconds = time.perf_counter() - started
        ratios.append(alone(SLOW) / seconds)
        assert report.frames == FRAMES
    assert max(ratios) >= 0.6, ratios


TWO, NOTHING, SMALL = np.full((1, 2, 2), 2, np.float32), np.zeros((3, 2, 2), np.float32), np.zeros((3, 4, 4), np.float32)


class SlowField(HazeField):
    """A field whose application to a picture takes its time."""

    def apply(self, frame: Frame) -> Frame:
        time.sleep(SLOW)
        return frame.with_planes(frame.planes)


class FieldEngine(SlowEngine):
    """An engine for fields that waits."""

    gives_field = True

    def estimate(self, frame: Frame, lines: int = 0) -> Estimate:
        time.sleep(self.seconds)
        return Estimate(SlowField(TWO, NOTHING), SMALL)


def test_the_field_of_the_next_frame_is_estimated_while_one_is_applied() -> None:
    ratios = []
    for _ in range(3):
        enhancer = Enhancer(FieldEngine(SLOW), EnhanceOptions(temporal=0))
        started = time.perf_counter()
        report = Pipeline(Slow(QUICK), enhancer, SlowSink(QUICK)).run()
        seconds = time.perf_counter() - started
        ratios.append(alone(SLOW) / seconds)
        assert report.frames == FRAMES
        assert report.busy["applied"] >= FRAMES * SLOW
    assert max(ratios) >= 0.65, ratios


class HeldField(SlowField):
    """A field that is applied when it may."""

    may = threading.Event()

    def apply(self, frame: Frame) -> Frame:
        assert self.may.wait(20)
        return frame


class CountingEngine(FieldEngine):
    """Counts the frames it has seen."""

    seen = 0

    def estimate(self, frame: Frame, lines: int = 0) -> Estimate:
        self.seen += 1
        return Estimate(HeldField(TWO, NOTHING), SMALL)


def test_no_live_frame_is_estimated_to_grow_old_before_a_slow_application() -> None:
    engine = CountingEngine(0.0)
    source = Slow(0.001)
    source.info = replace(source.info, live=True)
    pipeline = Pipeline(source, Enhancer(engine, EnhanceOptions(temporal=0)), SlowSink(0.0))
    thread = threading.Thread(target=pipeline.run)
    thread.start()
    time.sleep(0.5)
    seen = engine.seen
    HeldField.may.set()
    thread.join(20)
    assert seen == 2  # one is being applied, one waits; the third would be older than need be when its turn comes
