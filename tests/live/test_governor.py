"""The governor against a simulated machine with its own clock: nothing here waits."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import pytest

from dehazer.errors import UsageError
from dehazer.live.governor import Governor, QualityStep, QualityTarget, Reading, quality_steps
from tests.waiting import FakeClock


@dataclass
class Machine:
    """Computes frames of `full` seconds each, less at lower quality steps; the source gives `rate` per second."""

    full: float
    rate: float = 25.0
    now: float = 100.0
    seen: list[str] = field(default_factory=list)

    def reading(self, current: QualityStep) -> Reading:
        busy = self.full * current.cost * current.keep
        computed = min(self.rate / current.keep, 1 / busy)
        waiting = busy if computed >= self.rate / current.keep else 2 * busy
        return Reading(self.rate, computed, busy, (waiting + 0.005) * 1000)

    def run(self, governor: Governor, seconds: float) -> None:
        for _ in range(round(seconds / 0.5)):
            self.now += 0.5
            current = governor.observe(self.reading(governor.current))
            if not self.seen or self.seen[-1] != current.name:
                self.seen.append(current.name)


def governed(machine: Machine, target: QualityTarget, **more: object) -> Governor:
    return Governor(target, clock=lambda: machine.now, **more)  # type: ignore[arg-type]


def test_a_fast_machine_gives_nothing_up() -> None:
    machine = Machine(0.01)
    governor = governed(machine, QualityTarget(fps=25, latency_ms=100))
    machine.run(governor, 60)
    assert machine.seen == [""]
    assert governor.given_up == ()


def test_without_a_target_nothing_happens_however_slow() -> None:
    machine = Machine(1.0)
    machine.run(governor := governed(machine, QualityTarget()), 60)
    assert governor.given_up == ()


@pytest.mark.parametrize(("full", "last"), [(0.05, "grid of 320 lines"), (0.08, "grid of 224 lines"),
                                            (0.15, "field kept for 4 frames"),
                                            (0.3, "every 2nd frame"), (5.0, "every 4th frame")])
def test_it_gives_up_as_much_as_is_needed_and_no_more(full: float, last: str) -> None:
    machine = Machine(full)
    governor = governed(machine, QualityTarget(fps=25))
    machine.run(governor, 40)
    assert governor.current.name == last
    reading = machine.reading(governor.current)
    assert reading.computed >= 0.92 * 25 / governor.current.keep or last == "every 4th frame"


def test_every_step_is_visible_in_order() -> None:
    machine = Machine(0.15)
    governor = governed(machine, QualityTarget(fps=25))
    machine.run(governor, 40)
    names = [r.name for r in quality_steps()]
    assert [name for _, name in governor.steps] == names[1 : len(governor.steps) + 1]
    assert governor.given_up == tuple(names[1 : len(governor.steps) + 1])
    assert all(b - a >= 2 for (a, _), (b, _) in zip(governor.steps, governor.steps[1:], strict=False))


def test_a_short_hiccup_changes_nothing() -> None:
    machine = Machine(0.01)
    governor = governed(machine, QualityTarget(fps=25))
    machine.run(governor, 10)
    machine.full = 0.5
    machine.run(governor, 0.5)
    machine.full = 0.01
    machine.run(governor, 10)
    assert governor.steps == []


def test_it_goes_back_up_when_there_is_room_again() -> None:
    machine = Machine(0.15)
    governor = governed(machine, QualityTarget(fps=25))
    machine.run(governor, 40)
    machine.full = 0.005
    machine.run(governor, 120)
    assert governor.given_up == ()
    assert machine.seen[-1] == ""


def test_it_does_not_swing_at_the_edge() -> None:
    machine = Machine(0.0415)  # a little too slow at full quality, comfortable one step below
    governor = governed(machine, QualityTarget(fps=25))
    machine.run(governor, 600)
    assert len(governor.steps) <= 3


def test_failed_climbs_become_rare() -> None:
    """The guess says there is room, the truth says no: a step whose saving is less than its cost says."""
    machine = Machine(0.05)
    available = (QualityStep(), QualityStep("cheap", cost=0.5))

    def observe(governor: Governor) -> None:
        busy = 0.02 if governor.current.name else 0.05  # looks as if full quality took 0.04·0.6
        machine.now += 0.5
        governor.observe(Reading(15, min(15, 1 / (busy if governor.current.name else 0.1)), busy))

    governor = governed(machine, QualityTarget(fps=15), available=available)
    for _ in range(4800):  # forty minutes
        observe(governor)
    ups = [when for when, name in governor.steps if name == ""]
    gaps = [b - a for a, b in itertools.pairwise(ups)]
    assert gaps
    assert max(gaps) > 100
    assert gaps[-1] >= gaps[0]


def test_latency_alone_can_be_the_target() -> None:
    machine = Machine(0.12, rate=5)
    governor = governed(machine, QualityTarget(latency_ms=60))
    machine.run(governor, 60)
    assert (machine.reading(governor.current).latency_ms or 999) <= 60
    assert governor.current.keep == 1


def test_a_slow_source_is_not_a_slow_machine() -> None:
    machine = Machine(0.01, rate=4)
    governor = governed(machine, QualityTarget(fps=25))
    machine.run(governor, 60)
    assert governor.given_up == ()


def test_ladders_start_with_everything_and_get_cheaper() -> None:
    for half, fields in itertools.product((False, True), repeat=2):
        available = quality_steps(half=half, field=fields)
        assert available[0] == QualityStep()
        assert all(a.cost > b.cost for a, b in itertools.pairwise(available))
    assert quality_steps(half=True)[1].half
    assert not any(r.lines or r.reuse > 1 for r in quality_steps(field=False))


def test_targets_must_make_sense() -> None:
    with pytest.raises(UsageError):
        QualityTarget(fps=0)


TWO_STEPS = (QualityStep(), QualityStep("cheap", cost=0.5))


def given_up_after(readings: list[Reading]) -> tuple[str, ...]:
    """What is given up for 10 frames a second after a minute of each reading."""
    clock = FakeClock()
    governor = Governor(QualityTarget(fps=10), TWO_STEPS, clock)
    for reading in readings:
        for _ in range(120):
            clock.advance(0.5)
            governor.observe(reading)
    return governor.given_up


@pytest.mark.parametrize(("computed", "given_up"), [(9.3, ()), (9.1, ("cheap",))])
def test_a_rate_counts_as_held_a_little_below_what_is_asked(computed: float, given_up: tuple[str, ...]) -> None:
    assert given_up_after([Reading(10, computed, 0.09)]) == given_up


@pytest.mark.parametrize(("busy", "given_up"), [(0.039, ("cheap",)), (0.036, ())])
def test_the_better_step_must_leave_room(busy: float, given_up: tuple[str, ...]) -> None:
    """It takes twice the work: 0.78 of the time is too much, 0.72 is not."""
    assert given_up_after([Reading(10, 5, 0.2), Reading(10, 10, busy)]) == given_up
