"""The source that comes back: connections by a script, time by a clock that is moved."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from dehazer.errors import AccessError, LinkError, UsageError
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.live.reconnect import HEALTHY, ReconnectingSource
from dehazer.runtime.backoff import Backoff
from dehazer.sources.interrupt import Interrupt
from dehazer.sources.live_source import LiveSource
from dehazer.sources.request import SourceRequest
from tests.pictures import random_frame
from tests.waiting import FakeClock

GONE = LinkError("The camera is gone.")


@dataclass(frozen=True)
class Link:
    """One try to connect: how many frames it gives, `apart` seconds apart, and how it ends. frames < 0: it fails at once."""

    frames: int
    error: Exception | None = GONE
    apart: float = 0.0


REFUSED = Link(-1)


class Connection(LiveSource):
    """Gives the frames of a link, then raises or ends."""

    def __init__(self, link: Link, interrupt: Interrupt, clock: FakeClock) -> None:
        super().__init__(interrupt)
        self.info = VideoInfo(32, 24, random_frame("yuv420p", 24, 32).format, live=True)
        self._link, self._clock = link, clock
        self.closed, self.lost = 0, 2
        self.seen: list[str] = []

    def __iter__(self) -> Iterator[Frame]:
        for index in range(self._link.frames):
            self._clock.advance(self._link.apart if index else 0.0)
            yield random_frame("yuv420p", 24, 32, index=index)
        if self._link.error is not None:
            raise self._link.error

    def pause(self) -> None:
        super().pause()
        self.seen.append("pause")

    def resume(self) -> None:
        super().resume()
        self.seen.append("resume")

    def close(self) -> None:
        super().close()
        self.closed += 1


@dataclass
class Camera:
    """A source that lives through the links of a script; what it reports, and its connections."""

    links: tuple[Link, ...]
    backoff: Backoff = field(default_factory=lambda: Backoff(0.01, 0.02))

    def __post_init__(self) -> None:
        self.clock = FakeClock()
        self.reports: list[tuple[str, str, int, float | None]] = []
        self.connections: list[Connection] = []
        self._links = iter(self.links)
        self.source = ReconnectingSource(SourceRequest("rtsp://cam/x"), lambda *state: self.reports.append(state), self.backoff,
                                         self._open, self.clock)

    def _open(self, request: SourceRequest, interrupt: Interrupt) -> LiveSource:
        link = next(self._links)
        if link.frames < 0:
            assert link.error is not None
            raise link.error
        self.connections.append(Connection(link, interrupt, self.clock))
        return self.connections[-1]

    @property
    def attempts(self) -> list[int]:
        """The number of every try that was waited for."""
        return [attempt for kind, _, attempt, wait in self.reports if kind == "reconnecting" and wait is not None]


def camera(*links: Link) -> Camera:
    return Camera(links)


def test_it_goes_on_over_connections() -> None:
    cam = camera(Link(3), REFUSED, REFUSED, Link(2, None))
    assert len(list(cam.source)) == 5
    assert cam.source.captured == 5
    kinds = [(kind, attempt) for kind, _, attempt, _ in cam.reports]
    tries = [("reconnecting", n) for n in (1, 2, 3)]
    assert list(dict.fromkeys(kinds)) == [("opening", 0), ("live", 0), *tries]
    assert kinds[-1] == ("live", 0)
    assert all(c.closed == 1 for c in cam.connections)
    assert cam.source.lost == 4


def test_a_connection_that_dies_at_once_is_no_success() -> None:
    cam = camera(Link(1), Link(1), Link(1), Link(0, None))
    list(cam.source)
    assert cam.attempts == [1, 2, 3]


@pytest.mark.parametrize(("lasted", "attempts"), [(HEALTHY, [1, 2, 3]), (HEALTHY + 0.5, [1, 2, 1])])
def test_waiting_starts_short_again_after_a_connection_that_was_healthy(lasted: float, attempts: list[int]) -> None:
    cam = camera(REFUSED, REFUSED, Link(6, GONE, apart=lasted / 5), Link(0, None))
    list(cam.source)
    assert cam.attempts == attempts


def test_health_is_counted_for_each_connection_by_itself() -> None:
    """Two short connections are not one long one, whatever the time between them."""
    cam = camera(REFUSED, Link(2, GONE, apart=3.0), Link(2, GONE, apart=3.0), Link(0, None))
    list(cam.source)
    assert cam.attempts == [1, 2, 3]


def test_frames_per_second_are_those_of_now() -> None:
    cam = camera(Link(30, None, apart=0.1))
    list(cam.source)
    assert cam.source.captured_fps == pytest.approx(10)
    cam.clock.advance(60)
    assert cam.source.captured_fps == 0


def test_what_trying_again_would_not_mend_is_raised() -> None:
    with pytest.raises(AccessError):
        list(camera(Link(-1, AccessError("No."))).source)


def test_every_nth_frame_only() -> None:
    source = camera(Link(10, None)).source
    source.keep = 4
    assert [f.index for f in source] == [3, 7]
    assert (source.captured, source.skipped) == (10, 8)


def test_closing_ends_a_wait_at_once() -> None:
    """The wait is a minute long: a test that waits for its end is ended by its time limit."""
    cam = Camera((REFUSED,), Backoff(60, 60))
    threading.Timer(0.05, cam.source.close).start()
    assert list(cam.source) == []
    assert cam.reports[-1][0] == "reconnecting"


def test_a_pause_holds_over_connections() -> None:
    cam = camera(Link(1), Link(1, None))
    frames = iter(cam.source)
    next(frames)
    cam.source.pause()
    list(frames)
    assert [c.seen for c in cam.connections] == [["pause"], ["pause"]]


def test_resuming_reaches_the_connection_of_now_and_no_later_one_pauses() -> None:
    cam = camera(Link(1), Link(1, None))
    cam.source.pause()
    frames = iter(cam.source)
    next(frames)
    cam.source.resume()
    list(frames)
    assert [c.seen for c in cam.connections] == [["pause", "resume"], []]


@pytest.mark.parametrize("move", [lambda s: s.step(), lambda s: s.seek(1.0)], ids=["step", "seek"])
def test_nothing_is_searched_before_it_is_open(move: Callable[[ReconnectingSource], None]) -> None:
    with pytest.raises(UsageError, match="not open"):
        move(camera().source)
