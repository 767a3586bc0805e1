"""The live session with real servers, a real engine and real threads."""

from __future__ import annotations

import gc
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import pytest

from dehazer.config import EngineOptions, EnhanceOptions
from dehazer.engine.engine import Engine
from dehazer.errors import ConfigError, DeviceError, UsageError
from dehazer.live.governor import QualityTarget
from dehazer.live.session import LiveSession
from dehazer.live.view_size import REMEMBERED
from dehazer.moment import Moment
from dehazer.runtime.backoff import Backoff
from dehazer.runtime.memory import resident_mb
from dehazer.sources import open_source
from dehazer.sources.request import SourceRequest
from tests.media import write_moving_texture
from tests.servers import HttpCamera, RtspCamera, SilentServer
from tests.waiting import MOMENT, PATIENCE, until

NUMBERS = {
    "state", "captured", "captured_fps", "computed", "computed_fps", "painted", "painted_fps", "latency_ms_p50", "latency_ms_p95",
    "drops", "queue", "model", "weights", "device", "precision", "backend", "haze", "visibility", "haze_history",
    "flicker_before", "flicker_after", "bypassed", "grid", "width", "height", "age_s", "still_s", "rss_mb", "governor",
    "publication", "recording", "pre_roll", "warnings",
}


@contextmanager
def live(where: str | SourceRequest, engine: Engine | EngineOptions, **more: object) -> Iterator[LiveSession]:
    session = LiveSession(where, engine, backoff=Backoff(0.2, 0.4), **more)  # type: ignore[arg-type]
    session.start()
    try:
        yield session
    finally:
        session.stop(PATIENCE)
        assert not session.running, "stop() did not join its threads"


def looped(film: Path, **more: float) -> SourceRequest:
    return SourceRequest(str(film), loop=True, **more)  # type: ignore[arg-type]


NEVER = 120.0
"""A deadline of a source behind the patience of `live`: what ends, was ended."""


def settle(session: LiveSession) -> None:
    """Wait until all that a paused session had captured is computed or dropped, and take what waits."""
    def settled() -> bool:
        now = session.snapshot()
        return now.queue == 0 and now.captured == now.flow.computed + now.drops.late + now.drops.governor

    until(settled)
    threading.Event().wait(MOMENT)  # the last of them is applied and handed over
    session.take()


def paint(session: LiveSession) -> Moment:
    """What a painter does: take the newest, show it, say so."""
    until(lambda: session._mailbox._item is not None)
    moment = session.take()
    assert moment is not None
    session.painted(moment)
    return moment


def test_from_opening_over_live_to_ended(film: Path, engine: Engine) -> None:
    kinds: list[str] = []
    session = LiveSession(str(film), engine, on_change=lambda: kinds.append(session.state.kind))
    assert session.state.kind == "opening"
    assert session.take() is None
    assert session.snapshot().captured == 0
    session.start()
    until(lambda: session.state.kind == "ended")
    session.stop()
    assert list(dict.fromkeys(kinds)) == ["opening", "live", "ended"]
    assert session.state.is_over
    assert session.state.sentence == "film.mp4 has ended."
    assert session.snapshot().captured == 25


def test_original_and_result_are_the_same_instant(film: Path, engine: Engine) -> None:
    with live(looped(film), engine, options=EnhanceOptions(strength=0)) as session:
        for _ in range(5):
            moment = paint(session)
            assert moment.result.index == moment.original.index
            assert moment.result.captured == moment.original.captured
            assert np.array_equal(moment.result.planes[0], moment.original.planes[0])


def test_the_numbers_are_complete_and_plain_json(film: Path, engine: Engine) -> None:
    with live(looped(film), engine) as session:
        for _ in range(10):
            paint(session)
        numbers = session.snapshot()
    flat = json.loads(json.dumps(numbers.as_json(), allow_nan=False))
    assert set(flat) == NUMBERS
    assert flat["painted"] == numbers.flow.painted
    assert set(flat["drops"]) == {"late", "decode", "paint", "governor", "record"}
    assert numbers.flow.painted == 10
    assert 0 < numbers.flow.latency_ms_p50 <= numbers.flow.latency_ms_p95 < 5000
    assert 0 <= numbers.scene.haze <= 1
    assert numbers.scene.grid[0] > 4
    assert numbers.engine["device"] == "cpu"
    assert numbers.rss_mb > 50


