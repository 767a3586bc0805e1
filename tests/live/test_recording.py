"""Recordings: what is in them, what survives a kill, and that nothing else waits for them."""

from __future__ import annotations

import errno
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import namedtuple
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import av
import numpy as np
import pytest

from dehazer.engine.engine import Engine
from dehazer.errors import OutputError, OutputExistsError, UsageError
from dehazer.frames.color import frame_to_rgb
from dehazer.frames.frame import PIXEL_FORMATS, ColorTags, Frame
from dehazer.live import recording, recording_threads
from dehazer.live.recording import RecordedPictures, Recorder, recording_path
from dehazer.live.session import LiveSession
from dehazer.moment import Moment
from dehazer.sinks.recorder import CONTAINERS, RecorderSink
from dehazer.sources.request import SourceRequest
from tests.live.test_session import live, looped, paint, settle
from tests.moments import moment_of
from tests.waiting import PATIENCE, never, until

TAGS = ColorTags(matrix=1, range=1, primaries=1, transfer=1)


def frame(index: int, name: str = "yuv420p", size: tuple[int, int] = (72, 96), tags: ColorTags = TAGS) -> Frame:
    """Flat grey that tells its index, 40 ms apart."""
    layout = PIXEL_FORMATS[name]
    planes = [np.full(s, 2 ** (layout.bits - 1), layout.dtype) for s in layout.plane_shapes(*size)]
    planes[0][:] = (50 + index) * 2 ** (layout.bits - 8)
    return Frame(tuple(planes), layout, *size, tags, index, index=index, captured=1000 + 0.04 * index)


def moment(index: int, **more: object) -> Moment:
    original = replace(frame(index, **more), captured=time.monotonic())  # type: ignore[arg-type]
    result = original.with_planes((original.planes[0] + 20, *original.planes[1:]))
    return moment_of(original, result)


def decoded(path: Path) -> list[tuple[int, float]]:
    """(milliseconds, mean luma) of every frame."""
    with av.open(str(path)) as file:
        stream = file.streams.video[0]
        return [(round(1000 * float((p.pts or 0) * (stream.time_base or 0))), float(p.to_ndarray(format="gray").mean()))
                for p in file.decode(stream)]


@pytest.mark.parametrize("suffix", CONTAINERS)
def test_frames_keep_the_times_at_which_they_were_captured(tmp_path: Path, suffix: str) -> None:
    sink = RecorderSink(tmp_path / f"a{suffix}", 25, "gate: original", zero=1000.0)
    frames = [frame(i) for i in range(30)]
    frames[20] = replace(frames[20], captured=(frames[20].captured or 0) + 0.013)
    for one in frames:
        sink.write(one)
    result = sink.finish()
    assert (result.frames, result.path, result.warnings) == (30, tmp_path / f"a{suffix}", ())
    times, lumas = zip(*decoded(tmp_path / f"a{suffix}"), strict=True)
    assert list(times) == [40 * i + 13 * (i == 20) for i in range(30)]
    assert np.allclose(np.diff(lumas), 219 / 219, atol=1.5)
    with av.open(str(tmp_path / f"a{suffix}")) as file:
        assert file.metadata["title"] == "gate: original"
        assert (file.streams.video[0].codec_context.colorspace, file.streams.video[0].codec_context.color_range) == (1, 1)


@pytest.mark.parametrize("name", PIXEL_FORMATS)
def test_every_pixel_format_can_be_recorded(tmp_path: Path, name: str) -> None:
    sink = RecorderSink(tmp_path / "a.mkv", 25)
    source = frame(60, name, (70, 94), TAGS if PIXEL_FORMATS[name].family in ("yuv", "gray") else ColorTags(0, 2))
    for index in range(3):
        sink.write(replace(source, captured=1000 + 0.04 * index))
    sink.finish()
    with av.open(str(tmp_path / "a.mkv")) as file:
        back = next(file.decode(video=0)).to_ndarray(format="rgb24").astype(float)
    exact = (frame_to_rgb(source).clamp(0, 1) * 255).permute(1, 2, 0).numpy()
    assert np.abs(back - exact).mean() < 4


