"""Several cameras on one engine: answered together, isolated from each other."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dehazer.config import EngineOptions, EnhanceOptions
from dehazer.engine.engine import Engine
from dehazer.engine.estimate import Estimate
from dehazer.errors import DeviceError, ModelError, WeightsError
from dehazer.frames.frame import Frame
from dehazer.live.session import LiveSession
from dehazer.live.shared_engine import SharedEngine
from dehazer.runtime.backoff import Backoff
from dehazer.sources.request import SourceRequest
from tests.live.test_session import looped, paint
from tests.pictures import random_frame
from tests.servers import HttpCamera, SilentServer
from tests.waiting import PATIENCE, InThread, until


def ask_together(shared: SharedEngine, frames: list, lines: list[int]) -> list:  # type: ignore[type-arg]
    """Everybody asks at the same time; answers, or the error that each one got, in order."""
    answers: list[object] = [None] * len(frames)

    def ask(index: int) -> None:
        try:
            answers[index] = shared.estimate(frames[index], lines[index])
        except ModelError as error:
            answers[index] = error

    threads = [threading.Thread(target=ask, args=(i,)) for i in range(len(frames))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return answers


def test_answers_are_those_of_the_engine_itself(engine: Engine) -> None:
    frames = [random_frame("yuv420p", 96, 128, seed=i) for i in range(5)] + [random_frame("gray", 72, 72, seed=9)]
    lines = [448, 448, 320, 448, 448, 448]
    alone = [engine.estimate(f, n) for f, n in zip(frames, lines, strict=True)]
    with SharedEngine(engine) as shared:
        assert shared.gives_field
        assert shared.describe() == engine.describe()
        for one, other in zip(alone, ask_together(shared, frames, lines), strict=True):
            assert one.field.grid == other.field.grid
            assert np.abs(one.field.gain - other.field.gain).max() < 1e-4
        assert shared.frames == 6
        assert shared.calls <= 6


def test_who_waits_is_answered_in_one_call(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    estimate, gate = engine.estimate_many, threading.Event()
    monkeypatch.setattr(engine.backend, "batches", True)  # as on a GPU

    def gated(*arguments: object) -> object:
        assert gate.wait(PATIENCE)
        return estimate(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "estimate_many", gated)
    frames = [random_frame("yuv420p", 96, 128, seed=i) for i in range(5)]
    with SharedEngine(engine) as shared, InThread(lambda: ask_together(shared, frames, [448] * 5)):
        until(lambda: shared.calls and shared.frames + len(shared._waiting) == 5)
        gate.set()
        until(lambda: shared.frames == 5)
        assert shared.calls <= 2  # the first, alone or with others, then all who came meanwhile


def test_one_bad_frame_fails_for_its_own_camera_only(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    estimate = engine.estimate_many
    monkeypatch.setattr(engine.backend, "batches", True)

    def picky(frames: list, lines: int) -> object:  # type: ignore[type-arg]
        if any(f.index == 2 for f in frames):
            raise ModelError("The network answered with numbers that are not finite.")
        return estimate(frames, lines)

    monkeypatch.setattr(engine, "estimate_many", picky)
    with SharedEngine(engine) as shared:
        answers = ask_together(shared, [random_frame("yuv420p", 96, 128, index=i) for i in range(4)], [448] * 4)
    assert [isinstance(a, ModelError) for a in answers] == [False, False, True, False]


def test_who_waits_when_it_is_closed_is_told(engine: Engine) -> None:
    shared = SharedEngine(engine)
    shared.close()
    with pytest.raises(DeviceError, match="closed"):
        shared.estimate(random_frame("yuv420p", 96, 128))


def test_loading_happens_once_in_the_background_and_its_failure_reaches_everybody(random_weights: Path) -> None:
    with SharedEngine(EngineOptions(device="cpu")) as shared:
        assert shared.describe()["model"] == "field"
        assert shared.ready() is shared.ready()
    with SharedEngine(EngineOptions(weights="nothing")) as broken:
        for _ in range(2):
            with pytest.raises(WeightsError):
                broken.estimate(random_frame("yuv420p", 96, 128))


class Sessions(list[LiveSession]):
    """Sessions on one engine, as a window with several cameras holds them."""

    def __init__(self, engine: SharedEngine) -> None:
        super().__init__()
        self.engine = engine

    def add(self, where: str | SourceRequest, options: EnhanceOptions | None = None, **more: Any) -> LiveSession:
        self.append(LiveSession(where, self.engine, options, **more))
        self[-1].start()
        return self[-1]

    def stop(self) -> None:
        for session in self:
            session.end()
        for session in self:
            session.stop()


@contextmanager
def sessions_on(engine: Engine | EngineOptions) -> Iterator[Sessions]:
    with SharedEngine(engine) as shared:
        sessions = Sessions(shared)
        try:
            yield sessions
        finally:
            sessions.stop()


def test_each_camera_has_its_own_look_and_past(film: Path, engine: Engine) -> None:
    with sessions_on(engine) as sessions:
        plain = sessions.add(looped(film), EnhanceOptions(strength=0))
        strong = sessions.add(looped(film), EnhanceOptions(strength=100))
        a, b = paint(plain), paint(strong)
        assert (a.result.planes[0] == a.original.planes[0]).all()
        assert not (b.result.planes[0] == b.original.planes[0]).all()


def test_a_camera_that_is_frozen_failing_or_silent_costs_the_others_nothing(film: Path, engine: Engine) -> None:
    with HttpCamera() as freezing, HttpCamera(password="x") as locked, SilentServer() as silent, sessions_on(engine) as sessions:
        good = [sessions.add(looped(film)) for _ in range(2)]
        paused_view = sessions.add(SourceRequest(freezing.url, deadline=30), backoff=Backoff(0.2))
        refused = sessions.add(SourceRequest(locked.url))
        mute = sessions.add(SourceRequest(silent.url, deadline=30))
        nobody = sessions.add("camera:97", backoff=Backoff(0.2, 0.2))
        until(lambda: paused_view.state.kind == "live" and refused.state.kind == "failed" and nobody.state.attempt > 1, 15)
        freezing.stalled.set()
        counts = [s.snapshot().flow.computed for s in good]
        until(lambda: all(s.snapshot().flow.computed - c >= 5 for s, c in zip(good, counts, strict=True)), 15)
        assert all(s.state.kind == "live" for s in good)
        assert mute.state.kind == "opening"
        sessions.stop()
        assert not any(s.running for s in sessions)


def test_a_stopped_camera_leaves_the_others_running(film: Path, engine: Engine) -> None:
    with sessions_on(engine) as sessions:
        first, second = sessions.add(looped(film)), sessions.add(looped(film))
        paint(first)
        paint(second)
        first.stop()
        second.take()
        paint(second)
        assert not first.running
        assert second.running


def test_stopping_does_not_wait_for_a_model_that_still_loads(film: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()

    def slow(_: EngineOptions) -> Engine:
        gate.wait(30)
        return engine

    monkeypatch.setattr("dehazer.live.shared_engine.Engine", slow)
    with sessions_on(EngineOptions(device="cpu")) as sessions:
        session = sessions.add(looped(film))
        until(lambda: "Loading the model field" in session.state.sentence)
        sessions.stop()
        assert not session.running
        assert not gate.is_set()
        gate.set()


def test_an_unforeseen_error_of_one_frame_leaves_the_engine_alive(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    estimate = engine.estimate_many
    monkeypatch.setattr(engine.backend, "batches", True)  # as on a GPU

    def picky(frames: list[Frame], lines: int) -> object:
        if len(frames) > 1:
            raise ModelError("One of these frames is bad.")
        if frames[0].height == 72:
            raise ValueError("nobody thought of this")
        return estimate(frames, lines)

    monkeypatch.setattr(engine, "estimate_many", picky)
    frames = [random_frame("yuv420p", height, 96) for height in (96, 72, 96, 72)]
    answers: list[object] = [None] * len(frames)

    def ask(index: int) -> None:
        try:
            answers[index] = shared.estimate(frames[index])
        except (ModelError, ValueError) as error:
            answers[index] = error

    with SharedEngine(engine) as shared:
        threads = [threading.Thread(target=ask, args=(i,)) for i in range(len(frames))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
    assert [isinstance(a, ValueError) for a in answers] == [False, True, False, True]
    assert all(isinstance(a, Estimate) for a in answers[::2])
