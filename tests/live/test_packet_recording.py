"""Originals of network sources: the packets that came, from before the button was pressed, whatever the view does."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from dehazer.engine.engine import Engine
from dehazer.files.packet_tap import TappedPacket
from dehazer.live.packet_queue import PacketQueue
from dehazer.live.packet_ring import PacketRing
from dehazer.live.recording import Recorder
from dehazer.sinks.packet_recorder import PacketRecorder
from tests.live.test_session import live, paint
from tests.servers import CameraServer, HttpCamera, RtspCamera
from tests.sinks.test_packet_recorder import pictures_in, pictures_of, sound_in, units
from tests.sounding import packets_of, sounding_stream, tapped_packets
from tests.waiting import PATIENCE, until


def report(path: Path) -> dict[str, object]:
    return json.loads(path.with_name(f"{path.name}.json").read_text("utf-8"))


def position(recorded: list[list[bytes]], sent: list[bytes]) -> int:
    """Where the recorded pictures begin among those that were sent; they must be a piece of those without a gap."""
    all_sent = [units(one) for one in sent]
    begin = all_sent.index(recorded[0])
    assert recorded == all_sent[begin : begin + len(recorded)]
    return begin


@pytest.mark.parametrize("server", [HttpCamera, RtspCamera])
def test_originals_are_the_packets_that_came_with_their_sound(tmp_path: Path, engine: Engine, server: type[CameraServer]) -> None:
    film = sounding_stream(40, "mp2")
    with server(film=film) as camera, live(camera.url, engine) as session:
        paint(session)
        session.start_recording(tmp_path / "a.mkv", "original")
        until(lambda: session.snapshot().recording.frames >= 40)
        paths = session.stop_recording()
    assert paths == (tmp_path / "a.mkv",)
    position(pictures_in(paths[0]), packets_of(film))
    sound = sound_in(paths[0])
    assert len(sound) > 10
    assert set(sound) <= set(packets_of(film, "audio"))
    about = report(paths[0])
    assert (about["missing_originals"], about["trouble"]) == (0, None)
    assert about["original"]["copied"] is True
    assert about["original"]["segments"][0]["pictures"] == about["original"]["frames"] >= 40


def test_a_paused_view_and_a_slow_engine_cost_no_original(tmp_path: Path, engine: Engine) -> None:
    film = sounding_stream(40, "mp2")
    with HttpCamera(film=film) as camera, live(camera.url, engine) as session:
        paint(session)
        session.pause()
        session.start_recording(tmp_path / "a.mkv", "original")
        computed = session.snapshot().flow.computed
        until(lambda: session.snapshot().recording.frames >= 60)
        assert session.snapshot().flow.computed <= computed + 3, "originals need no computing"
        paths = session.stop_recording()
    position(pictures_in(paths[0]), packets_of(film))


def test_both_are_recorded_and_the_original_holds_everything(tmp_path: Path, engine: Engine) -> None:
    film = sounding_stream(40, "mp2")
    with HttpCamera(film=film) as camera, live(camera.url, engine) as session:
        paint(session)
        session.start_recording(tmp_path / "a.mkv", "both")
        until(lambda: session.snapshot().recording.frames >= 10)
        dehazed, original = session.stop_recording()
    assert (dehazed.name, original.name) == ("a.mkv", "a-original.mkv")
    position(pictures_in(original), packets_of(film))
    assert report(original)["complete"] is True
    assert report(dehazed)["original"]["files"] == ["a-original.mkv"]


def test_a_recording_begins_before_it_was_asked_for(tmp_path: Path, engine: Engine) -> None:
    film = sounding_stream(40, "mp2")
    with HttpCamera(film=film) as camera, live(camera.url, engine, pre_roll=2.0) as session:
        until(lambda: session.snapshot().pre_roll.seconds >= 2.0)
        session.start_recording(tmp_path / "gate-20200101-000000.mkv", "original")
        asked = session.snapshot().captured
        until(lambda: session.snapshot().recording.frames >= 60)
        assert 1.5 < session.snapshot().recording.pre_roll < 10
        path = session.stop_recording()[0]
    assert path.name != "gate-20200101-000000.mkv", "its name tells when its pictures begin"
    assert report(path)["original"]["segments"][0]["pictures"] >= 60
    assert position(pictures_in(path), packets_of(film)) % 12 == 0
    assert position(pictures_in(path), packets_of(film)) < asked


def test_another_connection_goes_on_in_another_file(tmp_path: Path, engine: Engine) -> None:
    film = sounding_stream(40, "mp2")
    with HttpCamera(film=film) as camera, live(camera.url, engine) as session:
        paint(session)
        session.start_recording(tmp_path / "a.mkv", "original")
        until(lambda: session.snapshot().recording.frames >= 20)
        camera.cut()
        until(lambda: len(session._recordings.recorder.paths) == 2)
        until((tmp_path / "a-2.mkv.json").exists)  # written after the file is begun
        until(lambda: report(tmp_path / "a-2.mkv")["complete"] is False)
        before = session.snapshot().recording.frames
        until(lambda: session.snapshot().recording.frames >= before + 20)
        first, second = session.stop_recording()
    assert position(pictures_in(second), packets_of(film)) == 0
    position(pictures_in(first), packets_of(film))
    assert "The connection was lost" in report(second)["notes"][0]
    assert report(first)["original"]["files"] == ["a.mkv", "a-2.mkv"]


def test_segments_follow_one_another_without_a_gap(tmp_path: Path, engine: Engine) -> None:
    film = sounding_stream(40, "mp2")
    with HttpCamera(film=film) as camera, live(camera.url, engine) as session:
        paint(session)
        session.start_recording(tmp_path / "gate-20200101-000000.mkv", "original", segment_minutes=1 / 60)
        until(lambda: len(session._recordings.recorder.paths) >= 4)
        paths = session.stop_recording()
    position([picture for path in paths for picture in pictures_in(path)], packets_of(film))
    assert all(report(path)["source"] == camera.url for path in paths)


def test_dehazed_pictures_are_cut_into_files_too(tmp_path: Path, engine: Engine) -> None:
    with HttpCamera() as camera, live(camera.url, engine) as session:
        paint(session)
        session.start_recording(tmp_path / "a.mkv", "dehazed", segment_minutes=1 / 60)
        until(lambda: len(session._recordings.recorder.paths) >= 3)
        paths = session.stop_recording()
    assert [path.name for path in paths[:3]] == ["a.mkv", "a-2.mkv", "a-3.mkv"]
    assert [one["complete"] for one in report(paths[0])["dehazed"]["segments"]] == [True] * len(paths)


def stalled_disk(monkeypatch: pytest.MonkeyPatch) -> tuple[threading.Event, threading.Event]:
    """(somebody writes, it may go on)."""
    write, writing, may_write = PacketRecorder.write, threading.Event(), threading.Event()

    def held(self: PacketRecorder, packet: TappedPacket) -> None:
        writing.set()
        assert may_write.wait(PATIENCE)
        write(self, packet)

    monkeypatch.setattr(PacketRecorder, "write", held)
    return writing, may_write


def test_what_a_slow_disk_leaves_out_is_said_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writing, may_write = stalled_disk(monkeypatch)
    packets = pictures_of(tapped_packets(sounding_stream(4, "mp2"), time.monotonic()))
    monkeypatch.setattr("dehazer.live.packet_queue.QUEUE_BYTES", sum(len(p.data) for p in packets[:30]))
    monkeypatch.setattr(PacketQueue.__init__, "__defaults__", (sum(len(p.data) for p in packets[:30]),))
    recorder = Recorder(tmp_path / "a.mkv", "original", 25, "gate", packets=True)
    for packet in packets:
        recorder.offer_packet(packet)
        assert writing.wait(PATIENCE)
    assert recorder.status().missing > 40
    may_write.set()
    missing = recorder.missing
    path = recorder.stop(PATIENCE)[0]
    kept = pictures_in(path)
    assert len(kept) + missing == 100
    assert kept == [units(p.data) for p in packets[: len(kept)]]
    about = report(path)
    assert about["missing_originals"] == about["original"]["segments"][0]["missing"] == missing
    with av.open(str(path)) as file:
        assert f"Missing pictures: {missing:09d}" in file.metadata.values() or f"{missing:09d}" in str(file.metadata)


def ring_of(seconds: float, packets: list[TappedPacket], most: int = 1 << 20) -> PacketRing:
    ring = PacketRing(seconds, most)
    for packet in packets:
        ring.add(packet)
    return ring


def test_the_ring_holds_from_the_last_key_frame_before_the_wanted_time() -> None:
    packets = tapped_packets(sounding_stream(4, "mp2"))
    ring = ring_of(1.0, packets)
    now = packets[-1].arrived
    kept = ring.packets(now)
    assert kept[0].key
    assert not kept[0].sound
    assert 1.0 <= now - kept[0].arrived < 1.6
    assert kept == packets[-len(kept) :]
    assert ring.held(now) == now - kept[0].arrived
    assert ring.bytes == sum(len(packet.data) for packet in kept)
    assert ring.packets(now + 100) == [], "what ended long ago is no pre-roll"


def test_the_ring_takes_no_more_memory_than_it_may() -> None:
    packets = tapped_packets(sounding_stream(4, "mp2"))
    most = sum(len(packet.data) for packet in packets[-40:])
    ring = ring_of(100.0, packets, most)
    assert 0 < ring.bytes <= most
    assert ring.packets(packets[-1].arrived)[0].key
    assert ring_of(100.0, packets, 10).bytes == 0


def test_a_queue_that_is_full_leaves_out_whole_groups_of_pictures() -> None:
    packets = pictures_of(tapped_packets(sounding_stream(4, "mp2")))
    queue = PacketQueue(sum(len(packet.data) for packet in packets[:18]))
    for packet in packets[:30]:
        queue.put(packet)
    out = [queue.get() for _ in range(18)]
    assert out == packets[:18]
    for packet in packets[30:50]:
        queue.put(packet)
    queue.finish()
    rest = list(iter(queue.get, None))
    assert rest == [18, *packets[36:50]]
    assert queue.dropped == 18


def test_packets_from_before_take_no_room_from_those_that_come() -> None:
    packets = pictures_of(tapped_packets(sounding_stream(2, "mp2")))
    queue = PacketQueue(sum(len(packet.data) for packet in packets[25:]))
    queue.extend(packets[:25])
    for packet in packets[25:]:
        queue.put(packet)
    queue.finish()
    assert list(iter(queue.get, None)) == packets


KILLED = """
import sys, time
import dehazer.models.weights as weights
from pathlib import Path
from dehazer.config import EngineOptions
from dehazer.live.session import LiveSession
from dehazer.live.shared_engine import SharedEngine
weights.FOLDER = Path(sys.argv[2])
session = LiveSession(sys.argv[1], SharedEngine(EngineOptions(device="cpu", backend="torch")))
session.start()
session.start_recording(sys.argv[3], "original")
while True:
    time.sleep(0.1)
    print(session.snapshot().recording.frames, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("suffix", [".mkv", ".mp4"])
def test_copied_packets_survive_kill_9(tmp_path: Path, random_weights: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    with HttpCamera(film=sounding_stream(40, "mp2")) as camera:
        child = subprocess.Popen([sys.executable, "-c", KILLED, camera.url, str(random_weights), str(path)], text=True,
                                 stdout=subprocess.PIPE, env={**os.environ, "OMP_NUM_THREADS": "1"})
        assert child.stdout is not None
        with child.stdout as lines:
            written = next(count for line in lines if (count := int(line)) > 30)
            threading.Event().wait(2.0)
        child.kill()
        child.wait(PATIENCE)
    with av.open(str(path)) as file:
        times = [float((p.pts or 0) * (p.time_base or 0)) for p in file.decode(video=0)]
    assert len(times) >= written
    assert np.all(np.diff(times) > 0)
    assert report(path)["original"]["segments"][0]["complete"] is False


@pytest.mark.parametrize("harm", ["folder", "file"])
def test_what_is_taken_away_ends_a_recording_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str) -> None:
    monkeypatch.setattr("dehazer.live.recording_threads.WATCH", 0.0)
    (tmp_path / "here").mkdir()
    recorder = Recorder(tmp_path / "here" / "a.mkv", "original", 25, "gate", packets=True)
    packets = pictures_of(tapped_packets(sounding_stream(2, "mp2")))
    recorder.offer_packet(packets[0])
    until(lambda: recorder.frames == 1)
    take_away: dict[str, Callable[[], object]] = {
        "folder": lambda: (tmp_path / "here").rename(tmp_path / "there"), "file": (tmp_path / "here" / "a.mkv").unlink}
    take_away[harm]()
    recorder.offer_packet(replace(packets[1]))
    until(lambda: not recorder.active)
    assert recorder.trouble is not None
    assert ("taken away" if harm == "file" else "cannot be used") in recorder.trouble
    recorder.stop(PATIENCE)
    if harm == "folder":
        assert len(pictures_in(tmp_path / "there" / "a.mkv")) >= 1
