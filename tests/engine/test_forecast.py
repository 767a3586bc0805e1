"""What a network will take on this machine is told from a moment's timing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dehazer.config import EngineOptions
from dehazer.engine.engine import Engine
from dehazer.engine.forecast import BUDGET, forecast_fps
from dehazer.errors import UsageError
from dehazer.frames.frame import Frame
from tests.waiting import FakeClock


class Timed:
    """A network that takes so many seconds for a megapixel, on a clock that it moves. sizes: of the pictures it got."""

    def __init__(self, seconds: float, gives_field: bool = False) -> None:
        self.clock, self._seconds, self.gives_field = FakeClock(), seconds, gives_field
        self.sizes: list[tuple[int, int]] = []

    def restore(self, frame: Frame) -> Frame:
        self.sizes.append((frame.width, frame.height))
        self.clock.advance(self._seconds * frame.width * frame.height / 1e6)
        return frame

    def estimate(self, frame: Frame) -> Any:
        self.sizes.append((frame.width, frame.height))
        self.clock.advance(self._seconds)


@pytest.mark.parametrize("seconds", [0.001, 0.3, 10.0, 300.0])
def test_the_time_of_an_image_network_is_that_of_its_pixels(seconds: float) -> None:
    engine = Timed(seconds)
    began = engine.clock()
    fps = forecast_fps(engine, 1920, 1080, engine.clock)
    assert fps == pytest.approx(1 / (seconds * 1920 * 1080 / 1e6), rel=0.01)
    largest = max(width * height for width, height in engine.sizes) * seconds / 1e6
    assert engine.clock() - began <= max(2.5 * BUDGET, 3 * largest)
    assert seconds < 1 or (1920, 1080) not in engine.sizes  # nobody waits for a whole picture that takes long


def test_the_time_of_a_field_network_is_that_of_its_grid() -> None:
    engine = Timed(0.02, gives_field=True)
    assert forecast_fps(engine, 640, 360, engine.clock) == pytest.approx(50)
    assert set(engine.sizes) == {(640, 360)}


@pytest.mark.parametrize("model", ["field", "student"])
def test_real_networks_are_timed(random_weights: Path, model: str) -> None:
    with_model = Engine(EngineOptions(model, device="cpu", backend="torch"))
    assert forecast_fps(with_model, 64, 48) > 0


def test_a_size_without_pixels_is_refused() -> None:
    with pytest.raises(UsageError, match="0×48"):
        forecast_fps(Timed(1.0), 0, 48)
