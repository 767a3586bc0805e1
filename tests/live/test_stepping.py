"""A file that is played can be searched and stepped, also while it rests; a frozen picture follows its options."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dehazer.config import EngineOptions, EnhanceOptions
from dehazer.engine.engine import Engine, Estimate
from dehazer.enhance import Moment
from dehazer.errors import UsageError
from dehazer.field.pyramid import SHORT_SIDE
from dehazer.frames.frame import Frame
from dehazer.live.reconnect import ReconnectingSource
from dehazer.live.session import LiveSession
from dehazer.sources import open_source
from dehazer.sources.base import Source
from dehazer.sources.paced import PacedSource
from dehazer.sources.request import SourceRequest
from tests.media import Film, write_film

PATIENCE = 20.0


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Two seconds, 25 per second."""
    return write_film(tmp_path / "film.mp4", Film(frames=50))


def until(so: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < limit, "waited in vain"
        time.sleep(0.005)


@pytest.fixture
def paused(film: Path) -> Iterator[tuple[PacedSource, list[Frame]]]:
    """A source that rests, and the frames it gives."""
    source, seen = PacedSource(SourceRequest(str(film)), open_source), []
    source.pause()
    thread = threading.Thread(target=_drained, args=(source, seen), daemon=True)
    thread.start()
    time.sleep(0.1)
    yield source, seen
    source.close()
    thread.join(5)
    assert not thread.is_alive()


def _drained(source: Source, seen: list[Frame]) -> None:
    for frame in source:
        seen.append(frame)


def test_a_step_gives_one_frame(paused: tuple[PacedSource, list[Frame]]) -> None:
    source, seen = paused
    for count in (1, 2, 3):
        source.step()
        until(lambda count=count: len(seen) == count)  # type: ignore[misc]
        time.sleep(0.1)
        assert len(seen) == count
    assert [round((f.seconds or 0) * 25) for f in seen] == [0, 1, 2]


def test_a_rest_begins_before_the_frame_that_is_not_due_yet(film: Path) -> None:
    """It would be given unasked: the picture shown would be one behind the place in the file, and a step skip one."""
    source, seen = PacedSource(SourceRequest(str(film), fps=5), open_source), []
    thread = threading.Thread(target=_drained, args=(source, seen), daemon=True)
    thread.start()
    try:
        until(lambda: len(seen) == 2)
        source.pause()
        time.sleep(0.4)  # the third was due meanwhile
        assert len(seen) == 2
        for count in (3, 4):
            source.step()
            until(lambda count=count: len(seen) == count)  # type: ignore[misc]
            time.sleep(0.3)
            assert [f.index for f in seen] == list(range(count))
    finally:
        source.close()
        thread.join(5)


def test_a_search_gives_the_frame_that_is_wanted_and_rests_on(paused: tuple[PacedSource, list[Frame]]) -> None:
    source, seen = paused
    for seconds in (1.2, 0.4, 1.96):
        source.seek(seconds)
        until(lambda seconds=seconds: bool(seen) and abs((seen[-1].seconds or 0) - seconds) < 0.02)  # type: ignore[misc]
        time.sleep(0.08)
    assert len(seen) == 3


def test_after_waking_the_play_goes_on_from_there_in_time(paused: tuple[PacedSource, list[Frame]]) -> None:
    source, seen = paused
    source.seek(1.0)
    until(lambda: bool(seen))
    began = time.monotonic()
    source.resume()
    until(lambda: len(seen) >= 20)
    assert time.monotonic() - began > 0.6  # nineteen frames of 40 ms, in their own time
    assert [round((f.seconds or 0) * 25) for f in seen[:20]] == list(range(25, 45))


def test_a_frozen_picture_is_shown_anew_with_other_options(film: Path, random_weights: Path) -> None:
    session = LiveSession(SourceRequest(str(film), loop=True), EngineOptions(device="cpu", backend="torch"))
    session.start()
    shown = []
    try:
        until(lambda: (m := session.take()) is not None and (shown.append(m) or True))
        session.pause()
        time.sleep(0.3)
        if (late := session.take()) is not None:
            shown.append(late)
        session.options = EnhanceOptions(strength=0)
        until(lambda: (m := session.take()) is not None and (shown.append(m) or True))
        assert shown[-1].original is shown[-2].original
        assert shown[-1].result is shown[-1].original
        painted = session.snapshot().flow.painted
        session.painted(shown[-1])
        assert session.snapshot().flow.painted == painted  # looked at for long: its age is no latency
        session.step()
        until(lambda: (m := session.take()) is not None and (shown.append(m) or True))
        assert shown[-1].original.index > shown[-2].original.index
    finally:
        session.stop()


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

    def _gated(self, frame: Frame, lines: int = SHORT_SIDE) -> Estimate:
        self.held.set()
        assert self._open.wait(PATIENCE)
        return self._estimate(frame, lines)

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
        time.sleep(0.3)
        session.take()
        yield session, gate
    finally:
        gate.lift()
        session.stop()


def last_shown(session: LiveSession) -> Moment:
    """The picture on the screen when nothing more comes."""
    shown, quiet = None, time.monotonic() + 1.0
    while time.monotonic() < quiet or shown is None:
        if (moment := session.take()) is not None:
            shown, quiet = moment, time.monotonic() + 0.5
        time.sleep(0.01)
    return shown


def test_a_frozen_picture_follows_the_last_of_quick_changes(paused_view: tuple[LiveSession, Gate]) -> None:
    session, gate = paused_view
    gate.shut()
    session.options = EnhanceOptions(strength=50)
    assert gate.held.wait(PATIENCE)
    session.options = EnhanceOptions(strength=0)  # while the change before is being computed
    gate.lift()
    shown = last_shown(session)
    assert shown.result is shown.original


def test_the_last_of_quick_searches_is_shown(paused_view: tuple[LiveSession, Gate]) -> None:
    session, gate = paused_view
    gate.shut()
    session.seek(0.4)
    assert gate.held.wait(PATIENCE)
    session.seek(1.2)  # while the picture before is being computed
    time.sleep(0.2)
    gate.lift()
    assert last_shown(session).original.seconds == pytest.approx(1.2, abs=0.02)


def test_options_do_not_displace_a_picture_that_was_searched_for(paused_view: tuple[LiveSession, Gate]) -> None:
    session, gate = paused_view
    gate.shut()
    session.seek(1.2)
    assert gate.held.wait(PATIENCE)
    session.options = EnhanceOptions(strength=0)
    gate.lift()
    shown = last_shown(session)
    assert shown.original.seconds == pytest.approx(1.2, abs=0.02)
    assert shown.result is shown.original


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
        thread.join(5)