def test_every_captured_frame_is_painted_or_counted_as_dropped(film: Path, engine: Engine) -> None:
    with live(looped(film, fps=100), engine) as session:
        def dropped() -> int:
            drops = session.snapshot().drops
            return drops.late + drops.paint

        for _ in range(12):
            before = dropped()
            paint(session)
            until(lambda before=before: dropped() > before)  # type: ignore[misc]
        session.pause()
        settle(session)
        numbers = session.snapshot()
    # frames of a paused session that were still on their way are neither painted nor overwritten
    lost = numbers.captured - numbers.flow.painted - sum(numbers.drops.as_dict().values())
    assert 0 <= lost <= 4
    assert numbers.flow.painted == 12


def test_options_count_from_the_next_picture_on(film: Path, engine: Engine) -> None:
    with live(looped(film), engine, options=EnhanceOptions(strength=0)) as session:
        moment = paint(session)
        assert np.array_equal(moment.result.planes[0], moment.original.planes[0])
        session.options = EnhanceOptions(strength=100)
        until(lambda: not np.array_equal(*(m.planes[0] for m in pair(paint(session)))))
        with pytest.raises(ConfigError):
            session.options = EnhanceOptions(compare="side")


def pair(moment: Moment) -> tuple:  # type: ignore[type-arg]
    return moment.original, moment.result


def test_pause_freezes_the_picture_and_rests_the_processor(film: Path, engine: Engine) -> None:
    with live(looped(film), engine) as session:
        paint(session)
        session.pause()
        assert session.state.kind == "paused"
        settle(session)
        before, cpu = session.snapshot(), time.process_time()
        threading.Event().wait(0.5)
        used = time.process_time() - cpu
        assert session.take() is None
        assert session.snapshot().flow.computed == before.flow.computed
        assert used < 0.1, f"{used:.2f} s of processor time in half a second of pause"
        session.resume()
        assert session.state.kind == "live"
        assert paint(session).original.captured is not None


def test_a_session_can_start_paused_and_start_again(film: Path, engine: Engine) -> None:
    with live(looped(film), engine) as session:
        with pytest.raises(UsageError):
            session.start()
        paint(session)
        session.stop()
        assert session.state.kind == "ended"
        session.start()
        paint(session)


@pytest.mark.parametrize("server", [HttpCamera, RtspCamera])
def test_a_stream_that_dies_and_returns(server: type[HttpCamera], engine: Engine) -> None:
    with server() as camera, live(camera.url, engine) as session:
        first = paint(session)
        camera.down()
        until(lambda: session.state.kind == "reconnecting" and session.state.attempt >= 2)
        state = session.state
        assert "refuses the connection" in state.sentence
        assert (state.next_in_s is None or 0 <= state.next_in_s <= 0.4)
        camera.up()
        until(lambda: session.state.kind == "live")
        assert session.state.attempt == 0
        session.take()
        again = paint(session)
        assert (again.original.captured or 0) > (first.original.captured or 0)


def test_a_stall_shows_in_the_age_and_then_reconnects(engine: Engine) -> None:
    with HttpCamera() as camera, live(SourceRequest(camera.url, deadline=0.6), engine) as session:
        paint(session)
        camera.stalled.set()
        until(lambda: (session.snapshot().age_s or 0) > 0.4)
        until(lambda: session.state.kind == "reconnecting")
        assert "gave no picture for 0.6 seconds" in session.state.sentence
        camera.stalled.clear()
        until(lambda: session.state.kind == "live")
        until(lambda: (session.snapshot().age_s or 9) < 0.5)


