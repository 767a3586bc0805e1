"""Files played as if they were live, with a clock that is moved: whoever sleeps moves it, and nothing here waits."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from dehazer.errors import InputError
from dehazer.frames.frame import Frame
from dehazer.sources import open_live, open_source
from dehazer.sources.interrupt import Interrupt
from dehazer.sources.paced import PacedSource
from dehazer.sources.request import SourceRequest
from tests.media import Film, write_film, write_moving_texture
from tests.waiting import MOMENT, PATIENCE, FakeClock, InThread

STEP = 0.04
"""Seconds between two frames of the films here."""


class Sleep(Interrupt):
    """Sleeping moves the clock. slept: all waits, seconds. meanwhile: called once, during the next one."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__()
        self._clock = clock
        self.slept: list[float] = []
        self.meanwhile: Callable[[], None] | None = None

    def wait(self, seconds: float) -> bool:
        self.slept.append(seconds)
        call, self.meanwhile = self.meanwhile, None
        if call is not None:
            call()
        self._clock.advance(seconds)
        return self.is_set


class Player:
    """A source under a clock that is moved."""

    def __init__(self, film: Path, **more: object) -> None:
        self.clock = FakeClock()
        self.sleep = Sleep(self.clock)
        self.source = PacedSource(SourceRequest(str(film), **more), open_source, self.sleep, self.clock)  # type: ignore[arg-type]
        self.frames = iter(self.source)

    def take(self, count: int) -> list[Frame]:
        return [next(self.frames) for _ in range(count)]

    def next_wait(self) -> float:
        """Seconds the next frame is waited for."""
        before = self.clock.now
        next(self.frames)
        return self.clock.now - before


@pytest.fixture
def player(film: Path) -> Iterator[Player]:
    player = Player(film)
    yield player
    player.source.close()


def stamps(frames: list[Frame]) -> list[float]:
    return [f.captured or 0.0 for f in frames]


def test_a_file_takes_its_time(player: Player) -> None:
    seen = list(player.frames)
    assert len(seen) == 25
    assert player.source.info.live
    assert player.source.info.name == "film.mp4"
    assert np.allclose(np.diff(stamps(seen)), STEP)
    assert max(player.sleep.slept) == pytest.approx(STEP)


def test_another_rate_makes_it_faster(film: Path) -> None:
    player = Player(film, fps=100)
    assert np.allclose(np.diff(stamps(list(player.frames))), 0.01)


def test_a_loop_goes_on_with_rising_times(film: Path) -> None:
    player = Player(film, loop=True)
    seen = player.take(60)
    player.source.close()
    assert [f.index for f in seen] == list(range(60))
    assert np.allclose(np.diff([f.seconds or 0 for f in seen]), STEP)
    assert np.allclose(np.diff(stamps(seen)), STEP)
    assert np.array_equal(seen[3].planes[0], seen[28].planes[0])


def test_who_is_a_little_late_catches_up(player: Player) -> None:
    first = player.take(1)[0].captured or 0.0
    player.clock.advance(0.3)
    late = player.take(15)
    assert late[0].captured == pytest.approx(first + 0.3)
    assert late[5].captured == pytest.approx(first + 0.3)  # due at 0.24: given at once
    assert late[14].captured == pytest.approx(first + 15 * STEP)  # in time again


def test_who_is_very_late_goes_on_from_here_in_time(player: Player) -> None:
    """A machine that slept, a debugger: the lost time is not hurried after, seventy-five frames at once."""
    player.take(1)
    player.clock.advance(3.0)
    assert player.next_wait() == 0
    assert [player.next_wait() for _ in range(10)] == pytest.approx([STEP] * 10)


@pytest.mark.parametrize(("gap", "waited"), [(3.0, 3.0), (60.0, 0.0)])
def test_a_long_pause_in_a_file_is_waited_for_and_an_endless_one_is_not(tmp_path: Path, gap: float, waited: float) -> None:
    times = (0, 40, 40 + round(1000 * gap), 80 + round(1000 * gap))
    player = Player(write_film(tmp_path / "gap.mkv", Film(frames=4, times=times, time_base=Fraction(1, 1000))))
    player.take(2)
    assert player.next_wait() == pytest.approx(waited)
    assert player.next_wait() == pytest.approx(STEP)


def test_a_pause_stops_the_play_where_it_is_and_the_lost_time_is_not_hurried_after(player: Player) -> None:
    before = player.take(5)[-1]
    player.source.pause()
    with InThread(lambda: next(player.frames)) as waiting:
        assert not waiting.done.wait(MOMENT)
        player.clock.advance(0.3)
        player.source.resume()
        assert waiting.done.wait(PATIENCE)
    assert isinstance(waiting.result, Frame)
    assert waiting.result.index == before.index + 1
    assert [player.next_wait() for _ in range(10)] == pytest.approx([STEP] * 10)


def test_a_pause_begins_before_the_frame_that_is_not_due_yet(player: Player) -> None:
    """It would be given unasked: the picture shown would be one behind the place in the file, and a step skip one."""
    player.take(2)
    player.sleep.meanwhile = player.source.pause
    with InThread(lambda: next(player.frames)) as waiting:
        assert not waiting.done.wait(MOMENT)
        player.source.step()
    assert isinstance(waiting.result, Frame)
    assert waiting.result.index == 2
    with InThread(lambda: next(player.frames)) as waiting:
        assert not waiting.done.wait(MOMENT)
        player.source.step()
    assert isinstance(waiting.result, Frame)
    assert waiting.result.index == 3


def test_after_a_search_in_a_pause_the_play_goes_on_from_there_in_time(player: Player) -> None:
    player.source.pause()
    player.source.seek(0.4)
    assert next(player.frames).seconds == pytest.approx(0.4)
    player.clock.advance(20)
    player.source.resume()
    player.next_wait()
    assert [player.next_wait() for _ in range(10)] == pytest.approx([STEP] * 10)


def test_a_search_shows_its_frame_at_once_and_goes_on_in_time(player: Player) -> None:
    player.take(2)
    player.source.seek(0.6)
    shown = next(player.frames)
    assert shown.seconds == pytest.approx(0.6)
    assert shown.captured == player.clock.now
    assert player.next_wait() == pytest.approx(STEP)


def test_closing_while_it_sleeps_ends_at_once(tmp_path: Path) -> None:
    slow = write_moving_texture(tmp_path / "slow.mp4", frames=4, rate=1)
    with open_live(SourceRequest(str(slow))) as source:
        threading.Timer(MOMENT, source.end).start()
        assert len(list(source)) == 1


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        open_live(SourceRequest(str(tmp_path / "gone.mp4")))
