"""A file that is played can be searched and stepped, also while it rests; a frozen picture follows its options."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dehazer.config import EngineOptions, EnhanceOptions
from dehazer.errors import UsageError
from dehazer.frame import Frame
from dehazer.session import LiveSession
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
def resting(film: Path) -> Iterator[tuple[PacedSource, list[Frame]]]:
    """A source that rests, and the frames it gives."""
    source, seen = PacedSource(SourceRequest(str(film))), []
    source.rest()
    thread = threading.Thread(target=lambda: seen.extend(_drained(source, seen)), daemon=True)
    thread.start()
    time.sleep(0.1)
    yield source, seen
    source.close()
    thread.join(5)
    assert not thread.is_alive()


def _drained(source: PacedSource, seen: list[Frame]) -> list[Frame]:
    for frame in source:
        seen.append(frame)
    return []


def test_a_step_gives_one_frame(resting: tuple[PacedSource, list[Frame]]) -> None:
    source, seen = resting
    for count in (1, 2, 3):
        source.step()
        until(lambda count=count: len(seen) == count)  # type: ignore[misc]
        time.sleep(0.1)
        assert len(seen) == count
    assert [round((f.seconds or 0) * 25) for f in seen] == [0, 1, 2]


def test_a_search_gives_the_frame_that_is_wanted_and_rests_on(resting: tuple[PacedSource, list[Frame]]) -> None:
    source, seen = resting
    for seconds in (1.2, 0.4, 1.96):
        source.seek(seconds)
        until(lambda seconds=seconds: bool(seen) and abs((seen[-1].seconds or 0) - seconds) < 0.02)  # type: ignore[misc]
        time.sleep(0.08)
    assert len(seen) == 3


def test_after_waking_the_play_goes_on_from_there_in_time(resting: tuple[PacedSource, list[Frame]]) -> None:
    source, seen = resting
    source.seek(1.0)
    until(lambda: bool(seen))
    began = time.monotonic()
    source.wake()
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
        painted = session.snapshot()["painted"]
        session.painted(shown[-1])
        assert session.snapshot()["painted"] == painted  # looked at for long: its age is no latency
        session.step()
        until(lambda: (m := session.take()) is not None and (shown.append(m) or True))
        assert shown[-1].original.index > shown[-2].original.index
    finally:
        session.stop()


def test_a_camera_cannot_be_searched(random_weights: Path) -> None:
    session = LiveSession(SourceRequest("rtsp://127.0.0.1:9/live"), EngineOptions(device="cpu", backend="torch"))
    with pytest.raises(UsageError, match="not open"):
        session.seek(1.0)
