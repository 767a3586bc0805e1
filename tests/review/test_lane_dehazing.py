"""A picture at rest is dehazed on its own; in play it may use the haze field of the one before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from dehazer.config import EngineOptions, EnhanceOptions
from dehazer.engine.engine import Engine
from dehazer.errors import Cancelled
from dehazer.frames.frame import Frame
from dehazer.live.shared_engine import SharedEngine
from dehazer.review.camera_pictures import FoundPicture
from dehazer.review.lane_dehazing import LaneDehazing
from dehazer.review.recording import Recording
from dehazer.sources.file import FileSource

RECORDING = Recording(Path("gate.mp4"), "gate", datetime(2024, 3, 10, tzinfo=UTC), 1.0, "name", 1, 1, rate=Fraction(25))


@pytest.fixture
def shared(random_weights: Path) -> Iterator[SharedEngine]:
    with SharedEngine(Engine(EngineOptions("field", device="cpu", backend="torch"))) as engine:
        yield engine


@pytest.fixture
def pictures(film: Path) -> list[FoundPicture]:
    with FileSource(film) as source:
        return [FoundPicture(frame, RECORDING, RECORDING.start, frame.index, True, source.info) for frame in source]


def never() -> bool:
    return False


def pixels(frame: Frame) -> np.ndarray:
    return np.concatenate([np.ravel(plane) for plane in frame.planes])


def test_at_rest_the_past_does_not_matter(shared: SharedEngine, pictures: list[FoundPicture]) -> None:
    options = EnhanceOptions(temporal=1.0)
    alone = LaneDehazing(shared, options, never).moment(pictures[9], flowing=False)
    dehazing = LaneDehazing(shared, options, never)
    for found in pictures[:9]:
        dehazing.moment(found, flowing=True)
    flowing = dehazing.moment(pictures[9], flowing=True)
    resting = dehazing.moment(pictures[9], flowing=False, fresh=False)
    assert np.array_equal(pixels(resting.result), pixels(alone.result))
    assert not np.array_equal(pixels(flowing.result), pixels(alone.result))


def test_in_play_a_field_may_be_used_again(shared: SharedEngine, pictures: list[FoundPicture]) -> None:
    dehazing = LaneDehazing(shared, EnhanceOptions(), never)
    for place, found in enumerate(pictures[:6]):
        dehazing.moment(found, flowing=True, fresh=place % 3 == 0)
    assert shared.frames == 2


def test_a_picture_is_not_computed_twice(shared: SharedEngine, pictures: list[FoundPicture]) -> None:
    dehazing = LaneDehazing(shared, EnhanceOptions(), never)
    first = dehazing.moment(pictures[0], flowing=False)
    assert dehazing.moment(pictures[0], flowing=False) is first
    assert dehazing.moment(pictures[0], flowing=True) is first
    dehazing.options = EnhanceOptions(strength=0)
    assert dehazing.moment(pictures[0], flowing=False) is not first
    assert shared.frames == 2


def test_waiting_for_an_engine_can_be_given_up(random_weights: Path, pictures: list[FoundPicture]) -> None:
    class Loading(SharedEngine):
        def loaded(self, timeout: float) -> bool:
            return False

    with Loading(Engine(EngineOptions("field", device="cpu", backend="torch"))) as engine, pytest.raises(Cancelled):
        LaneDehazing(engine, EnhanceOptions(), lambda: True).moment(pictures[0], flowing=False)
