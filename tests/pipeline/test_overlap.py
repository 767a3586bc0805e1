"""The threads of a pipeline work at the same time: stages meet at barriers, and one that took turns would never arrive."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest

from dehazer.config import EnhanceOptions
from dehazer.engine.estimate import Begun, Estimate
from dehazer.enhance import Enhancer
from dehazer.field.haze_field import HazeField
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.pipeline import Pipeline
from dehazer.sinks.base import Sink, SinkResult
from dehazer.sources.base import Source
from tests.pictures import random_frame
from tests.waiting import MOMENT, InThread, until

FRAMES = 20
Work = Callable[[str, int], None]
"""Called as (stage, number of the frame) by every stage before its work on a frame."""


class WorkingSource(Source):
    def __init__(self, work: Work, live: bool = False, count: int = FRAMES) -> None:
        self.work, self.count, self.frame = work, count, random_frame("yuv420p", 32, 32)
        self.info = VideoInfo(32, 32, self.frame.format, name="working", live=live)

    def __iter__(self) -> Iterator[Frame]:
        for index in range(self.count):
            self.work("read", index)
            yield replace(self.frame, index=index)

    def close(self) -> None:
        return


class WorkingField(HazeField):
    """A field that works when it is applied."""

    work: Work

    def apply(self, frame: Frame) -> Frame:
        self.work("apply", frame.index)
        return frame.with_planes(frame.planes)


class WorkingEngine:
    """An engine without a network: for fields, or for pictures."""

    warnings: tuple[str, ...] = ()

    def __init__(self, work: Work, gives_field: bool = True, at_once: int = 1) -> None:
        self.work, self.gives_field, self.at_once = work, gives_field, at_once

    def begin(self, frame: Frame, lines: int = 0) -> None:
        self.work("begin", frame.index)

    def restore(self, frame: Frame, strength: float = 1.0) -> Frame:
        self.work("compute", frame.index)
        return frame

    def estimate(self, frame: Frame, lines: int = 0, begun: Begun | None = None) -> Estimate:
        self.work("compute", frame.index)
        field = WorkingField(np.full((1, 2, 2), 2, np.float32), np.zeros((3, 2, 2), np.float32))
        object.__setattr__(field, "work", self.work)
        return Estimate(field, np.zeros((3, 4, 4), np.float32))

    def apply(self, field: HazeField, frame: Frame) -> Frame:
        raise AssertionError("frames in main memory are corrected by the field itself")

    def upload(self, frame: Frame) -> Frame:
        return frame

    def download(self, frame: Frame) -> Frame:
        return frame

    def describe(self) -> dict[str, str]:
        return {}


class WorkingSink(Sink):
    def __init__(self, work: Work) -> None:
        self.work, self.frames = work, 0

    def write(self, frame: Frame) -> None:
        self.work("write", frame.index)
        self.frames += 1

    def finish(self) -> SinkResult:
        return SinkResult(None, self.frames)

    def discard(self) -> None:
        return


def pipeline(work: Work, gives_field: bool = True, live: bool = False, count: int = FRAMES, at_once: int = 1) -> Pipeline:
    options = EnhanceOptions(temporal=0, bypass=0, strength=100)
    engine = WorkingEngine(work, gives_field, at_once)
    return Pipeline(WorkingSource(work, live, count), Enhancer(engine, options), WorkingSink(work))


class Meeting:
    """Stages that meet, each one frame behind the stage before it, for every frame there is."""

    def __init__(self, *stages: str) -> None:
        self.stages = stages
        self.barrier = threading.Barrier(len(stages), timeout=20)
        self.met = 0

    def __call__(self, stage: str, index: int) -> None:
        if stage not in self.stages:
            return
        behind = len(self.stages) - 1 - self.stages.index(stage)
        if behind <= index < FRAMES - (len(self.stages) - 1) + behind and self.barrier.wait() == 0:
            self.met += 1


def test_the_field_of_the_next_frame_is_estimated_while_one_is_applied() -> None:
    meeting = Meeting("compute", "apply")
    assert pipeline(meeting).run().frames == FRAMES
    assert meeting.met == FRAMES - 1


def test_all_four_threads_work_at_the_same_time() -> None:
    meeting = Meeting("read", "compute", "apply", "write")
    assert pipeline(meeting).run().frames == FRAMES
    assert meeting.met == FRAMES - 3


def test_a_network_for_pictures_computes_while_the_next_is_read_and_the_last_is_written() -> None:
    meeting = Meeting("read", "compute", "write")
    assert pipeline(meeting, gives_field=False).run().frames == FRAMES
    assert meeting.met == FRAMES - 2


def test_no_live_frame_is_estimated_to_grow_old_before_a_slow_application() -> None:
    seen: list[int] = []
    third, may_apply = threading.Event(), threading.Event()

    def work(stage: str, index: int) -> None:
        if stage == "compute":
            seen.append(index)
            third.set() if len(seen) == 3 else None
        elif stage == "apply":
            assert may_apply.wait(20)
        elif index in (1, 100):  # the camera goes on when the first frame is computed, and when the second is
            until(lambda: len(seen) == min(index, 2))

    live = pipeline(work, live=True, count=200)
    with InThread(live.run):
        until(lambda: live.drops.get("late", 0) > 150)
        assert not third.wait(MOMENT)  # one is being applied, one waits; a third would be older than need be in its turn
        may_apply.set()
    assert third.is_set()


def test_frames_arrive_once_and_in_order_whatever_overlaps() -> None:
    order: dict[str, list[int]] = {"read": [], "compute": [], "apply": [], "write": []}
    pipeline(lambda stage, index: order[stage].append(index)).run()
    assert order == {stage: list(range(FRAMES)) for stage in order}


@pytest.mark.parametrize(("live", "at_once", "ahead"), [(False, 2, 2), (False, 1, 0), (True, 2, 0)])
def test_frames_of_files_are_begun_before_their_turn(live: bool, at_once: int, ahead: int) -> None:
    order: list[tuple[str, int]] = []

    def note(stage: str, index: int) -> None:
        if stage in ("begin", "compute"):
            order.append((stage, index))

    pipeline(note, live=live, at_once=at_once).run()
    begun = [index for stage, index in order if stage == "begin"]
    computed = [index for stage, index in order if stage == "compute"]
    assert computed == sorted(computed)
    assert begun == (computed if ahead else [])
    for place, (stage, index) in enumerate(order):
        if stage == "compute" and ahead:
            assert {i for s, i in order[:place] if s == "begin"} >= set(range(min(index + ahead, FRAMES - 1) + 1))