def test_odd_sizes_can_be_recorded(tmp_path: Path) -> None:
    sink = RecorderSink(tmp_path / "a.mkv")
    sink.write(frame(1, size=(71, 95)))
    sink.finish()
    with av.open(str(tmp_path / "a.mkv")) as file:
        assert (file.streams.video[0].height, file.streams.video[0].width) == (71, 95)


def test_another_size_goes_on_in_another_file(tmp_path: Path) -> None:
    sink = RecorderSink(tmp_path / "a.mkv")
    for index, size in enumerate([(72, 96), (72, 96), (96, 128), (96, 128)]):
        sink.write(frame(index, size=size))
    assert sink.finish().warnings == ("The picture changed its size or format; the recording goes on in a-2.mkv.",)
    assert [len(decoded(p)) for p in sink.paths] == [2, 2]
    assert [decoded(path)[0][0] for path in sink.paths] == [0, 0]
    assert (sink.segments[1].began - sink.segments[0].began).total_seconds() == pytest.approx(0.08)


def test_names_and_places_are_checked_before(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.mkv or \.mp4"):
        RecorderSink(tmp_path / "a.avi")
    with pytest.raises(OutputError):
        RecorderSink(tmp_path / "no folder" / "a.mkv")
    (tmp_path / "there.mkv").write_bytes(b"x")
    with pytest.raises(OutputExistsError):
        RecorderSink(tmp_path / "there.mkv")
    with pytest.raises(UsageError, match="dehazed, original, both"):
        Recorder(tmp_path / "a.mkv", "everything")  # type: ignore[arg-type]


def offered(recorder: Recorder, index: int, zero: float) -> None:
    """One instant, both ways, as soon as there is room for it."""
    one = moment(index)
    stamped = replace(one.original, captured=zero + 0.04 * index), replace(one.result, captured=zero + 0.04 * index)
    until(lambda: all(len(kind.queue) <= 4 for kind in recorder._kinds.values()))
    recorder.offer_original(stamped[0])
    recorder.offer(moment_of(*stamped))


def test_both_are_recorded_in_step(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "gate.mkv", "both", 25, "gate")
    for index in range(20):
        offered(recorder, index, recorder._zero)
    paths = recorder.stop()
    assert paths == (tmp_path / "gate.mkv", tmp_path / "gate-original.mkv")
    assert recorder.trouble is None
    dehazed, original = (decoded(p) for p in paths)
    assert [t for t, _ in dehazed] == [t for t, _ in original]
    assert len(original) == 20
    assert all(abs(a - b - 20 * 255 / 219) < 3 for (_, a), (_, b) in zip(dehazed, original, strict=True))


@pytest.mark.parametrize("what", ["original", "both"])
def test_every_original_is_recorded_however_few_are_computed(tmp_path: Path, what: RecordedPictures) -> None:
    recorder = Recorder(tmp_path / "gate.mkv", what, 25, "gate")
    for index in range(40):
        until(lambda: len(recorder._kinds["original"].queue) <= 4)
        recorder.offer_original(replace(frame(index), captured=recorder._zero + 0.04 * index))
        if index % 10 == 0:
            recorder.offer(moment(index))
    originals = recorder.stop()[-1]
    assert [round(t / 40) for t, _ in decoded(originals)] == list(range(40))
    assert recorder.missing == 0
    report = json.loads((tmp_path / "gate.mkv.json").read_text("utf-8"))
    assert (report["original"]["frames"], report["missing_originals"], report["source"]) == (40, 0, "gate")


def slow_disk(monkeypatch: pytest.MonkeyPatch) -> tuple[threading.Event, threading.Event]:
    """(somebody writes, it may go on): a disk that stands still."""
    write, writing, may_write = RecorderSink.write, threading.Event(), threading.Event()

    def held(self: RecorderSink, one: Frame) -> None:
        writing.set()
        assert may_write.wait(PATIENCE)
        write(self, one)

    monkeypatch.setattr(RecorderSink, "write", held)
    return writing, may_write


def test_originals_that_are_missing_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writing, may_write = slow_disk(monkeypatch)
    recorder = Recorder(tmp_path / "a.mkv", "original")
    most = recording.QUEUES["original"]
    for index in range(most + 12):
        recorder.offer_original(replace(frame(index % 100), captured=recorder._zero + 0.04 * index))
        assert index or writing.wait(PATIENCE)
    assert recorder.status().missing == recorder.status().dropped == 11
    may_write.set()
    recorder.stop(PATIENCE)
    assert json.loads((tmp_path / "a.mkv.json").read_text("utf-8"))["missing_originals"] == 11


def test_a_disk_that_stands_still_never_holds_up_who_offers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk moves again only behind the last offer."""
    writing, may_write = slow_disk(monkeypatch)
    recorder = Recorder(tmp_path / "a.mkv")
    recorder.offer(moment(0))
    assert writing.wait(PATIENCE)
    for index in range(1, 60):
        recorder.offer(moment(index))
    may_write.set()
    recorder.stop(PATIENCE)
    most = recording.QUEUES["dehazed"]
    assert recorder.frames == 1 + most
    assert (recorder.dropped, recorder.missing) == (59 - most, 0)
    lumas = [luma for _, luma in decoded(tmp_path / "a.mkv")]
    assert len(lumas) == recorder.frames
    assert lumas[1] - lumas[0] > 40  # the oldest were dropped, not the newest


Usage = namedtuple("Usage", "total used free")


def test_a_recording_ends_when_told_to_while_more_is_offered_than_can_be_written(tmp_path: Path,
                                                                                monkeypatch: pytest.MonkeyPatch) -> None:
    write, over = RecorderSink.write, threading.Event()

    def slowly(self: RecorderSink, one: Frame) -> None:
        time.sleep(0.05)
        write(self, one)

    def offering() -> None:
        for index in itertools.count():
            recorder.offer(moment(index % 100))
            if over.wait(0.005):
                return

    monkeypatch.setattr(RecorderSink, "write", slowly)
    recorder = Recorder(tmp_path / "a.mkv")
    thread = threading.Thread(target=offering, daemon=True)
    thread.start()
    try:
        until(lambda: recorder.dropped > 5)
        recorder.stop(20)
        assert not recorder.active
    finally:
        over.set()
        thread.join(5)
        recorder.stop(20)


def test_a_disk_that_fills_up_ends_the_recording_and_keeps_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    free = [1 << 40]
    monkeypatch.setattr(recording.shutil, "disk_usage", lambda _: Usage(1 << 41, 0, free[0]))
    monkeypatch.setattr(recording_threads, "WATCH", 0.0)
    recorder = Recorder(tmp_path / "a.mkv")
    recorder.offer(moment(1))
    until(lambda: recorder.frames == 1)
    free[0] = 10 << 20
    recorder.offer(moment(2))
    until(lambda: not recorder.active)
    recorder.offer(moment(3))
    assert recorder.trouble is not None
    assert "must stay free" in recorder.trouble
    assert recorder.status().active is False
    recorder.stop()  # the file is complete when the thread has ended
    assert len(decoded(tmp_path / "a.mkv")) == 2
    with pytest.raises(OutputError, match="must stay free"):
        Recorder(tmp_path / "b.mkv")


def test_a_file_that_cannot_be_written_further_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: RecorderSink, one: Frame) -> None:
        raise OutputError("a.mkv cannot be written any further; what is there is kept.")

    recorder = Recorder(tmp_path / "a.mkv")
    monkeypatch.setattr(RecorderSink, "write", full)
    recorder.offer(moment(1))
    until(lambda: not recorder.active)
    recorder.stop()
    assert recorder.trouble == "a.mkv cannot be written any further; what is there is kept."


def test_a_folder_that_is_taken_away_does_not_break_the_numbers(tmp_path: Path) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    recorder = Recorder(folder / "a.mkv")
    recorder.offer(moment(0))
    until(lambda: bool(recorder.paths))
    shutil.rmtree(folder)
    status = recorder.status()
    assert (status.bytes, status.free_mb) == (0, 0)
    recorder.stop()


def test_recording_names_are_safe(tmp_path: Path) -> None:
    assert recording_path(tmp_path, "rtsp://cam.example:554/live?x=1").name.startswith("cam.example-554-live-x-1-2")
    assert recording_path(tmp_path, "Tor: Süd/Nord").parent == tmp_path


@pytest.mark.parametrize(("name", "begin"), [
    ("127.0.0.1", "127.0.0.1-2"), ("192.168.1.20:8554/cam.1", "192.168.1.20-8554-cam.1-2"), ("gate.mp4", "gate-2"),
])
def test_only_the_suffix_of_a_film_is_left_out_of_a_name(tmp_path: Path, name: str, begin: str) -> None:
    assert recording_path(tmp_path, name).name.startswith(begin)


def test_recordings_of_one_second_get_files_of_their_own(tmp_path: Path) -> None:
    now, seen = datetime(2026, 1, 31, 12, tzinfo=UTC), set()
    for _ in range(3):
        path = recording_path(tmp_path, "gate", ".mp4", now)
        assert path not in seen
        seen.add(path)
        path.with_stem(f"{path.stem}-original").touch()
    assert {path.suffix for path in seen} == {".mp4"}


def test_a_recording_never_replaces_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.mkv").write_bytes(b"mine")
    with pytest.raises(OutputExistsError, match="never replaces a file; choose another name"):
        Recorder(tmp_path / "a.mkv")
    assert (tmp_path / "a.mkv").read_bytes() == b"mine"
    (tmp_path / "b.mkv.json").write_bytes(b"mine")
    with pytest.raises(OutputExistsError, match="never replaces a file"):
        Recorder(tmp_path / "b.mkv")
    assert (tmp_path / "b.mkv.json").read_bytes() == b"mine"


def test_a_session_records_while_it_is_watched_and_while_it_is_paused(tmp_path: Path, film: Path, engine: Engine) -> None:
    with live(looped(film), engine) as session:
        paint(session)
        session.start_recording(tmp_path / "a.mkv", "both")
        with pytest.raises(UsageError):
            session.start_recording(tmp_path / "b.mkv")
        until(lambda: session.snapshot().recording.frames >= 3)
        session.pause()
        session.take()
        count = session.snapshot().recording.frames
        until(lambda: session.snapshot().recording.frames >= count + 3)
        assert session.take() is None, "a frozen picture moved because a recording runs"
        paths = session.stop_recording()
        assert not session.recording
        assert len(decoded(paths[1])) >= len(decoded(paths[0])) >= 6  # of the originals none is left out
        settle(session)
        captured = session.snapshot().captured
        never(lambda: session.snapshot().captured > captured, 0.2)  # five frames long: the source has gone to rest again


def test_stopping_a_session_completes_its_recording(tmp_path: Path, film: Path, engine: Engine) -> None:
    session = LiveSession(looped(film), engine)
    session.start()
    session.start_recording(tmp_path / "a.mp4")
    until(lambda: session.snapshot().recording.frames >= 2)
    session.stop()
    assert len(decoded(tmp_path / "a.mp4")) >= 2
    assert not session.recording


KILLED = """
import sys, time
from pathlib import Path
import dehazer.models.weights as weights
from dehazer.config import EngineOptions
from dehazer.live.session import LiveSession
from dehazer.live.shared_engine import SharedEngine
from dehazer.sources.request import SourceRequest
weights.FOLDER = Path(sys.argv[2])
engine = SharedEngine(EngineOptions(device="cpu", backend="torch"))
sessions = [LiveSession(SourceRequest(sys.argv[1], loop=True), engine) for _ in sys.argv[3:]]
for session, target in zip(sessions, sys.argv[3:]):
    session.start()
    session.start_recording(target, "both")
while True:
    time.sleep(0.1)
    print(*(session.snapshot().recording.frames for session in sessions), flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_all_but_the_last_moment_survives_kill_9(tmp_path: Path, film: Path, random_weights: Path) -> None:
    targets = [tmp_path / f"a{suffix}" for suffix in CONTAINERS]
    child = subprocess.Popen([sys.executable, "-c", KILLED, str(film), str(random_weights), *map(str, targets)],
                             stdout=subprocess.PIPE, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"})
    safe = counts_before_the_last_moment(child)
    child.kill()
    child.wait(PATIENCE)
    for target, written in zip(targets, safe, strict=True):
        for path in (target, target.with_stem("a-original")):
            frames = decoded(path)
            assert len(frames) >= written > 10, f"{path.name}: {len(frames)} of {written} frames survived"
            assert np.all(np.diff([t for t, _ in frames]) > 0)


def counts_before_the_last_moment(child: subprocess.Popen[str]) -> list[int]:
    """Frames recorded in each file, so long ago that a cluster or fragment and its pictures have been written since."""
    assert child.stdout is not None
    with child.stdout as lines:
        counts = next(counts for line in lines if min(counts := [int(word) for word in line.split()]) > 10)
        threading.Event().wait(2.0)
    return counts


def test_a_full_disk_is_said_at_once(tmp_path: Path, film: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording.shutil, "disk_usage", lambda _: Usage(1, 1, 0))
    session = LiveSession(SourceRequest(str(film)), engine)
    with pytest.raises(OutputError, match="must stay free"):
        session.start_recording(tmp_path / "a.mkv")
    assert not session.recording


def test_what_nobody_foresaw_ends_a_recording_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder(tmp_path / "a.mkv")
    recorder.offer(moment(0))
    until(lambda: recorder.frames == 1)
    monkeypatch.setattr(RecorderSink, "write", lambda self, frame: 1 // 0)
    recorder.offer(moment(1))
    until(lambda: not recorder.active)
    assert recorder.trouble == "The recording has ended: something unexpected happened. What was recorded until then is kept."
    assert len(decoded(recorder.stop()[0])) == 1


def test_a_file_that_cannot_be_ended_leaves_the_other_one_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finish = RecorderSink.finish

    def fails_once(self: RecorderSink) -> object:
        result = finish(self)
        if self.paths[0].stem == "a":
            raise OutputError("a.mkv could not be ended.")
        return result

    monkeypatch.setattr(RecorderSink, "finish", fails_once)
    recorder = Recorder(tmp_path / "a.mkv", "both")
    recorder.offer(moment(0))
    recorder.offer_original(moment(0).original)
    paths = recorder.stop(PATIENCE)
    assert recorder.trouble == "a.mkv could not be ended."
    assert [len(decoded(path)) for path in paths] == [1, 1]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.ENOENT, errno.EIO])
@pytest.mark.parametrize("method", ["write", "finish"])
def test_what_the_system_says_of_the_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int,
                                                  method: str) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    recorder = Recorder(tmp_path / "a.mkv")
    monkeypatch.setattr(RecorderSink, method, fail)
    recorder.offer(moment(1))
    if method == "finish":
        recorder.stop(20)
    until(lambda: not recorder.active)
    recorder.stop(20)
    assert recorder.trouble is not None
    assert os.strerror(number).lower() in recorder.trouble
    assert "check the disk and its folder" in recorder.trouble
