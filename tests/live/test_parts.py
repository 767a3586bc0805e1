"""The parts of a session by themselves: numbers, state, mailbox, snapshots, the steady source with its clock held."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dehazer.config import EnhanceOptions
from dehazer.engine.engine import Engine
from dehazer.enhance import AnalysisSettings, Enhancer, Moment
from dehazer.errors import AccessError, LinkError, OutputError, UsageError
from dehazer.field.haze_field import HazeMeter
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.frames.rgb import packed_rgb
from dehazer.live.metrics import HISTORY_SECONDS, HazeHistory, RecentFlicker, SessionMetrics
from dehazer.live.reconnect import ReconnectingSource
from dehazer.live.snapshot import save_pair
from dehazer.live.state import StateKeeper
from dehazer.runtime.backoff import Backoff
from dehazer.runtime.mailbox import Mailbox
from dehazer.sources.interrupt import Interrupt
from dehazer.sources.live_source import LiveSource
from dehazer.sources.request import SourceRequest
from tests.pictures import random_frame


class Clock:
    def __init__(self, now: float = 50.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def moment(captured: float | None = None, luma: float = 100, haze: float = 0.4) -> Moment:
    frame = random_frame("yuv420p", 24, 32, captured=captured)
    return Moment(frame, frame, frame, None, HazeMeter(1 - haze, 0.5), (luma, luma + 10))


def test_a_mailbox_keeps_the_newest_and_counts_the_others() -> None:
    box: Mailbox[int] = Mailbox()
    assert box.take() is None
    assert [box.put(i) for i in (1, 2, 3)] == [True, False, False]
    assert (box.take(), box.take(), box.overwritten) == (3, None, 2)


def test_latency_runs_from_capture_to_paint() -> None:
    clock = Clock()
    metrics = SessionMetrics(clock)
    for wait in range(1, 101):
        clock.now += 1
        metrics.painted(moment(captured=clock.now - wait / 1000))
    flow = metrics.flow()
    assert flow.painted == 100
    assert flow.latency_ms_p50 == pytest.approx(50)
    assert flow.latency_ms_p95 == pytest.approx(95)


def test_haze_is_kept_per_second_for_two_minutes_with_gaps_as_gaps() -> None:
    clock = Clock()
    history = HazeHistory(clock)
    for haze in (0.2, 0.4):
        history.add(haze)
    clock.now += 1
    history.add(0.5)
    clock.now += 3
    assert history.values() == [pytest.approx(0.3), 0.5, None, None]
    for _ in range(500):
        clock.now += 1
        history.add(0.1)
    assert len(history.values()) == HISTORY_SECONDS
    assert set(history.values()) == {0.1}
    clock.now += 10_000
    assert set(history.values()) == {None}
    assert len(history.values()) == HISTORY_SECONDS


def test_flicker_speaks_of_the_last_frames_only() -> None:
    flicker = RecentFlicker()
    for index in range(300):
        flicker.add(100 + 20 * (index % 2))
    wild = flicker.index
    for _ in range(300):
        flicker.add(100)
    assert wild > 5
    assert flicker.index < 0.5


def test_age_and_stillness() -> None:
    clock = Clock()
    metrics = SessionMetrics(clock)
    assert metrics.age() == (None, None)
    assert metrics.scene().haze is None
    assert metrics.recent_latency_ms() is None
    metrics.computed(moment(captured=49.9, luma=100))
    clock.now = 53.0
    metrics.computed(moment(captured=52.5, luma=100))
    assert metrics.age() == (pytest.approx(0.5), pytest.approx(3.0))
    assert metrics.recent_latency_ms() == pytest.approx(500)
    metrics.computed(moment(captured=52.9, luma=101))
    assert metrics.age()[1] == 0
    assert metrics.scene().haze == pytest.approx(0.4)


def test_a_picture_computed_anew_says_nothing_about_the_pace() -> None:
    """A frozen one follows the slider: it is old because it is looked at for long, and no machine is too slow for that."""
    clock = Clock()
    metrics = SessionMetrics(clock)
    paused_view, late = moment(captured=clock.now - 0.03), moment(captured=clock.now - 0.02, luma=130)
    for one in (paused_view, late):
        metrics.computed(one)
    assert metrics.recent_latency_ms() == pytest.approx(30)
    flicker = metrics.scene().flicker_before
    clock.now += 30
    for haze in (0.4, 0.1):
        metrics.computed(replace(paused_view, meter=HazeMeter(1 - haze, 0.5)))
    assert metrics.recent_latency_ms() is None
    assert metrics.scene().flicker_before == flicker
    assert metrics.scene().haze == pytest.approx(0.1)


def test_the_countdown_of_a_state_runs() -> None:
    clock, changes = Clock(), []
    keeper = StateKeeper(lambda: changes.append(1), clock)
    keeper.set("reconnecting", "Gone.", 2, 4.0)
    clock.now += 3
    assert keeper.state.next_in_s == pytest.approx(1)
    assert keeper.state.attempt == 2
    assert keeper.state.since == 50
    keeper.set("reconnecting", "Gone.", 3, None)
    assert keeper.state.since == 50
    assert keeper.state.next_in_s is None
    keeper.set("live", "Here.")
    assert keeper.state.since == 53
    assert len(changes) == 3
    assert not keeper.state.is_over


class Scripted(LiveSource):
    """Gives so many frames, then raises or ends."""

    def __init__(self, frames: int, error: Exception | None, interrupt: Interrupt) -> None:
        super().__init__(interrupt)
        self.info = VideoInfo(32, 24, random_frame("yuv420p", 24, 32).format, live=True)
        self._frames, self._error = frames, error
        self.closed, self.lost = 0, 2

    def __iter__(self) -> Iterator[Frame]:
        for index in range(self._frames):
            yield random_frame("yuv420p", 24, 32, index=index)
        if self._error is not None:
            raise self._error

    def close(self) -> None:
        super().close()
        self.closed += 1


def steady(*script: tuple[int, Exception | None]) -> tuple[ReconnectingSource, list[tuple[object, ...]], list[Scripted]]:
    """A source that lives through the script, one entry per connection; what it reports; the connections."""
    entries, reports, made = iter(script), [], []

    def opener(request: SourceRequest, interrupt: Interrupt) -> LiveSource:
        frames, error = next(entries)
        if frames < 0:
            assert error is not None
            raise error
        made.append(Scripted(frames, error, interrupt))
        return made[-1]

    source = ReconnectingSource(SourceRequest("rtsp://cam/x"), lambda *state: reports.append(state), Backoff(0.01, 0.02), opener)
    return source, reports, made


def test_a_steady_source_goes_on_over_connections() -> None:
    gone = LinkError("The camera is gone.")
    source, reports, made = steady((3, gone), (-1, gone), (-1, gone), (2, None))
    assert len(list(source)) == 5
    assert source.captured == 5
    kinds = [(kind, attempt) for kind, _, attempt, _ in reports]
    tries = [("reconnecting", n) for n in (1, 2, 3)]
    assert list(dict.fromkeys(kinds)) == [("opening", 0), ("live", 0), *tries]
    assert kinds[-1] == ("live", 0)
    assert all(m.closed == 1 for m in made)
    assert source.lost == 4


def test_a_connection_that_dies_at_once_is_no_success() -> None:
    gone = LinkError("The camera is gone.")
    source, reports, _ = steady((1, gone), (1, gone), (1, gone), (0, None))
    list(source)
    assert [r[2] for r in reports if r[0] == "reconnecting" and r[3] is not None] == [1, 2, 3]


def test_what_trying_again_would_not_mend_is_raised() -> None:
    source, _, _ = steady((-1, AccessError("No.")))
    with pytest.raises(AccessError):
        list(source)


def test_every_nth_frame_only() -> None:
    source, _, _ = steady((10, None))
    source.keep = 4
    assert [f.index for f in source] == [3, 7]
    assert (source.captured, source.thinned) == (10, 8)


def test_closing_ends_a_wait_at_once() -> None:
    source, reports, _ = steady((-1, LinkError("Gone.")))
    source._backoff = Backoff(60, 60)
    threading.Timer(0.1, source.close).start()
    assert list(source) == []
    assert reports[-1][0] == "reconnecting"


def test_a_snapshot_is_a_pair_with_everything_that_explains_it(tmp_path: Path) -> None:
    frame = random_frame("yuv420p", 24, 32, captured=None)
    result = frame.with_planes((frame.planes[0] // 2, *frame.planes[1:]))
    instant = Moment(frame, result, result, None, HazeMeter(0.5, 0.25), (1, 2))
    info = VideoInfo(32, 24, frame.format, rotation=90.0)
    secret = "rtsp://me:s3cr3t@cam.example/live"
    original, dehazed, note = save_pair(instant, tmp_path / "new folder", secret, info, {"strength": 80})
    assert [p.name.split("-2")[0] for p in (original, dehazed, note)] == ["cam.example-live"] * 3
    pixels = np.asarray(Image.open(original))
    assert np.array_equal(pixels, np.rot90(packed_rgb(frame)))
    assert pixels.shape == (32, 24, 3)
    assert np.array_equal(np.asarray(Image.open(dehazed)), np.rot90(packed_rgb(instant.result)))
    about = json.loads(note.read_text("utf-8"))
    assert about["strength"] == 80
    assert about["haze"] == 0.5
    assert about["software"].startswith("dehazer ")
    assert about["sha256"] == {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in (original, dehazed)}
    texts = Image.open(dehazed).text  # type: ignore[attr-defined]
    assert texts["Title"] == "dehazed (enhanced picture)"
    assert json.loads(texts["Description"])["visibility"] == 0.25
    assert "s3cr3t" not in note.read_text("utf-8") + str(texts)
    assert {p.suffix for p in note.parent.iterdir()} == {".png", ".json"}


def test_a_snapshot_into_nowhere_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="cannot be written"):
        save_pair(moment(), tmp_path / "file", "cam", VideoInfo(32, 24, moment().original.format), {})


def test_a_field_is_used_again_but_strength_counts_at_once(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    calls, estimate = [], engine.estimate
    monkeypatch.setattr(engine, "estimate", lambda frame, lines: calls.append((frame.index, lines)) or estimate(frame, lines))
    enhancer = Enhancer(engine, EnhanceOptions(temporal=0))
    enhancer.analysis = AnalysisSettings(lines=224, reuse=4)
    frames = [replace(random_frame("yuv420p", 96, 128, seed=7, low=0.3, high=0.6), index=i, pts=40 * i) for i in range(9)]
    results = [enhancer(f) for f in frames[:8]]
    assert calls == [(0, 224), (4, 224)]
    assert np.array_equal(results[0].result.planes[0], results[3].result.planes[0])
    enhancer.options = EnhanceOptions(temporal=0, strength=0)
    assert enhancer(frames[8]).result is frames[8]


def test_a_jump_of_the_picture_ends_the_use_of_a_field(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    calls, estimate = [], engine.estimate
    monkeypatch.setattr(engine, "estimate", lambda frame, lines: calls.append(frame.index) or estimate(frame, lines))
    enhancer = Enhancer(engine, EnhanceOptions())
    enhancer.analysis = AnalysisSettings(reuse=100)
    dark = random_frame("yuv420p", 96, 128, low=0.2, high=0.3, index=0)
    bright = random_frame("yuv420p", 96, 128, low=0.6, high=0.7, index=1)
    other = random_frame("yuv420p", 128, 96, low=0.6, high=0.7, index=2)
    for frame in (dark, bright, bright, other, other):
        enhancer(frame)
    assert calls == [0, 1, 2]
    enhancer.reset()
    enhancer(other)
    assert calls == [0, 1, 2, 2]


def test_fewer_lines_make_a_smaller_grid(engine: Engine) -> None:
    frame = random_frame("yuv420p", 720, 1280)
    grids = [engine.estimate(frame, lines).field.grid for lines in (448, 320, 224)]
    assert grids == [(56, 100), (40, 72), (28, 48)]


def test_nothing_to_save_yet(engine: Engine, tmp_path: Path) -> None:
    from dehazer.live.session import LiveSession

    with pytest.raises(UsageError, match="no picture to save yet"):
        LiveSession("rtsp://cam/x", engine).save_snapshot(tmp_path)
