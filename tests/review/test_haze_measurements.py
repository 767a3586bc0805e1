"""Measurements of recordings: which are due coarsely, and what is known of a picture."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dehazer.review import Index, Recording
from dehazer.review.haze_measurements import HazeMeasurements, joined, sparse

NOON = datetime(2024, 3, 10, 12, tzinfo=UTC)


def recording(seconds: float, duration: float = 10.0, camera: str = "gate") -> Recording:
    start = NOON + timedelta(seconds=seconds)
    return Recording(Path(f"/x/{camera}_{seconds:g}.mp4"), camera, start, duration, "name", 1000, 1)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index(tmp_path / "index.sqlite3") as one:
        yield one


@pytest.fixture
def measurements(index: Index) -> HazeMeasurements:
    return HazeMeasurements(index, "field real", 10.0)


def test_of_short_recordings_one_in_every_step_is_due() -> None:
    short = [recording(10 * k) for k in range(90)]
    assert [r.start - NOON for r in sparse(short, 300.0)] == [timedelta(seconds=s) for s in (0, 300, 600)]
    assert len(sparse([*short, *(recording(10 * k, camera="yard") for k in range(90))], 300.0)) == 6


def test_long_recordings_are_all_due() -> None:
    long = [recording(100 * k, 400.0) for k in range(5)]
    assert sparse(long, 300.0) == long


def test_what_is_known_of_a_picture(measurements: HazeMeasurements) -> None:
    one = recording(0, 100.0)
    for seconds in (0.0, 10.0, 20.0):
        measurements.add(one, seconds, seconds / 100, 0.5)
    assert measurements.value_at(one, 10.01) == (pytest.approx(0.1), 0.5)
    assert measurements.value_at(one, 15.0) is None
    assert measurements.value_at(one, 30.0) is None
    assert measurements.has(one, 20.0)
    assert not measurements.has(one, 20.1)
    assert measurements.share([one, recording(200, 100.0)]) == pytest.approx(0.15)
    assert measurements.share([]) == 1.0


def test_each_camera_has_its_own_version(measurements: HazeMeasurements) -> None:
    measurements.add(recording(0), 0.0, 0.1, 0.9)
    assert (measurements.version("gate"), measurements.version("yard")) == (1, 0)


def test_coarse_samples_serve_behind_the_fine_ones(index: Index, measurements: HazeMeasurements) -> None:
    coarse = HazeMeasurements(index, "field real", 300.0)
    one = recording(0, 1000.0)
    for seconds in (0.0, 300.0, 600.0):
        coarse.add(one, seconds, 0.5, 0.5)
    for seconds in (0.0, 10.0, 300.0):
        measurements.add(one, seconds, 0.1, 0.5)
    curve = joined((coarse, measurements), [one])
    assert [when - NOON.timestamp() for when in curve.times] == pytest.approx([0, 10, 300, 600])
    assert curve.haze.tolist() == pytest.approx([0.1, 0.1, 0.1, 0.5])
