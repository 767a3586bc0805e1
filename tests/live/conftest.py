"""What live tests share: a quick real engine, and a watch over threads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dehazer.config import EngineOptions
from dehazer.engine.engine import Engine
from tests.waiting import threads_of_the_program, until


@pytest.fixture
def engine(random_weights: Path) -> Engine:
    return Engine(EngineOptions("field", device="cpu", backend="torch"))


@pytest.fixture(autouse=True)
def _no_thread_stays() -> Iterator[None]:
    """Every live test leaves as it came: the program's threads end."""
    yield
    until(lambda: not threads_of_the_program(), 10)
