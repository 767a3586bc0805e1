"""What an enhancer keeps from frame to frame."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dehazer.config import EngineOptions, EnhanceOptions
from dehazer.engine.engine import Engine
from dehazer.enhance import AnalysisSettings, Enhancer
from tests.pictures import random_frame


@pytest.fixture
def engine(random_weights: Path) -> Engine:
    return Engine(EngineOptions("field", device="cpu", backend="torch"))


def test_a_field_is_used_again_but_strength_counts_at_once(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    calls, estimate = [], engine.estimate
    monkeypatch.setattr(engine, "estimate", lambda frame, lines, _: calls.append((frame.index, lines)) or estimate(frame, lines))
    enhancer = Enhancer(engine, EnhanceOptions(temporal=0))
    enhancer.analysis = AnalysisSettings(lines=224, reuse=4)
    frames = [replace(random_frame("yuv420p", 96, 128, seed=7, low=0.3, high=0.6), index=i, pts=40 * i) for i in range(9)]
    results = [enhancer(f) for f in frames[:8]]
    assert calls == [(0, 224), (4, 224)]
    assert np.array_equal(results[0].result.planes[0], results[3].result.planes[0])
    enhancer.options = EnhanceOptions(temporal=0, strength=0)
    assert enhancer(frames[8]).result is frames[8]


def test_a_jump_of_the_picture_ends_the_use_of_a_field(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    calls, estimate = [], engine.estimate
    monkeypatch.setattr(engine, "estimate", lambda frame, lines, _: calls.append(frame.index) or estimate(frame, lines))
    enhancer = Enhancer(engine, EnhanceOptions())
    enhancer.analysis = AnalysisSettings(reuse=100)
    dark = random_frame("yuv420p", 96, 128, low=0.2, high=0.3, index=0)
    bright = random_frame("yuv420p", 96, 128, low=0.6, high=0.7, index=1)
    other = random_frame("yuv420p", 128, 96, low=0.6, high=0.7, index=2)
    for frame in (dark, bright, bright, other, other):
        enhancer(frame)
    assert calls == [0, 1, 2]
    enhancer.reset()
    enhancer(other)
    assert calls == [0, 1, 2, 2]


def test_fewer_lines_make_a_smaller_grid(engine: Engine) -> None:
    frame = random_frame("yuv420p", 720, 1280)
    grids = [engine.estimate(frame, lines).field.grid for lines in (448, 320, 224)]
    assert grids == [(56, 100), (40, 72), (28, 48)]


def test_another_enhancer_goes_on_exactly_where_one_stopped(engine: Engine) -> None:
    options = EnhanceOptions(temporal=0.9, bypass=40, strength=80)
    frames = [replace(random_frame("yuv420p", 96, 128, seed=i // 2, low=0.4, high=0.5), index=i, pts=40 * i) for i in range(8)]
    one = Enhancer(engine, options)
    one.state_every = 3
    moments = [one(frame) for frame in frames]
    assert [moment.state is not None for moment in moments] == [False, False, True] * 2 + [False] * 2
    other = Enhancer(engine, options)
    other.restore(moments[5].state or b"")
    for frame, moment in zip(frames[6:], moments[6:], strict=True):
        again = other(frame)
        assert all(np.array_equal(a, b) for a, b in zip(again.result.planes, moment.result.planes, strict=True))
        assert again.bypassed == moment.bypassed
