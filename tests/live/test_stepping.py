"""A file that is played can be searched and stepped, also while it rests; a frozen picture follows its options."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import pytest

from dehazer.config import EngineOptions, EnhanceOptions
from dehazer.engine.engine import Engine
from dehazer.engine.estimate import Begun, Estimate
from dehazer.errors import UsageError
from dehazer.field.pyramid import SHORT_SIDE
from dehazer.frames.frame import Frame
from dehazer.live.reconnect import ReconnectingSource
from dehazer.live.session import LiveSession
from dehazer.moment import Moment
from dehazer.sources import open_source
from dehazer.sources.base import Source
from dehazer.sources.paced import PacedSource
from dehazer.sources.request import SourceRequest
from tests.live.test_session import settle
from tests.media import Film, write_film
from tests.waiting import MOMENT, PATIENCE, never, until


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Two seconds, 25 per second."""
    return write_film(tmp_path / "film.mp4", Film(frames=50))


@contextmanager
def resting(film: Path) -> Iterator[tuple[PacedSource, list[Frame]]]:
    """A source that is paused, and the frames it gives."""
    source, seen = PacedSource(SourceRequest(str(film)), open_source), []
    source.pause()
    thread = threading.Thread(target=_drained, args=(source, seen), daemon=True)
    thread.start()
    try:
        yield source, seen
    finally:
        source.close()
        thread.join(PATIENCE)
        assert not thread.is_alive()


@pytest.fixture
def paused(film: Path) -> Iterator[tuple[PacedSource, list[Frame]]]:
    """A source that rests, and the frames it gives."""
    with resting(film) as (source, seen):
        never(lambda: seen)
        yield source, seen


def _drained(source: Source, seen: list[Frame]) -> None:
    for frame in source:
        seen.append(frame)


def test_a_step_gives_one_frame(paused: tuple[PacedSource, list[Frame]]) -> None:
    source, seen = paused
    for count in (1, 2, 3):
        source.step()
        until(lambda count=count: len(seen) == count)  # type: ignore[misc]
        never(lambda count=count: len(seen) > count)  # type: ignore[misc]
    assert [round((f.seconds or 0) * 25) for f in seen] == [0, 1, 2]


def test_a_search_gives_the_frame_that_is_wanted_and_stays_paused(paused: tuple[PacedSource, list[Frame]]) -> None:
    source, seen = paused
    for count, seconds in enumerate((1.2, 0.4, 1.96), 1):
        source.seek(seconds)
        until(lambda count=count: len(seen) == count)  # type: ignore[misc]
        never(lambda count=count: len(seen) > count)  # type: ignore[misc]
        assert seen[-1].seconds == pytest.approx(seconds, abs=0.02)


def test_a_camera_cannot_be_searched(random_weights: Path) -> None:
    session = LiveSession(SourceRequest("rtsp://127.0.0.1:9/live"), EngineOptions(device="cpu", backend="torch"))
    with pytest.raises(UsageError, match="not open"):
        session.seek(1.0)


class Gate:
    """Holds an engine's work until it is let through, frame by frame."""

    def __init__(self, engine: Engine) -> None:
        self._estimate, self._open, self.held = engine.estimate, threading.Event(), threading.Event()
        self._open.set()
        engine.estimate = self._gated  # type: ignore[method-assign]

    def _gated(self, frame: Frame, lines: int = SHORT_SIDE, begun: Begun | None = None) -> Estimate:
        self.held.set()
        assert self._open.wait(PATIENCE)
        return self._estimate(frame, lines, begun)

    def shut(self) -> None:
        """From now on frames wait."""
        self._open.clear()
        self.held.clear()

    def lift(self) -> None:
        """Let everything through."""
        self._open.set()