def test_a_wrong_password_fails_at_once_and_is_not_tried_again(engine: Engine) -> None:
    with HttpCamera("right") as camera, live(SourceRequest(camera.url, user="admin", password="wr@ng"), engine) as session:
        until(lambda: session.state.kind == "failed")
        assert "does not accept this user name and password" in session.state.sentence
        asked = camera.connections  # FFmpeg itself asks twice: without, then with the password
        until(lambda: not session.running)  # so nobody tries again
        assert camera.connections == asked <= 2
        assert "wr@ng" not in repr((session.state, session.error, session.request, session.snapshot()))


@pytest.mark.parametrize(("where", "kind", "words"), [
    ("not-there.mp4", "failed", "does not exist"), ("gopher://x/y", "failed", "not known"),
    ("camera:97", "reconnecting", "no camera at"), ("http://no-such-host.invalid/", "reconnecting", "no host called"),
])
def test_trouble_is_a_sentence_in_place_of_the_picture(where: str, kind: str, words: str, engine: Engine) -> None:
    with live(where, engine) as session:
        until(lambda: session.state.kind == kind)
        assert words in session.state.sentence


def test_a_session_stops_while_nobody_answers(engine: Engine) -> None:
    with SilentServer() as server, live(SourceRequest(server.url, deadline=NEVER), engine):
        until(lambda: server.connections)


def test_a_session_stops_while_a_stream_stalls(engine: Engine) -> None:
    with HttpCamera() as camera, live(SourceRequest(camera.url, deadline=NEVER), engine) as session:
        paint(session)
        camera.stalled.set()
        until(lambda: (session.snapshot().age_s or 0) > 0.2)


def test_a_lost_device_is_a_sentence(film: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_: object) -> None:
        raise DeviceError("The device ran out of memory; use a smaller picture.")

    monkeypatch.setattr(engine, "estimate", lost)
    with live(looped(film), engine) as session:
        until(lambda: session.state.kind == "failed")
        assert session.state.sentence == "The device ran out of memory; use a smaller picture."


def test_the_unexpected_is_kept_for_the_report(film: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "estimate", lambda *_: 1 / 0)
    with live(looped(film), engine) as session:
        until(lambda: session.state.kind == "failed")
        assert isinstance(session.error, ZeroDivisionError)
        assert "unexpected" in session.state.sentence


def test_the_engine_is_loaded_in_the_background_and_its_failure_is_said(film: Path, random_weights: Path) -> None:
    with live(looped(film), EngineOptions(device="cpu")) as session:
        paint(session)
        assert session.snapshot().engine["model"] == "field"
    with live(looped(film), EngineOptions(device="cpu", weights="nothing")) as session:
        until(lambda: session.state.kind == "failed")
        assert "no weights 'nothing'" in session.state.sentence


def test_a_frozen_camera_shows_in_still_s(tmp_path: Path, engine: Engine) -> None:
    one = write_moving_texture(tmp_path / "one.mp4", frames=1)
    with live(SourceRequest(str(one), loop=True), engine) as session:
        paint(session)

        def still_but_fresh() -> bool:
            numbers = session.snapshot()
            return (numbers.still_s or 0) > 0.5 > 2 * (numbers.age_s or 9)

        until(still_but_fresh)


def test_the_governor_steps_down_and_says_so(film: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    estimate, lines = engine.estimate, []

    def slow(frame: object, count: int, begun: object) -> object:
        lines.append(count)
        time.sleep(0.15)
        return estimate(frame, count)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "estimate", slow)
    for name, seconds in (("governor.SETTLE", 0.3), ("governor.DOWN_AFTER", 0.1), ("quality.INTERVAL", 0.05)):
        monkeypatch.setattr(f"dehazer.live.{name}", seconds)
    with live(looped(film), engine, target=QualityTarget(fps=20)) as session:
        until(lambda: len(session.snapshot().governor.given_up) >= 3)
        status = session.snapshot().governor
        assert status.given_up[:3] == ("grid of 320 lines", "grid of 224 lines", "field kept for 2 frames")
        assert tuple(name for _, name in status.steps)[:3] == status.given_up[:3]
        assert {448, 320, 224} <= set(lines)
        session.target = QualityTarget()
        assert session.snapshot().governor.given_up == ()


