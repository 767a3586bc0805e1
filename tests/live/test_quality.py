"""The governor at the controls: what it reads of a session, and that every step is put into force."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from dehazer.enhance import AnalysisSettings
from dehazer.field.pyramid import SHORT_SIDE
from dehazer.live.governor import QualityTarget, quality_steps
from dehazer.live.metrics import SessionMetrics
from dehazer.live.quality import INTERVAL, QualityController
from tests.waiting import FakeClock


class Source:
    """A camera of ten frames a second. readings: how often its rate was asked for."""

    def __init__(self) -> None:
        self.keep, self.readings = 1, 0

    @property
    def captured_fps(self) -> float:
        self.readings += 1
        return 10.0


class Session:
    """A governed session whose threads work as a test says."""

    def __init__(self) -> None:
        self.clock, self.source, self.enhancer = FakeClock(100.0), Source(), SimpleNamespace(analysis=None)
        self.metrics = SessionMetrics(self.clock)
        engine: Any = SimpleNamespace(gives_field=True, describe=lambda: {"precision": "fp32"})
        self.quality = QualityController(engine, self.enhancer, self.source, self.metrics,  # type: ignore[arg-type]
                                         target=QualityTarget(fps=10), clock=self.clock)

    def run(self, seconds: float, step: float, computed: float, applied: float) -> None:
        """A frame every `step` seconds, on which the two threads work so long."""
        for _ in range(round(seconds / step)):
            self.clock.advance(step)
            self.metrics.stats.tick("computed", computed)
            self.metrics.stats.tick("applied", applied)
            self.quality.update()

    @property
    def given_up(self) -> tuple[str, ...]:
        return tuple(self.quality.status().given_up)


@pytest.fixture
def session() -> Session:
    return Session()


def test_it_judges_by_the_thread_that_is_slower_now(session: Session) -> None:
    """However long the other one has worked before: the network was too slow, since the step down applying sets the pace."""
    session.run(60, 0.1, computed=0.09, applied=0.01)
    session.run(2.4, 0.2, computed=0.2, applied=0.09)
    assert session.given_up == ("grid of 320 lines",)
    session.run(30, 0.1, computed=0.01, applied=0.09)
    assert session.given_up == ("grid of 320 lines",)  # the better step would not fit: applying takes 0.09 of 0.1 s
    session.run(30, 0.1, computed=0.01, applied=0.01)
    assert session.given_up == ()


def test_every_step_is_put_into_force(session: Session) -> None:
    force: list[tuple[AnalysisSettings, int]] = []
    for _ in range(60):
        session.run(1, 1.0, computed=1.0, applied=0.1)
        if session.enhancer.analysis is not None and (session.enhancer.analysis, session.source.keep) not in force:
            force.append((session.enhancer.analysis, session.source.keep))
    wanted = [(AnalysisSettings(step.lines or SHORT_SIDE, step.reuse), step.keep) for step in quality_steps()[1:]]
    assert force == wanted


def test_a_new_target_begins_with_full_quality(session: Session) -> None:
    session.run(60, 1.0, computed=1.0, applied=0.1)
    assert session.given_up
    session.quality.target = QualityTarget(fps=5)
    assert (session.enhancer.analysis, session.source.keep) == (AnalysisSettings(), 1)
    assert session.given_up == ()


def test_readings_are_taken_now_and_then_not_at_every_frame(session: Session) -> None:
    session.run(10, 0.01, computed=0.001, applied=0.001)
    assert 10 / INTERVAL - 2 <= session.source.readings <= 10 / INTERVAL + 1