@pytest.fixture
def paused_view(film: Path, random_weights: Path) -> Iterator[tuple[LiveSession, Gate]]:
    """A paused session with one picture shown and nothing under way, and the gate of its engine."""
    engine = Engine(EngineOptions(device="cpu", backend="torch"))
    gate = Gate(engine)
    session = LiveSession(SourceRequest(str(film), loop=True), engine)
    session.start()
    try:
        until(lambda: session.take() is not None)
        session.pause()
        settle(session)
        yield session, gate
    finally:
        gate.lift()
        session.stop()


def taken(session: LiveSession) -> Moment:
    """The next picture that is shown."""
    shown: list[Moment] = []
    until(lambda: (moment := session.take()) is not None and (shown.append(moment) or True))
    return shown[0]


def last_shown(session: LiveSession, wanted: Callable[[Moment], bool]) -> None:
    """Wait for the picture that is wanted; AssertionError when another one comes behind it."""
    def unwanted() -> bool:
        moment = session.take()
        return moment is not None and not wanted(moment)

    until(lambda: (moment := session.take()) is not None and wanted(moment))
    never(unwanted, 4 * MOMENT)


def untouched(moment: Moment) -> bool:
    """Whether it is shown as strength 0 leaves it."""
    return moment.result is moment.original


def near(seconds: float) -> Callable[[Moment], bool]:
    """Whether it is the picture at that place in the file."""
    return lambda moment: abs((moment.original.seconds or 0) - seconds) < 0.02


def test_a_frozen_picture_is_shown_anew_with_other_options(paused_view: tuple[LiveSession, Gate]) -> None:
    session, _ = paused_view
    frozen = session._shown
    assert frozen is not None
    session.options = EnhanceOptions(strength=0)
    anew = taken(session)
    assert anew.original is frozen.original
    assert untouched(anew)
    painted = session.snapshot().flow.painted
    session.painted(anew)
    assert session.snapshot().flow.painted == painted  # looked at for long: its age is no latency
    session.step()
    assert taken(session).original.index > anew.original.index


def test_a_frozen_picture_follows_the_last_of_quick_changes(paused_view: tuple[LiveSession, Gate]) -> None:
    session, gate = paused_view
    gate.shut()
    session.options = EnhanceOptions(strength=50)
    assert gate.held.wait(PATIENCE)
    session.options = EnhanceOptions(strength=0)  # while the change before is being computed
    gate.lift()
    last_shown(session, untouched)


def test_the_last_of_quick_searches_is_shown(paused_view: tuple[LiveSession, Gate]) -> None:
    session, gate = paused_view
    gate.shut()
    session.seek(0.4)
    assert gate.held.wait(PATIENCE)
    session.seek(1.2)  # while the picture before is being computed
    never(session.take)
    gate.lift()
    last_shown(session, near(1.2))


def test_options_do_not_displace_a_picture_that_was_searched_for(paused_view: tuple[LiveSession, Gate]) -> None:
    session, gate = paused_view
    gate.shut()
    session.seek(1.2)
    assert gate.held.wait(PATIENCE)
    session.options = EnhanceOptions(strength=0)
    gate.lift()
    last_shown(session, lambda moment: near(1.2)(moment) and untouched(moment))


def test_a_search_is_not_thinned_out(film: Path) -> None:
    seen: list[Frame] = []
    source = ReconnectingSource(SourceRequest(str(film)), lambda *_: None)
    source.keep = 4  # the governor has every fourth frame computed
    source.pause()
    thread = threading.Thread(target=_drained, args=(source, seen), daemon=True)
    thread.start()
    try:
        until(lambda: bool(source.info.width))
        for count, seconds in enumerate((0.4, 1.2), 1):
            source.seek(seconds)
            until(lambda count=count: len(seen) == count)  # type: ignore[misc]
    finally:
        source.close()
        thread.join(PATIENCE)


# exact steps of a file whose pictures are lost on their way


def frame_number(moment: Moment) -> int:
    """Which picture of the film it is; 25 per second."""
    return round((moment.original.seconds or 0) * 25)