def test_a_picture_that_waits_is_announced_once(film: Path, engine: Engine) -> None:
    calls: list[int] = []
    session = LiveSession(looped(film), engine, on_change=lambda: calls.append(1))
    session.start()
    until(lambda: session.snapshot().flow.computed > 15)
    assert len(calls) < 8  # a few changes of state and one picture that waits
    session.stop()


def test_memory_stays_flat_over_thousands_of_frames(tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    first = engine.estimate(next(iter_film(tmp_path)))
    monkeypatch.setattr(engine, "estimate", lambda *_: first)  # the threads and buffers are what is watched, not the network
    film = write_moving_texture(tmp_path / "big.mp4", frames=100, size=(180, 320))  # 170 kB per instant: 120 kept ones would show
    with live(looped(film, fps=800), engine) as session:
        def run(frames: int) -> float:
            goal = session.snapshot().captured + frames
            while session.snapshot().captured < goal:
                if (moment := session.take()) is not None:
                    session.painted(moment)
                time.sleep(0.002)
            gc.collect()
            return resident_mb()

        readings = [run(500)]  # pools of frames and of the allocator are filled by then, or on a busy machine some rounds later
        while len(readings) < 2 or (readings[-1] - readings[-2] >= 20 and len(readings) < 6):
            readings.append(run(1000))
    assert readings[-1] - readings[-2] < 20, f"megabytes: {readings}"  # a thousand kept instants are 170


def iter_film(folder: Path) -> Iterator:  # type: ignore[type-arg]
    from dehazer.sources import open_source

    with open_source(write_moving_texture(folder / "probe.mp4", frames=2, size=(180, 320))) as source:
        yield from source


def test_many_starts_and_stops_leave_nothing(film: Path, engine: Engine) -> None:
    for delay in (0.0, 0.01, 0.05, 0.2):
        session = LiveSession(looped(film), engine)
        session.start()
        time.sleep(delay)
        session.stop()
        assert not session.running
    assert not [t for t in threading.enumerate() if t.name.startswith("dehazer-")]


def look_at(session: LiveSession, size: tuple[int, int], times: int = 2 * REMEMBERED) -> Moment:
    """What a painter does whose view has room for `size` (height, width); the last of so many instants."""
    for _ in range(times):
        until(lambda: session._mailbox._item is not None)
        moment = session.take()
        assert moment is not None
        session.painted(moment, size)
    return moment


def test_no_more_pixels_are_computed_than_the_views_show(film: Path, engine: Engine, tmp_path: Path) -> None:
    with live(looped(film), engine) as session:
        moment = look_at(session, (24, 32))
        assert moment.dehazed._whole is None
        assert moment.result_for((24, 32)).height == 24
        whole = session.save_snapshot(tmp_path)[1]
        assert cv2.imread(str(whole)).shape[:2] == (moment.original.height, moment.original.width)


@pytest.mark.parametrize("paused", [False, True])
def test_results_that_are_recorded_are_computed_whole_and_once(film: Path, engine: Engine, tmp_path: Path, paused: bool,
                                                               monkeypatch: pytest.MonkeyPatch) -> None:
    with live(looped(film), engine) as session:
        look_at(session, (24, 32))
        if paused:
            session.pause()
        session.start_recording(tmp_path / "recorded.mkv")
        computed: list[bool] = []
        deliver = session._recordings.offer
        monkeypatch.setattr(session._recordings, "offer",
                            lambda moment: computed.append(moment.dehazed._small is None) or deliver(moment))
        until(lambda: len(computed) > 12)
        info, files = session.info, session.stop_recording()
    assert all(computed[5:])  # behind those that were on their way
    with open_source(str(files[0])) as recorded:
        assert (recorded.info.height, recorded.info.width) == (info.height, info.width)
        assert sum(1 for _ in recorded) >= 4


def test_a_recording_of_originals_leaves_the_view_its_size(film: Path, engine: Engine, tmp_path: Path) -> None:
    with live(looped(film), engine) as session:
        look_at(session, (24, 32))
        session.start_recording(tmp_path / "recorded.mkv", "original")
        assert look_at(session, (24, 32)).dehazed._whole is None
        session.stop_recording()
