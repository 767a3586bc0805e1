"""What must not end a recording, or lose one: archived files, trouble of the other kind, names that are taken, races."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dehazer.engine.engine import Engine
from dehazer.errors import OutputError, OutputExistsError, UsageError
from dehazer.frames.frame import Frame
from dehazer.live import recording_threads, session_recording
from dehazer.live.recording import Recorder, recording_path
from dehazer.live.session import LiveSession
from dehazer.sinks.recorder import RecorderSink
from tests.live.test_recording import moment
from tests.live.test_session import looped
from tests.sounding import sounding_stream, tapped_packets
from tests.waiting import PATIENCE, until


def offer_until(recorder: Recorder, frames: int) -> None:
    """Originals, one after the other was written, up to that many."""
    for index in range(recorder.frames, frames):
        recorder.offer_original(replace(moment(index).original, captured=recorder._zero + 0.04 * index))
        until(lambda index=index: recorder.frames > index or recorder.trouble is not None)


def test_a_finished_file_that_is_moved_away_does_not_end_the_recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording_threads, "WATCH", -1.0)
    recorder = Recorder(tmp_path / "a.mkv", "original", 25, segment_seconds=0.2)
    offer_until(recorder, 12)
    size = recorder.paths[0].stat().st_size
    written = recorder.status().bytes
    recorder.paths[0].unlink()
    offer_until(recorder, 20)
    assert recorder.trouble is None
    assert recorder.status().bytes >= written > size, "what was written is still counted"
    recorder.paths[-1].unlink()
    recorder.offer_original(replace(moment(20).original, captured=recorder._zero + 0.78))
    until(lambda: not recorder.active)
    assert "was taken away while it was recorded" in (recorder.trouble or "")
    recorder.stop(PATIENCE)


def test_finished_files_are_looked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder(tmp_path / "a.mkv", "original", 25, segment_seconds=0.2)
    offer_until(recorder, 30)
    recorder.status()
    looked, stat = [], Path.stat
    monkeypatch.setattr(Path, "stat", lambda path, **more: looked.append(path) or stat(path, **more))
    recorder.status()
    monkeypatch.undo()
    assert len(recorder.paths) > 3
    assert [path for path in looked if path.suffix == ".mkv"] == [recorder.paths[-1]]
    recorder.stop(PATIENCE)


def test_recordings_that_begin_with_the_same_key_frame_get_names_of_their_own(tmp_path: Path) -> None:
    packets = tapped_packets(sounding_stream(4, "mp2"), time.monotonic() - 4)
    names = set()
    for day in range(3):
        recorder = Recorder(recording_path(tmp_path, "gate", when=datetime(2020, 1, 1 + day, tzinfo=UTC)), "original", 25,
                            packets=True, early=packets[0].arrived)
        recorder.begin_with(packets)
        until(lambda recorder=recorder: recorder.frames > 0)
        names |= {path.name for path in recorder.stop(PATIENCE)}
    assert len(names) == 3
    assert not any("2020" in name for name in names)


def test_trouble_with_the_dehazed_file_leaves_the_originals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = RecorderSink.write

    def fails(self: RecorderSink, frame: Frame) -> None:
        if not self.path.stem.endswith("-original"):
            raise OutputError("The dehazed file cannot be written.")
        write(self, frame)

    monkeypatch.setattr(RecorderSink, "write", fails)
    recorder = Recorder(tmp_path / "a.mkv", "both", 25)
    recorder.offer(moment(0))
    until(lambda: recorder.trouble is not None)
    for index in range(5):
        recorder.offer_original(replace(moment(index).original, captured=recorder._zero + 0.04 * index))
    until(lambda: recorder._kinds["original"].frames == 5)
    assert recorder.active
    assert recorder.status().trouble == "The dehazed file cannot be written."
    assert [path.name for path in recorder.stop(PATIENCE)] == ["a-original.mkv"]


def test_two_recordings_of_one_second_and_one_name_keep_their_reports_apart(tmp_path: Path) -> None:
    now = datetime(2026, 1, 31, 12, tzinfo=UTC)
    pair = [Recorder(recording_path(tmp_path, title, when=now), "original", 25, title) for title in ("Gate 1", "Gate-1")]
    with pytest.raises(OutputExistsError, match="never replaces a file"):
        Recorder(pair[0].path)
    for recorder in pair:
        offer_until(recorder, 1)
        recorder.stop(PATIENCE)
    assert {json.loads(path.read_text("utf-8"))["source"] for path in tmp_path.glob("*.json")} == {"Gate 1", "Gate-1"}


def test_a_recording_without_a_picture_leaves_nothing(tmp_path: Path) -> None:
    Recorder(tmp_path / "a.mkv").stop(PATIENCE)
    assert list(tmp_path.iterdir()) == []


def test_of_two_that_begin_at_once_one_is_refused_and_none_is_lost(tmp_path: Path, film: Path, engine: Engine,
                                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    made, inside, may_go_on = [], threading.Event(), threading.Event()

    class Slow(Recorder):
        def __init__(self, *args: object, **more: object) -> None:
            inside.set()
            assert may_go_on.wait(PATIENCE)
            super().__init__(*args, **more)  # type: ignore[arg-type]
            made.append(self)

    monkeypatch.setattr(session_recording, "Recorder", Slow)
    session = LiveSession(looped(film), engine)
    session.start()
    first = threading.Thread(target=session.start_recording, args=(tmp_path / "a.mkv",))
    first.start()
    assert inside.wait(PATIENCE)
    ending = threading.Thread(target=session.stop)
    ending.start()
    until(lambda: session._stopping)
    may_go_on.set()
    first.join(PATIENCE)
    ending.join(PATIENCE)
    assert len(made) == 1
    assert made[0].stopped, "a recording went on behind the end of its session"
    with pytest.raises(UsageError, match="is being stopped"):
        session.start_recording(tmp_path / "b.mkv")


def test_a_recording_that_ended_by_itself_is_completed_before_the_next(tmp_path: Path, film: Path, engine: Engine,
                                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    session = LiveSession(looped(film), engine)
    with monkeypatch.context() as patch:
        patch.setattr(RecorderSink, "write", lambda self, frame: 1 // 0)
        session.start_recording(tmp_path / "a.mkv")
        former = session._recordings.recorder
        assert former is not None
        former.offer(moment(0))
        until(lambda: not session.recording)
    assert session.recording_failed
    session.start_recording(tmp_path / "b.mkv")
    assert former.stopped
    assert session.recording
    session.stop_recording()
    assert not session.recording_failed