@pytest.fixture
def overloaded(film: Path, random_weights: Path) -> Iterator[tuple[LiveSession, Moment]]:
    """A session that was paused while the source was far ahead of the picture in view, and that picture."""
    engine = Engine(EngineOptions(device="cpu", backend="torch"))
    gate = Gate(engine)
    session = LiveSession(SourceRequest(str(film)), engine)
    session.start()
    try:
        shown = taken(session)
        gate.shut()
        until(lambda: session.snapshot().captured > shown.original.index + 10)
        session.pause()
        gate.lift()
        settle(session)
        assert session._shown is not None
        yield session, session._shown
    finally:
        gate.lift()
        session.stop()


def test_the_next_picture_follows_the_one_in_view_whatever_was_lost(overloaded: tuple[LiveSession, Moment]) -> None:
    session, shown = overloaded
    numbers = []
    for count in (1, 1, 1, -1, -1, -1, 1):
        session.step(count)
        numbers.append(frame_number(taken(session)) - frame_number(shown))
        never(session.take)
    assert numbers == [1, 2, 3, 2, 1, 0, 1]


def test_quick_steps_add_up(overloaded: tuple[LiveSession, Moment]) -> None:
    session, shown = overloaded
    for count in (1, 1, 1, 1, 1, -1):
        session.step(count)
    last_shown(session, lambda moment: frame_number(moment) == frame_number(shown) + 4)


def test_a_step_behind_a_search_counts_from_there(overloaded: tuple[LiveSession, Moment]) -> None:
    session, _ = overloaded
    session.seek(0.4)
    session.step()
    last_shown(session, lambda moment: frame_number(moment) == 11)


def test_a_paused_film_does_not_end_at_its_last_picture(paused: tuple[PacedSource, list[Frame]]) -> None:
    source, seen = paused
    moves = (lambda: source.move_to(1.96), source.step, lambda: source.step(-1), lambda: source.step(-100), source.step)
    for count, move in enumerate(moves, 1):
        move()
        until(lambda count=count: len(seen) == count)  # type: ignore[misc]
        never(lambda count=count: len(seen) > count)  # type: ignore[misc]
    assert [round((f.seconds or 0) * 25) for f in seen] == [49, 49, 48, 0, 1]
    assert [f.request for f in seen] == [1, 2, 3, 4, 5]


def test_films_of_uneven_rate_are_stepped_picture_by_picture(tmp_path: Path) -> None:
    times = (0, 1, 2, 50, 51, 300, 301, 302)
    film = write_film(tmp_path / "uneven.mkv", Film(frames=len(times), times=times, time_base=Fraction(1, 1000)))
    with resting(film) as (source, seen):
        for count, step in enumerate([1] * 8 + [-1] * 7, 1):
            source.step(step)
            until(lambda count=count: len(seen) == count)  # type: ignore[misc]
    assert [f.pts for f in seen] == [*times, *reversed(times[:-1])]


def test_a_search_for_a_look_gives_the_key_picture(tmp_path: Path) -> None:
    film = write_film(tmp_path / "keys.mp4", Film(frames=50, options={"g": "20", "keyint_min": "20", "sc_threshold": "0"}))
    with resting(film) as (source, seen):
        for count, exact in enumerate((False, True), 1):
            source.move_to(1.2, exact)
            until(lambda count=count: len(seen) == count)  # type: ignore[misc]
    assert [round((f.seconds or 0) * 25) for f in seen] == [20, 30]


def test_while_searches_follow_each_other_pictures_on_the_way_are_shown(paused_view: tuple[LiveSession, Gate]) -> None:
    session, gate = paused_view
    gate.shut()
    session.seek(0.4)
    assert gate.held.wait(PATIENCE)
    session.seek(1.2)
    gate.lift()
    assert near(0.4)(taken(session))
    assert near(1.2)(taken(session))
